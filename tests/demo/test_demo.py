"""The demonstration site: every statement on every page leads to its words, and no page promises what is not there."""

import posixpath
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.commands import REPOSITORY
from tests.demo.reading import CONTENT, OWN_REPORT, claims, config, front_matter
from tests.markup import text_of

# What depends on the day on which the test runs.
CLOCK = ("review-due", "stale-figure")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)


def classes(element: Element) -> list[str]:
    return str(element.get("class", "")).split()


@dataclass
class Page:
    """A built page, as a browser reads it."""

    path: str
    root: Element
    parents: dict[Element, Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def ids(self) -> list[str]:
        return [str(element.get("id")) for element in self.root.iter() if "id" in element.attrib]

    @cached_property
    def passages(self) -> dict[str, str]:
        """The words of every claim: the text of the innermost marks that carry its id."""
        words: dict[str, str] = {}
        for mark in self.root.iter("mark"):
            if mark.find("mark") is None:
                for id in str(mark.get("data-claims")).split():
                    words[id] = words.get(id, "") + "".join(mark.itertext())
        return words

    def target(self, href: str) -> tuple[str, str] | None:
        """The page and fragment that a link leads to; None for one out of the site."""
        if re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            return None
        path, _, fragment = href.partition("#")
        if path.startswith("/"):  # only on the page that is served at any address
            assert self.path == "404.html"
            return unquote(path).lstrip("/") or "index.html", unquote(fragment)
        resolved = (
            posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(path))) if path else self.path
        )
        return resolved, unquote(fragment)

    def links(self) -> Iterator[tuple[Element, str]]:
        for element in self.root.iter():
            for name in ("href", "src"):
                if name in element.attrib:
                    yield element, str(element.get(name))

    def around(self, element: Element) -> Iterator[Element]:
        """What an element stands in, the nearest first."""
        while element in self.parents:
            element = self.parents[element]
            yield element

    def statement_of(self, element: Element) -> Element | None:
        """The nearest element around this one that stands for a claim."""
        around: Element | None = element
        while around is not None and "data-claim" not in around.attrib:
            around = self.parents.get(around)
        return around


@dataclass
class Built:
    """The built site and what its files say."""

    folder: Path
    printed: str
    pages: dict[str, Page]
    files: set[str]


@pytest.fixture(scope="module")
def built(site: Path, told: str, pages: dict[str, Element]) -> Built:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return Built(site, told, {name: Page(name, root) for name, root in pages.items()}, files)


def test_it_builds_without_problems(told: str) -> None:
    problems = re.findall(r"^(?:error|warning)\[([a-z-]+)\]", told, re.MULTILINE)
    assert set(problems) <= set(CLOCK), told


def test_no_file_names_a_schema_that_is_not_there() -> None:
    for file in [REPOSITORY / "config.yaml", *CONTENT.rglob("*.yaml")]:
        for schema in re.findall(r"\$schema=(\S+)", file.read_text(encoding="utf-8")):
            assert (file.parent / schema).is_file(), file


@pytest.mark.slow
def test_every_link_and_fragment_resolves(built: Built) -> None:
    count = 0
    for page in built.pages.values():
        for _, href in page.links():
            target = page.target(href)
            if target is None:
                assert href.startswith(("https://", "http://", "mailto:")), href
                continue
            path, fragment = target
            assert path in built.files, f"{page.path}: {href}"
            if fragment:
                assert fragment in built.pages[path].ids, f"{page.path}: {href}"
            count += 1
    assert count > 1000


@pytest.mark.slow
def test_no_page_has_two_equal_ids(built: Built) -> None:
    for page in built.pages.values():
        assert [id for id, count in Counter(page.ids).items() if count > 1] == [], page.path


@pytest.mark.slow
def test_every_statement_leads_to_the_marked_words_it_shows(built: Built) -> None:
    """Every element that stands for a claim has a link to the marks of that claim; every quote in a link is the words
    of the marks it leads to."""
    proven = shown = 0
    for page in built.pages.values():
        led: set[Element] = set()
        for link, href in page.links():
            target = page.target(href)
            article = built.pages.get(target[0]) if target and link.tag == "a" else None
            words = article.passages.get(target[1]) if target and article else None
            if target is None or words is None:
                assert link.find(".//q") is None, f"{page.path}: {href} leads to no passage"
                continue
            quote = link.find(".//q")
            if quote is not None:
                assert "".join(words.split()) == "".join("".join(quote.itertext()).split())
                shown += 1
            statement = page.statement_of(link)
            if statement is not None and statement.get("data-claim") == f"{Path(target[0]).stem}#{target[1]}":
                led.add(statement)
        statements = [element for element in page.root.iter() if "data-claim" in element.attrib]
        assert [element.get("data-claim") for element in statements if element not in led] == [], page.path
        proven += len(statements)
    assert proven > 1000
    assert shown > 150


