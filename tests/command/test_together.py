"""All problems of a run, in that run: what is wrong in one place hides nothing that is wrong in another."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.link.lists import Lists
from briefing.link.site import link
from briefing.model.topic import StandingPage
from briefing.model.words import words_for
from briefing.pages.page import site_view
from briefing.pages.plan import plan
from briefing.read.content import Content, read_content
from briefing.read.links import Link
from briefing.read.pages import PageFile
from briefing.read.theme import read_theme
from briefing.theme.fragments import Fragments
from briefing.theme.rendering import RenderedPage, Renderer
from briefing.theme.templates import Templates
from briefing.theme.written_links import Written, check_written_links
from tests.commands import REPOSITORY, small_site
from tests.outputs import tree
from tests.samples import first_of
from tests.sites.rich import write_rich_site

ARTICLE, ANNOTATIONS = "content/articles/talks.md", "content/annotations/talks.yaml"
BROKEN = "[nowhere](../articles/nowhere.md)"


def told(folder: Path, *command: str) -> list[str]:
    ended = CliRunner().invoke(main, ["-C", str(folder), *command, "--format=concise"], catch_exceptions=False)
    assert ended.exit_code == 1
    return [line.partition(" ")[0] + " " + line.split("[")[1].partition("]")[0] for line in ended.stderr.splitlines()]


def changed(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def written(path: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")

    return change


MISTAKES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a wrong quote": (changed(ANNOTATIONS, "will meet", "wil meet"), f"{ANNOTATIONS}:2:12: quote-not-found"),
    "a key of an article": (changed(ARTICLE, "source:", "typo: x\nsource:"), f"{ARTICLE}:3:1: unknown-key"),
    "a key of the configuration": (written("config.yaml", "title: x\ntypo: x\n"), "config.yaml:2:1: unknown-key"),
    "a configuration that is no YAML": (written("config.yaml", "title: [\n"), "config.yaml:2:1: bad-yaml"),
    "no configuration": (lambda folder: (folder / "config.yaml").unlink(), "config.yaml:1:1: unreadable-file"),
    "a template that cannot be read": (
        written("templates/page.html", "{% nonsense %}\n"),
        "templates/page.html:1:1: template-error",
    ),
    "a template that fails": (
        written("templates/page.html", "{{ nothing.at_all }}\n"),
        "templates/page.html:1:1: template-error",
    ),
    "a warning that counts": (written("content/odd.bin", "x"), "content/odd.bin:1:1: unknown-file"),
    "a file that cannot be published": (
        written("content/media/a\x01.png", "x"),
        "content/media/a\\x01.png:1:1: bad-id",
    ),
}


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("mistake", first_of(4, MISTAKES))
def test_no_mistake_hides_a_broken_link_or_a_reference_to_nothing(mistake: str, command: str, tmp_path: Path) -> None:
    folder = small_site(tmp_path, extra="about")
    change, problem = MISTAKES[mistake]
    change(folder)
    assert told(folder, command, "--strict") == [problem]
    with (folder / "content/pages/about.md").open("a", encoding="utf-8") as file:
        file.write(f"{BROKEN}\n")
    link = "content/pages/about.md:6:1: bad-link"
    assert sorted(told(folder, command, "--strict")) == sorted([problem, link])
    if "template that fails" in mistake or "warning" in mistake:
        return  # what comes after an error between records is a page, and there are none
    with (folder / ANNOTATIONS).open("a", encoding="utf-8") as file:
        file.write("    about: [nobody]\n")
    reference = f"{ANNOTATIONS}:4:13: dangling-reference"
    assert sorted(told(folder, command, "--strict")) == sorted([problem, link, reference])


def test_a_mistake_in_a_claim_hides_nothing_else_in_it(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    with (folder / ANNOTATIONS).open("a", encoding="utf-8") as file:
        file.write("    likelihood: perhaps\n    about: [nobody]\n    relations: [{type: repeats, to: talks#gone}]\n")
    assert [line.rpartition(" ")[2] for line in told(folder, "check")] == [
        "bad-value",
        "dangling-reference",
        "dangling-reference",
    ]


@pytest.mark.parametrize(
    ("wrong", "lines"),
    [
        ('summary: "\\x1b"\nurl: "\\x07"\n', [5, 6]),
        ("---\n\n&#x202e; and &#x202c;\n\nand &#x2066;\n", [7, 7, 9]),
        ("summary: \u202ea\u202c\nurl: \u2066\n", [5, 5, 6]),
    ],
    ids=["escapes in YAML", "entities in Markdown", "characters"],
)
def test_every_character_that_a_file_may_not_hold_is_told(wrong: str, lines: list[int], tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    changed(ARTICLE, "---\n\n", f"{wrong}---\n\n" if "---" not in wrong else wrong)(folder)
    assert [int(line.split(":")[1]) for line in told(folder, "check") if "bad-characters" in line] == lines


# What is certain of links without pages


def all_links(content: Content) -> tuple[Link, ...]:
    """Links to every page of a site, and to every place on it that has an id without an underscore."""
    assert content.config is not None
    theme, _ = read_theme(REPOSITORY)
    words = words_for("en", theme.words)
    site = link(content, content.config, words=words)
    templates = Templates(theme.templates, words=words)
    renderer = Renderer(templates, Fragments(templates, site.article), site_view(site))
    found: list[str] = []
    for section in plan(Lists(site)).values():
        for page in renderer.section(section, {}).pages:
            assert isinstance(page, RenderedPage)
            found += [page.path, *(f"{page.path}#{id}" for id in page.ids if page.template != "redirect.html")]
    return tuple(Link(target, 1) for target in found)


def test_no_link_that_leads_somewhere_is_taken_for_broken_without_pages(tmp_path: Path) -> None:
    content, _ = read_content(write_rich_site(tmp_path / "desk"))
    assert content.config is not None
    links = all_links(content)
    assert len(links) > 100
    page = PageFile("all-links", "content/pages/all-links.md", StandingPage(title="x"), "", links)
    with_links = replace(content, pages={**content.pages, "all-links": page})
    assert list(check_written_links(Written(with_links, content.config.topics, content.media, frozenset()))) == []


def test_a_link_to_what_could_not_be_read_is_left_to_the_next_run(tmp_path: Path) -> None:
    folder = small_site(tmp_path, extra="about")
    for name, text in {
        "a": "---\ntitle: [\n---\n",
        "b": "no front matter\n",
        "c\u00e4 d": "---\ntitle: C\n---\n",
    }.items():
        written(f"content/articles/{name}.md", text)(folder)
    links = (
        "[a](../articles/a.md#x) [b](../articles/b.md) [c](<../articles/c\u00e4 d.md>) [d](../articles/talks.md#gone)\n"
    )
    with (folder / "content/pages/about.md").open("a", encoding="utf-8") as file:
        file.write(links)
    before = tree(folder)
    found = told(folder, "build")
    assert [line for line in found if "bad-link" in line] == [
        f"content/pages/about.md:6:{links.index('[d]') + 1}: bad-link"
    ]
    assert tree(folder) == before
