"""A build after edits gives what a clean build gives: byte for byte, file by file, and word for word what it says."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.incremental.cache import Cache
from briefing.link.scope import Records
from briefing.model.digests import Digester
from briefing.pages.page import Section
from briefing.read import articles
from briefing.theme.fragments import Fragments
from briefing.theme.rendering import Renderer
from briefing.views.listed import Listed
from tests.commands import REPOSITORY, environment
from tests.edits.catalogue import EDITS, any_edit
from tests.edits.editor import NUMBER, Edit, claims_of, mapping, pages, put_front, sources, split
from tests.edits.fieldvalues import words
from tests.edits.sequences import (
    Desk,
    Differs,
    build,
    check,
    fails,
    in_child,
    report,
    run,
    same_tree,
    step_check,
    steps_of,
    try_all,
    twin_of,
)
from tests.outputs import MEMORY, tree
from tests.samples import first_of, one_in
from tests.sites.rich import dumped


def test_a_few_sequences_of_edits_give_what_clean_builds_give(start: Path) -> None:
    for seed in range(2):
        if fails(seed, 3, 0.3, start):
            pytest.fail(report(seed, steps_of(seed, 3, 0.3), start), pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", one_in(10, range(10)))
def test_100_sequences_of_edits_give_what_clean_builds_give(chunk: int, start: Path) -> None:
    try_all(range(1000 + 10 * chunk, 1010 + 10 * chunk), 8, 0.15, start)


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(40))
def test_2000_sequences_of_edits_give_what_clean_builds_give(chunk: int, start: Path) -> None:
    try_all(range(10000 + 50 * chunk, 10050 + 50 * chunk), 30, 0.3, start)


def step_build(dice: random.Random, desk: Desk) -> str:
    """The same for all edits, and compared elsewhere."""
    assert build(desk.root, desk.output).code == 0
    return "built"


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(2, EDITS))
def test_an_edit_alone_gives_what_a_clean_build_gives(name: str, start: Path) -> None:
    edit_and_check(name, 1, start)


@pytest.mark.long
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_made_twice_gives_what_a_clean_build_gives(name: str, start: Path) -> None:
    edit_and_check(name, 2, start)


def edit_and_check(name: str, times: int, start: Path) -> None:
    def edit(dice: random.Random, desk: Desk) -> str:
        return f"{name}: {EDITS[name](dice, desk.root)}"

    made = [step_build, *[edit, step_check] * times]
    log: list[str] = []
    if wrong := run(len(name), [*enumerate(made)], start, log):
        pytest.fail("\n".join([*log, wrong]), pytrace=False)


@pytest.fixture
def desk(start: Path) -> Iterator[Desk]:
    """A site that has been built."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        desk = Desk(Path(folder))
        shutil.copytree(start, desk.root)
        assert build(desk.root, desk.output).code == 0
        yield desk


def become_fifo(path: Path) -> None:
    os.mkfifo(path)


def become_loop(path: Path) -> None:
    path.symlink_to(path)


def become_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def become_link_to_source(path: Path) -> None:
    path.symlink_to(next(folder for folder in path.parents if (folder / "config.yaml").exists()) / "config.yaml")


def become_folder(path: Path) -> None:
    (path / "mine").mkdir(parents=True)


ODD: list[Callable[[Path], None]] = [
    become_fifo,
    become_loop,
    become_dangling_link,
    become_link_to_source,
    become_folder,
]


@pytest.mark.slow
@pytest.mark.parametrize("become", one_in(len(ODD), ODD))
def test_whatever_stands_where_a_file_of_the_cache_was_the_build_is_right(
    become: Callable[[Path], None], desk: Desk
) -> None:
    files = [path for path in desk.cache.rglob("*") if path.is_file()] if desk.cache.is_dir() else []
    for path in files[:20]:
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            become(path)
        change_number(desk.root / "content/articles/preview.md")
        before = {source: source.read_bytes() for source in sources(desk.root)}
        check(desk)
        assert {source: source.read_bytes() for source in sources(desk.root)} == before
        shutil.rmtree(desk.cache, ignore_errors=True)
        build(desk.root, desk.output)


