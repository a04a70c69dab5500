"""Records: what the model accepts, and that everything it refuses is told at once, with its place."""

from decimal import Decimal
from typing import TypeVar

import pytest

from briefing.diagnostics import Diagnostic, Location
from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.claim import LIKELIHOOD_RANGES, STATUSES, Claim, Figure, Status
from briefing.model.config import Config
from briefing.model.entity import Person, Source
from briefing.model.ids import is_id
from briefing.model.measure import Measure
from briefing.model.summit import Summit
from briefing.read.annotations import derived_id
from briefing.read.records import nearest, to_record
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import read_yaml

R = TypeVar("R", bound=Record)
CLAIM = "quote: the words\ntopics: [trade]\n"
FIGURE = CLAIM + "figure: {measure: gas, value: 1, "
ARTICLE = "title: Talks\nsource: gazette\npublished: 2025\n"


def record_of(model: type[R], text: str) -> R:
    document, problems = read_yaml(SourceFile("file.yaml", text))
    record, more = to_record(model, document, document.data)
    assert [*problems, *more] == []
    assert record is not None
    return record


def problems_of(model: type[Record], text: str) -> list[Diagnostic]:
    document, problems = read_yaml(SourceFile("file.yaml", text))
    assert problems == []
    record, problems = to_record(model, document, document.data)
    assert record is None
    return problems


def told(model: type[Record], text: str) -> list[tuple[str, str, int, int, int]]:
    """Code, help, line, column and width of each problem."""
    places = [(problem, problem.place) for problem in problems_of(model, text)]
    return [(p.code, p.help, at.line, at.column, at.width) for p, at in places if isinstance(at, Location)]


def test_the_least_claim_has_a_quote_and_topics() -> None:
    claim = record_of(Claim, CLAIM)
    assert claim.quote.exact == "the words"
    assert claim.topics == ("trade",)
    assert (claim.modality, claim.status, claim.is_forward, claim.is_open) == ("fact", None, False, False)


def test_a_quote_may_have_the_words_around_it() -> None:
    claim = record_of(Claim, "quote: {exact: the words, prefix: before, suffix: after}\ntopics: [trade]\n")
    assert (claim.quote.exact, claim.quote.prefix, claim.quote.suffix) == ("the words", "before", "after")


@pytest.mark.parametrize(
    ("modality", "history", "status", "is_open"),
    [
        ("expectation", "", "pending", True),
        ("proposal", "stalled", "stalled", True),
        ("commitment", "fulfilled", "fulfilled", False),
        ("expectation", "superseded", "superseded", False),
        ("fact", "confirmed", "confirmed", False),
        ("opinion", "", None, False),
        ("background", "", None, False),
    ],
)
def test_the_last_entry_of_the_history_is_the_status(
    modality: str, history: str, status: str | None, is_open: bool
) -> None:
    text = CLAIM + f"modality: {modality}\n"
    if history:
        text += f"history:\n  - {{status: pending, on: 2025, why: x}}\n  - {{status: {history}, on: 2026, why: y}}\n"
    claim = record_of(Claim, text)
    assert (claim.status, claim.is_open) == (status, is_open)


def test_every_status_belongs_to_some_modality() -> None:
    assert {status for group in STATUSES.values() for status in group} == set(Status.__args__)  # type: ignore[attr-defined]


# ICD 203, Analytic Standards (2015), section D.6.e.(2)(a): two rows of terms over one row of percentages.
ICD_203 = """
almost no chance | very unlikely     | unlikely   | roughly even chance | likely   | very likely     | almost certain
remote           | highly improbable | improbable | roughly even odds   | probable | highly probable | nearly certain
01-05            | 05-20             | 20-45      | 45-55               | 55-80    | 80-95           | 95-99
"""


def test_the_likelihoods_are_those_of_icd_203() -> None:
    first, second, ranges = ([cell.strip() for cell in row.split("|")] for row in ICD_203.strip().splitlines())
    published = {
        term: (int(low), int(high))
        for row in (first, second)
        for term, (low, _, high) in zip(row, (cell.partition("-") for cell in ranges), strict=True)
    }
    assert published == LIKELIHOOD_RANGES
    for term in published:
        assert record_of(Claim, CLAIM + f"likelihood: {term}\n").likelihood == term


@pytest.mark.parametrize(
    ("scale", "amount"),
    [("", 15), (", scale: thousand", 15_000), (", scale: million", 15_000_000), (", scale: billion", 15_000_000_000),
     (", scale: trillion", 15_000_000_000_000)],
)  # fmt: skip
def test_a_value_counts_in_its_scale(scale: str, amount: int) -> None:
    figure = record_of(Figure, f"{{measure: gas, value: 15{scale}}}\n")
    assert figure.amount == amount


