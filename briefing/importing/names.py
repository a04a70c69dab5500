"""Ids of imported articles: the day and the words of the title, letters and digits only, whatever it holds."""

from briefing.importing.found import Found
from briefing.model.slugs import slug_of


def id_of(found: Found, fallback: str) -> str:
    """The id of an article: `2026-03-02-gas-deal-in-sight`; `undated-...` where its day is not known."""
    day = found.published.day if found.published else "undated"
    words = slug_of(found.slug) or slug_of(found.title) or slug_of(fallback) or "article"
    words = words if not words.startswith(f"{day}-") else words[len(day) + 1 :]
    return f"{day}-{words}"


def with_number(id: str, number: int) -> str:
    """Another id for another article of the same day and title."""
    return f"{id}-{number}"
