"""A site that uses every template: the examples of docs/curating.md, and many articles."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from briefing.link.checks import check_records
from briefing.link.lists import Lists
from briefing.link.site import link
from briefing.model.words import words_for
from briefing.pages.page import File, site_view
from briefing.pages.plan import plan
from briefing.read.content import read_content
from briefing.read.theme import read_theme
from briefing.theme.rendering import Head
from tests.docs.views import ROOT

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


# The section of curating that makes a site of its own; all others are about one.
FIRST_CLAIM = "Your first claim in ten minutes"


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what follows the language on its first line, and its text."""

    language: str
    info: str
    text: str


def blocks_of(text: str) -> list[Block]:
    fences = re.findall(r"^```(\w*) ?(.*)\n((?:(?!```).*\n)*)```$", text, re.MULTILINE)
    return [Block(*fence) for fence in fences]


def examples_of_curating() -> str:
    """Curating without the section that makes a site of its own."""
    text = (ROOT / "docs/curating.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(f"## {FIRST_CLAIM}\n")
    return before + "## " + rest.partition("\n## ")[2]


def write(folder: Path, block: Block) -> None:
    file = folder / block.info
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, encoding="utf-8")


def example_site(folder: Path) -> Path:
    """All examples of curating, with a file that no text can give."""
    for block in blocks_of(examples_of_curating()):
        if block.language in ("yaml", "markdown"):
            write(folder, block)
    (folder / "content" / "media").mkdir(parents=True)
    (folder / "content" / "media" / "harbor-house.png").write_bytes(PIXEL)
    return folder


def with_many_articles(folder: Path) -> Path:
    """So many articles, claims and figures that the older ones move to archive pages."""
    for number in range(101):
        id = f"2025-01-01-{number}"
        head = f"---\ntitle: Number {number}\nsource: meridian\npublished: 2025-01\n---\n"
        write(folder, Block("", f"content/articles/{id}.md", f"{head}The gas flows.\n"))
        figure = f"figure: {{measure: gas-imports, value: {number}, as_of: 2025-01}}"
        summit = "summit: brandt-vale-2026\n" if number < 2 else ""  # so that accounts differ
        step = "{status: in-progress, on: 2025-02, why: Pipes are laid., evidence: [2025-01-01-2#flows]}"
        modality = "fact" if number == 2 else "expectation"
        moved = f", history: [{step}]" if number == 0 else ""
        said = f"id: flows, quote: The gas flows, topics: [energy], modality: {modality}, {figure}{moved}"
        claims = f"{summit}claims:\n  - {{{said}}}\n"
        write(folder, Block("", f"content/annotations/{id}.yaml", claims))
    return folder


def lists_of_examples(folder: Path) -> Lists:
    """The lists of the site, which is written to a folder."""
    content, problems = read_content(with_many_articles(example_site(folder)))
    assert content.config is not None
    assert not list(problems)
    assert not check_records(content, content.config).all
    words = words_for(content.config.language, read_theme(folder)[0].words)
    return Lists(link(content, content.config, words=words))


def contexts_of(lists: Lists) -> dict[str, list[dict[str, object]]]:
    """Template to what each of its pages is given."""
    given: dict[str, list[dict[str, object]]] = {}
    site = site_view(lists.site)
    for section in plan(lists).values():
        for page in section.planned():
            if isinstance(page, File):
                continue
            head = Head(page.title, page.path, page.description, None, page.files, page.is_indexed, "en_US")
            given.setdefault(page.template, []).append({"site": site, "page": head, **page.context()})
    return given
