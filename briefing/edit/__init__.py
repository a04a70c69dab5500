"""Changes of annotation files that keep every other byte: inserted, read again, compared, and only then written."""
