"""What builds leave to save the next ones time: the state of files, what was read, and how pages were made."""
