"""A site served while it is edited."""
