"""Markdown with front matter, as Jekyll, Hugo, Pelican and archives write it: known fields mapped, others listed."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from briefing.diagnostics import Diagnostic
from briefing.importing.addresses import is_web
from briefing.importing.blocks import cleaned
from briefing.importing.dates import Dated, dated, in_iso, is_later
from briefing.importing.decoding import text_of
from briefing.importing.found import Found, language_code
from briefing.importing.links import links_mended
from briefing.importing.refused import Refused
from briefing.read.front_matter import split_front_matter
from briefing.read.sources import SourceFile

# Our facts by the names that others have for them, the most exact name first.
_DATES = ("published_time", "published", "date_published", "publishdate", "date", "pubdate", "published_at", "created")
_UPDATES = ("updated", "lastmod", "modified", "last_modified_at", "last_modified", "date_modified",
            "modified_time")  # fmt: skip
_ADDRESSES = ("source_url", "original_url", "canonical_url", "canonicalurl", "canonical", "external_url", "link", "url")
_NAMES = {
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline", "creator"),
    "language": ("language", "lang", "locale"),
    "publisher": ("publisher", "source", "site_name", "publication"),
    "summary": ("summary", "description", "excerpt"),
    "archive_url": ("archive_url", "archived_url", "wayback"),
    "accessed": ("accessed", "retrieved"),
    "slug": ("slug",),
}
_FURTHER = ("summary", "dateline", "rights")
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PELICAN = re.compile(r"\A\ufeff?(?:[A-Za-z][\w -]{0,30}:[ \t]*\S.*\n(?:[ \t]+\S.*\n)*){2,}\s*\n")
_TEMPLATE = re.compile(r"\{\{[%<].*?[%>]\}\}|\{%.*?%\}", re.DOTALL)
_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>\S.*?)[ \t]*#*[ \t]*(?:\n|\Z)")


def has_front_matter(text: str) -> bool:
    """Whether a text begins as Markdown of one of these tools does."""
    return bool(re.match(r"\ufeff?---[ \t]*\r?\n\s*[\w-]+[ \t]*:", text) or re.match(r"\ufeff?\+\+\+[ \t]*\r?\n", text))


def read_markdown(data: bytes, content_type: str = "") -> Found:
    """The facts in the front matter, and the Markdown below it as it is, but for links inside its old site."""
    return markdown_found(text_of(data, content_type, is_markup=False))


def markdown_found(text: str) -> Found:
    """The same of a text that is known; `Refused` where the front matter cannot be read, or nothing is below it."""
    values, body = _split(cleaned(text).removeprefix("\ufeff"))
    found = Found()
    taken = _Taken({key.lower(): value for key, value in values.items()})
    found.title = taken.text("title")
    found.authors = tuple(taken.texts("authors"))
    found.language = taken.text("language", language_code)
    found.archive_url = taken.text("archive_url", lambda text: text if is_web(text) else "")
    found.publisher, found.slug = taken.text("publisher"), taken.text("slug")
    found.url = next((url for name in _ADDRESSES if is_web(url := taken.value(name))), "")
    found.address = found.url
    found.date([(f"`{name}`", date) for name, date in taken.dates(_DATES)])
    updated = next((date for _, date in taken.dates(_UPDATES)), None)
    if updated and found.published and is_later(updated, found.published):
        found.updated = updated
    accessed = dated(taken.text("accessed"))
    found.accessed = accessed.day if accessed else ""
    for name in _FURTHER:
        if words := taken.text(name):
            found.further[name] = words
    if taken.value("draft").lower() == "true":
        found.further["draft"] = "true"
    if left := taken.left():
        found.notes.append(f"not taken over from the front matter: {', '.join(left)}")
    try:
        found.markdown = _body(found, body)
    except Refused as refused:
        refused.line += text.count("\n") - body.count("\n")
        raise
    return found


def _body(found: Found, body: str) -> str:
    heading = _HEADING.match(body)
    if heading and (not found.title or heading["title"].casefold() == found.title.casefold()):
        found.title, body = found.title or heading["title"], body[heading.end() :]
    if not body.strip():
        raise Refused("there is no text below its front matter", "copy the text of the article into it")
    if tags := len(_TEMPLATE.findall(body)):
        found.notes.append(
            f"tags of templates stand in the text as text: {tags}, such as `{_TEMPLATE.findall(body)[0][:40]}`"
        )
    body, lost = links_mended(body.rstrip("\n") + "\n", found.url)
    if lost:
        found.notes.append(f"links inside its old site are now only their words: {lost}")
    return body.strip("\n") + "\n"


def _split(text: str) -> tuple[dict[str, Any], str]:
    if toml := _TOML.match(text):
        return _toml(toml[1]), text[toml.end() :]
    if text.startswith("---"):
        parts, problems = split_front_matter(SourceFile("", text), required=True)
        if problems or parts is None:
            problem: Diagnostic = problems[0]
            line, column = getattr(problem.place, "line", 1), getattr(problem.place, "column", 1)
            raise Refused(problem.message, problem.help, problem.code, line, column)
        data = parts.document.data
        return (data if isinstance(data, dict) else {}), parts.body
    if pelican := _PELICAN.match(text):
        lines = re.sub(r"\n[ \t]+", " ", pelican.group()).strip().split("\n")
        return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}, text[
            pelican.end() :
        ]
    return {}, text


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]) + 1, int(place[2])) if place else (1, 1)
        message = re.sub(r"\s*\(at .*\)$", "", str(error)).lower()
        raise Refused(
            f"its front matter is no TOML: {message}", "mend it, or write it in YAML", "bad-yaml", line, column
        ) from None


class _Taken:
    """The values of front matter, and which of them have been asked for."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self._asked: set[str] = set()

    def value(self, name: str) -> str:
        """A value that is one text, or the name in a mapping; empty for any other."""
        value = self._values.get(name)
        text = next(iter(_texts(value)), "") if not isinstance(value, list) else ""
        if text:
            self._asked.add(name)
        return text

    def text(self, fact: str, read: Callable[[str], str] = str) -> str:
        """The text of a fact by its most exact name, as it is read; what cannot be read is not asked for."""
        for name in _NAMES.get(fact, (fact,)):
            if text := read(self.value(name)):
                return text
            self._asked.discard(name)
        return ""

    def texts(self, fact: str) -> list[str]:
        """The texts of a fact that may be several."""
        for name in _NAMES[fact]:
            if texts := list(_texts(self._values.get(name))):
                self._asked.add(name)
                return texts
        return []

    def dates(self, names: Sequence[str]) -> Iterator[tuple[str, Dated]]:
        """All dates by these names."""
        for name in names:
            if (text := self.value(name)) and (date := dated(text)):
                yield name, date
            elif text:
                self._asked.discard(name)

    def left(self) -> list[str]:
        """The names of values that nobody has asked for."""
        return [f"`{name}`" for name in self._values if name not in self._asked]


def _texts(value: Any) -> Iterator[str]:
    match value:
        case None | "":
            return
        case list():
            for one in value:
                yield from _texts(one)
        case dict():
            yield from _texts(value.get("name"))
        case bool():
            yield str(value).lower()
        case datetime() if value.tzinfo:
            yield in_iso(value)
        case _:
            yield " ".join(str(value).split())
