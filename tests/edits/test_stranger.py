"""Edits of the tool itself by somebody who does not know it: what pages can get at is what they are compared by."""

import gc
import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import briefing.build
from briefing.link.lists import Lists
from briefing.link.scope import Records
from briefing.link.site import Site, link
from briefing.model.config import Config
from briefing.model.digests import digest
from briefing.pages.page import File, Section
from briefing.pages.plan import plan
from briefing.pages.topics import topic_arguments
from briefing.read.content import Content, read_content
from briefing.request import Request
from tests.commands import REPOSITORY, environment
from tests.outputs import tree
from tests.samples import first_of
from tests.sites.desks import Paper, linked, write_desk
from tests.sites.rich import write_rich_site
from tests.sites.wording import theme_words

# A count of the site on all topic pages, made as those are that stand beside it: file, after which line, what is added.
ADDED = [
    (
        "briefing/link/site.py",
        "    linked: dict[str, LinkedArticle] = field(default_factory=dict)\n",
        "\n    @cached_property\n    def all_open(self) -> int:\n"
        "        return sum(linked.is_open for linked in self.claims.values())\n",
    ),
    ("briefing/pages/topics.py", "    scope: Scope\n", "    all_open: int\n"),
    ("briefing/pages/topics.py", "    return TopicArguments(\n", "        all_open=site.all_open,\n"),
    ("briefing/pages/topics.py", '        "count": len(claims),\n', '        "all_open": given.all_open,\n'),
    (
        "templates/topic.html",
        '<p class="kind">{{ t("topic.kind") }}</p>\n',
        "<p>{{ all_open }} open on all topics</p>\n",
    ),
]


