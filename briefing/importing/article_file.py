"""The file of an imported article: what was found as front matter, what was not as comments for the editor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.importing.blocks import cleaned
from briefing.importing.found import Found
from briefing.importing.markdown import markdown_of
from briefing.importing.refused import Refused
from briefing.model.article import Article
from briefing.read.front_matter import split_front_matter
from briefing.read.limits import MIB, limit_of
from briefing.read.records import to_record
from briefing.read.sources import SourceFile, decode

# What cannot be misread: words that begin with a letter and hold no mark of YAML.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.()/'’“”–—_-](?![ ]|\Z)|[ ](?=[^\s#&*!|>%@`'\"\[\]{},-]))*")
_NAME = re.compile(r"[^\W\d_][\w.’-]*(?: [\w.’-]+)*")
_RESERVED = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
_RIGHTS = "how much of it may be shown: full, passages or link"


@dataclass(slots=True)
class ArticleText:
    """The files of an article by their paths, the first the article's own, and what its editor has to write there.

    `left` has the lines of facts that are left to the editor, by the name of the fact, and what to do of each.
    """

    id: str
    files: dict[str, bytes]
    left: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return next(iter(self.files))


def article_text(found: Found, id: str, source: tuple[str | None, str], is_apart: bool) -> ArticleText:
    """The files of an article. What is written is read again: `Refused` where that is not what was found."""
    body = found.markdown or markdown_of(found.blocks)
    head, left = _head(found, source, is_apart)
    path = f"content/articles/{id}.md"
    files = {path: _file(head, "" if is_apart else body)}
    if is_apart:
        files[f"content/texts/{id}.md"] = body.encode()
    for name, data in files.items():
        limit = limit_of(name)
        if len(data) > limit.mib * MIB:
            raise Refused(f"its text has more than {limit.mib} MiB", "import the part of it that you need")
    _check(path, files[path], set(left))
    return ArticleText(id, files, left)


def _file(head: list[str], body: str) -> bytes:
    return ("\n".join(["---", *head, "---", ""]) + (f"\n{body}" if body else "")).encode()


def _head(found: Found, source: tuple[str | None, str], is_apart: bool) -> tuple[list[str], dict[str, tuple[int, str]]]:
    lines: list[str] = []
    left: dict[str, tuple[int, str]] = {}
    for name, value, advice in _facts(found, source, is_apart):
        if value:
            lines.append(f"{name}: {value}" + (f"  # {advice}" if advice else ""))
        elif advice:
            lines.append(f"{name}:  # {_comment(advice)}")
            left[name] = (len(lines) + 1, advice)
    return lines, left


def _facts(found: Found, source: tuple[str | None, str], is_apart: bool) -> Iterator[tuple[str, str, str]]:
    """The keys of the front matter with their values in YAML; where one is needed and absent, what to write."""
    yield "title", scalar(found.title), "" if found.title else "no title was found: write the headline"
    yield "source", scalar(source[0] or ""), source[1]
    why = found.lacks.get("published", "no date was found")
    yield (
        "published",
        found.published.text if found.published else "",
        "" if found.published else f"{why}: write the day, as in 2026-03-02",
    )
    yield "updated", found.updated.text if found.updated else "", ""
    authors = ", ".join(_in_list(name) for name in found.authors)
    yield "authors", f"[{authors}]" if authors else "", ""
    yield "dateline", scalar(str(found.further.get("dateline", ""))), ""
    yield "language", found.language, ""
    yield "summary", scalar(str(found.further.get("summary", ""))), ""
    yield "url", scalar(_address(found.url)), ""
    yield "archive_url", scalar(_address(found.archive_url)), ""
    # Where it was fetched it may still be the day before that on which it appeared.
    is_before = found.published and found.accessed < found.published.day
    yield "accessed", "" if is_before else found.accessed, ""
    yield "text", "apart" if is_apart else "", ""
    rights = str(found.further.get("rights", ""))
    yield (
        "rights",
        rights if rights in ("passages", "link") or (rights == "full" and not is_apart) else "passages",
        _RIGHTS,
    )
    yield "draft", str(found.further.get("draft", "")), ""


def _address(text: str) -> str:
    return re.sub(r"\s+", "%20", text.strip())


def _comment(text: str) -> str:
    return " ".join(cleaned(text).split())


def scalar(text: str) -> str:
    """A text as YAML has it on one line: as it is where nothing in it could be read otherwise, else in quotes."""
    text = " ".join(cleaned(text).split())
    if not text or (_PLAIN.fullmatch(text) and text.casefold() not in _RESERVED):
        return text
    return text if re.fullmatch(r"https?://[\w/.~%&=?+-]+", text) else quoted(text)


def _in_list(text: str) -> str:
    return text if _NAME.fullmatch(text) and text.casefold() not in _RESERVED else quoted(text)


def quoted(text: str) -> str:
    """A text in single quotes, in which only they themselves are doubled."""
    text = " ".join(cleaned(text).split())
    return "'" + text.replace("'", "''") + "'"


def _check(path: str, data: bytes, left: set[str]) -> None:
    """See that the site reads what was written, but for what is left to the editor."""
    source = decode(path, data)
    parts, problems = split_front_matter(source, required=True) if isinstance(source, SourceFile) else (None, [source])
    if parts is not None and not problems:
        _, problems = to_record(Article, parts.document, parts.document.data)
        problems = [problem for problem in problems if problem.code != "missing-key"] if left else problems
    for problem in problems:
        raise Refused(f"its front matter is not of a site: {problem.message}", problem.help, problem.code)
