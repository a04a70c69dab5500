"""Articles from elsewhere: a reader for each form in which they come, and one writer of the site's own files."""
