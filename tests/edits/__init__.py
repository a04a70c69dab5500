"""Edits of a site's sources, and that a build after them is as good as a clean one."""
