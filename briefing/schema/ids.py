"""The ids that a site has now, as definitions of JSON Schemas: to be offered by editors, with what each stands for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from briefing.link.site import newest_first
from briefing.model.ids import CLAIM_REF_PATTERN, ID_PATTERN
from briefing.read.content import Content
from briefing.schema.records import Json, definition, text

# So many of the newest are offered. Editors take a second over some thousand, and are lost with tens of thousands.
MOST = 1000
# Of what an id stands for so many characters are told.
_LONGEST = 120
# What YAML 1.2 does not take for text.
_NO_TEXT = re.compile(r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|0o[0-7]+|0x[0-9a-fA-F]+")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

# An id, and what it stands for.
Known = tuple[str, str]


def definitions(content: Content, wanted: Sequence[tuple[str, ...]]) -> dict[str, Json]:
    """For each of these groups of kinds of records, the ids that may be named: all of them, or where they are more than
    `MOST`, and for claims, which are added all the time, those or anything of their form."""
    known = {kind: list(_ids(content, kind)) for kind in dict.fromkeys(chain.from_iterable(wanted))}
    groups = {kinds: [one for kind in kinds for one in known[kind]] for kinds in wanted}
    return {definition(kinds): _definition(kinds, of) for kinds, of in groups.items()}


def _definition(kinds: tuple[str, ...], known: Sequence[Known]) -> Json:
    is_claim = kinds == ("claims",)
    form = text(pattern=CLAIM_REF_PATTERN if is_claim else ID_PATTERN)
    if not known:
        return form
    offered = _enumeration(known[:MOST])
    wrong = "write `<article>#<claim>`" if is_claim else f"the site has no such id among its {', '.join(kinds)}"
    offered["errorMessage"] = form["errorMessage"] = wrong
    return {"anyOf": [offered, form]} if is_claim or len(known) > MOST else offered


def _enumeration(known: Sequence[Known]) -> Json:
    values: list[tuple[Any, str]] = [*known, *((_as_read(id), told) for id, told in known if _as_read(id) != id)]
    return {"enum": [value for value, _ in values], "enumDescriptions": [told for _, told in values]}


def _as_read(id: str) -> object:
    """An id as YAML 1.2 has it: `2025` is a number there."""
    if id in _WORDS:
        return _WORDS[id]
    if not _NO_TEXT.fullmatch(id):
        return id
    if id[:2] in ("0o", "0x"):
        return int(id, 0)
    number = float(id)
    return int(number) if number.is_integer() else number


def _ids(content: Content, kind: str) -> Iterator[Known]:
    """The ids of a kind of records, with what they stand for; those that could not be read, and drafts, without."""
    told: Mapping[str, str] = dict(_TOLD.get(kind, _of_registry)(content, kind))
    yield from ((id, _short(words)) for id, words in told.items())
    known = content.known.get(kind, set()) if kind != "topics" else set()
    yield from ((id, "") for id in sorted(known - told.keys() - {"*"}))


def _claims(content: Content, _: str) -> Iterator[Known]:
    for article in sorted(content.articles.values(), key=newest_first):
        yield from ((one.ref, one.claim.text or one.words) for one in article.claims)


def _articles(content: Content, _: str) -> Iterator[Known]:
    for article in sorted(content.articles.values(), key=newest_first):
        yield article.id, f"{article.record.published.day}: {article.record.title}"


def _topics(content: Content, _: str) -> Iterator[Known]:
    yield from content.config.topics.items() if content.config else ()


def _measures(content: Content, _: str) -> Iterator[Known]:
    for id, measure in content.measures.items():
        yield id, f"{measure.label} ({measure.unit or measure.currency})"


def _titled(content: Content, kind: str) -> Iterator[Known]:
    yield from ((id, file.record.title) for id, file in getattr(content, kind).items())


def _of_registry(content: Content, kind: str) -> Iterator[Known]:
    yield from ((id, entry.name) for id, entry in getattr(content, kind).items())


_TOLD: dict[str, Callable[[Content, str], Iterator[Known]]] = {
    "articles": _articles,
    "claims": _claims,
    "measures": _measures,
    "pages": _titled,
    "summits": _titled,
    "topics": _topics,
}


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
