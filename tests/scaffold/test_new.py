"""`briefing new`: what it adds is right at once, every other byte stays, and what cannot be is told."""

import re
import shutil
from pathlib import Path
from typing import get_args, get_type_hints

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.cli.commands import new as command
from briefing.read.front_matter import split_front_matter
from briefing.read.sources import SourceFile
from briefing.scaffold.kinds import KINDS
from tests.commands import small_site
from tests.outputs import tree

ARTICLE = ("new", "article", "Gas deal in sight", "--source", "gazette", "--published", "2026-03-02")


def run(site: Path, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["-C", str(site), *words], typed, catch_exceptions=False, prog_name="briefing")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "desk", extra="about")


def refused(site: Path, *words: str) -> str:
    """The last line of a call that must fail, and write nothing."""
    before = tree(site)
    ended = run(site, *words)
    assert ended.exit_code in (1, 2), ended.output
    assert tree(site) == before
    return ended.output.splitlines()[-1]


def facts(path: Path) -> dict[str, object]:
    """The front matter, as another parser reads it."""
    found = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)
    assert found is None or isinstance(found, dict)
    return found or {}


def entries(path: Path) -> dict[str, dict[str, str]]:
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


# --- Files ----------------------------------------------------------------------------------------------------


def test_an_article_is_two_files_which_say_where_to_go_on(site: Path) -> None:
    ended = run(site, *ARTICLE, "--url", "https://example.org/a", "--language", "pt")
    path = "content/articles/2026-03-02-gas-deal-in-sight.md"
    text = (site / path).read_text(encoding="utf-8")
    assert ended.exit_code == 0, ended.output
    assert facts(site / path) == {
        "title": "Gas deal in sight",
        "source": "gazette",
        "published": "2026-03-02",
        "url": "https://example.org/a",
        "language": "pt",
    }
    assert ended.output.splitlines() == [
        f"{path}:{text.count(chr(10)) + 1}: put its text here",
        "content/annotations/2026-03-02-gas-deal-in-sight.yaml:3: what it says: claims, with `quote` and `topics`",
    ]
    assert run(site, "check", "--strict").exit_code == 0


def test_what_is_written_at_the_places_that_are_named_is_a_claim(site: Path) -> None:
    run(site, *ARTICLE)
    for path, more in (
        ("content/articles/2026-03-02-gas-deal-in-sight.md", "The leaders will sign on Friday.\n"),
        (
            "content/annotations/2026-03-02-gas-deal-in-sight.yaml",
            "  - quote: will sign on Friday\n    topics: [trade]\n",
        ),
    ):
        with (site / path).open("a", encoding="utf-8") as file:
            file.write(more)
    ended = run(site, "check", "--strict")
    assert ended.output == "No errors. 2 claims, 0 open, 0 resolved.\n"


def test_fields_that_are_offered_as_comments_are_fields(site: Path) -> None:
    """And none stands there twice."""
    run(site, "new", "summit", "Talks", "--start", "2026-03-06", "--summary", "They talk.")
    text = (site / "content/summits/talks.md").read_text(encoding="utf-8")
    assert re.findall(r"^(?:# )?(\w+):", text, re.MULTILINE) == [
        "title",
        "start",
        "summary",
        "end",
        "venue",
        "participants",
        "agenda",
    ]


@pytest.mark.parametrize(
    ("words", "path", "wanted"),
    [
        (("summit", "Talks", "--start", "2999-03-06"), "summits/talks.md", {"title": "Talks", "start": "2999-03-06"}),
        (("page", "How", "we", "work"), "pages/how-we-work.md", {"title": "How we work"}),
        (("page", "method"), "pages/method.md", {"title": "Method"}),
        (("page", "Über uns"), "pages/uber-uns.md", {"title": "Über uns"}),
        (("page", "会談"), "pages/会談.md", {"title": "会談"}),
        (("page", "../../etc/passwd: no"), "pages/etc-passwd-no.md", {"title": "../../etc/passwd: no"}),
        (("page", "# no comment"), "pages/no-comment.md", {"title": "# no comment"}),
        (("page", "Imprint", "--id", "legal"), "pages/legal.md", {"title": "Imprint"}),
        (("page", "con"), "pages/con-1.md", {"title": "con"}),
        (("topic", "trade", "--summary", "What is sold."), "topics/trade.md", {"summary": "What is sold."}),
    ],
)
def test_a_file_has_the_id_of_its_title(words: tuple[str, ...], path: str, wanted: dict[str, str], site: Path) -> None:
    ended = run(site, "new", *words)
    assert ended.exit_code == 0, ended.output
    assert facts(site / "content" / path) == wanted
    assert run(site, "check", "--strict").exit_code == 0


