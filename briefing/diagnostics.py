"""Diagnostics: what can be wrong, where it is and how to mend it. Values only; `report.py` shows them."""

import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning"]

# One line a code: what it means. `docs/diagnostics.md` has an example and the mend for each.
CODES: dict[str, str] = {
    "address-lost": "an address in urls.json that the site has no more",
    "agenda-unfit": "a claim that an agenda names and that cannot answer it",
    "already-here": "something that is to be imported and that an article here has already",
    "ambiguous-quote": "the quote occurs more than once in its article",
    "anchor-without-claim": "an anchor of a claim that does not exist",
    "anchors-outdated": "anchors that are not those of the text that is here, or of the claims in it",
    "anchors-without-article": "an anchor file whose article does not exist",
    "annotations-without-article": "an annotation file whose article does not exist",
    "bad-anchors": "an anchor file that is damaged, changed by hand, or of another version",
    "bad-characters": "control, bidirectional or invisible characters in a source file",
    "bad-date": "a date that is impossible or not ISO 8601",
    "bad-id": "an id, or a file name that becomes one, that is not a slug",
    "bad-link": "a link inside the site whose page or fragment does not exist",
    "bad-urls": "a file urls.json that is damaged, or names what can be no address",
    "bad-value": "a value outside the field's vocabulary or range",
    "bad-yaml": "text that is not the YAML this tool reads",
    "claims-on-no-summit": "claims that are not on the page of the summit that their article is about",
    "confirms-same-origin": "a claim that confirms another one of its own origin",
    "cyclic-reference": "summits that follow, or claims that update, each other in a circle, or a claim itself",
    "dangling-reference": "a reference to a record that does not exist",
    "dates-contradict": "two dates of which the later thing has the earlier one",
    "draft-reference": "a published record that refers to a draft",
    "duplicate-entry": "a list that names the same thing twice, or two that exclude each other and both name it",
    "duplicate-id": "two records with one id",
    "duplicate-key": "a key written twice in one mapping",
    "empty-quote": "a quote without words",
    "evidence-circular": "a claim that is its own evidence, itself or by way of others",
    "evidence-later": "evidence that was recorded later than the status it is for",
    "evidence-missing": "a status that needs evidence and names none",
    "evidence-unfit": "evidence that cannot show the status it is for",
    "excessive-input": "a file too large, too deep or with too many parts",
    "front-matter": "front matter that is missing or not closed",
    "gone-but-there": "an address that is said to be gone, and where something stands",
    "history-order": "status entries that are not in date order",
    "internal-reference": "a public record that names an internal one",
    "left-to-editor": "a fact of an imported article that has to be written by hand",
    "line-endings": "a byte order mark or bare carriage returns in a source file",
    "merge-conflict": "lines of a merge conflict that nobody has resolved",
    "missing-folder": "a folder of the site that is missing, empty, or not where or what it should be",
    "missing-key": "a required key that is absent",
    "much-removed": "a build that would remove most pages, or every article, of a published site",
    "no-article": "something that is to be imported and in which no article is found",
    "not-anchored": "a claim of a text kept apart without an anchor, where that text is not here",
    "not-fetched": "an address from which nothing can be imported",
    "not-regular": "a link, device or other thing where a source file is expected",
    "nothing-known-yet": "an `--as-of` day before the first article",
    "office-not-held": "a person named on a day on which they did not hold their office",
    "other-words": "a quote of other words than those that were anchored, where the text is not here",
    "output-collision": "two files for one address",
    "own-words-as-evidence": "evidence that is a claim of the desk's own report",
    "preview-not-made": "preview images with words that no font has",
    "quote-cuts-word": "a quote that begins or ends in the middle of a word",
    "quote-is-sentence": "a quote that is a whole sentence of a text of which none may be quoted",
    "quote-not-found": "the quote is not in its article",
    "quote-too-long": "a quote with more words than may be quoted",
    "quoted-too-much": "quotes that together take more of a text than may be quoted",
    "review-due": "an open claim whose review or due date has come, or a planned meeting whose day is over",
    "stale-figure": "a measure whose newest figure is older than it allows",
    "status-not-for-modality": "a status from the vocabulary of another kind of claim",
    "template-error": "a template that cannot be read or rendered",
    "text-missing": "an article whose text is kept apart, without that text and without its anchors",
    "text-not-apart": "a text or anchors of an article that does not say `text: apart`",
    "text-without-article": "a text in content/texts/ whose article does not exist",
    "unit-conflict": "a figure that counts in another unit or currency than its measure",
    "unknown-key": "a key that the record does not have",
    "unknown-file": "a file in content/ that nothing reads",
    "unreadable-file": "a file that cannot be read or is not UTF-8",
    "verdict-long": "a verdict with more words than can be read at a glance",
    "wrong-offset": "a time of a meeting that the clocks of its venue do not show",
    "words-missing": "words of the theme that the language of the site does not have",
    "wrong-type": "a list, mapping or scalar where another is expected",
}


