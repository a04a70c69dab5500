"""What a reader has found: the facts of an article, its text, and what there is to say of both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from briefing.importing.blocks import Block
from briefing.importing.dates import Dated, chosen


@dataclass(slots=True)
class Found:
    """One article. A fact that was not found is empty, and `lacks` may say more of why.

    `publisher` is a name and `address` where the publisher is, as far as either is told. The text is `blocks`, or
    Markdown that is kept as it came. `notes` are facts for whoever imports, `further` fields that have no reader of
    their own: what the front matter of an article may have besides.
    """

    title: str = ""
    published: Dated | None = None
    updated: Dated | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    archive_url: str = ""
    publisher: str = ""
    address: str = ""
    accessed: str = ""
    slug: str = ""
    blocks: Sequence[Block] = ()
    markdown: str = ""
    lacks: dict[str, str] = field(default_factory=dict)
    further: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def date(self, given: Sequence[tuple[str, Dated]]) -> None:
        """Take the day of publication from dates and where each was found, the most trusted first."""
        self.published = best = chosen([dated for _, dated in given])
        if best is None:
            return
        others = {dated.day: where for where, dated in given if dated.day != best.day and not _is_same(dated, best)}
        where = next(where for where, dated in given if dated == best)
        for day, other in others.items():
            self.notes.append(f"{other} says {day}, and {where}, which was taken, {best.day}")
        if best.lacks_offset:
            self.notes.append(f"{where} gives a time without its offset from UTC, so only the day was taken")


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def language_code(text: str) -> str:
    """A language as the model has it, `ja` or `en-US`; empty for what is none."""
    if not _LANGUAGE.fullmatch(text):
        return ""
    first, *rest = re.split("[-_]", text)
    return "-".join([first.lower(), *rest])


def _is_same(one: Dated, other: Dated) -> bool:
    """Whether two are the same moment, told by different clocks."""
    if not (one.has_time and other.has_time):
        return False
    return datetime.fromisoformat(one.text) == datetime.fromisoformat(other.text)