# --- Registries and topics ------------------------------------------------------------------------------------


def test_entries_of_registries_refer_to_each_other(site: Path) -> None:
    for words in (
        ("place", "Estmark", "--kind", "country", "--timezone", "Europe/Lisbon"),
        ("person", "Ilse Brandt", "--country", "estmark"),
        ("organization", "Port Institute", "--kind", "think-tank", "--country", "estmark"),
        ("source", "The Harbor Times", "--id", "harbor-times", "--kind", "newspaper", "--language", "en"),
    ):
        ended = run(site, "new", *words)
        assert ended.exit_code == 0, ended.output
    assert run(site, "check", "--strict").exit_code == 0
    assert entries(site / "content/people.yaml") == {"ilse-brandt": {"name": "Ilse Brandt", "country": "estmark"}}
    assert entries(site / "content/sources.yaml") == {
        "gazette": {"name": "Gazette"},
        "harbor-times": {"name": "The Harbor Times", "kind": "newspaper", "language": "en"},
    }


SHAPES = {
    "block": "a:\n  name: A\n",
    "apart": "a:\n  name: A\n\nb:\n  name: B\n",
    "close": "a: {name: A}\nb: {name: B}\n",
    "no-line-end": "a:\n  name: A",
    "comment-last": "a:\n  name: A\n# the end\n",
    "comment-behind": "a: {name: A}  # first\n",
    "comment-only": "# nobody yet\n",
    "empty": "",
    "carriage-returns": "a:\r\n  name: A\r\n",
    "byte-order-mark": "\ufeffa:\n  name: A\n",
    "indented": "  a:\n    name: A\n",
    "flow": "{a: {name: A}}\n",
    "flow-in-lines": "{\n  a: {name: A},\n  b: {name: B}\n}\n",
    "folded-last": "a:\n  name: A\n  summary: >-\n    One\n    two.\n",
    "kept-last": "a:\n  name: A\n  summary: |+\n    One.\n\n",
    "key-without-value": "a:\n  name: A\nb:\n",
    "marked-end": "a:\n  name: A\n...\n",
    "marked-begin": "---\na:\n  name: A\n",
    "two-documents": "a: {name: A}\n---\nb: {name: B}\n",
    "list": "- a\n",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_an_entry_is_added_to_a_file_however_it_is_written_or_refused(shape: str, site: Path) -> None:
    """Right data and every other byte, as another parser and a comparison see it; or nothing at all."""
    path = site / "content/people.yaml"
    path.write_bytes(before := shape.encode())
    ended = run(site, "new", "person", "Ilse: Brandt")
    after = path.read_bytes()
    if ended.exit_code:
        assert ended.exit_code == 1
        assert "content/people.yaml" in ended.output
        assert after == before
        return
    old = yaml.load(before.decode("utf-8-sig"), yaml.BaseLoader) or {}
    assert yaml.load(after.decode("utf-8-sig"), yaml.BaseLoader) == {**old, "ilse-brandt": {"name": "Ilse: Brandt"}}
    more = len(after) - len(before)
    assert any(after[:at] + after[at + more :] == before for at in range(len(before) + 1))
    assert (b"\r\n" in before) == (b"\r\n" in after)
    assert after.count(b"\n") - after.count(b"\r\n") == 0 or b"\r\n" not in before


def test_most_shapes_are_added_to(site: Path) -> None:
    codes = {}
    for name, shape in SHAPES.items():
        (site / "content/people.yaml").write_bytes(shape.encode())
        codes[name] = run(site, "new", "person", "Ilse Brandt").exit_code
    assert [name for name, code in codes.items() if code] == ["two-documents", "list"]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (["people.yaml"], "people.yaml"),
        (["people.yaml", "people/a.yaml"], "people.yaml"),
        (["people/a.yaml"], "people/a.yaml"),
        (["people/a.yaml", "people/b.yaml"], "people/ilse.yaml"),
        ([], "people.yaml"),
    ],
)
def test_an_entry_goes_where_its_registry_is(files: list[str], wanted: str, site: Path) -> None:
    for name in files:
        (site / "content" / name).parent.mkdir(exist_ok=True)
        (site / "content" / name).write_text(f"{Path(name).stem}: {{name: X}}\n")
    assert run(site, "new", "person", "ilse").exit_code == 0
    assert entries(site / "content" / wanted)["ilse"] == {"name": "Ilse"}
    assert run(site, "check", "--strict").exit_code == 0


