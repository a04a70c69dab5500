"""A summit's page on paper: as a PDF that can be read by ear, with bookmarks and without anything from elsewhere."""
