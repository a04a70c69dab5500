"""The schemas in the language server that editors use: what it offers, tells and marks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.schema.editors import modeline, vscode_settings
from briefing.schema.files import schema_files
from tests.commands import small_site
from tests.schema.language_server import LanguageServer, language_server
from tests.schema.marking import marked_in, with_schemas
from tests.schema.sites import SITES, good_sites
from tests.sites.rich import write_rich_site

pytestmark = pytest.mark.slow

ANNOTATIONS = "content/annotations/new.yaml"
CLAIM = "claims:\n  - quote: a\n    topics: [trade]\n    "
TOPICS = {"trade", "fishing", "energy"}
VOICES = {"brandt", "okafor", "sea-institute", "pike"}
# Text with a cursor -> some of what is offered there.
OFFERED: dict[str, tuple[str, set[str]]] = {
    "fields of a claim": (f"{CLAIM}|", {"id", "text", "modality", "history", "figure", "draft"}),
    "fields of a claim in flow": ("claims: [{quote: a, t|}]", {"topics", "text", "modality"}),
    "topics": ("claims:\n  - quote: a\n    topics:\n      - |", TOPICS),
    "topics in flow": ("claims:\n  - quote: a\n    topics: [|]", TOPICS),
    "a second topic in flow": ("claims:\n  - quote: a\n    topics: [trade, |]", TOPICS),
    "a vocabulary": (f"{CLAIM}level: |", {"mentioned", "signed", "delivered"}),
    "a vocabulary in flow": ("claims: [{quote: a, topics: [trade], modality: |}]", {"fact", "opinion"}),
    "voices": (f"{CLAIM}attribution:\n      - by: |", VOICES),
    "voices in flow": (f"{CLAIM}attribution: [{{by: |}}]", VOICES),
    "whom it is about": (f"{CLAIM}about: [|]", VOICES | {"northland"}),
    "summits": (f"{CLAIM}summit: |", {"harbor-2026"}),
    "measures": (f"{CLAIM}figure:\n      measure: |", {"catch"}),
    "measures in flow": (f"{CLAIM}figure: {{measure: |}}", {"catch"}),
    "claims": (f"{CLAIM}relations:\n      - type: repeats\n        to: |", {"north-text#c1", "preview#c1"}),
    "claims in flow": (f"{CLAIM}history: [{{status: stalled, evidence: [|]}}]", {"north-text#c1"}),
    "true and false": (f"{CLAIM}draft: |", {"true", "false"}),
    "dates": (f"{CLAIM}due: |", {"2025-02-07", "2025-02"}),
}
MARKED = {
    "a key that there is not": (f"{CLAIM}figur: 3", ["4:5 Property figur is not allowed."]),
    "a key that is needed": ("claims:\n  - quote: a", ['2:5 Missing property "topics".']),
    "no such topic": ("claims: [{quote: a, topics: [sports]}]", ["1:30 the site has no such id among its topics"]),
    "no such voice": (
        f"{CLAIM}attribution: [{{by: nobody}}]",
        ["4:24 the site has no such id among its people, organizations, sources"],
    ),
    "no such day": (f"{CLAIM}due: 2025-02-41", ["4:10 write YYYY-MM-DD, YYYY-MM or YYYY"]),
    "a text for a list": ("claims: [{quote: a, topics: trade}]", ['1:29 Incorrect type. Expected "array".']),
    "a list for a text": (f"{CLAIM}text: [a]", ['4:11 Incorrect type. Expected "string".']),
    "a reference of another form": (
        f"{CLAIM}relations: [{{type: repeats, to: c1}}]",
        ["4:37 write `<article>#<claim>`"],
    ),
    "a number with a comma": (
        f"{CLAIM}figure: {{measure: catch, value: '54,000'}}",
        ["4:37 write digits, as in 54000 or 14.9"],
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_schemas(write_rich_site(tmp_path_factory.mktemp("editor") / "site"))


@pytest.fixture(scope="module")
def editor(site: Path) -> Iterator[LanguageServer]:
    schemas = vscode_settings()["yaml.schemas"]
    assert isinstance(schemas, dict)
    with language_server(site, schemas) as server:
        yield server


@pytest.mark.parametrize(("text", "some"), OFFERED.values(), ids=OFFERED)
def test_fields_words_and_ids_are_offered(text: str, some: set[str], editor: LanguageServer) -> None:
    offered = editor.completions(ANNOTATIONS, text)
    assert some <= offered.keys()
    assert "null" not in offered


def test_nothing_is_offered_where_words_are_to_be_written(editor: LanguageServer) -> None:
    assert editor.completions(ANNOTATIONS, f"{CLAIM}text: |") == {}


def test_what_is_offered_says_what_it_stands_for(editor: LanguageServer) -> None:
    voices = editor.completions(ANNOTATIONS, f"{CLAIM}attribution: [{{by: |}}]")
    assert voices["brandt"]["documentation"] == "Ilse Brandt"
    claims = editor.completions(ANNOTATIONS, f"{CLAIM}relations: [{{to: |}}]")
    assert claims["north-text#c1"]["documentation"]
    fields = editor.completions(ANNOTATIONS, f"{CLAIM}|")
    assert fields["hedge"]["documentation"] == "the article's own hedge"


def test_registries_and_the_configuration_have_their_own(editor: LanguageServer) -> None:
    assert {"northland", "southland"} <= editor.completions("content/people.yaml", "x: {country: |}").keys()
    assert "timezone" in editor.completions("content/places/more.yaml", "x:\n  name: a\n  |")
    assert {"about", "method"} <= editor.completions("config.yaml", "title: a\nnav: [|]").keys()


def test_a_place_is_explained(editor: LanguageServer) -> None:
    assert "what it is about, the chief topic first" in editor.hover(ANNOTATIONS, CLAIM.replace("topics", "top|ics"))
    assert "that somebody binds themselves to it" in editor.hover(ANNOTATIONS, f"{CLAIM}modality: com|mitment")
    assert "Ilse Brandt" in editor.hover(ANNOTATIONS, f"{CLAIM}about: [bra|ndt]")


@pytest.mark.parametrize(("text", "marks"), MARKED.values(), ids=MARKED)
def test_mistakes_are_marked(text: str, marks: list[str], editor: LanguageServer) -> None:
    assert editor.marks(ANNOTATIONS, text) == marks


def test_new_ids_are_offered_as_soon_as_the_schemas_are_written_again(site: Path, editor: LanguageServer) -> None:
    people = site / "content/people.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "newcomer: {name: New Comer}\n", encoding="utf-8")
    text = f"{CLAIM}about: [|]"
    assert "newcomer" not in editor.completions(ANNOTATIONS, text)
    with_schemas(site)
    editor.rewritten(site / ".briefing/schema/annotations.json")
    assert "newcomer" in editor.completions(ANNOTATIONS, text)


def test_no_file_of_a_published_site_is_marked(tmp_path: Path) -> None:
    for case in good_sites():
        shutil.copytree(SITES / case, tmp_path / case)
    folders = sorted(tmp_path.iterdir())
    marks = marked_in(tmp_path, folders)
    assert {path: found for path, found in marks.items() if found} == {}
    assert len(marks) > 40


def test_a_file_with_mistakes_among_them_is_marked(tmp_path: Path) -> None:
    """It would be easy not to be marked by a server that knows no schema."""
    root = small_site(tmp_path / "small")
    (root / "content/annotations/talks.yaml").write_text("claims: [{quote: a}]\n")
    marks = marked_in(tmp_path, [root])
    assert {path: found for path, found in marks.items() if found} == {
        "small/content/annotations/talks.yaml": ['1:10 Missing property "topics".']
    }


def test_a_line_in_the_file_does_for_other_editors(site: Path) -> None:
    file = next(file for file in schema_files() if file.name == "annotations")
    line = modeline(file, 2)
    with language_server(site, {}) as server:
        assert server.completions(ANNOTATIONS, f"{line}\nclaims: [{{quote: a, topics: [|]}}]").keys() >= TOPICS
