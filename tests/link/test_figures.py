"""Figures: the values of a measure, their order, what is shown of them and told of old ones."""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import Request, build, check
from briefing.diagnostics import Diagnostic
from briefing.link.changes import FigureRevised, changes_of
from briefing.link.figures import MeasureValues, figures_by_measure, stale_figures
from briefing.model.dates import PartialDate
from briefing.views.charts import Datum, bar_chart, text_width
from briefing.views.phrases import unmarked
from tests.commands import REPOSITORY
from tests.markup import having, parsed, text_of
from tests.sites.desks import Paper, built, linked, write_desk

SVG = "{http://www.w3.org/2000/svg}"


def rows_of(section: Element) -> list[Element]:
    """The rows of values."""
    return [row for row in section.iter("tr") if row.get("data-claim")]


def first_rows(page: Element) -> list[Element]:
    """The rows of measures, each with the value to go by."""
    rows = [row for row in page.iter("tr") if any(cell.get("data-claim") for cell in row.findall("td"))]
    return [row for row in rows if not row.get("data-claim")]


# --- The values of a measure ----------------------------------------------------------------------------------


def paper(*figures: dict[str, Any], published: str = "2025-02-05") -> dict[str, Paper]:
    """One article, with a claim for each figure of the measure `gas`."""
    claims = {f"c{number}": {"figure": {"measure": "gas", **figure}} for number, figure in enumerate(figures)}
    return {"talks": Paper(published, claims)}


def gas(folder: Path, *figures: dict[str, Any], published: str = "2025-02-05") -> MeasureValues:
    return figures_by_measure(linked(folder, paper(*figures, published=published)))["gas"]


ORDERS: dict[str, tuple[list[dict[str, Any]], list[int]]] = {
    "the newest first": ([{"as_of": "2020"}, {"as_of": "2022"}, {"as_of": "2021"}], [1, 2, 0]),
    "a year is over when its last day is": (
        [{"as_of": "2024"}, {"as_of": "2024-06"}, {"as_of": "2023-12-31"}],
        [0, 1, 2],
    ),
    "the article's date where there is no other": ([{"as_of": "2025-02-04"}, {}, {"as_of": "2025-02-06"}], [2, 1, 0]),
    "deprecated ones last": (
        [{"as_of": "2024", "rank": "deprecated"}, {"as_of": "2020"}, {"as_of": "2021"}],
        [2, 1, 0],
    ),
    "preferred ones in their place": ([{"as_of": "2020", "rank": "preferred"}, {"as_of": "2021"}], [1, 0]),
}


@pytest.mark.parametrize("case", ORDERS)
def test_values_are_in_order(case: str, tmp_path: Path) -> None:
    figures, expected = ORDERS[case]
    values = gas(tmp_path, *({"value": 1, **figure} for figure in figures)).values
    assert [value.linked.anchored.id for value in values] == [f"c{number}" for number in expected]


