"""The checked site to pages: views, the plan of pages, and templates. Pure: records in, bytes out."""
