"""Internal records: no byte of an edition for the public, and no name in it, tells of one."""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import html5lib
import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.diagnostics import EnvironmentProblem
from briefing.link import published
from briefing.link.checks import Checks
from briefing.model.article import Article
from briefing.model.base import Record, fields_of
from briefing.model.claim import Claim
from briefing.model.registries import REGISTRIES
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from briefing.paper.pdf import is_internal
from briefing.read import annotations, content
from briefing.request import Request
from briefing.resident import Resident
from briefing.write.document import write_document
from tests.outputs import MEMORY, tree
from tests.paper.reading import Paper
from tests.sites import secrets
from tests.sites.secrets import is_secret, leaks, without_secrets, word, write_secret_site

# So many of the words stand in an edition that has them, so that a search which finds none says something.
SHOWN = 140


def desk(root: Path, state: str = "internal") -> Path:
    """The site of secrets, with its texts anchored."""
    write_secret_site(root, state)
    assert run(root, "anchor").exit_code == 0
    return root


def run(root: Path, *arguments: str) -> Result:
    name, *options = arguments
    return CliRunner().invoke(
        main, ["-C", str(root), name, *([] if name in ("list", "anchor") else ["--jobs", "1"]), *options]
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def site(folder: Path) -> Path:
    return desk(folder / "desk")


EDITIONS: list[tuple[str, ...]] = [
    (),
    ("--drafts",),
    ("--as-of", "2026-01-31"),
    ("--as-of", "2025-02-08"),
    ("--base-url", "https://example.org/x/"),
]


@pytest.mark.parametrize("options", EDITIONS, ids=" ".join)
def test_an_edition_for_the_public_has_none_of_it(options: tuple[str, ...], site: Path) -> None:
    ended = run(site, "build", "--output", str(site / "out"), *options)
    assert ended.exit_code == 0, ended.output
    assert leaks(site / "out") == {}


def exported(site: Path, *options: str) -> Path:
    """A folder with a database."""
    ended = run(site, "export", "--sqlite", "out/records.sqlite", *options)
    assert ended.exit_code == 0, ended.output
    return site / "out"


@pytest.mark.parametrize("options", [(), ("--drafts",), ("--as-of", "2026-01-31")], ids=" ".join)
def test_a_database_for_others_has_none_of_it(options: tuple[str, ...], site: Path) -> None:
    assert leaks(exported(site, *options)) == {}


def test_a_database_for_the_desk_has_it_and_says_what_it_is(site: Path) -> None:
    assert len(set().union(*leaks(exported(site, "--internal", "--as-of", "2026-01-31")).values())) > SHOWN // 2
    with closing(sqlite3.connect(site / "out/records.sqlite")) as database:
        told = dict(database.execute("SELECT name, value FROM metadata"))
    assert (told["edition"], told["as_of"], told["date"]) == ("internal", "2026-01-31", "2026-01-31")
    assert "url" not in told


@pytest.mark.parametrize("leak", ["internal claims of public articles", "entries that only internal records name"])
def test_a_leak_into_a_database_is_found_or_nothing_is_written(
    leak: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LEAKS[leak](monkeypatch)
    ended = run(site, "export", "--sqlite", "out/records.sqlite")
    assert ended.exit_code == 1 or leaks(site / "out"), leak


def printed(site: Path, folder: Path, summit: str, *options: str) -> Paper:
    """A summit on paper; and in the folder its PDF with all that is packed in it."""
    folder.mkdir(exist_ok=True)
    ended = run(site, "pdf", summit, "--output", str(folder / f"{summit}.pdf"), *options)
    assert ended.exit_code == 0, ended.output
    paper = Paper(folder / f"{summit}.pdf")
    (folder / f"{summit}.txt").write_text("\n".join([*paper.pages, *map(str, paper.objects())]), encoding="utf-8")
    return paper


@pytest.mark.slow
def test_paper_for_others_has_none_of_it_and_the_desk_s_says_on_each_page_what_it_is(site: Path) -> None:
    for summit in ("delta-2025", "harbor-2026"):
        paper = printed(site, site / "out", summit)
        assert not any("internal edition" in page for page in paper.pages)
    assert leaks(site / "out") == {}
    hidden = run(site, "pdf", word("summit"))
    assert (hidden.exit_code, "add --internal" in hidden.output) == (2, True)
    for summit in ("delta-2025", word("summit")):
        paper = printed(site, site / "desk", summit, "--internal")
        assert "'/Keywords': 'internal edition'" in str(paper.reader.metadata)
        assert all("This is an internal edition." in page for page in paper.pages)
        assert is_secret((site / f"desk/{summit}.txt").read_text(encoding="utf-8"))
    ours, theirs = (site / folder / "delta-2025.pdf" for folder in ("desk", "out"))
    for path, data in ((ours, theirs.read_bytes()), (theirs, ours.read_bytes())):
        with pytest.raises(EnvironmentProblem, match="a document of an"):
            write_document(path, data, b"%PDF-", is_internal)
        assert path.read_bytes() != data


def test_no_database_takes_the_place_of_one_of_the_other_edition(site: Path) -> None:
    for first, then, told in ((), ("--internal",), "an edition for the public"), (("--internal",), (), "an internal"):
        path = exported(site, *first) / "records.sqlite"
        before = path.read_bytes()
        ended = run(site, "export", "--sqlite", "out/records.sqlite", *then)
        assert ended.exit_code == 3
        assert f"a document of {told}" in ended.output
        assert path.read_bytes() == before
        path.unlink()


EDITION = {"--drafts", "--internal", "--as-of"}
# What a draft or an internal record names is used; and of a day nobody asks whether others exist.
OF_ALL = {"list unused": {"--as-of"}}


def options_of(command: click.Command, name: str = "") -> Iterator[tuple[str, set[str]]]:
    """All commands with their options."""
    if isinstance(command, click.Group):
        for part in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), part)
            assert found is not None
            yield from options_of(found, f"{name} {part}".strip())
    else:
        yield name, {option for parameter in command.params for option in parameter.opts}