def test_values_are_exact_decimals() -> None:
    assert record_of(Figure, "{measure: gas, value: 0.1}\n").value + Decimal("0.2") == Decimal("0.3")
    assert str(record_of(Figure, "{measure: gas, value: 1.10}\n").value) == "1.10"


def test_all_problems_of_a_record_are_told_from_top_to_bottom() -> None:
    text = "title: []\nsuorce: gazette\npublished: 2025-02-30\nrights: none\nsummits: washington\ncolour: red\n"
    problems = problems_of(Article, text)
    found = sorted((at.line, problem.code) for problem in problems if isinstance(at := problem.place, Location))
    assert found == [
        (1, "missing-key"),  # the source
        (1, "wrong-type"),
        (2, "unknown-key"),
        (3, "bad-date"),
        (4, "bad-value"),
        (5, "wrong-type"),
        (6, "unknown-key"),
    ]


@pytest.mark.parametrize(
    ("model", "text", "code", "place"),
    [
        pytest.param(Claim, "quote: the words\n", "missing-key", (1, 1, 16), id="missing key: the mapping"),
        pytest.param(Claim, "topics: [trade]\nquote:\n", "empty-quote", (2, 1, 5), id="no quote: its key"),
        pytest.param(Claim, "topics:\nquote: the words\n", "missing-key", (1, 1, 6), id="no value: the key"),
        pytest.param(Claim, CLAIM + "modality: guess\n", "bad-value", (3, 11, 5), id="value: the value"),
        pytest.param(Claim, CLAIM + "modalty: fact\n", "unknown-key", (3, 1, 7), id="unknown key: the key"),
        pytest.param(Claim, CLAIM + "about: [japan, a b]\n", "bad-id", (3, 16, 3), id="list: its entry"),
        pytest.param(Claim, FIGURE + "unit: ''}\n", "bad-value", (3, 40, 2), id="mapping: its entry"),
        pytest.param(Claim, CLAIM + "due: 2025-02-30\n", "bad-date", (3, 6, 10), id="date"),
        pytest.param(Claim, CLAIM + "due: [2025]\n", "wrong-type", (3, 6, 6), id="list for a date"),
        pytest.param(Claim, CLAIM + "draft: yes\n", "bad-value", (3, 8, 3), id="yes is not true"),
        pytest.param(Claim, CLAIM + "id: Trade\n", "bad-id", (3, 5, 5), id="capital in a claim id"),
        pytest.param(Claim, CLAIM + "id: fn-1\n", "bad-id", (3, 5, 4), id="footnote's id"),
        pytest.param(Claim, CLAIM + "id: s-trade\n", "bad-id", (3, 5, 7), id="heading's id"),
        pytest.param(Claim, CLAIM + "id: a--b\n", "bad-id", (3, 5, 4), id="two hyphens in a claim id"),
        pytest.param(Claim, CLAIM + "id: -a\n", "bad-id", (3, 5, 2), id="leading hyphen in a claim id"),
        pytest.param(Claim, CLAIM + f"id: {'a' * 101}\n", "bad-id", (3, 5, 101), id="long claim id"),
        pytest.param(Claim, CLAIM + "relations: [{type: updates, to: x}]\n", "bad-id", (3, 33, 1), id="no reference"),
        pytest.param(Claim, CLAIM + "relations: [{type: updates, to: x#Y}]\n", "bad-id", (3, 33, 3), id="reference"),
        pytest.param(Claim, CLAIM + "attribution: [{cue: says}]\n", "missing-key", (3, 15, 11), id="nobody says it"),
        pytest.param(Claim, FIGURE + "high: 2}\n", "bad-value", (3, 9, 33), id="high without range"),
        pytest.param(Claim, FIGURE + "qualifier: range}\n", "bad-value", (3, 9, 42), id="range without high"),
        pytest.param(Figure, "{measure: gas, value: 54,000}\n", "unknown-key", (1, 26, 3), id="comma in a number"),
        pytest.param(Figure, "{measure: gas, value: '54,000'}\n", "bad-value", (1, 23, 8), id="quoted comma"),
        pytest.param(Figure, "{measure: gas, value: NaN}\n", "bad-value", (1, 23, 3), id="not a number"),
        pytest.param(Figure, "{measure: gas, value: Infinity}\n", "bad-value", (1, 23, 8), id="infinite"),
        pytest.param(Figure, "{measure: gas, value: []}\n", "wrong-type", (1, 23, 2), id="list for a number"),
        pytest.param(Config, "title: x\nlanguage: EN\n", "bad-value", (2, 11, 2), id="language"),
        pytest.param(Config, "title: x\ntimezone: EST5\n", "bad-value", (2, 11, 4), id="zone"),
        pytest.param(Config, "title: x\nbase_url: //example.org\n", "bad-value", (2, 11, 13), id="address"),
        pytest.param(Config, "title: x\ntopics: {a b: x}\n", "bad-id", (2, 10, 3), id="topic: its key"),
        pytest.param(Config, "title: x\ntopics: {trade: ''}\n", "bad-value", (2, 17, 2), id="topic: its name"),
        pytest.param(Config, "title: x\ntopics: {trade: [x]}\n", "wrong-type", (2, 17, 3), id="topic: not its name"),
        pytest.param(Source, "name: x\nids: {wikidata: q1}\n", "bad-value", (2, 17, 2), id="Wikidata item"),
        pytest.param(Source, "name: x\nurl: javascript:alert(1)\n", "bad-value", (2, 6, 19), id="script as address"),
        pytest.param(Person, "name: x\nroles: [{post: y, end: 2025-00}]\n", "bad-date", (2, 24, 7), id="month 0"),
        pytest.param(Person, "name: '  '\n", "bad-value", (1, 7, 4), id="blank name"),
        pytest.param(Measure, "label: x\n", "bad-value", (1, 1, 8), id="no unit"),
        pytest.param(Measure, "{label: x, unit: y, currency: USD}\n", "bad-value", (1, 1, 34), id="two units"),
        pytest.param(Measure, "{label: x, currency: usd}\n", "bad-value", (1, 22, 3), id="currency"),
        pytest.param(Measure, "{label: x, unit: y, stale_after: 1Y}\n", "bad-value", (1, 34, 2), id="duration"),
        pytest.param(Summit, "title: x\nstart: 2025-02-07T10:00\n", "bad-date", (2, 8, 16), id="time without offset"),
        pytest.param(Summit, "title: x\nstart: 2025\nwindow: {start: 2025}\n", "unknown-key", (3, 10, 5), id="alias"),
    ],
)  # fmt: skip
def test_a_problem_stands_at_the_words_it_is_about(
    model: type[Record], text: str, code: str, place: tuple[int, int, int]
) -> None:
    assert (code, *place) in [(found[0], *found[2:]) for found in told(model, text)]


