"""Schemas: what is right is never marked, what is wrong is, and the ids are those of the site."""

import json
import random
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from briefing.model import claim as words_of
from briefing.model.base import Names, fields_of
from briefing.model.edition import EVERYTHING
from briefing.model.registries import REGISTRIES
from briefing.read.content import Content, read_content
from briefing.schema.ids import MOST, definitions
from briefing.schema.vocabulary import MEANINGS
from tests.docs.example import example_site
from tests.docs.fields import records
from tests.samples import first_of
from tests.schema.sites import SITES, Schemas, documents, good_sites
from tests.sites.rich import write_rich_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich_site(tmp_path_factory.mktemp("schema") / "site")


@pytest.fixture(scope="module")
def of_site(site: Path) -> Schemas:
    return Schemas(site)


def unmarked(root: Path) -> int:
    """How many documents of a site there are, none of which is marked."""
    schemas, count = Schemas(root), 0
    for path, name, text in documents(root):
        assert schemas.wrong(name, text) == [], path
        count += 1
    return count


@pytest.mark.parametrize("case", first_of(5, good_sites()))
def test_no_file_of_a_published_site_is_marked(case: str) -> None:
    assert unmarked(SITES / case)


def test_no_file_with_every_field_is_marked(site: Path) -> None:
    assert unmarked(site) > 20


def test_no_example_of_the_documents_is_marked(tmp_path: Path) -> None:
    assert unmarked(example_site(tmp_path)) > 10


ANNOTATION = "claims:\n  - quote: a\n    topics: [trade]\n    "
RIGHT = {
    "texts that are numbers elsewhere": "{text: 12, label: 1.5, hedge: true, origin: 0x1F}",
    "values that are absent": "{text: , level: , figure: ~, due: null, about: , draft: , summit: , attribution: }",
    "a year": "{due: 2025, review_by: 0999, recorded: 2025-02}",
    "a date that is no more than likely": "{due: 2025-02~, recorded: '2025-03?'}",
    "a flag in quotation marks": "{draft: 'false'}",
    "a claim that no file has yet": "{relations: [{type: repeats, to: new-text#c-9}]}",
    "numbers as they are typed": "{figure: {measure: catch, value: '1_000', high: -.5, qualifier: range}}",
    "a figure with the minus of typography": "{figure: {measure: catch, value: −12.50}}",
    "digits of another script": "{figure: {measure: catch, value: １２}}",
}
WRONG = {
    "a key": ("{topcs: [trade]}", ""),
    "a word": ("{level: promised}", "level"),
    "another topic": ("{about: [nobody]}", "about.0"),
    "another voice": ("{attribution: [{by: northland}]}", "attribution.0.by"),
    "a summit": ("{summit: nowhere}", "summit"),
    "a measure": ("{figure: {measure: sums, value: 1}}", "figure.measure"),
    "a list for a text": ("{text: [a]}", "text"),
    "a text for a list": ("{about: brandt}", "about"),
    "a mapping for a text": ("{text: {a: b}}", "text"),
    "a text for a mapping": ("{figure: 12}", "figure"),
    "a month": ("{due: 2025-13}", "due"),
    "a number with a comma": ('{figure: {measure: catch, value: "54,000"}}', "figure.value"),
    "a flag": ("{draft: maybe}", "draft"),
    "a reference without its claim": ("{history: [{status: confirmed, on: 2025, why: a, evidence: [preview]}]}", None),
    "a step without its reason": ("{history: [{status: confirmed, on: 2025}]}", "history.0"),
    "a topic twice": ("{about: [brandt, brandt]}", "about"),
    "an id with capitals": ("{id: Gas}", "id"),
}


def of_claim(more: str) -> str:
    claim = {"quote": "a", "topics": ["trade"]}
    return f"claims:\n  - {json.dumps(claim)[:-1]}, {more[1:]}\n"


