"""briefing.read: sources, quotes, Markdown."""
