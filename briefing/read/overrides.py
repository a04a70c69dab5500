"""What a site has put in the place of files of the theme. A copy says in its first line what it was copied from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from briefing import __version__
from briefing.diagnostics import Diagnostic
from briefing.model.words import Entry
from briefing.read.catalogues import Catalogue, read_catalogue
from briefing.read.sources import SourceFile, list_files, read_source
from briefing.read.theme import default_theme

FOLDER = "templates/"
# How a comment begins and ends, by the end of a file's name.
_COMMENTS = {
    ".html": ("{# ", " #}"),
    ".css": ("/* ", " */"),
    ".js": ("// ", ""),
    ".svg": ("<!-- ", " -->"),
    ".yaml": ("# ", ""),
}
_FIRST = re.compile(r"\s*(?:\{#-?(.*?)-?#\}|/\*(.*?)\*/|<!--(.*?)-->|//([^\n]*)|#([^\n]*))", re.DOTALL)
_RECORD = re.compile(r"Copied from (\S+) of briefing (\S+), (\w+)\.")
# So many digits of a digest tell the states of a file apart.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Record:
    """Of which version of the program a copy was made, and the digest of the file that it is a copy of."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Override:
    """A file of a site that takes the place of one of the theme's, and what it was copied from where it says so."""

    name: str
    own: SourceFile
    theirs: SourceFile
    record: Record | None

    @property
    def has_changed(self) -> bool | None:
        """Whether the theme's file is another than when it was copied; None if nobody knows."""
        return None if self.record is None else self.record.digest != _digest(self.theirs)

    def lines(self) -> list[str]:
        """The theme's file of today beside the site's own, as a unified diff: of a catalogue the words that the site
        says in another way."""
        if _is_catalogue(self.name):
            theirs, own = _words(self.theirs), _words(self.own)
            before = [f"{key}: {_said(theirs[key])}" for key in own if key in theirs]
            after, context = [f"{key}: {_said(entry)}" for key, entry in own.items()], 0
        else:
            before, after, context = self.theirs.text.splitlines(), _without_record(self.own.text).splitlines(), 3
        return list(unified_diff(before, after, f"theme/{self.name}", self.own.path, n=context, lineterm=""))


def theme_files() -> dict[str, SourceFile]:
    """The files of the theme by their names below `templates/`."""
    base = default_theme()
    read = {path.removeprefix(FOLDER): read_source(base, path) for path in list_files(base, "templates")}
    return {name: source for name, source in read.items() if isinstance(source, SourceFile)}


def own_files(root: Path) -> list[str]:
    """The names of the files below a site's `templates/`: none where that is the theme itself."""
    if root.resolve() == default_theme():
        return []
    return [path.removeprefix(FOLDER) for path in list_files(root, "templates")]


def overrides(root: Path) -> Iterator[Override | Diagnostic]:
    """The files that take the place of the theme's, or what is wrong with one."""
    theme = theme_files()
    for name in own_files(root):
        if name in theme:
            own = read_source(root, FOLDER + name)
            problems = [own] if isinstance(own, Diagnostic) else read_catalogue(own)[1] if _is_catalogue(name) else []
            if problems or isinstance(own, Diagnostic):
                yield from problems
            else:
                yield Override(name, own, theme[name], _record(own.text))


def told(source: SourceFile) -> str:
    """What a file of the theme is: the first sentence of the comment with which it begins."""
    first = _FIRST.match(source.text)
    words = " ".join("".join(part or "" for part in first.groups()).split()) if first else ""
    return re.split(r"(?<=\.)\s", words, maxsplit=1)[0]


def copied(name: str, source: SourceFile) -> bytes:
    """A copy of a file of the theme, which says in its first line of what."""
    begin, end = _COMMENTS[Path(name).suffix]
    record = f"{begin}Copied from {name} of briefing {__version__}, {_digest(source)}.{end}\n"
    return (record + source.text).encode()


def _record(text: str) -> Record | None:
    found = _RECORD.search(text.partition("\n")[0])
    return Record(found[2], found[3]) if found else None


def _without_record(text: str) -> str:
    return text.partition("\n")[2] if _record(text) else text


def _digest(source: SourceFile) -> str:
    return source.digest[:_DIGITS]


def _is_catalogue(name: str) -> bool:
    return name.startswith("words/") and name.endswith(".yaml")


def _words(source: SourceFile) -> Catalogue:
    return read_catalogue(source)[0]


def _said(entry: Entry) -> str:
    return entry if isinstance(entry, str) else "; ".join(f"{form}: {text}" for form, text in entry.items())
