"""briefing.write: what a build leaves in its output, and never touches."""