HEADLINES: dict[str, tuple[list[dict[str, Any]], int, int | None, int | None]] = {
    "the newest": ([{"as_of": "2020"}, {"as_of": "2021"}], 1, 1, None),
    "the preferred before the newest": ([{"as_of": "2020", "rank": "preferred"}, {"as_of": "2021"}], 0, 0, None),
    "the newest preferred": ([{"as_of": str(year), "rank": "preferred"} for year in (2020, 2022, 2021)], 1, 1, None),
    "never a deprecated one": ([{"as_of": "2020"}, {"as_of": "2021", "rank": "deprecated"}], 0, 0, None),
    "a value before a target": ([{"as_of": "2020"}, {"as_of": "2030", "target": True}], 0, 0, 1),
    "a target where there is no value": ([{"as_of": "2030", "target": True}], 0, None, 0),
    "a deprecated one where there is no other": ([{"rank": "deprecated"}], 0, None, None),
    "a preferred target before others": (
        [{"as_of": "2030", "target": True, "rank": "preferred"}, {"as_of": "2035", "target": True}],
        0,
        None,
        0,
    ),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_the_value_to_go_by(case: str, tmp_path: Path) -> None:
    figures, headline, actual, target = HEADLINES[case]
    measure = gas(tmp_path, *({"value": 1, **figure} for figure in figures))

    def number(value: Any) -> int | None:
        return int(value.linked.anchored.id[1:]) if value else None

    assert (number(measure.headline), number(measure.actual), number(measure.target)) == (headline, actual, target)


def test_of_several_targets_the_one_published_last_holds(tmp_path: Path) -> None:
    def pledged(value: int, as_of: str) -> dict[str, Any]:
        return {"figure": {"measure": "gas", "value": value, "as_of": as_of, "target": True}}

    papers = {
        "old": Paper("2024-01-01", {"a": pledged(1, "2035")}),
        "new": Paper("2025-01-01", {"b": pledged(2, "2030")}),
    }
    target = figures_by_measure(linked(tmp_path, papers))["gas"].target
    assert target is not None
    assert target.figure.value == 2


def test_values_in_another_unit_stand_in_the_table_but_not_in_the_chart(tmp_path: Path) -> None:
    figures: list[dict[str, Any]] = [
        {"value": 1},
        {"value": 2, "unit": "tons"},
        {"value": 3},
        {"value": 4, "rank": "deprecated"},
    ]
    root = parsed(built(tmp_path, paper(*figures)) / "figures.html")
    [table] = having(root, "table", "values")
    assert [text_of(value) for value in having(table, "a", "value")] == [
        "3 cubic meters",
        "2 tons",
        "1 cubic meter",
        "4 cubic meters",
    ]
    assert [text_of(bar) for bar in root.iter(f"{SVG}g")] == ["February 5, 2025 3", "February 5, 2025 1"]
    assert [row.get("class") for row in rows_of(root)] == ["normal", "normal", "normal", "deprecated"]


SAID = ("expectation", "proposal", "commitment", "opinion")


def growth(*claims: tuple[str, int, str, str], **more: Any) -> dict[str, Paper]:
    """An article for each claim: its modality, the value, the year it is of, and when it was published."""
    return {
        f"p{number}": Paper(
            published,
            {"x": {"modality": modality, "figure": {"measure": "gas", "value": value, "as_of": of, **more}}},
        )
        for number, (modality, value, of, published) in enumerate(claims)
    }


@pytest.mark.parametrize("modality", SAID)
def test_what_is_no_fact_is_never_the_value_to_go_by_however_new(modality: str, tmp_path: Path) -> None:
    papers = growth(("fact", 11, "2025", "2026-02-01"), (modality, 34, "2027", "2026-03-01"))
    root = parsed(built(tmp_path, papers) / "figures.html")
    assert text_of(having(root, "p", "headline")[0]) == "11 cubic meters as of 2025"
    assert text_of(having(root, "p", "goal")[0]) == f"Not measured: 34 cubic meters for 2027 {modality}"
    rows = {row.get("data-claim"): [text_of(tag) for tag in having(row, "span", "tag")] for row in rows_of(root)}
    assert rows == {"p0#x": [], "p1#x": [modality]}
    assert [text_of(row) for row in first_rows(root)] == ["Gas 2 values11 cubic metersGazette as of 2025"]
    # Nor by its rank.
    measure = figures_by_measure(linked(tmp_path / "preferred", growth((modality, 34, "2027", "2026-03-01"))))["gas"]
    assert measure.actual is None


@pytest.mark.parametrize("modality", SAID)
def test_a_measure_of_which_nothing_is_measured_says_so(modality: str, tmp_path: Path) -> None:
    root = parsed(built(tmp_path / "one", growth((modality, 34, "2027", "2026-03-01"))) / "figures.html")
    assert [text_of(row) for row in first_rows(root)] == [f"Gas34 cubic meters {modality}Gazette for 2027"]
    papers = growth((modality, 34, "2027", "2026-03-01"), (modality, 33, "2026", "2026-03-01"))
    root = parsed(built(tmp_path / "two", papers) / "figures.html")
    assert text_of(having(root, "p", "headline")[0]) == f"34 cubic meters for 2027 {modality}"
    assert text_of(having(root, "p", "goal")[0]) == f"This is no measurement: {modality}."


@pytest.mark.parametrize("modality", SAID)
def test_a_chart_draws_what_is_no_fact_apart_and_says_so(modality: str, tmp_path: Path) -> None:
    papers = growth(("background", 11, "2025", "2026-02-01"), (modality, 34, "2027", "2026-03-01"))
    root = parsed(built(tmp_path, papers) / "figures.html")
    drawn = {text_of(bar): str(bar.get("class")).split() for bar in root.iter(f"{SVG}g")}
    assert drawn == {f"2027, {modality} 34": [modality, "exact"], "2025 11": ["exact"]}
    assert f"2027, {modality}: 34" in text_of(next(iter(root.iter(f"{SVG}desc"))))
    assert any(text_of(line).startswith("Full bars are facts.") for line in root.iter("p"))
    style = (REPOSITORY / "templates/assets/style.css").read_text(encoding="utf-8")
    outlined = re.search(r"svg\.chart :is\(([^)]*)\) rect \{[^}]*fill: var\(--paper\)", style)
    assert outlined is not None
    assert f".{modality}" in outlined[1].split(", ")


@pytest.mark.parametrize("modality", SAID)
def test_a_list_of_claims_marks_a_number_that_is_no_fact(modality: str, tmp_path: Path) -> None:
    more = {"config.yaml": "title: Desk\nlead: [p0#x]\n"}
    site = built(tmp_path, growth((modality, 34, "2027", "2026-03-01")), more)
    [row] = [one for one in parsed(site / "index.html").iter("li") if one.get("data-claim") == "p0#x"]
    [after] = having(row, "span", "u")
    assert text_of(after) == f"Gazette · 34 cubic meters {modality} · Mar 1, 2026"


def test_a_forecast_does_not_keep_a_measure_fresh(tmp_path: Path) -> None:
    measures = {"content/measures.yaml": "gas: {label: Gas, unit: tons, stale_after: P1Y}\n"}
    papers = growth(("fact", 11, "2024", "2025-02-01"), ("expectation", 34, "2027", "2026-03-01"))
    site = linked(tmp_path, papers, measures)
    assert [problem.code for problem in stale_figures(site, PartialDate.parse("2026-03-01").earliest)] == [
        "stale-figure"
    ]


def test_an_outcome_does_not_revise_a_forecast(tmp_path: Path) -> None:
    papers = growth(("expectation", 2, "2025", "2025-01-05"), ("fact", 11, "2025", "2026-02-01"))
    papers["p1"].claims["x"]["relations"] = [{"type": "updates", "to": "p0#x"}]  # type: ignore[index]
    changes = changes_of(linked(tmp_path, papers).claims.values(), ())
    assert not [change for change in changes if isinstance(change, FigureRevised)]


TIMES: dict[str, tuple[dict[str, Any], str]] = {
    "as of its date": ({"as_of": "2024"}, "as of 2024"),
    "when it was published": ({}, "published Feb 5, 2025"),
    "a target for a time ahead": ({"as_of": "2030", "target": True}, "for 2030"),
    "a target of the time": ({"as_of": "2025-02-04", "target": True}, "as of Feb 4, 2025"),
    "a forecast is not a target": ({"as_of": "2030"}, "as of 2030"),
}


@pytest.mark.parametrize("case", TIMES)
def test_a_value_says_how_it_stands_to_its_date(case: str, tmp_path: Path) -> None:
    figure, expected = TIMES[case]
    root = parsed(built(tmp_path, paper({"value": 1, **figure}, {"value": 1, **figure})) / "figures.html")
    assert [text_of(next(iter(row.iter("th")))) for row in rows_of(root)] == [expected] * 2
    assert text_of(first_rows(root)[0]).endswith(f"Gazette {expected}")


@pytest.mark.parametrize("values", [1, 2])
def test_an_old_value_is_called_old_on_the_page_and_a_new_one_is_not(values: int, tmp_path: Path) -> None:
    papers = paper(*[{"value": 1}] * values) | {"later": Paper("2026-03-01")}
    measures = "gas: {label: Gas, unit: tons, stale_after: P1Y}\n"
    root = parsed(built(tmp_path / "old", papers, {"content/measures.yaml": measures}) / "figures.html")
    assert [text_of(line) for line in having(root, "*", "old")] == [
        "There is no newer value; this one was good until Feb 5, 2026."
    ]
    papers["later"] = Paper("2026-02-05")
    root = parsed(built(tmp_path / "new", papers, {"content/measures.yaml": measures}) / "figures.html")
    assert having(root, "*", "old") == []


STALE = {
    "on the last day it is good": ("2026-02-05", []),
    "on the day after": ("2026-02-06", ["stale-figure"]),
}


@pytest.mark.parametrize("case", STALE)
def test_check_looks_at_the_given_day_and_build_at_the_records(case: str, tmp_path: Path) -> None:
    day, expected = STALE[case]
    measures = {"content/measures.yaml": "gas: {label: Gas, unit: tons, stale_after: P1Y}\n"}
    site = linked(tmp_path, paper({"value": 1}), measures)
    on = PartialDate.parse(day).earliest
    assert [problem.code for problem in stale_figures(site, on)] == expected
    assert codes(check(Request(tmp_path), on).problems) == expected
    assert codes(build(Request(tmp_path), tmp_path / "site").problems) == []
    write_desk(tmp_path, paper({"value": 1}) | {"later": Paper(day)}, measures)
    assert codes(build(Request(tmp_path), tmp_path / "site").problems) == expected


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems if isinstance(problem, Diagnostic)]