TOPICS = {
    "none": ("title: X\n", ["defense", "energy", "trade", "investment", "fisheries"]),
    "mapping": ("title: X\ntopics:\n  trade: Trade  # first\n  defense: Defense\nlanguage: en\n", None),
    "deep": ("title: X\ntopics:\n      trade: Trade\n      defense: Defense\n", None),
    "flow": ("title: X\ntopics: {trade: Trade, defense: Defense}\nlanguage: en\n", None),
    "list": ("topics: [trade, defense]\ntitle: X\n", None),
    "lines": ("title: X\ntopics:\n- trade\n- defense\n# end\nlanguage: en\n", None),
}


@pytest.mark.parametrize(("config", "wanted"), TOPICS.values(), ids=TOPICS)
def test_a_topic_is_added_however_the_others_are_written(config: str, wanted: list[str] | None, site: Path) -> None:
    (site / "config.yaml").write_text(config)
    ended = run(site, "new", "topic", "Fisheries")
    assert ended.exit_code == 0, ended.output
    found = yaml.safe_load((site / "config.yaml").read_text())
    assert list(found["topics"]) == (wanted or ["trade", "defense", "fisheries"])
    assert {**found, "topics": 0} == {**yaml.safe_load(config), "topics": 0}
    lines = (site / "config.yaml").read_text().splitlines()
    place = re.search(r"config\.yaml:(\d+):", ended.output)
    assert place is not None
    assert "isheries" in lines[int(place[1]) - 1]
    assert (site / "content/topics/fisheries.md").exists()
    assert run(site, "check", "--strict").exit_code == 0


def test_of_a_list_of_topics_each_has_the_name_of_its_id(site: Path) -> None:
    (site / "config.yaml").write_text("title: X\ntopics: [trade, defense]\n")
    assert refused(site, "new", "topic", "Fish", "--id", "fisheries") == (
        "briefing: `topics` in config.yaml is a list of ids, in which `fisheries` cannot be called `Fish`; "
        "make it a mapping of ids to names"
    )


@pytest.mark.parametrize("name", ["organization", "place", "source", "summit"])
def test_the_help_of_a_vocabulary_has_all_its_words(name: str) -> None:
    field = "status" if name == "summit" else "kind"
    [option] = [option for option in command.new.commands[name].params if option.name == field]
    assert isinstance(option, click.Option)
    words = get_args(get_type_hints(KINDS[name].record)[field])
    assert re.split(", | or ", (option.help or "").rstrip(".")) == list(words)


# --- What cannot be -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("page", "About"), "the id `about` is taken, in content/pages/about.md; change that, or give"),
        (("page", "Ledger"), "every site has a page ledger.html already; give another id with --id"),
        (("summit", "day-one", "--start", "2026"), 'write `briefing new summit "Its title" --id day-one`'),
        (("summit", "index", "--start", "2026"), "every site has a page summits/index.html already"),
        (("person", "Gazette"), "the id `gazette` is taken, in content/sources.yaml; change that"),
        (("person", "x", "--country", "estmark"), "there is no place `estmark`; make it with `briefing new place`"),
        ((*ARTICLE[1:4], "gazete", *ARTICLE[5:]), "there is no source `gazete`; write `gazette`, or make it with"),
        ((*ARTICLE[1:6], "2026-13-45"), "`2026-13-45` is not a possible date"),
        ((*ARTICLE[1:], "--url", "example.org"), "`example.org` is not a web address; write the whole address"),
        ((*ARTICLE[1:], "--summit", "talks"), "there is no summit `talks`; make it with `briefing new summit`"),
        (("source", "X", "--kind", "paper"), "`paper` cannot be `kind`; write `newspaper`; the words are: newspaper,"),
        (("place", "X", "--timezone", "Lisbon"), "`Lisbon` is not a time zone; use a name of the IANA database"),
        (("page", "..."), "no id can be made of `...`; give it one with --id"),
        (("page", "X", "--id", "../x"), "`../x` cannot be an id: it holds `.`, not only letters"),
        (("page", "a\x1b[31mb"), "`title` holds a character that cannot be seen; leave it out"),
        (("page", "a\nb"), "`title` holds a character that cannot be seen; leave it out"),
        (("summit", "X"), "`briefing new summit` needs --start DATE"),
        (("article", "A title"), "`briefing new article` needs --source ID and --published DATE"),
        (("summit", "X", "--start", "2026-03-06", "--end", "2026-03-01"), "2026-03-01"),
        (("person",), "Missing argument 'TITLE_OR_ID...'."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(words: tuple[str, ...], told: str, site: Path) -> None:
    assert told in refused(site, "new", *words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("article", "Gas deal", "--source", "gazete", "--published", "2026-13-45", "--url", "example.org"),
            ["there is no source `gazete`", "`2026-13-45` is not a possible date", "`example.org` is not a web"],
        ),
        (
            ("article", "gas-deal", "--language", "engl-ish-of-old", "--summit", "a", "--summit", "b"),
            ["`gas-deal` is an id", "needs --source ID and --published", "no summit `a`", "no summit `b`", "`engl-ish"],
        ),
        (("source", "X", "--id", "x y", "--kind", "paper", "--url", "x"), ["`x y` cannot", "`paper` cannot", "`x` is"]),
        (("person", "a\x07", "--country", "b\x07"), ["`name` holds", "`country` holds"]),
    ],
)
def test_all_that_is_wrong_is_told_in_one_run(words: tuple[str, ...], told: list[str], site: Path) -> None:
    """Each on a line of its own, and nothing is written."""
    before = tree(site)
    ended = run(site, "new", *words)
    lines = [line.removeprefix("Error: ") for line in ended.output.splitlines() if line.startswith("Error: ")]
    assert len(lines) == len(told), ended.output
    assert [part for part, line in zip(told, lines, strict=True) if part not in line] == []
    assert (ended.exit_code, tree(site)) == (2, before)


