"""The recipe of `briefing import`: what is given is read, checked against what is here, and written; each by itself."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location, Note, Problems
from briefing.importing.addresses import is_web
from briefing.importing.article_file import ArticleText, article_text
from briefing.importing.blocks import paragraphs
from briefing.importing.feed import Entry
from briefing.importing.fetch import MOST_BYTES, Fetcher
from briefing.importing.forms import Given, read_form
from briefing.importing.found import Found
from briefing.importing.names import id_of, with_number
from briefing.importing.refused import Refused
from briefing.importing.site import Site, keys_of, read_site
from briefing.importing.wayback import archived, raw
from briefing.model.zones import day_in
from briefing.read.markup import render_markdown
from briefing.read.places import Locator
from briefing.read.word_count import words_in
from briefing.request import Outcome, Request
from briefing.write.articles import write_new_files

STANDARD_INPUT = "-"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/+")
# Which of a feed's entries are wanted, by number; None where nobody has said.
Choose = Callable[[str, Sequence[Entry]], Sequence[int] | None]


@dataclass(frozen=True, slots=True)
class Imported:
    """An article that was written: its file, what it was, and what there is to say of it."""

    path: str
    source: str
    found: Found
    words: int

    def lines(self) -> Iterator[str]:
        """What was found, in words."""
        found = self.found
        yield f"{self.path}  from {self.source}"
        known = [f"{self.words:,} words"]
        known += [f"published {found.published.text}"] if found.published else []
        known += [f"by {', '.join(found.authors)}"] if found.authors else []
        known += [f"in {found.language}"] if found.language else []
        yield f"  {'; '.join(known)}"
        missing = [
            name
            for name, value in (("authors", found.authors), ("language", found.language), ("address", found.url))
            if not value
        ]
        if missing:
            yield f"  not found: {', '.join(missing)}"
        for note in found.notes:
            yield f"  {note}"


@dataclass(slots=True)
class Run:
    """One run, filled as it goes on: what is wrong, what was written, and the feeds of which nobody chose."""

    request: Request
    problems: Problems = field(default_factory=Problems)
    imported: list[Imported] = field(default_factory=list)
    listed: list[tuple[str, Sequence[Entry]]] = field(default_factory=list)
    refused: int = 0

    def refuse(self, name: str, refused: Refused) -> None:
        """Tell why something is not imported."""
        place = Location(_named(name), max(1, refused.line), max(1, refused.column))
        self.problems.add(Diagnostic(refused.code, refused.message, place, refused.help))
        self.refused += 1

    def outcome(self) -> Outcome:
        """What there is to tell of it."""
        locator = Locator(self.request.root)
        problems = tuple(locator.located(problem) for problem in self.problems)
        return Outcome(problems, bool(self.problems.errors or (self.request.strict and self.problems.warnings)))


@dataclass(frozen=True, slots=True)
class Importer:
    """What articles are imported with. `now` is this moment, `read_input` gives what is on the standard input."""

    request: Request
    now: datetime
    is_apart: bool = False
    fetcher: Fetcher = field(default_factory=Fetcher)
    choose: Choose = lambda source, entries: None
    read_input: Callable[[int], bytes] = lambda size: b""
    on_fetch: Callable[[str], None] = lambda address: None

    def run(self, sources: Sequence[str], run: Run) -> None:
        """Import all of them; each that is good is written, whatever is wrong with the others."""
        site = read_site(self.request.root)
        run.problems.extend(site.problems)
        if run.problems.errors:
            return
        for source in dict.fromkeys(sources):
            for name, found in self._found(source, site, run):
                self._write(name, found, site, run)

    def _found(self, source: str, site: Site, run: Run) -> Iterator[tuple[str, Found]]:
        """The articles in a source; of a feed those that are chosen, each from its own address."""
        read = self._read(source, site, run)
        if isinstance(read, Found):
            yield source, read
        for entry in self._chosen(source, read, run) if isinstance(read, list) else ():
            if not is_web(entry.address):
                message = f"`{entry.title or source}` has no address in the feed"
                run.refuse(source, Refused(message, "import its page by its address"))
                continue
            page = self._read(entry.address, site, run)
            if isinstance(page, Found):
                _complete(page, entry)
                yield entry.address, page
            elif page is not None:
                run.refuse(entry.address, Refused("it is another feed", "import that by its own address"))

    def _chosen(self, source: str, entries: Sequence[Entry], run: Run) -> Sequence[Entry]:
        """The entries that are wanted; where nobody says which, they are kept to be listed."""
        try:
            numbers = self.choose(source, entries)
        except Refused as refused:
            run.refuse(source, refused)
            return ()
        if numbers is None:
            run.listed.append((source, entries))
        return [entries[number - 1] for number in numbers or ()]

    def _read(self, source: str, site: Site, run: Run) -> Found | list[Entry] | None:
        """What a source holds; None where that is told as a problem."""
        try:
            if is_web(source) and (path := site.article_at([source])):
                run.problems.add(_already(source, path))
                return None
            given = self._given(source)
            read = read_form(given)
        except Refused as refused:
            run.refuse(source, refused)
            return None
        if isinstance(read, Found) and given.address:
            read.accessed = read.accessed or day_in(site.timezone, self.now).isoformat()
        return read

    def _given(self, source: str) -> Given:
        if source == STANDARD_INPUT:
            data = self.read_input(MOST_BYTES + 1)
            _check_size(data)
            return Given(data)
        if not is_web(source):
            if scheme := _SCHEME.match(source):
                message = f"addresses that begin with `{scheme.group()}` are not fetched"
                raise Refused(message, "save it as a file, and import that", "not-fetched")
            return Given(_file(self.request.root / source), Path(source).name)
        archive = archived(source)
        self.on_fetch(source)
        fetched = self.fetcher.fetch(raw(*archive) if archive else source)
        return Given(fetched.data, "", fetched.address, fetched.content_type)

    def _write(self, name: str, found: Found, site: Site, run: Run) -> None:
        """Write an article, unless it is here already."""
        addresses = [address for address in (found.url, found.archive_url, name if is_web(name) else "") if address]
        if path := site.article_at(addresses):
            run.problems.add(_already(name, path))
            return
        try:
            text = self._text(name, found, site)
            taken = write_new_files(self.request.root, text.files)
        except Refused as refused:
            run.refuse(name, refused)
            return
        if taken:
            run.problems.add(_already(name, taken))
            return
        site.add(text.id, text.path, [key for address in addresses for key in keys_of(address)])
        words = " ".join(paragraphs(found.blocks)) or _seen(found)
        run.imported.append(Imported(text.path, name, found, words_in(words)))
        run.problems.extend(_left(text))

    def _text(self, name: str, found: Found, site: Site) -> ArticleText:
        """The files of an article under an id that is free; `Refused` where this very text has the id already."""
        fallback = "" if name == STANDARD_INPUT else Path(name).stem
        first = id = id_of(found, fallback)
        source = site.source_of(found)
        for number in range(2, 1000):
            text = article_text(found, id, source, self.is_apart)
            if not any(site.has(path) for path in text.files) and id not in site.taken:
                return text
            if any(site.has_same(path, data) for path, data in text.files.items()):
                raise Refused(f"the same text is here: {text.path}", "change that file, or rename it", "already-here")
            id = with_number(first, number)
        raise Refused("a thousand articles of this day have its title", "rename some of them", "already-here")


def _seen(found: Found) -> str:
    return render_markdown(found.markdown, "content/articles/x.md").text


def _complete(page: Found, entry: Entry) -> None:
    """Take from the feed what the page does not say itself."""
    if page.published is None and entry.published is not None:
        page.published = entry.published
        page.notes.append("the day is that of the feed; the page gives none")
    page.title = page.title or entry.title
    page.authors = page.authors or entry.authors


def _file(path: Path) -> bytes:
    """The bytes of a file that somebody has named; `Refused` for what is none, or changes while it is read."""
    try:
        with path.open("rb", buffering=0) as opened:
            before = os.fstat(opened.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise Refused("it is not a regular file", "name a file, an address or `-`", "unreadable-file")
            if before.st_size > MOST_BYTES:
                raise Refused(
                    f"it has more than {MOST_BYTES // 2**20} MiB", "save the text that you need, and import that"
                )
            data = opened.readall()
            after = os.fstat(opened.fileno())
    except IsADirectoryError:
        raise Refused("it is a folder", "name the files in it", "unreadable-file") from None
    except (OSError, ValueError) as error:
        told = (getattr(error, "strerror", None) or str(error)).lower()
        raise Refused(f"it cannot be read: {told}", "check its name and its permissions", "unreadable-file") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise Refused("it changed while it was read", "import it again when it is whole", "unreadable-file")
    return data


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Refused(f"it has more than {MOST_BYTES // 2**20} MiB", "save the text that you need, and import that")


def _already(name: str, path: str) -> Diagnostic:
    note = Note("the article is", Location(path))
    help = "nothing was written; if its text has changed, change that file"
    return Diagnostic("already-here", "this address is here already", Location(_named(name)), help, (note,), "warning")


def _named(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else name


def _left(text: ArticleText) -> Iterator[Diagnostic]:
    for name, (line, advice) in text.left.items():
        message = f"`{name}` is left to you"
        yield Diagnostic("left-to-editor", message, Location(text.path, line, 1, len(name)), advice, severity="warning")
