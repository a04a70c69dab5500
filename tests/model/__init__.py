"""briefing.model: what records accept."""
