"""Files that nobody would write: damaged, too large, hostile."""