@pytest.mark.slow
def test_a_count_of_the_site_on_every_topic_page_is_never_stale(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    for folder in ("briefing", "templates"):
        shutil.copytree(REPOSITORY / folder, tool / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path, line, added in ADDED:
        text = (tool / path).read_text(encoding="utf-8")
        assert text.count(line) == 1, path
        (tool / path).write_text(text.replace(line, line + added), encoding="utf-8")

    build(tool, write_desk(tmp_path / "desk", papers({})))
    assert counts_in(tmp_path / "desk/site/topics") == {"defense": 2, "energy": 2, "investment": 2, "trade": 2}
    history = [{"status": "fulfilled", "on": "2025-03-01", "why": "So it is.", "evidence": ["seen#it"]}]
    for name in ("desk", "clean"):  # the second has never been built
        build(tool, write_desk(tmp_path / name, papers({"history": history})))
    assert counts_in(tmp_path / "desk/site/topics") == {"defense": 1, "energy": 1, "investment": 1, "trade": 1}
    assert tree(tmp_path / "desk/site") == tree(tmp_path / "clean/site")


def papers(more: dict[str, Any]) -> dict[str, Paper]:
    """Two claims that look ahead, on two topics; of one there may be more to say."""
    ahead = {"modality": "commitment"}
    return {
        "tax": Paper("2025-02-05", {"one": {**ahead, "topics": ["trade"]}}),
        "gas": Paper("2025-02-06", {"two": {**ahead, "topics": ["energy"], **more}}),
        "seen": Paper("2025-03-01", {"it": {"topics": ["investment"]}}),
    }


def build(tool: Path, root: Path) -> None:
    command = [sys.executable, "-m", "briefing", "-C", str(root), "build", "--jobs", "1"]
    variables = environment(PYTHONPATH=str(tool), PYTHONDONTWRITEBYTECODE="")
    subprocess.run(command, env=variables, cwd=tool, check=True, capture_output=True)


def counts_in(topics: Path) -> dict[str, int]:
    """The number that each page of a folder shows."""
    texts = {page.stem: page.read_text(encoding="utf-8") for page in sorted(topics.glob("*.html"))}
    return {name: int(text.partition(" open on all topics")[0].rpartition(">")[2]) for name, text in texts.items()}


# What nothing that makes pages may get at: whatever it looked up there would not be in any digest.
UNSEEN = (Site, Lists, Content, Config, Records)


def rich_site(folder: Path) -> Site:
    content, _ = read_content(write_rich_site(folder))
    assert content.config is not None
    return link(content, content.config, words=theme_words())


def test_all_that_makes_pages_has_nothing_but_its_arguments(tmp_path: Path) -> None:
    sections = plan(Lists(rich_site(tmp_path))).values()
    assert len(sections) > 50
    for section in sections:
        assert is_plain(section.pages), section.name
        assert not [value for value in reachable(section.arguments()) if isinstance(value, UNSEEN)], section.name
        for page in section.planned():
            made_by = page.data if isinstance(page, File) else page.context
            assert made_by.func is dict or is_plain(made_by.func), page.path
            values = reachable((made_by.args, made_by.keywords))
            assert not [value for value in values if isinstance(value, UNSEEN)], page.path


def is_plain(function: object) -> bool:
    """Whether it is a function of a module that holds no values of its own."""
    if (
        not isinstance(function, FunctionType)
        or function.__closure__
        or function.__defaults__
        or function.__kwdefaults__
    ):
        return False
    return getattr(import_module(function.__module__), function.__name__, None) is function


def reachable(value: object) -> Iterator[object]:
    """All objects that can be got to by public names. A scope answers only for the keys that are in its digest."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str | bytes | int | type | FunctionType) or id(value) in seen:
            continue
        seen.add(id(value))
        yield value
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, tuple | list | set | frozenset):
            waiting += value
        slots = (name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()))
        names = [name for name in (*slots, *getattr(value, "__dict__", ())) if not name.startswith("_")]
        waiting += [getattr(value, name) for name in names]


def test_what_is_reachable_is_found() -> None:
    config = Config(title="Desk")
    assert config in reachable(({"a": [Section("x", is_plain, config)]},))  # type: ignore[arg-type]


def test_a_scope_answers_for_nothing_but_its_keys(tmp_path: Path) -> None:
    given = topic_arguments(Lists(linked(tmp_path, papers({}))), "trade")
    assert given.scope.topic("trade") == "Trade"
    scope = given.scope
    looks: list[Callable[[str], object]] = [scope.topic, scope.claim, scope.measure, scope.summit, scope.named]
    for look in looks:
        with pytest.raises(KeyError):
            look("energy")


def test_planning_leaves_nothing_of_a_site_behind(tmp_path: Path) -> None:
    """Neither in a module nor in a cache: where a later plan could find it."""
    site = rich_site(tmp_path)
    left: list[weakref.ref[Any]] = [weakref.ref(site), weakref.ref(site.records)]
    for section in plan(Lists(site)).values():
        section.key()
        for page in section.planned():
            page.data() if isinstance(page, File) else page.context()
    del site, section, page
    gc.collect()
    assert [one() for one in left] == [None, None]


class Holder:
    """Something with a page function of its own."""

    def pages(self, given: object) -> tuple[()]:
        return ()


def closure(value: object) -> Callable[[object], object]:
    return lambda _: value


def seeing(site: object, _: object) -> tuple[()]:
    return ()


REFUSED: dict[str, Callable[[Site], Callable[..., Any]]] = {
    "a closure": closure,
    "a lambda": lambda site: lambda given: given,
    "a bound method": lambda site: Holder().pages,
    "the site as an argument": lambda site: partial(seeing, site),
    "its lists as an argument": lambda site: partial(seeing, Lists(site)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_see_more_than_its_digest_tells_is_refused(name: str, tmp_path: Path) -> None:
    function = REFUSED[name](linked(tmp_path, papers({})))
    with pytest.raises(TypeError, match=r"cannot be (seen|told)"):
        Section("x", function, str).key()
    with pytest.raises(TypeError, match=r"cannot be (seen|told)"):
        digest(partial(function))


def test_arguments_that_hold_the_site_are_refused(tmp_path: Path) -> None:
    site = linked(tmp_path, papers({}))
    for value in (site, Lists(site), site.records):
        with pytest.raises(TypeError, match="cannot be told"):
            Section("x", rich_site, lambda value=value: value).key()  # type: ignore[arg-type,misc]


# What a theme could ask for that no digest tells: a template of it, and what is told of that.
LOOKS: dict[str, tuple[str, str, str]] = {
    "the items of a list": ("topic.html", "{{ claims.items }}", "Listed has no attribute 'items'"),
    "them by their name": ("topic.html", "{{ claims['items'] }}", "Listed has no attribute 'items'"),
    "one of them": ("topic.html", "{{ claims[0] }}", "briefing.views.listed.Listed object"),
    "each of them": ("topic.html", "{% for claim in claims %}{% endfor %}", "'Listed' object is not iterable"),
    "the place in a list": (
        "parts/claim-row.html",
        "{{ loop.index }}",
        "'loop' is undefined: parts are made one by one",
    ),
    "the others in a list": ("parts/claim-row.html", "{{ views|length }}", "'views' is undefined"),
    "the page of a list": ("parts/claim-row.html", "{{ page.path }}", "'page' is undefined"),
    "a list in a list": (
        "parts/claim-row.html",
        "{{ each(claim.topics) }}",
        "`each` puts out what the page has a list",
    ),
}


@pytest.mark.parametrize("name", first_of(4, LOOKS))
def test_a_template_cannot_look_past_what_it_is_given(name: str, tmp_path: Path) -> None:
    template, text, told = LOOKS[name]
    root = write_desk(tmp_path, papers({}), {f"templates/{template}": f"<p>\n{text}</p>\n"})
    problems = briefing.build.build(Request(root), tmp_path / "site").outcome().problems
    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("template-error", f"templates/{template}:2:1")
    ]
    assert problems[0].message.startswith(told)


def test_a_part_may_have_loops_of_its_own(tmp_path: Path) -> None:
    row = "<li>{% for topic in claim.topics %}{{ loop.index }}: {{ topic.title }}{% endfor %}</li>\n"
    root = write_desk(tmp_path, papers({}), {"templates/parts/claim-row.html": row})
    assert not briefing.build.build(Request(root), tmp_path / "site").failed
    assert "<li>1: Investment</li>" in (tmp_path / "site/topics/investment.html").read_text(encoding="utf-8")
