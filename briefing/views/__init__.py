"""The linked site to views: what a template may see of each record, in the words of the site."""
