"""The demonstration's figures against an independent reading of its YAML."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.demo.reading import Claim, claims, config, front_matter, registry
from tests.markup import having, parsed, text_of

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]
QUALIFIERS = {
    "about": "about ",
    "nearly": "nearly ",
    "at-least": "at least ",
    "more-than": "more than ",
    "up-to": "up to ",
}


@dataclass(frozen=True)
class Given:
    """A claim's figure as the YAML has it."""

    claim: Claim

    @property
    def ref(self) -> str:
        return self.claim.ref

    @property
    def published(self) -> str:
        return self.claim.published

    @property
    def figure(self) -> dict[str, Any]:
        return dict(self.claim.fields["figure"])

    @property
    def date(self) -> str:
        return str(self.figure.get("as_of", self.published))

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The later, the newer: dates of less precision count by their last day."""
        year, *rest = self.date.split("-")
        month = rest[0] if rest else "12"
        last = rest[1] if len(rest) > 1 else "99"
        return f"{year}-{month}-{last}", f"{self.date}-01-01"[:10], self.published, self.ref

    @property
    def is_target(self) -> bool:
        return bool(self.figure.get("target") == "true")

    @property
    def marked(self) -> list[str]:
        """What it is where it is no fact."""
        return [] if self.claim.modality in ("fact", "background") else [self.claim.modality]

    @property
    def is_deprecated(self) -> bool:
        return bool(self.figure.get("rank") == "deprecated")

    @property
    def words(self) -> str:
        """The number as a page writes it, without its unit."""
        whole, _, part = self.figure["value"].partition(".")
        number = f"{int(whole):,}" + (f".{part}" if part else "")
        qualifier = QUALIFIERS.get(self.figure.get("qualifier", ""), "")
        return f"{qualifier}{number} {self.figure.get('scale', '')}".strip()


MEASURES = registry("measures")


@cache
def figures() -> list[Given]:
    return [Given(claim) for claim in claims().values() if "figure" in claim.fields]


def figures_of(measure: str) -> list[Given]:
    """In the order of a page: the newest first, deprecated ones last."""
    found = sorted((f for f in figures() if f.figure["measure"] == measure), key=lambda f: f.key, reverse=True)
    return sorted(found, key=lambda f: f.is_deprecated)


def unit_of(measure: str) -> str:
    unit = MEASURES[measure].get("unit") or MEASURES[measure]["currency"]
    return "US dollars" if unit == "USD" else str(unit)


def date_words(date: str) -> str:
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    month = MONTHS[parts[1] - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {parts[2]}, {parts[0]}"


def used() -> list[str]:
    """The measures that have a figure."""
    return [measure for measure in MEASURES if figures_of(measure)]


@pytest.fixture(scope="module")
def sections(site: Path) -> dict[str, Element]:
    """Measure to its section of the page of figures."""
    found = having(parsed(site / "figures.html"), "section", "measure")
    return {str(section.get("id")).removeprefix("measure_"): section for section in found}


@pytest.fixture
def section(measure: str, sections: dict[str, Element]) -> Element:
    """That of a measure that has a value."""
    return sections[measure]


def rows_of(section: Element) -> list[Element]:
    return [row for row in section.iter("tr") if row.get("data-claim")]


def test_no_figure_was_stale_when_it_was_recorded(told: str) -> None:
    assert "[stale-figure]" not in told


def test_the_demonstration_has_enough_figures_to_compare() -> None:
    several = [measure for measure in used() if len(figures_of(measure)) > 1]
    both = [measure for measure in used() if len({figure.is_target for figure in figures_of(measure)}) == 2]
    assert len(figures()) >= 20
    assert len(used()) >= 8
    assert len(several) >= 8
    assert {"japan-investment", "us-tariff-on-japan", "us-reciprocal-tariff-india"} <= set(both)
    wanted = {"japan-share-of-alaska-lng", "us-troops-in-japan", "us-india-trade-goal"}
    assert wanted <= set(used())


def test_every_measure_with_a_value_has_its_section_in_the_order_of_the_topics(sections: dict[str, Element]) -> None:
    topics = list(config()["topics"])
    first = {measure: topics.index(MEASURES[measure]["topics"][0]) for measure in used()}
    assert list(sections) == sorted(used(), key=first.__getitem__)


@pytest.mark.parametrize("measure", used())
def test_a_section_has_every_value_with_all_that_the_yaml_says_of_it(measure: str, section: Element) -> None:
    rows, expected = rows_of(section), figures_of(measure)
    assert [row.get("data-claim") for row in rows] == [figure.ref for figure in expected]
    for row, figure in zip(rows, expected, strict=True):
        value = text_of(having(row, "b", "value")[0])
        assert value == f"{figure.words} {unit_of(measure)}"
        assert text_of(next(iter(row.iter("th")))).endswith(date_words(figure.date))
        due = f", due {date_words(figure.claim.fields['due'])}" if "due" in figure.claim.fields else ""
        marks = [*figure.marked, f"target{due}"] if figure.is_target else figure.marked
        marks += [figure.figure["stage"]] if "stage" in figure.figure else []
        marks += [figure.figure["rank"]] if "rank" in figure.figure else []
        assert [text_of(badge) for badge in having(row, "span", "badge")] == marks
        words = having(row, "a", "words")[0]
        assert words.get("href") == "articles/" + figure.ref.replace("#", ".html#")
        assert text_of(words) == " ".join(figure.claim.quote.split())
        source = registry("sources")[front_matter("articles")[figure.claim.of]["source"]]["name"]
        assert f" · {source}, " in text_of(having(row, "span", "where")[0]).replace("our report, ", "")


@pytest.mark.parametrize("measure", used())
def test_a_section_opens_with_the_value_to_go_by_and_its_target(measure: str, section: Element) -> None:
    standing = [figure for figure in figures_of(measure) if not figure.is_deprecated]
    actual = [figure for figure in standing if not figure.is_target and not figure.marked]
    said = sorted((f for f in standing if f.marked and not f.is_target), key=lambda f: (f.published, f.key))[::-1]
    preferred = [figure for figure in actual if figure.figure.get("rank") == "preferred"]
    targets = sorted((f for f in standing if f.is_target), key=lambda f: (f.published, f.key), reverse=True)
    first = (preferred or actual or targets or said)[0]
    assert text_of(having(section, "p", "headline")[0]).startswith(f"{first.words} {unit_of(measure)}")
    goal = [text_of(line) for line in having(section, "p", "goal")]
    if not targets and not actual:
        article = "an" if said[0].marked == ["expectation"] else "a"
        assert goal == [f"This is {article} {said[0].marked[0]}; there is no value yet."]
    elif not targets:
        assert goal == []
    elif not actual:
        assert goal == ["This is a target; there is no value yet."]
    else:
        assert goal[0].startswith(f"Against a target of {targets[0].words} {unit_of(measure)} ")


@pytest.mark.parametrize("measure", used())
def test_there_is_a_chart_where_more_than_one_value_can_be_compared(measure: str, section: Element) -> None:
    charts, expected = having(section, f"{SVG}svg", "chart"), figures_of(measure)
    expected = [figure for figure in expected if not figure.is_deprecated]
    assert len(charts) == (len(expected) > 1)
    for chart in charts:
        words = [[text_of(text) for text in bar.iter(f"{SVG}text")] for bar in having(chart, f"{SVG}g", "bar")]
        dates = [
            ", ".join([date_words(figure.date), *figure.marked, *(["target"] if figure.is_target else [])])
            for figure in expected
        ]
        assert words == [[date, figure.words] for date, figure in zip(dates, expected, strict=True)]
        told = text_of(next(iter(chart.iter(f"{SVG}desc"))))
        assert all(f"{date}: {figure.words}" in told for date, figure in zip(dates, expected, strict=True))


def test_the_page_counts_its_values(site: Path) -> None:
    assert text_of(having(parsed(site / "figures.html"), "p", "tally")[0]).startswith(f"{len(figures())} values")


def shown_on(file: Path) -> list[tuple[str, str]]:
    """Measure and claim of each figure in the short list of a page."""
    found = []
    for text in re.findall(r'<dl class="figures">.*?</dl>', file.read_text(encoding="utf-8"), re.DOTALL):
        part = html5lib.parse(text, namespaceHTMLElements=False)
        for group in part.iter("div"):
            target = str(next(iter(group.iter("a"))).get("href"))
            assert target.startswith("../figures.html#measure_")
            found += [(target.partition("#measure_")[2], str(item.get("data-claim"))) for item in group.iter("dd")]
    return found


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_shows_the_figures_of_its_claims(summit: str, site: Path) -> None:
    expected = [(figure.figure["measure"], figure.ref) for figure in figures() if figure.claim.summit == summit]
    shown = shown_on(site / f"summits/{summit}.html")
    assert sorted(shown) == sorted(expected)
    order = list(dict.fromkeys(measure for measure, _ in shown))
    assert order == [measure for measure in MEASURES if measure in order]


@pytest.mark.parametrize("topic", ["defense", "energy", "trade", "investment"])
def test_a_topic_shows_the_newest_forty_figures_of_its_claims(topic: str, site: Path) -> None:
    expected = {(f.figure["measure"], f.ref): f.published for f in figures() if topic in f.claim.fields["topics"]}
    shown = shown_on(site / f"topics/{topic}.html")
    assert len(shown) == min(40, len(expected))
    assert set(shown) <= set(expected)
    left_out = [published for figure, published in expected.items() if figure not in shown]
    assert all(expected[figure] >= published for figure in shown for published in left_out)
