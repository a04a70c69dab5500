"""briefing.link: what follows from all records together."""