def test_a_registry_with_a_mistake_is_left_as_it_is(site: Path) -> None:
    (site / "content/people.yaml").write_text("a: {name: A}\nb: [\n")
    assert refused(site, "new", "person", "Ilse Brandt").startswith("briefing: content/people.yaml:")


def test_a_registry_that_is_a_link_is_left_as_it_is(site: Path) -> None:
    (site / "content/people.yaml").symlink_to("../elsewhere.yaml")
    assert refused(site, "new", "person", "Ilse Brandt") == (
        "briefing: content/people.yaml is a symbolic link; put a regular file in its place"
    )


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    ended = run(tmp_path, "new", "page", "About")
    assert ended.exit_code == 1
    assert "there is no config.yaml here" in ended.output
    assert tree(tmp_path) == {}


def test_nothing_is_put_in_the_place_of_a_file_that_the_site_does_not_read(site: Path) -> None:
    """As a folder of that name; and then the configuration has no topic more."""
    (site / "content/topics/fisheries.md").mkdir(parents=True)
    before = tree(site)
    ended = run(site, "new", "topic", "Fisheries")
    assert ended.exit_code == 3
    assert "content/topics/fisheries.md" in ended.output
    assert tree(site) == before


def test_a_site_of_which_only_the_configuration_is_left_is_begun_anew(site: Path) -> None:
    shutil.rmtree(site / "content")
    for words in (("new", "source", "Gazette"), ARTICLE):
        assert run(site, *words).exit_code == 0
    assert run(site, "check", "--strict").exit_code == 0


def test_a_file_keeps_its_permissions(site: Path) -> None:
    (site / "content/sources.yaml").chmod(0o640)
    assert run(site, "new", "source", "Meridian").exit_code == 0
    assert (site / "content/sources.yaml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (site / "content").iterdir() if path.name.startswith(".")] == []


# --- On a terminal --------------------------------------------------------------------------------------------


def test_on_a_terminal_what_is_missing_is_asked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "is_asking", lambda: True)
    ended = run(site, "new", "article", "2026-03-02-gas", typed="Gas deal in sight\ngazette\n2026-03-02\n")
    assert ended.exit_code == 0, ended.output
    assert facts(site / "content/articles/2026-03-02-gas.md") == {
        "title": "Gas deal in sight",
        "source": "gazette",
        "published": "2026-03-02",
    }
    assert "(gazette)" in ended.output
    assert run(site, *ARTICLE).exit_code == 0


def test_the_place_of_an_article_s_text_is_the_first_line_of_its_body(site: Path) -> None:
    path = "content/articles/2026-03-02-gas-deal-in-sight.md"
    told = run(site, *ARTICLE).output
    parts, problems = split_front_matter(SourceFile(path, (site / path).read_text(encoding="utf-8")), required=True)
    assert problems == []
    assert parts is not None
    assert f"{path}:{parts.line + 1}: " in told
