"""Golden sites, one a folder, and what writes sites for other tests."""