def test_a_command_that_knows_of_editions_knows_all_of_them() -> None:
    found = {name: options & EDITION for name, options in options_of(main) if options & EDITION}
    assert found.keys() >= {"build", "check", "export", "hosting", "list open", "pdf", "serve", "show"}
    assert {name: options for name, options in found.items() if options != EDITION} == OF_ALL


def test_the_words_are_in_the_internal_edition(site: Path) -> None:
    assert run(site, "build", "--internal").exit_code == 0
    assert len(set().union(*leaks(site / "internal").values())) > SHOWN


# Fields that hold a word of some list, a number, a day or a yes, or the way to a text that is searched for.
WITHOUT_WORDS = frozenset(
    [
        *("visibility", "draft", "rights", "text_apart", "language", "currency", "timezone", "stale_after", "kind"),
        *("status", "modality", "likelihood", "weight", "level", "due", "review_by", "recorded", "reliability", "ids"),
        *("published", "updated", "revised", "accessed", "written", "start", "end", "window", "exclude", "quotes"),
        *("country", "relations", "follows"),
    ]
)


def test_every_text_of_every_kind_of_record_is_searched_for() -> None:
    """A field that the model gets one day is to be in the search on that day."""
    kinds: dict[type[Record], list[Any]] = {
        Article: [secrets.ARTICLE],
        Claim: [secrets.claim("x", word("quote"), word("summit"))],
        Summit: [secrets.SUMMIT],
        Topic: [secrets.TOPIC],
        StandingPage: [secrets.PAGE],
        **{REGISTRIES[kind]: list(entries.values()) for kind, entries in secrets.entities("internal").items()},
    }
    for kind, records in kinds.items():
        of_words = {info.alias or name for name, info in fields_of(kind).items()} - WITHOUT_WORDS
        of_words -= {"text"} if kind is Article else {"lead"} if kind is Topic else set()
        missing = [name for name in of_words if not any(is_secret(str(one.get(name))) for one in records)]
        assert missing == [], kind


