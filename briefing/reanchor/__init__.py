"""Quotes that a changed text has broken: what the text says now, as a proposal to the editor."""