@pytest.mark.slow
@pytest.mark.parametrize("become", one_in(3, [*ODD, Path.touch]))
def test_whatever_stands_where_the_cache_was_the_build_is_right(become: Callable[[Path], None], desk: Desk) -> None:
    shutil.rmtree(desk.cache, ignore_errors=True)
    become(desk.cache)
    change_number(desk.root / "content/articles/preview.md")
    check(desk)
    check(desk)


@pytest.mark.slow
def test_a_link_where_the_cache_was_leads_to_no_harm(desk: Desk) -> None:
    mine = desk.folder / "mine"
    shutil.copytree(desk.root / "content", mine)
    before = tree(mine)
    shutil.rmtree(desk.cache, ignore_errors=True)
    desk.cache.symlink_to(mine)
    change_number(desk.root / "content/articles/preview.md")
    check(desk)
    assert {path: data for path, data in tree(mine).items() if path in before} == before


def change_number(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(NUMBER.sub(lambda found: f"No. {int(found[0][4:]) % 8999 + 1001}", text, count=1), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "naming",
    [
        '{% include "_part.html" %}',
        "{%- include '_part.html' ignore missing -%}",
        '{%include"_part.html"%}',
        '{% include ["_absent.html", "_part.html"] %}',
        '{% include "_" "part.html" %}',
        '{% include "_" ~ "part.html" %}',
        '{% include "_own.html" and "_part.html" %}',
        '{% include "_part.html" if site.title else "_own.html" %}',
        '{% include "_PART.HTML"|lower %}',
        '{% set name = "_part.html" %}{% include name %}',
        '{% from "_between.html" import part %}{{ part() }}',
    ],
)
def test_however_a_template_names_a_part_a_change_of_the_part_is_seen(naming: str, desk: Desk) -> None:
    own = desk.root / "templates"
    page = '{% extends "base.html" %}{% block main %}' + naming + "{% endblock %}"
    between = '{% macro part() %}{% include "_part.html" %}{% endmacro %}'
    for name, text in {"page.html": page, "_between.html": between, "_part.html": "<p>before</p>"}.items():
        (own / name).write_text(text, encoding="utf-8")
    assert build(desk.root, desk.output).code == 0
    (own / "_part.html").write_text("<p>after</p>", encoding="utf-8")
    check(desk)
    assert "<p>after</p>" in (desk.output / "about.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [1, pytest.param(5, marks=pytest.mark.long)])
def test_two_builds_at_once_into_two_folders_do_not_disturb_each_other(rounds: int, desk: Desk) -> None:
    dice = random.Random(5)
    for _ in range(rounds):
        any_edit(dice, desk.root)
        twin = twin_of(desk)
        jobs = {"site": (), "other": ("--drafts",), "third": ("--base-url", "https://example.org/third")}
        children = [in_child(build, desk.root, desk.root / name, options) for name, options in jobs.items()]
        for name, options in jobs.items():
            build(twin, twin / name, options)
        for child in children:
            os.waitpid(child, 0)
        for name in jobs:
            same_tree(tree(twin / name), tree(desk.root / name))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "briefing/views/words.py",
            "def date_words(",
            "def date_words(*all):\n    return 'on ' + _dw(*all)\n\n\ndef _dw(",
        ),
        ("briefing/link/clock.py", "return Clock(as_of", "return Clock(date(2027, 1, 1) or as_of"),
        ("briefing/read/markup.py", '"<p>"', "\"<p class='other'>\""),
        ("templates/base.html", "</body>", "<p>other</p></body>"),
        ("templates/parts/lists.html", "{% endmacro %}", "other {% endmacro %}"),
        ("templates/parts/claim.html", "<q>", "<q lang='en'>"),
        ("templates/words/en.yaml", "  ledger: Ledger\n", "  ledger: Books\n"),
        ("templates/parts/claim-row.html", "<li", "<li lang='en'"),
        ("templates/assets/style.css", "{", "{ color: red;"),
    ],
    ids=["words", "clock", "markup", "base", "macros", "macros of parts", "catalogue", "row", "style"],
)
def test_another_source_of_the_tool_makes_everything_anew(name: str, old: str, new: str, used: Desk) -> None:
    """What the cache knows is of the tool as it was before: of the last test, or of the first build."""
    path, before = used.folder / "tool" / name, tree(used.output)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        run_tool(used, used.root)
        twin = twin_of(used, used.output.name)
        run_tool(used, twin)
    finally:
        path.write_text(text, encoding="utf-8")
    assert before != tree(used.output) == tree(twin / "site")