@pytest.mark.slow
def test_every_claim_is_marked_in_its_article_and_shown_beside_it(built: Built) -> None:
    """With what it says, a link to its words, and no second copy of these: they stand in the article."""
    for article, count in Counter(claim.of for claim in claims().values()).items():
        page = built.pages[f"articles/{article}.html"]
        beside = [element for element in page.root.iter("li") if str(element.get("id")).startswith("claim_")]
        refs = [str(element.get("data-claim")) for element in beside]
        assert len(set(refs)) == len(refs) == count
        assert set(page.passages) == {ref.partition("#")[2] for ref in refs}
        for element, ref in zip(beside, refs, strict=True):
            claim, id = claims()[ref], ref.partition("#")[2]
            assert element.get("id") == f"claim_{id}"
            assert f"#{id}" in [str(link.get("href")) for link in element.iter("a")]
            assert "".join(page.passages[id].split()) == "".join(claim.quote.split())
            assert " ".join(claim.fields.get("text", "").split()) in text_of(element)
            assert not list(element.iter("q"))


def listed_counts(page: Page) -> dict[str, tuple[int, int]]:
    """How many claims, and how many of them open, a list of articles gives for each."""
    found = {}
    for entry in page.root.iter("li"):
        link = entry.find(".//a")
        counts = re.search(r"(\d+) claims?(?:, (\d+) open)?", text_of(entry))
        if link is not None and counts is not None:
            target = page.target(str(link.get("href")))
            if target is not None and posixpath.dirname(target[0]) == "articles":
                found[Path(target[0]).stem] = (int(counts[1]), int(counts[2] or 0))
    return found


def board_of(page: Page) -> dict[str, tuple[str, int, int, int]]:
    """What a board of meetings has of each: its day, how many claims that count were made before it, and there and
    after, and how many are open; the bars have the same counts as words."""
    found = {}
    for row in page.root.iter("tr"):
        cells = row.findall("td")
        if len(cells) == 5 and "board" in " ".join(str(one.get("class")) for one in page.around(row)):
            target = page.target(str(next(cells[1].iter("a")).get("href")))
            assert target is not None
            totals = []
            for cell in cells[2:4]:
                bars = [str(one.get("aria-label")) for one in cell.iter() if one.get("aria-label")]
                parts = [int(count) for bar in bars for count in re.findall(r"\d+", bar)]
                assert sum(parts) == int(text_of(cell) or 0)
                totals.append(sum(parts))
            day = str(next(cells[0].iter("time")).get("datetime"))
            found[Path(target[0]).stem] = (day, totals[0], totals[1], int(text_of(cells[4]) or 0))
    return found


@pytest.mark.slow
def test_counts_on_pages_are_those_of_the_files(built: Built) -> None:
    by_article = Counter(claim.of for claim in claims().values())
    open_by_article = Counter(claim.of for claim in claims().values() if claim.is_open)
    listed = listed_counts(built.pages["articles/index.html"])
    assert listed == {article: (count, open_by_article[article]) for article, count in by_article.items()}

    wanted = {}
    for id, summit in front_matter("summits").items():
        mine = [claim for claim in claims().values() if claim.summit == id]
        ahead = [claim for claim in mine if claim.is_forward and not claim.is_minor]
        documents = summit.get("documents", [])
        before = [claim for claim in ahead if claim.published <= summit["start"] and claim.of not in documents]
        still_open = sum(claim.is_open for claim in ahead)
        wanted[id] = (summit["start"][:10], len(before), len(ahead) - len(before), still_open)
    assert board_of(built.pages["summits/index.html"]) == wanted
    board = board_of(built.pages["index.html"])
    assert board.items() <= wanted.items()
    assert [day for day, *_ in board.values()] == sorted((day for day, *_ in board.values()), reverse=True)
    assert len(board) >= 5

    topics = {
        str(entry.find(".//a").get("href")): text_of(entry).split()[-2:]  # type: ignore[union-attr]
        for entry in built.pages["index.html"].root.iter("li")
        if text_of(entry).endswith(" open")
    }
    for topic in config()["topics"]:
        of_topic = sum(claim.is_open for claim in claims().values() if topic in claim.fields["topics"])
        assert topics[f"topics/{topic}.html"] == [str(of_topic), "open"]


@pytest.mark.slow
def test_the_number_at_each_statement_is_that_of_its_source(built: Built) -> None:
    """Every number stands for the article that the link before it leads to, and every source has one."""
    checked = 0
    for page in built.pages.values():
        lists = [one for one in page.root.iter("ol") if one.get("class") == "src"]
        sources = [page.target(str(next(item.iter("a")).get("href"))) for one in lists for item in one.findall("li")]
        numbers = set()
        for element in page.root.iter():
            children = list(element)
            for link, number in pairwise(children):
                if number.tag == "sup" and link.tag == "a" and text_of(number).isdecimal():
                    target = page.target(str(link.get("href")))
                    if target is not None and sources:
                        assert (target[0], "") == sources[int(text_of(number)) - 1], (page.path, link.get("href"))
                        numbers.add(int(text_of(number)))
                        checked += 1
        assert len(lists) <= 1
        assert numbers == set(range(1, len(sources) + 1)), page.path
    assert checked > 1000


