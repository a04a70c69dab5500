"""The only place where the clock is read."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, with its offset."""
    return datetime.now(tz=UTC)