def test_a_value_does_not_revise_a_target_but_another_value_does(tmp_path: Path) -> None:
    def claim(value: int, *updated: str, target: bool = False) -> dict[str, Any]:
        relations = [{"type": "updates", "to": f"talks#{id}"} for id in updated]
        return {"figure": {"measure": "gas", "value": value, "target": target}, "relations": relations}

    claims = {"goal": claim(550, target=True), "first": claim(36, "goal"), "second": claim(109, "first")}
    changes = changes_of(linked(tmp_path, {"talks": Paper("2025-02-05", claims)}).claims.values(), ())
    assert [change.id for change in changes if isinstance(change, FigureRevised)] == [
        "talks#second/revises/talks#first"
    ]


# --- Long lists -----------------------------------------------------------------------------------------------


def many(count: int, measure: str = "gas", first: int = 2001) -> dict[str, Paper]:
    claims = {
        f"c{number}": {"figure": {"measure": measure, "value": number, "as_of": f"{first + number % 20}-01"}}
        for number in range(count)
    }
    return {f"{measure}-{number}": Paper("2025-02-05", dict(list(claims.items())[number::10])) for number in range(10)}


def refs_on(files: Sequence[Path]) -> list[str]:
    return [str(row.get("data-claim")) for file in files for row in rows_of(parsed(file))]