@pytest.mark.parametrize(
    ("model", "text", "help"),
    [
        pytest.param(Claim, CLAIM + "topic: [x]\n", "remove it: `topics` is there already", id="key"),
        pytest.param(Claim, FIGURE + "valu: 2}\n", "write `value`", id="key of a mapping"),
        pytest.param(Claim, CLAIM + "history: [{sttus: pending}]\n", "write `status`", id="key in a list"),
        pytest.param(
            Summit, "title: x\nstart: 2025\nwindow: {form: 2025}\n", "write `from`", id="key by its YAML name"
        ),
        pytest.param(Claim, "quote: {exac: x}\ntopics: [t]\n", "write `exact`", id="key of a quote"),
        pytest.param(Claim, "quote: x\ntopics: trade\n", "write a list: `[trade]`", id="list"),
    ],
)
def test_the_help_names_what_was_meant(model: type[Record], text: str, help: str) -> None:
    assert help in [found[1] for found in told(model, text)]


def test_an_unknown_key_like_no_other_lists_the_known_ones() -> None:
    ((_, help, *_),) = told(Measure, "label: x\nunit: y\nzzz: 1\n")
    known = "label, unit, unit_forms, currency, about, topics, summary, stale_after, former_ids, draft, visibility"
    assert help == f"use one of: {known}"


def test_a_word_outside_a_vocabulary_lists_the_words() -> None:
    ((_, help, *_),) = told(Claim, CLAIM + "modality: xyz\n")
    assert help == "use one of: fact, expectation, proposal, commitment, opinion, background"


def test_a_list_whose_entries_are_wrong_is_not_called_empty_too() -> None:
    assert [found[0] for found in told(Claim, "quote: x\ntopics: [a b]\n")] == ["bad-id"]
    assert [found[0] for found in told(Claim, "quote: x\ntopics: []\n")] == ["bad-value"]


def test_a_file_that_could_not_be_read_is_not_called_wrong_too() -> None:
    document, problems = read_yaml(SourceFile("file.yaml", "a: [\n"))
    assert len(problems) == 1
    assert to_record(Claim, document, document.data) == (None, [])


