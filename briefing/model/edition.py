"""An edition of a site: which of its records are in it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Edition:
    """Whether it has drafts, whether it has internal records, and the day on which all in it could be known."""

    drafts: bool = False
    internal: bool = False
    as_of: date | None = None


PUBLIC = Edition()
# What those see who work on the records.
EVERYTHING = Edition(drafts=True, internal=True)
