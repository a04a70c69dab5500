"""A desk that imports into a site of its own, and what it finds in its files, read without the program's readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from lxml import html

from briefing.build import check
from briefing.importing.blocks import paragraphs
from briefing.importing.fetch import Fetcher
from briefing.importing.hosts import Address
from briefing.importing.run import Choose, Imported, Importer, Run
from briefing.read.folding import fold
from briefing.read.markup import render_markdown
from briefing.request import Outcome, Request

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
SOURCES = """\
harbor-times: {name: The Harbor Times, url: https://harbor-times.example}
meridian: {name: Meridian}
"""


@dataclass(frozen=True)
class Written:
    """The front matter of a file and its body."""

    facts: Mapping[str, Any]
    body: str
    head: str


def site(folder: Path, sources: str = SOURCES) -> Path:
    """A site with sources and no article."""
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text("title: A desk\n", encoding="utf-8")
    (folder / "content/sources.yaml").write_text(sources, encoding="utf-8")
    return folder


def imported(
    root: Path,
    *sources: object,
    apart: bool = False,
    choose: Choose = lambda source, entries: None,
    data: bytes = b"",
    fetcher: Fetcher | None = None,
) -> Run:
    """What an import of these sources did."""
    run = Run(Request(root))
    importer = Importer(Request(root), NOW, apart, fetcher or Fetcher(), choose, lambda size: data[:size])
    importer.run([str(source) for source in sources], run)
    return run


def only(run: Run) -> Imported:
    """The one article that was imported, without an error."""
    assert [problem.message for problem in run.problems if problem.severity == "error"] == []
    assert len(run.imported) == 1
    return run.imported[0]


def written(root: Path, path: str) -> Written:
    """The parts of a file, told apart by the lines `---`, the values as text."""
    _, head, body = (root / path).read_text(encoding="utf-8").split("---\n", 2)
    return Written(yaml.load(head, Loader=yaml.BaseLoader), body, head)


def complete(root: Path, path: str) -> None:
    """Write what was left to the editor."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    for name, value in (("title", "Untitled"), ("source", "meridian"), ("published", "2026-03-01")):
        text = text.replace(f"\n{name}:  #", f"\n{name}: {value}  #", 1)
    file.write_text(text, encoding="utf-8")


def lines(article: Imported) -> list[str]:
    """The paragraphs that were found in an article, as they were found."""
    if article.found.blocks:
        return list(paragraphs(article.found.blocks))
    page = html.fragment_fromstring(render_markdown(article.found.markdown, "x.md").html, create_parent=True)
    for image in page.xpath("//a[@class='image']"):  # its words describe it, and are none of the text
        image.drop_tree()
    elements = page.xpath("//p | //h2 | //h3 | //h4 | //h5 | //h6 | //td | //th | //li[not(p)]")
    own = [element.xpath("string(.)") if element.tag != "li" else _own(element) for element in elements]
    return [words for text in own if (words := " ".join(text.split()))]


def _own(item: html.HtmlElement) -> str:
    """The words of an item without those of lists in it."""
    return "".join([item.text or "", *(_outside(child) for child in item)])


def _outside(element: html.HtmlElement) -> str:
    words = "" if element.tag in ("ul", "ol") else str(element.text_content())
    return words + (element.tail or "")


def quoting(lines: Sequence[str]) -> str:
    """Claims that quote each of these paragraphs; of those that stand there twice each with the words around it."""
    text = fold(" ".join(lines)).text
    claims = []
    for number, line in enumerate(lines):
        if not any(map(str.isalnum, line)):
            continue
        quote: dict[str, str] = {"exact": line}
        if text.count(fold(line).text) > 1:
            quote |= {"prefix": " ".join(lines[max(0, number - 3) : number])} if number else {}
            quote |= {"suffix": " ".join(lines[number + 1 : number + 4])} if number + 1 < len(lines) else {}
        claims.append({"id": f"c{number}", "quote": quote, "topics": ["energy"]})
    return yaml.safe_dump({"claims": claims}, allow_unicode=True, width=10_000)


def checked_with_quotes(root: Path, articles: Sequence[Imported]) -> Outcome:
    """What the check says of a site in which every paragraph of these articles is quoted."""
    (root / "content/annotations").mkdir(exist_ok=True)
    for article in articles:
        complete(root, article.path)
        name = Path(article.path).stem
        (root / f"content/annotations/{name}.yaml").write_text(quoting(lines(article)), encoding="utf-8")
    return check(Request(root)).outcome()


def anywhere(address: Address) -> bool:
    """For `Fetcher(is_allowed=...)`: what serves the tests is on this machine."""
    return address.is_loopback