@pytest.mark.parametrize("more", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_marked(more: str, of_site: Schemas) -> None:
    assert of_site.wrong("annotations", of_claim(more)) == []


@pytest.mark.parametrize(("more", "where"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_marked_where_it_is(more: str, where: str | None, of_site: Schemas) -> None:
    at = "history.0.evidence.0" if where is None else where
    assert of_site.wrong("annotations", of_claim(more)) == [f"claims.0.{at}".rstrip(".")]


@pytest.mark.parametrize("missing", ["quote", "topics"])
@pytest.mark.parametrize("form", ["", "{key}: "])
def test_what_is_needed_is_missed(missing: str, form: str, of_site: Schemas) -> None:
    lines = [f"{key}: {value}" for key, value in {"quote": "a", "topics": "[trade]"}.items() if key != missing]
    text = f"claims: [{{{', '.join([*lines, form.format(key=missing)])}}}]"
    assert of_site.wrong("annotations", text) == ["claims.0" + (f".{missing}" if form else "")]


def test_short_forms_are_right_too(of_site: Schemas) -> None:
    assert of_site.wrong("config", "title: a\ntopics: [trade, new]") == []
    assert of_site.wrong("summit", "{title: a, start: 2025, agenda: [{topic: trade, items: [a, {item: b}]}]}") == []
    assert of_site.wrong("annotations", "claims: [{quote: {exact: a, prefix: b}, topics: [trade]}]") == []
    assert of_site.wrong("people", "someone:\nbrandt: {name: 7}") == []
    assert of_site.wrong("people", "two words: {name: a}\nbrandt: {country: northland}") == ["", "brandt"]


def id_fields() -> list[tuple[str, str, Any]]:
    """Record, key and type of all fields that hold ids."""
    found = []
    for name, record in records().items():
        for key, field in fields_of(record).items():
            of = [*field.metadata, *_metadata(field.annotation)]
            if any(getattr(one, "func", None).__class__.__name__ == "function" and _is_id(one) for one in of):
                found.append((name, key, [one for one in of if isinstance(one, Names)]))
    return found


def _metadata(annotation: Any) -> list[Any]:
    own = list(getattr(annotation, "__metadata__", ()))
    return own + [one for part in get_args(annotation) for one in _metadata(part)]


def _is_id(validator: Any) -> bool:
    return validator.func.__name__ in ("_checked_id", "_checked_claim_id", "_checked_claim_ref")


def test_every_id_says_what_it_names_but_for_own_and_old_ids() -> None:
    fields = id_fields()
    own = {"id", "former_ids", "aliases"}
    assert len(fields) > 25
    assert {(name, key) for name, key, names in fields if not names} - {
        (name, key) for name, key, _ in fields if key in own
    } == {("Anchors", "claims"), ("Config", "topics")}


def test_words_mean_what_curating_says() -> None:
    rows = [line.split(" | ") for line in (SITES.parents[1] / "docs/curating.md").read_text().splitlines()]
    told = {row[0].strip("|` "): row[1].strip("| ") for row in reversed(rows) if len(row) == 2}
    for keys in MEANINGS.values():
        for key, meanings in keys.items():
            if key != "likelihood":
                assert meanings == {word: told[word] for word in meanings}, key
    assert set(MEANINGS["StatusEntry"]["status"]) == set(get_args(words_of.Status))
    assert MEANINGS["Claim"]["likelihood"]["likely"] == "55 to 80 percent"


def test_ids_are_those_of_the_site_with_what_they_stand_for(site: Path, of_site: Schemas) -> None:
    for kind in REGISTRIES:
        entries = yaml.safe_load((site / f"content/{kind}.yaml").read_text(encoding="utf-8"))
        content, _ = read_content(site, EVERYTHING)
        known = definitions(content, [(kind,)])[kind]
        names = [
            entry.get("name") or f"{entry['label']} ({entry.get('unit') or entry['currency']})"
            for entry in entries.values()
        ]
        assert dict(zip(known["enum"], known["enumDescriptions"], strict=True)) == dict(
            zip(entries, names, strict=True)
        )
    refs = {
        f"{path.stem}#{claim['id']}"
        for path in (site / "content/annotations").rglob("*.yaml")
        for claim in yaml.safe_load(path.read_text(encoding="utf-8"))["claims"]
    }
    offered, form = of_site.whole["annotations"]["definitions"]["claims"]["anyOf"]
    assert set(offered["enum"]) == refs
    assert "pattern" in form


def test_of_very_many_only_the_newest_are_offered_and_all_are_right(site: Path) -> None:
    content, _ = read_content(site)
    content.known["people"] = {f"p-{number:05}" for number in range(3 * MOST)}
    offered, form = definitions(content, [("people",)])["people"]["anyOf"]
    assert len(offered["enum"]) == MOST
    assert offered["enum"][: len(content.people)] == list(content.people)
    assert "pattern" in form


def test_ids_that_are_numbers_elsewhere_are_known_as_such() -> None:
    content = Content(known={"articles": {"2025", "1e3", "0x1f", "true", "a-1"}})
    known = definitions(content, [("articles",)])["articles"]["enum"]
    assert set(map(repr, known)) == {"'2025'", "2025", "'1e3'", "1000", "'0x1f'", "31", "'true'", "True", "'a-1'"}


def test_a_site_without_records_has_schemas(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("title: a\n")
    schemas = Schemas(tmp_path)
    assert schemas.wrong("annotations", "claims: [{quote: a, topics: [energy], summit: any}]") == []


def test_random_records_are_marked_only_if_a_record_cannot_be_made_of_them(of_site: Schemas, site: Path) -> None:
    """Values of one field in another's place: nothing that the reader takes is marked."""
    from pydantic import ValidationError

    from briefing.model.base import validated
    from briefing.model.claim import Claim
    from briefing.read.sources import SourceFile
    from briefing.read.yaml_reader import read_yaml

    dice = random.Random(15)
    values = ["a", "2025", "1.5", "true", "", "[trade]", "[]", "{}", "brandt", "2025-02-30", "P1Y", "north-text#c1"]
    values += ["{exact: b}", "confirmed", "fact", "12:30", "no", "0o7", "'7'", "{measure: catch, value: 1e3}"]
    keys = list(fields_of(Claim))
    taken = 0
    for _ in range(4000):
        text = "".join(
            f"{key}: {dice.choice(values)}\n" for key in dice.sample(keys, 2) if key not in ("quote", "topics")
        )
        text = f"quote: a\ntopics: [trade]\n{text}"
        document, problems = read_yaml(SourceFile("x.yaml", text))
        assert not problems
        try:
            validated(Claim, document.data)
        except ValidationError:
            continue
        claims = "claims:\n  - " + text.replace("\n", "\n    ")
        wrong = of_site.wrong("annotations", claims)
        # That an id is none of the site is not known to a record, nor that a list names a thing twice.
        assert set(wrong) <= {f"claims.0.{key}" for key in ("summit", "about.0", "figure.measure")}, text
        taken += 1
    assert taken > 300


def test_records_of_the_model_are_all_in_some_schema() -> None:
    titles = set(records())
    text = json.dumps(list(Schemas(SITES / "minimal").whole.values()))
    spelled = {"".join(part.capitalize() for part in title.split()) for title in _titles(json.loads(text))}
    assert titles - spelled == {"Anchor", "Anchors", "Entity", "TextMark"}


def _titles(value: Any) -> set[str]:
    if isinstance(value, list):
        return set[str]().union(*map(_titles, value))
    if not isinstance(value, dict):
        return set()
    own = {value["title"]} if isinstance(value.get("title"), str) else set()
    return own.union(*map(_titles, value.values()))
