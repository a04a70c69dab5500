"""briefing: a static site of attributed claims, each anchored to the exact words of an article."""

__version__ = "0.1.0"