@pytest.fixture(scope="module")
def used(start: Path) -> Iterator[Desk]:
    """A site that has been built by a copy of the tool."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        desk = Desk(Path(folder))
        for name in ("briefing", "templates"):
            # With what is compiled, but not what another process is just writing of it.
            shutil.copytree(REPOSITORY / name, desk.folder / "tool" / name, ignore=shutil.ignore_patterns("*.pyc.*"))
        shutil.copytree(start, desk.root)
        run_tool(desk, desk.root)
        yield desk


def run_tool(desk: Desk, root: Path) -> None:
    command = [sys.executable, "-m", "briefing", "-C", str(root), "build", "--jobs", "1"]
    tool = desk.folder / "tool"
    subprocess.run(command, env=environment(PYTHONPATH=str(tool)), cwd=tool, check=True, capture_output=True)


def without_arguments(pages: str) -> Callable[[pytest.MonkeyPatch], None]:
    """What the sections that a function plans are made from is taken to be always the same."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        real = Section.key
        patch.setattr(Section, "key", lambda self: b"same" if self.pages.__name__ == pages else real(self))

    return mutate


def without_records(kind: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Records of a kind that views look at beside what they are of are taken to be always the same."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        real = Records._digest
        patch.setattr(Records, "_digest", lambda self, of, id: bytes(16) if of == kind else real(self, of, id))

    return mutate


def without(module: str, name: str, answer: object) -> Callable[[pytest.MonkeyPatch], None]:
    """A function gives one answer to all questions."""
    return lambda patch: patch.setattr(f"{module}.{name}", lambda *arguments: answer)


def without_theme(patch: pytest.MonkeyPatch) -> None:
    """What all pages have in common is taken to be always the same."""
    real = Renderer.__init__

    def made(self: Renderer, *arguments: Any) -> None:
        real(self, *arguments)
        self.theme = b"same"

    patch.setattr(Renderer, "__init__", made)


def without_fragments(patch: pytest.MonkeyPatch) -> None:
    """Lists are told apart only by how long they are."""
    patch.setattr(Fragments, "__init__", _with(Fragments.__init__, lambda self: setattr(self, "digest", _short)))


def _short(*values: object) -> bytes:
    return Digester({Listed: lambda listed, parts: parts.append(b"%d" % len(listed))}).digest(*values)


def _with(real: Callable[..., None], then: Callable[[Any], None]) -> Callable[..., None]:
    def made(self: Any, *arguments: Any, **named: Any) -> None:
        real(self, *arguments, **named)
        then(self)

    return made


def without_texts(patch: pytest.MonkeyPatch) -> None:
    """The texts of articles are taken to be always the same."""
    real = Section.__init__
    patch.setattr(
        Section,
        "__init__",
        lambda self, name, pages, made, text=b"", paths=(): real(self, name, pages, made, b"x" if text else b"", paths),
    )


def without_key(of: str) -> Callable[[pytest.MonkeyPatch], None]:
    """What was found once under a name is taken to be so for ever."""
    real = Cache.once

    def once(cache: Cache, name: str, key: bytes, make: Callable[[], Any]) -> Any:
        return real(cache, name, b"" if name == of else key, make)

    return lambda patch: patch.setattr(Cache, "once", once)


def without_times_of_change(patch: pytest.MonkeyPatch) -> None:
    """A file is taken to be the same if its size and the time of its last write are."""
    patch.setattr("briefing.file_state._stamp", lambda status: (status.st_size, status.st_mtime_ns, 0, 0))


def without_bytes(patch: pytest.MonkeyPatch) -> None:
    """What was read once is not read again, whatever the files hold now."""
    patch.setattr("briefing.incremental.cache.Cache._known", lambda cache, job, _: cache._before.get(job.files[0]))


def without_digest(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """What an article is read to is taken to be always the same."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        real = getattr(articles, name)
        patch.setattr(articles, name, lambda *arguments: replace(real(*arguments), kept=b"same"))

    return mutate


def other_in_entries(registry: str, field: str) -> Edit:
    """Other words for all entries of a registry."""

    def edit(dice: random.Random, root: Path) -> str:
        path = root / f"content/{registry}.yaml"
        path.write_text(dumped({id: {**of, field: words(dice)} for id, of in mapping(path).items()}), encoding="utf-8")
        return f"{field} of {registry}"

    return edit


def other_in_pages(folder: str, field: str) -> Edit:
    """Other words for all records of a folder."""

    def edit(dice: random.Random, root: Path) -> str:
        for path in pages(root, folder):
            front, body = split(path)
            put_front(dice, path, {**front, field: words(dice)}, body)
        return f"{field} of {folder}"

    return edit


def other_title(dice: random.Random, root: Path) -> str:
    """Another title for one article."""
    path = dice.choice(pages(root, "articles"))
    front, body = split(path)
    put_front(dice, path, {**front, "title": words(dice)}, body)
    return f"title of {path.name}"


def other_texts(dice: random.Random, root: Path) -> str:
    """Other words for all claims of one article."""
    path = dice.choice(sorted((root / "content/annotations").glob("*.yaml")))
    claims = [{**claim, "text": words(dice)} for claim in claims_of(path)]
    path.write_text(dumped({"claims": claims}), encoding="utf-8")
    return f"claims of {path.name}"


def other_figure(dice: random.Random, root: Path) -> str:
    """A figure for a claim anywhere, from which others differ."""
    path = dice.choice(sorted((root / "content/annotations").glob("*.yaml")))
    claims = claims_of(path)
    value = {"measure": "gas", "value": str(dice.randrange(90)), "scale": "million", "as_of": "2025-01"}
    dice.choice(claims)["figure"] = value
    path.write_text(dumped({"claims": claims}), encoding="utf-8")
    return f"a figure in {path.name}"


def other_relation(dice: random.Random, root: Path) -> str:
    """A claim qualifies another one, anywhere."""
    here, there = dice.sample(sorted((root / "content/annotations").glob("*.yaml")), 2)
    claims, others = claims_of(here), [claim["id"] for claim in claims_of(there) if "id" in claim]
    dice.choice(claims)["relations"] = [{"type": "qualifies", "to": f"{there.stem}#{id}"} for id in others[:1]]
    here.write_text(dumped({"claims": claims}), encoding="utf-8")
    return f"a relation from {here.name}"


def other_offices(dice: random.Random, root: Path) -> str:
    """Offices that everybody held for one year, which is another one each time."""
    path = root / "content/people.yaml"
    year = dice.randrange(2000, 2040)
    role = {"post": "Envoy", "start": f"{year}-01-01", "end": f"{year}-12-31"}
    path.write_text(dumped({id: {**of, "roles": [role]} for id, of in mapping(path).items()}), encoding="utf-8")
    return f"offices of {year}"


def later_correction(dice: random.Random, root: Path) -> str:
    """A correction made later than all that the desk has recorded."""
    path = root / "content/articles/notes.md"
    front, body = split(path)
    on = f"{2027 + len(front.get('corrections', ()))}-01-01"
    front["corrections"] = [*front.get("corrections", ()), {"on": on, "text": words(dice)}]
    put_front(dice, path, front, body)
    return f"a correction on {on}"


def heading_goes(dice: random.Random, root: Path) -> str:
    """Of two pages, one leads to a heading of the other; every second time it is gone."""
    here, there = root / "content/pages/here.md", root / "content/pages/there.md"
    here.write_text("---\ntitle: Here\n---\n\nSee [there](there.md#s-kept).\n", encoding="utf-8")
    heading = "Kept" if not there.exists() else "Gone"
    there.write_text(f"---\ntitle: There\n---\n\n## {heading}\n\n{words(dice)}\n", encoding="utf-8")
    return f"a heading: {heading}"


def picture_goes(dice: random.Random, root: Path) -> str:
    """One page leads to a picture; every second time it is gone."""
    here, picture = root / "content/pages/here.md", root / "content/media/chart.png"
    here.write_text("---\ntitle: Here\n---\n\nSee [it](../media/chart.png).\n", encoding="utf-8")
    picture.parent.mkdir(exist_ok=True)
    if picture.exists():
        picture.unlink()
    else:
        picture.write_bytes(dice.randbytes(9))
    return f"a picture: {picture.exists()}"


def page_goes(dice: random.Random, root: Path) -> str:
    """One page leads to another; every second time that is gone."""
    here, there = root / "content/pages/here.md", root / "content/pages/there.md"
    here.write_text("---\ntitle: Here\n---\n\nSee [there](there.md).\n", encoding="utf-8")
    if there.exists():
        there.unlink()
    else:
        there.write_text(f"---\ntitle: There\n---\n\n{words(dice)}\n", encoding="utf-8")
    return f"a page: {there.exists()}"


@pytest.mark.parametrize("goes", first_of(3, [heading_goes, picture_goes, page_goes]))
def test_a_link_to_what_has_gone_is_found_on_a_page_that_has_not_changed(goes: Edit, desk: Desk) -> None:
    dice = random.Random(7)
    for _ in range(2):
        desk.log.append(goes(dice, desk.root))
        check(desk)
    assert desk.log[-1].endswith("exit 1")


# What a cache might forget to look at: how it is made to, and an edit that must then be noticed to go wrong.
MUTATIONS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Edit]] = {
    "entries of registries": (without_records("entity"), other_in_entries("people", "name")),
    "measures": (without_records("measure"), other_in_entries("measures", "label")),
    "summits that others name": (without_records("summit"), other_in_pages("summits", "title")),
    "claims that others cite": (without_records("claim"), other_title),
    "articles": (without_arguments("article_pages"), other_texts),
    "the list of articles": (without_arguments("article_index"), other_in_pages("articles", "title")),
    "summits": (without_arguments("summit_pages"), other_texts),
    "the list of summits": (without_arguments("summit_index"), other_in_pages("summits", "title")),
    "topics": (without_arguments("topic_pages"), other_texts),
    "the ledger": (without_arguments("ledger_pages"), other_texts),
    "figures": (without_arguments("figure_pages"), other_figure),
    "the timeline": (without_arguments("timeline_pages"), other_texts),
    "voices": (without_arguments("voice_pages"), other_texts),
    "the index of voices": (without_arguments("voice_index"), other_in_entries("people", "name")),
    "standing pages": (without_arguments("standing_pages"), other_in_pages("pages", "summary")),
    "the first page": (without_arguments("home_pages"), other_in_pages("summits", "title")),
    "what lists show": (without_fragments, other_texts),
    "the frame": (without_theme, EDITS["config_facts"]),
    "delays": (without("briefing.link.site", "_delay", answer=b""), later_correction),
    "facts": (without("briefing.build", "facts_of", answer=b"the same"), other_texts),
    "texts": (without_texts, EDITS["body_text"]),
    "what was checked": (without_key("checks"), other_offices),
    "what claims have to do with each other": (without_key("connections"), other_relation),
    "how many claims there are": (without_key("counts"), EDITS["new_article"]),
    "figures that are old": (without_key("stale figures"), later_correction),
    "texts of articles": (without_digest("_text"), EDITS["body_text"]),
    "articles in lists": (without_digest("_file"), other_in_pages("articles", "title")),
    "what is gone": (without("briefing.incremental.page_cache.PageCache", "has_lost", answer=False), heading_goes),
    "templates": (without("briefing.theme.templates.Templates", "digest", b""), EDITS["template_file"]),
    "bytes of sources": (without_bytes, EDITS["body_text"]),
    "times of change": (without_times_of_change, EDITS["same_size"]),
}
MOST_EDITS = 30


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(2, MUTATIONS))
def test_a_cache_that_looks_at_less_is_found_out(name: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mutate, edit = MUTATIONS[name]
    mutate(monkeypatch)
    shutil.rmtree(desk.cache)
    build(desk.root, desk.output)
    with pytest.raises(Differs):
        edit_until_it_shows(edit, desk)


def edit_until_it_shows(edit: Edit, desk: Desk) -> None:
    """Edit and compare; edits that make the site invalid are undone."""
    dice = random.Random(7)
    for _ in range(MOST_EDITS):
        before = {path: path.read_bytes() for path in sources(desk.root)}
        desk.log.append(edit(dice, desk.root))
        check(desk)
        if desk.log[-1].endswith("exit 1"):
            for path, data in before.items():
                path.write_bytes(data)