@pytest.mark.parametrize("options", [(), ("--base-url", "https://example.org/x/")], ids=" ".join)
def test_it_is_byte_for_byte_as_if_internal_records_did_not_exist(options: tuple[str, ...], folder: Path) -> None:
    """Numbers, counts, orders and digests too; and what a next build needs to know of the output."""
    for name in ("with", "without"):
        write_secret_site(folder / name)
    without_secrets(folder / "without")
    for name in ("with", "without"):
        assert run(folder / name, "anchor").exit_code == 0
    for name in ("with", "without"):
        (folder / "out").mkdir(exist_ok=True)
        ended = run(folder / name, "build", "--output", str(folder / "out" / name), *options)
        assert ended.exit_code == 0, ended.output
    with_them, without = tree(folder / "out/with"), tree(folder / "out/without")
    assert with_them.keys() == without.keys()
    assert [path for path in without if with_them[path] != without[path]] == []


def test_what_becomes_internal_is_gone_from_the_output(folder: Path) -> None:
    root = desk(folder / "desk", "public")
    shutil.rmtree(root / ".briefing", ignore_errors=True)
    assert run(root, "build").exit_code == 0
    assert len(set().union(*leaks(root / "site").values())) > SHOWN
    desk(root)
    ended = run(root, "build", "--verify")
    assert ended.exit_code == 0, ended.output
    assert leaks(root / "site") == {}
    desk(root, "public")
    assert run(root, "build", "--verify").exit_code == 0
    assert leaks(root / "site")


def test_a_site_in_memory_has_none_of_it_either(folder: Path) -> None:
    """Also where a record became internal since it was loaded."""
    root = desk(folder / "desk", "public")
    resident = Resident(Request(root))
    assert resident.is_loaded
    assert is_secret(str(resident.file("index.html")))
    desk(root)
    resident.refresh([path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()])
    assert [problem.message for problem in resident.problems if problem.severity == "error"] == []
    assert run(root, "build").exit_code == 0
    files = {path: data for path, data in tree(root / "site").items() if data != b"folder" and path[0] != "."}
    assert [path for path, data in files.items() if resident.file(path) != data] == []
    assert resident.file(f"articles/{word('article')}.html") is None
    assert resident.file(f"media/{word('map')}.png") is None


# --- A search that found nothing would find nothing in a leak either: so leaks are made. ----------------------------