@pytest.mark.slow
def test_the_last_line_of_a_build_counts_the_claims_of_the_files(built: Built) -> None:
    forward = [claim for claim in claims().values() if claim.is_forward]
    open_count = sum(claim.is_open for claim in forward)
    expected = f" {len(claims())} claims, {open_count} open, {len(forward) - open_count} resolved."
    assert expected in built.printed


@pytest.mark.slow
def test_no_page_runs_anything_of_its_own(built: Built) -> None:
    for page in built.pages.values():
        for element in page.root.iter():
            assert element.tag != "style", page.path
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], page.path
            if element.tag == "script":
                is_data = str(element.get("type", "")).endswith("json")
                assert is_data or (element.get("src") and not "".join(element.itertext()).strip()), page.path
            assert element.tag not in ("iframe", "object", "embed", "base", "form") or element.get("action") is None
            assert not str(element.get("href", "")).strip().lower().startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.slow
def test_the_content_security_policy_comes_before_everything_it_holds_for(built: Built) -> None:
    for page in built.pages.values():
        head = page.root.find("head")
        assert head is not None
        first, second = list(head)[:2]
        assert (first.tag, first.attrib) == ("meta", {"charset": "utf-8"}), page.path
        assert second.get("http-equiv") == "Content-Security-Policy", page.path
        policy = {part.split()[0]: part.split()[1:] for part in str(second.get("content")).split(";")}
        assert policy["default-src"] == ["'none'"]
        assert not any("unsafe" in source or "*" in source for sources in policy.values() for source in sources)


@pytest.mark.slow
def test_every_page_has_a_title_a_language_and_one_main_heading(built: Built) -> None:
    titles = []
    for page in built.pages.values():
        title = page.root.find("head/title")
        assert title is not None
        titles.append(text_of(title))
        assert page.root.get("lang")
        if page.root.find(".//main") is not None:
            assert len(list(page.root.iter("h1"))) == 1, page.path
    assert all(titles)


# One letter of a quote


@dataclass(frozen=True)
class Slip:
    """A quote with one letter changed: its file's new text, where the quote begins, and what it said before."""

    path: str
    text: str
    place: str
    words: str


def quotes_of(path: Path) -> Iterator[tuple[yaml.ScalarNode, str]]:
    """Every quote's node, and the words of it, by a reader that is not the program's."""
    root: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    claims = next(value for key, value in root.value if key.value == "claims")
    for claim in claims.value:
        quote = next(value for key, value in claim.value if key.value == "quote")
        if isinstance(quote, yaml.MappingNode):
            quote = next(value for key, value in quote.value if key.value == "exact")
        yield quote, quote.value


def slip(path: Path, node: yaml.ScalarNode, words: str, dice: random.Random) -> Slip:
    text = path.read_text(encoding="utf-8")
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        start = text.index("\n", start)
    letters = [at for at in range(start, end) if text[at].isalpha() and text[at - 1] != "\\"]
    at = dice.choice(letters)
    changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
    place = f"content/annotations/{path.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
    return Slip(f"content/annotations/{path.name}", changed, place, " ".join(words.split()))


def slips(count: int) -> list[Slip]:
    """Spread over all annotation files."""
    dice, found = random.Random(7), []
    files = sorted((CONTENT / "annotations").glob("*.yaml"))
    for number in range(count):
        path = files[number % len(files)]
        node, words = dice.choice(list(quotes_of(path)))
        found.append(slip(path, node, words, dice))
    return found


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.slow
def test_one_wrong_letter_in_a_quote_stops_the_build_at_its_place(built: Built, tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("texts"))
    shutil.copy(REPOSITORY / "config.yaml", tmp_path)
    shutil.copytree(built.folder, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    found = slips(25)
    assert len({one.path for one in found}) == len(list((CONTENT / "annotations").iterdir()))
    for one in found:
        original = (tmp_path / one.path).read_text(encoding="utf-8")
        (tmp_path / one.path).write_text(one.text, encoding="utf-8")
        result = run(tmp_path, "build")
        (tmp_path / one.path).write_text(original, encoding="utf-8")
        assert result.exit_code == 1
        # Of a text that is not here nobody can say which words are right, but that these are others.
        is_own = OWN_REPORT in one.path
        code = "quote-not-found" if is_own else "other-words"
        assert re.search(
            rf"^error\[{code}\]: .*\n{re.escape(arrow(result.stderr, one.place))}$", result.stderr, re.MULTILINE
        )
        assert one.words in result.stderr or not is_own
        assert snapshot(tmp_path / "site") == before
    assert run(tmp_path, "build").exit_code == 0


def arrow(printed: str, place: str) -> str:
    """The line that names the place, whose indentation depends on the number of the line."""
    match = re.search(rf"^ +--> {re.escape(place)}$", printed, re.MULTILINE)
    assert match is not None, f"{place} is not named in\n{printed}"
    return match[0]
