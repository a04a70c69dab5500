"""Disk to records: sources with positions, YAML, front matter, Markdown, quotes."""
