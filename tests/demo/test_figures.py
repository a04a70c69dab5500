"""The demonstration's figures against an independent reading of its YAML."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import Claim, claims, config, front_matter, registry
from tests.markup import having, links_in, text_of

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


def short_words(date: str) -> str:
    """A date as lists have it."""
    words = date_words(date)
    month = words.partition(" ")[0]
    return words.replace(month, month[:3]) if month in MONTHS else words


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
def page(pages: dict[str, Element]) -> Element:
    """The page of figures."""
    return pages["figures.html"]


def place_of(page: Element, measure: str) -> Element:
    """What the anchor of a measure names: its section, where there is more than one value, else a cell."""
    [place] = [one for one in page.iter() if one.get("id") == f"measure_{measure}"]
    return place


def line_of(page: Element, measure: str) -> Element:
    """The line of a measure in the table of its topic."""
    lines = [
        row for table in having(page, "table", "fig") for row in table.iter("tr") if "values" not in table_of(table)
    ]
    for line in lines:
        cells = line.findall("td")
        if cells and (cells[0].get("id") == f"measure_{measure}" or f"#measure_{measure}" in links_in(cells[0])):
            return line
    raise LookupError(measure)


def table_of(table: Element) -> list[str]:
    return str(table.get("class")).split()


def rows_of(section: Element) -> list[Element]:
    return [row for row in section.iter("tr") if row.get("data-claim")]


def several() -> list[str]:
    """The measures that have more than one value."""
    return [measure for measure in used() if len(figures_of(measure)) > 1]


def tags_of(figure: Given) -> list[str]:
    """What stands beside a value."""
    due = f", due {short_words(figure.claim.fields['due'])}" if "due" in figure.claim.fields else ""
    tags = [*figure.marked, f"target{due}"] if figure.is_target else figure.marked
    tags += [figure.figure["stage"]] if "stage" in figure.figure else []
    return tags + ([figure.figure["rank"]] if "rank" in figure.figure else [])


def source_of(row: Element, page: Element) -> str | None:
    """The article that the number in a row stands for."""
    [number] = [text_of(one) for one in row.iter("sup")]
    [sources] = having(page, "ol", "src")
    return links_in(sources[int(number) - 1])[0]


@pytest.mark.slow
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


def first_of(measure: str) -> Given:
    """The value to go by."""
    standing, actual, targets, said = parts_of(measure)
    assert standing
    preferred = [figure for figure in actual if figure.figure.get("rank") == "preferred"]
    return (preferred or actual or targets or said)[0]


def parts_of(measure: str) -> tuple[list[Given], list[Given], list[Given], list[Given]]:
    """Values that stand: all, those that are facts, targets, and what is said, the last one first."""
    standing = [figure for figure in figures_of(measure) if not figure.is_deprecated]
    actual = [figure for figure in standing if not figure.is_target and not figure.marked]
    said = sorted((f for f in standing if f.marked and not f.is_target), key=lambda f: (f.published, f.key))[::-1]
    targets = sorted((f for f in standing if f.is_target), key=lambda f: (f.published, f.key), reverse=True)
    return standing, actual, targets, said


def test_every_measure_with_a_value_has_its_line_in_the_order_of_the_topics(page: Element) -> None:
    topics = list(config()["topics"])
    first = {measure: topics.index(MEASURES[measure]["topics"][0]) for measure in used()}
    lines = [line_of(page, measure) for measure in sorted(used(), key=first.__getitem__)]
    everything = [row for table in having(page, "table", "fig") for row in table.iter("tr")]
    assert [everything.index(line) for line in lines] == sorted(everything.index(line) for line in lines)
    titles = [config()["topics"][topic] for topic in topics if topics.index(topic) in first.values()]
    assert [text_of(one) for one in page.iter("h2")] == [*titles, "Sources"]


@pytest.mark.parametrize("measure", used())
def test_the_line_of_a_measure_has_the_value_to_go_by(measure: str, page: Element) -> None:
    line, first = line_of(page, measure), first_of(measure)
    label, value, whose = line.findall("td")
    count, record = len(figures_of(measure)), MEASURES[measure]
    beside = f"{count} values" if count > 1 else record.get("summary", "")
    assert text_of(label) == " ".join(f"{record['label']} {beside}".split())
    assert value.get("data-claim") == first.ref
    assert links_in(value) == ["articles/" + first.ref.replace("#", ".html#")]
    assert text_of(having(value, "a", "value")[0]) == f"{first.words} {unit_of(measure)}"
    assert [text_of(tag) for tag in having(value, "span", "tag")] == tags_of(first)
    assert text_of(whose).endswith(short_words(first.date))
    assert place_of(page, measure).tag == ("section" if count > 1 else "td")


@pytest.mark.parametrize("measure", several())
def test_a_section_has_every_value_with_all_that_the_yaml_says_of_it(measure: str, page: Element) -> None:
    rows, expected = rows_of(place_of(page, measure)), figures_of(measure)
    assert [row.get("data-claim") for row in rows] == [figure.ref for figure in expected]
    for row, figure in zip(rows, expected, strict=True):
        [value] = having(row, "a", "value")
        assert text_of(value) == f"{figure.words} {unit_of(measure)}"
        assert value.get("href") == "articles/" + figure.ref.replace("#", ".html#")
        assert text_of(next(iter(row.iter("th")))).endswith(short_words(figure.date))
        assert [text_of(tag) for tag in having(row, "span", "tag")] == tags_of(figure)
        assert source_of(row, page) == f"articles/{figure.claim.of}.html"


@pytest.mark.parametrize("measure", several())
def test_a_section_opens_with_the_value_to_go_by_and_its_target(measure: str, page: Element) -> None:
    section, first = place_of(page, measure), first_of(measure)
    _, actual, targets, said = parts_of(measure)
    assert text_of(having(section, "p", "headline")[0]).startswith(f"{first.words} {unit_of(measure)}")
    goal = [text_of(line) for line in having(section, "p", "goal")]
    if not targets and not actual:
        assert goal == [f"This is no measurement: {said[0].marked[0]}."]
    elif not targets:
        assert goal == []
    elif not actual:
        assert goal == ["This is a target; there is no value yet."]
    else:
        assert goal[0].startswith(f"Against a target of {targets[0].words} {unit_of(measure)} ")


@pytest.mark.parametrize("measure", used())
def test_there_is_a_chart_where_more_than_one_value_can_be_compared(measure: str, page: Element) -> None:
    section = place_of(page, measure)
    charts, expected = having(section, f"{SVG}svg", "chart"), figures_of(measure)
    expected = [figure for figure in expected if not figure.is_deprecated]
    assert len(charts) == (len(expected) > 1)
    for chart in charts:
        words = [[text_of(text) for text in bar.iter(f"{SVG}text")] for bar in chart.iter(f"{SVG}g")]
        dates = [
            ", ".join(
                [
                    date_words(figure.date),
                    *figure.marked,
                    *(["target"] if figure.is_target else []),
                    *([figure.figure["stage"]] if "stage" in figure.figure else []),
                ]
            )
            for figure in expected
        ]
        assert words == [[date, figure.words] for date, figure in zip(dates, expected, strict=True)]
        told = text_of(next(iter(chart.iter(f"{SVG}desc"))))
        assert all(f"{date}: {figure.words}" in told for date, figure in zip(dates, expected, strict=True))


def test_the_page_shows_each_value_once_in_its_line_or_section(page: Element) -> None:
    alone = [first_of(measure).ref for measure in used() if measure not in several()]
    rows = [str(row.get("data-claim")) for measure in several() for row in rows_of(place_of(page, measure))]
    assert sorted([*alone, *rows]) == sorted(figure.ref for figure in figures())


def shown_on(page: Element, id: str) -> list[tuple[str, str]]:
    """Measure and claim of each figure in the short list of a page."""
    found = []
    for part in (one for one in page.iter("section") if one.get("id") == id):
        for row in rows_of(part):
            target, words = links_in(row)
            assert target.startswith("../figures.html#measure_")
            assert words == "../articles/" + str(row.get("data-claim")).replace("#", ".html#")
            found.append((target.partition("#measure_")[2], str(row.get("data-claim"))))
    return found


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_shows_the_figures_of_its_claims(summit: str, pages: dict[str, Element]) -> None:
    expected = [(figure.figure["measure"], figure.ref) for figure in figures() if figure.claim.summit == summit]
    shown = shown_on(pages[f"summits/{summit}.html"], "page_figures")
    assert sorted(shown) == sorted(expected)
    order = list(dict.fromkeys(measure for measure, _ in shown))
    assert order == [measure for measure in MEASURES if measure in order]


@pytest.mark.parametrize("topic", ["defense", "energy", "trade", "investment"])
def test_a_topic_shows_the_newest_figures_of_its_claims(topic: str, pages: dict[str, Element]) -> None:
    expected = {(f.figure["measure"], f.ref): f.published for f in figures() if topic in f.claim.fields["topics"]}
    shown = shown_on(pages[f"topics/{topic}.html"], "topic_figures")
    assert len(shown) == min(24, len(expected))
    assert set(shown) <= set(expected)
    left_out = [published for figure, published in expected.items() if figure not in shown]
    assert all(expected[figure] >= published for figure in shown for published in left_out)