def test_a_measure_with_more_than_ten_values_has_a_page_with_them_all(tmp_path: Path) -> None:
    site = built(tmp_path, many(11))
    assert len(refs_on([site / "figures.html"])) == 10
    assert len(set(refs_on([site / "figures/gas.html"]))) == 11
    assert 'href="figures/gas.html">All 11 values' in (site / "figures.html").read_text(encoding="utf-8")
    assert not (site / "archive").exists()


def test_a_measure_with_ten_values_has_none(tmp_path: Path) -> None:
    site = built(tmp_path, many(10))
    assert len(refs_on([site / "figures.html"])) == 10
    assert not (site / "figures").exists()


@pytest.mark.slow
def test_a_measure_with_more_than_a_hundred_values_has_them_by_year(tmp_path: Path) -> None:
    site = built(tmp_path, many(120))
    assert len(refs_on([site / "figures/gas.html"])) == 100
    years = sorted((site / "archive/figures").glob("gas-*.html"))
    assert [file.stem for file in years] == [f"gas-{year}" for year in range(2001, 2021)]
    assert len(set(refs_on(years))) == 120
    assert {row[:5] for row in re.findall(r"<time datetime=\"([^\"]+)", years[3].read_text(encoding="utf-8"))} >= {
        "2004-"
    }


@pytest.mark.slow
def test_a_site_with_many_values_lists_its_measures_and_gives_each_a_page(tmp_path: Path) -> None:
    papers: dict[str, Paper] = {}
    for number in range(21):
        papers |= many(10, f"m{number:02}")
    measures = "".join(f"m{number:02}: {{label: Measure {number}, unit: tons}}\n" for number in range(22))
    site = built(tmp_path, papers, {"content/measures.yaml": measures})
    root = parsed(site / "figures.html")
    entries = {str(item.get("id")): item for item in root.iter("td") if str(item.get("id")).startswith("measure_")}
    assert list(entries) == [f"measure_m{number:02}" for number in range(21)]
    for number in range(21):
        assert next(iter(entries[f"measure_m{number:02}"].iter("a"))).get("href") == f"figures/m{number:02}.html"
        assert len(refs_on([site / f"figures/m{number:02}.html"])) == 10