@dataclass(frozen=True, slots=True)
class Location:
    """A position in a source file: 1-based line and column in characters; `width` characters long."""

    path: str
    line: int = 1
    column: int = 1
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


Step = str | int


@dataclass(frozen=True, slots=True)
class Pointer:
    """A value named by its way from the root of a YAML document, to be turned into a `Place` when shown.

    Records carry no positions: whoever finds a problem in one names the file and the way to the value, and
    the reader looks the position up again. `key` asks for the key's position instead of the value's.
    """

    path: str
    way: tuple[Step, ...] = ()
    key: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A further fact, with the place it is about where there is one. `excerpt` is shown on its own line."""

    message: str
    place: Location | Pointer | None = None
    excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `message` is a fact in lower case without a full stop, `help` says how to mend it.

    `further` are those of the same kind in the file, which become problems of their own where problems are collected.
    """

    code: str
    message: str
    place: Location | Pointer
    help: str
    notes: tuple[Note, ...] = ()
    severity: Severity = "error"
    further: "tuple[Diagnostic, ...]" = ()

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"undocumented diagnostic code {self.code}")


@dataclass(slots=True)
class Problems:
    """The problems of a run, in the order they were found."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        self.found.append(replace(diagnostic, further=()) if diagnostic.further else diagnostic)
        self.found += diagnostic.further

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.found)

    @property
    def errors(self) -> int:
        return sum(d.severity == "error" for d in self.found)

    @property
    def warnings(self) -> int:
        return len(self.found) - self.errors


def together(problems: Iterable[Diagnostic]) -> Diagnostic | None:
    """Several of one file as one, for whoever can take but one."""
    found = tuple(problems)
    return replace(found[0], further=found[1:]) if found else None


# What mends an error of the system; the rest may be anything.
_MENDS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make room on the disk and run the command again"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "change its permissions, or run the command as somebody who may"),
    errno.EROFS: "name an output on a disk that can be written to",
    errno.ENAMETOOLONG: "shorten the name",
}
_MEND = "check the disk and run the command again"


class EnvironmentProblem(Exception):
    """The disk, the permissions or the ownership of the output stand in the way: one line, exit code 3.

    The line tells what is wrong, and after a semicolon what to do.
    """

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help)

    def __str__(self) -> str:
        return "; ".join(self.args)

    @classmethod
    def of_extra(cls, what: str, extra: str) -> "EnvironmentProblem":
        """The problem that something needs an extra which is not installed. The tool is on no package index."""
        return cls(f"{what} needs the extra `{extra}`", f"install briefing with it, as in `pipx install '.[{extra}]'`")

    @classmethod
    def of(cls, error: OSError, path: object = None) -> "EnvironmentProblem":
        """The problem that an error of the system is; `path` is the file where the error names none."""
        name = error.filename2 or error.filename or path
        told = (error.strerror or str(error) or "cannot be read").lower()
        return cls(f"{name}: {told}" if name else told, _MENDS.get(error.errno or 0, _MEND))


class Locked(EnvironmentProblem):
    """Another build holds the lock: exit code 4."""