def as_public(kind: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Internal records of a kind are taken for public ones when they are read, and kept though nobody names them."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        real = content._is_internal
        patch.setattr(published, "_only_inside", lambda public, withheld: set())
        patch.setattr(content, "_is_internal", lambda record: type(record).__name__ != kind and real(record))

    return mutate


def claims_as_public(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(annotations._Claims, "_is_withheld", lambda self, claim: False)


def not_cut(name: str, given: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """A step by which public records lose what they say of internal ones is left out."""
    return lambda patch: patch.setattr(published, name, given)


def shown_by_a_template(patch: pytest.MonkeyPatch) -> None:
    """A page is given what is withheld: here, as the site's description."""
    real = published.published

    def leaking(content: Any, config: Any) -> Any:
        public, of = real(content, config)
        title = content.withheld.articles[word("article")].record.title
        return public, replace(of, description=title.upper().replace("ZQ", "ZQ\u00ad"))

    patch.setattr("briefing.link.editions.published", leaking)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    **{
        f"a record taken for a public one: {kind}": as_public(kind)
        for kind in (
            *("Article", "Summit", "Topic", "StandingPage", "Person", "Organization", "Place", "Source", "Measure"),
        )
    },
    "internal claims of public articles": claims_as_public,
    "entries that only internal records name": not_cut("_only_inside", lambda public, withheld: set()),
    "media that only internal texts show": not_cut("_linked", lambda content: set()),
    "lists of public records": not_cut("_kept", lambda kind, ids, content: ids),
    "relations of public claims": not_cut("_claim", lambda claim, content: claim),
    "a template": shown_by_a_template,
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_is_found_or_nothing_is_written(leak: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[leak](monkeypatch)
    ended = run(site, "build")
    assert ended.exit_code == 1 or leaks(site / "site"), leak


UNCHECKED = [
    *(f"a record taken for a public one: {kind}" for kind in ("Place", "Source", "Measure")),
    *("entries that only internal records name", "media that only internal texts show", "a template"),
]


@pytest.mark.parametrize("leak", UNCHECKED)
def test_a_leak_that_no_check_sees_is_found(leak: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the checks of references, which keep the other leaks from being written, the search alone finds it."""
    monkeypatch.setattr("briefing.build.check_records", lambda *_: Checks((), {}))
    LEAKS[leak](monkeypatch)
    assert run(site, "build").exit_code == 0
    assert leaks(site / "site")


# --- The internal edition --------------------------------------------------------------------------------------------


def test_every_page_of_it_says_so_to_readers_and_to_search_engines(site: Path) -> None:
    assert run(site, "build", "--internal").exit_code == 0
    assert not (site / "site").exists()
    output = site / "internal"
    for path in output.rglob("*.html"):
        page = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        notes = ["".join(note.itertext()) for note in page.iter("p") if note.get("role") == "note"]
        robots = [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"]
        assert any("internal edition" in note for note in notes), path
        assert robots == ["noindex"], path
        # The address in the configuration is that of the edition for the public.
        assert "https://example.org/coasts/" not in path.read_text(encoding="utf-8")
    assert (output / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
    assert (output / ".gitignore").read_text(encoding="utf-8").endswith("\n*\n")


def test_a_record_that_is_internal_is_marked_where_it_stands(site: Path) -> None:
    run(site, "build", "--internal")
    source = (site / f"internal/sources/{word('source')}.html").read_text(encoding="utf-8")
    rows = re.findall(rf'<li data-claim="{re.escape(secrets.REF)}">.*?</li>', source)
    assert rows
    assert all("· internal" in row for row in rows)
    article = (site / f"internal/articles/{word('article')}.html").read_text(encoding="utf-8")
    assert '<b class="tag">internal</b></h1>' in article


def test_neither_edition_is_written_over_or_into_the_other(site: Path) -> None:
    assert run(site, "build").exit_code == 0
    assert run(site, "build", "--internal").exit_code == 0
    before = tree(site / "site"), tree(site / "internal")
    for options, told in {
        ("--internal", "--output", "site"): "an edition for the public is here",
        ("--output", "internal"): "an internal edition is here",
        ("--internal", "--output", "site/internal"): "an edition for the public is in",
        ("--output", "internal/public"): "an internal edition is in",
        ("--adopt", "--allow-removal", "--output", "internal"): "an internal edition is here",
        ("--drafts", "--output", "internal"): "an internal edition is here",
    }.items():
        ended = run(site, "build", *options)
        assert ended.exit_code == 3, options
        assert told in ended.output
        assert "--output FOLDER" in ended.output
    assert (tree(site / "site"), tree(site / "internal")) == before


def test_an_edition_for_the_public_is_not_written_around_an_internal_one(site: Path) -> None:
    (site / "web").mkdir()
    assert run(site, "build", "--internal", "--output", str(site / "web/desk")).exit_code == 0
    ended = run(site, "build", "--output", str(site / "web"))
    assert ended.exit_code == 3
    assert "an internal edition is in" in ended.output


def test_a_check_is_of_both_editions(site: Path) -> None:
    """A mistake in a record that is not in the edition is told, and what is told of both is told once."""
    path = site / f"content/annotations/{word('article')}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("year-later#c1", "year-later#c9"), encoding="utf-8")
    ended = run(site, "check", "--format=concise")
    assert ended.exit_code == 1
    assert ended.output.count("[dangling-reference]") == 1
    assert run(site, "build").exit_code == 0
    assert run(site, "build", "--internal").exit_code == 1
    page = site / "content/pages/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[nowhere](nowhere.md)\n", encoding="utf-8")
    ended = run(site, "check", "--format=concise")
    assert ended.output.count("[bad-link]") == 1
    assert ended.output.count("[dangling-reference]") == 1


def test_lists_and_claims_are_those_of_the_edition(site: Path) -> None:
    hidden = run(site, "show", secrets.REF)
    assert hidden.exit_code == 2
    assert "--internal" in hidden.output
    shown = run(site, "show", secrets.REF, "--internal")
    assert shown.exit_code == 0
    assert re.search(r"^visibility +internal$", shown.output, re.MULTILINE)
    assert not is_secret(run(site, "list", "sources").output)
    assert is_secret(run(site, "list", "sources", "--internal").output)
    # What only internal records name is used.
    assert word("person by the way") not in run(site, "list", "unused").output