def test_measures_without_a_topic_come_last_and_those_without_a_value_not_at_all(tmp_path: Path) -> None:
    measures = (
        "bare: {label: Bare, unit: tons}\ngas: {label: Gas, unit: tons, topics: [trade]}\nnone: {label: N, unit: t}\n"
    )
    papers = {"a": Paper("2025-01-01", {m: {"figure": {"measure": m, "value": 1}} for m in ("bare", "gas")})}
    root = parsed(built(tmp_path, papers, {"content/measures.yaml": measures}) / "figures.html")
    assert [text_of(heading) for heading in root.iter("h2")] == ["Trade", "Other"]
    assert [text_of(row.findall("td")[0]) for row in first_rows(root)] == ["Gas", "Bare"]


def test_what_the_desk_says_of_a_measure_stands_beside_its_only_value_too(tmp_path: Path) -> None:
    measures = {"content/measures.yaml": "gas: {label: Gas, unit: tons, summary: Counted in May.}\n"}
    for values in (1, 2):
        page = parsed(built(tmp_path / str(values), paper(*[{"value": 1}] * values), measures) / "figures.html")
        assert text_of(page).count("Counted in May.") == 1


def test_a_site_without_figures_says_so(tmp_path: Path) -> None:
    page = (built(tmp_path, {"a": Paper("2025-01-01")}) / "figures.html").read_text(encoding="utf-8")
    assert "No claim gives a figure." in page


# --- The chart ------------------------------------------------------------------------------------------------


NONE = unmarked("")


def bars(*values: tuple[int, int]) -> list[tuple[int, int]]:
    """Left end and right end of each bar, in thousandths of the width."""
    data = [Datum(NONE, NONE, Decimal(low), Decimal(high), ("exact",)) for low, high in values]
    chart = bar_chart("x", NONE, NONE, data)
    return [(round(bar.x * 1000 / chart.width), round((bar.x + bar.width) * 1000 / chart.width)) for bar in chart.bars]


def near(*expected: tuple[int, int]) -> list[Any]:
    return [pytest.approx(ends, abs=4) for ends in expected]


def test_bars_are_as_long_as_their_values_from_a_common_zero() -> None:
    assert bars((0, 100), (0, 25), (0, 0)) == near((0, 1000), (0, 250), (0, 0))


def test_a_range_is_drawn_from_its_low_to_its_high_end() -> None:
    assert bars((50, 75), (0, 100)) == near((500, 750), (0, 1000))


def test_what_is_less_than_zero_goes_to_the_left() -> None:
    assert bars((0, -25), (0, 75)) == near((0, 250), (250, 1000))


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), min_size=2, max_size=6))
def test_a_chart_is_wide_enough_for_its_words(labels: list[tuple[str, str]]) -> None:
    data = [
        Datum(unmarked(label), unmarked(words), Decimal(0), Decimal(number), ("exact",))
        for number, (label, words) in enumerate(labels)
    ]
    chart = bar_chart("x", NONE, NONE, data)
    for label, words in labels:
        assert text_width(label) + text_width(words) < chart.width - 2 * chart.inset
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= chart.width
        assert bar.width >= 1
        assert bar.y + chart.bar_height <= chart.height


# Advance widths of DejaVu Sans, the widest of the common fonts without serifs, in units of 2048 to the height.
DEJAVU = {
    "m": 1995,
    "W": 2025,
    "M": 1767,
    "w": 1675,
    "0": 1303,
    "e": 1260,
    "O": 1612,
    "J": 604,
    "i": 569,
    ",": 651,
    " ": 651,
}


@pytest.mark.parametrize("character", DEJAVU)
def test_no_character_is_wider_than_measured(character: str) -> None:
    assert text_width(character * 100) >= DEJAVU[character] * 14 * 100 / 2048


def test_characters_of_full_width_are_measured_as_such() -> None:
    assert text_width("億ドル") >= 3 * 14
