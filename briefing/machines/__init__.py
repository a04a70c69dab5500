"""Forms that programs read: each a writer of plain values, which knows nothing of records."""