def test_a_value_that_is_no_yaml_of_ours_is_not_called_missing_too() -> None:
    document, problems = read_yaml(SourceFile("file.yaml", "quote: the words\ntopics: *all\n"))
    assert len(problems) == 1
    assert to_record(Claim, document, document.data) == (None, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("trade", True, id="word"),
        pytest.param("2025-02-05-talks", True, id="date first"),
        pytest.param("us_troops", True, id="underscore"),
        pytest.param("A", True, id="one letter"),
        pytest.param("会談-2025", True, id="Japanese"),
        pytest.param("café", True, id="accent"),
        pytest.param("a" * 100, True, id="100 bytes"),
        pytest.param("a" * 101, False, id="101 bytes"),
        pytest.param("日" * 34, False, id="102 bytes"),
        pytest.param("cafe\u0301", False, id="not composed"),
        pytest.param("", False, id="empty"),
        pytest.param("-a", False, id="leading hyphen"),
        pytest.param("a-", False, id="trailing hyphen"),
        pytest.param("_a", False, id="leading underscore"),
        pytest.param("a b", False, id="space"),
        pytest.param("a.b", False, id="dot"),
        pytest.param("..", False, id="parent folder"),
        pytest.param("a/b", False, id="folder"),
        pytest.param("a\\b", False, id="folder of Windows"),
        pytest.param("a#b", False, id="fragment"),
        pytest.param("a%2fb", False, id="percent"),
        pytest.param("a\n", False, id="line feed"),
        pytest.param("a\udce9", False, id="not UTF-8"),
        *(
            pytest.param(name, False, id=f"device {name}")
            for name in ("con", "CON", "nul", "com1", "LPT9", "prn", "Aux")
        ),
        pytest.param("com10", True, id="no device"),
        pytest.param("console", True, id="no device either"),
    ],
)
def test_an_id_can_be_a_file_name_and_an_address_anywhere(text: str, expected: bool) -> None:
    assert is_id(text) is expected


def test_ids_are_one_in_both_unicode_forms() -> None:
    assert record_of(Claim, "quote: x\ntopics: [cafe\u0301]\n").topics == ("caf\u00e9",)


@pytest.mark.parametrize(
    ("quote", "id"),
    [
        pytest.param("lift relations to a golden age for both sides", "lift-relations-to-a-golden-age", id="six words"),
        pytest.param("Japan's \u201cgolden age\u201d", "japans-golden-age", id="apostrophe and quotes"),
        pytest.param("Japan\u2019s", "japans", id="typographic apostrophe"),
        pytest.param("54,000 troops", "54-000-troops", id="figures"),
        pytest.param("Élysée café", "elysee-cafe", id="accents"),
        pytest.param("S-curve of growth", "q-", id="begins like a heading's id"),
        pytest.param("FN 5", "q-", id="begins like a footnote's id"),
        pytest.param("ok", "q-", id="too short"),
        pytest.param("「黄金時代」", "q-", id="no ASCII"),
        pytest.param("x" * 200, "q-", id="too long"),
    ],
)
def test_a_claim_without_an_id_is_named_after_its_words(quote: str, id: str) -> None:
    if id == "q-":
        assert derived_id(quote).startswith("q-")
        assert len(derived_id(quote)) == 10
    else:
        assert derived_id(quote) == id


def test_derived_ids_differ_where_the_words_do_and_not_where_only_their_form_does() -> None:
    assert derived_id("共同声明") != derived_id("共同聲明")
    assert derived_id("ガス") == derived_id("カ\u3099ス") == derived_id("ｶﾞｽ")


def test_topics_may_be_a_list_of_ids() -> None:
    assert record_of(Config, "title: x\ntopics: [trade, south-asia, us_aid]\n").topics == {
        "trade": "Trade",
        "south-asia": "South asia",
        "us_aid": "Us aid",
    }
    assert list(record_of(Config, "title: x\ntopics: {b: Bee, a: Ay}\n").topics) == ["b", "a"]
    assert list(record_of(Config, "title: x\n").topics) == ["defense", "energy", "trade", "investment"]


def test_records_cannot_be_changed() -> None:
    # mypy sees to that, and says so if it does not: it refuses comments that keep nothing from being told.
    record_of(Article, ARTICLE).title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("word", "meant"), [("topic", "topics"), ("relatons", "relations"), ("xyzzy", None), ("", None)]
)
def test_the_nearest_word_is_near(word: str, meant: str | None) -> None:
    assert nearest(word, ["topics", "quote", "relations"]) == meant
