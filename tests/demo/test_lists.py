"""`briefing list` and `briefing show` on the demonstration, held against its files, read without the program."""

import json
import posixpath
import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import REPOSITORY
from tests.demo.reading import annotations, claims, config, front_matter, registry
from tests.samples import first_of

KINDS = ("people", "organizations", "places", "sources", "measures")


def listed(*arguments: str) -> Any:
    line = ["-C", str(REPOSITORY), *arguments, "--format", "json"]
    ended = CliRunner().invoke(main, line, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def last_day(text: str) -> str:
    """The last day that a date can mean, as text that sorts."""
    plain = text.rstrip("?~%")
    return plain if len(plain) == 10 else f"{plain}-99"


def test_open_claims_are_those_of_the_files_by_the_day_of_the_next_look() -> None:
    rows = listed("list", "open")
    wanted = {ref: claim for ref, claim in claims().items() if claim.is_open}
    assert {row["claim"] for row in rows} == wanted.keys()
    assert len(rows) == len(wanted)
    for row in rows:
        claim = wanted[row["claim"]]
        seen = (row["status"], row["modality"], row["summit"], row["due"], row["review_by"])
        fields = claim.fields
        assert seen == (claim.status, claim.modality, claim.summit, fields.get("due"), fields.get("review_by"))
    days = [last_day(row["review_by"] or row["due"] or "9999") for row in rows]
    assert days == sorted(days)


@pytest.mark.parametrize("day", first_of(4, ["2026-11-20", "2026-12-15", "2027-02-01", "2029-01-01"]))
def test_what_is_due_on_a_day_is_what_the_files_say(day: str) -> None:
    rows = listed("list", "due", "--on", day)
    wanted = {}
    for ref, claim in claims().items():
        days = [(last_day(claim.fields[key]), key) for key in ("review_by", "due") if key in claim.fields]
        passed = [entry for entry in days if entry[0] <= day]
        if claim.is_open and passed:
            wanted[ref] = min(passed)
    assert {row["claim"]: row["because"] for row in rows if "claim" in row} == {
        ref: of[1] for ref, of in wanted.items()
    }
    over = {
        id
        for id, summit in front_matter("summits").items()
        if summit.get("status", "planned") in ("planned", "postponed")
        and last_day(str(summit.get("end", summit["start"]))[:10]) < day
    }
    assert {row["summit"] for row in rows if "claim" not in row} == over
    for row in rows:
        line = (REPOSITORY / row["path"]).read_text(encoding="utf-8").splitlines()[row["line"] - 1]
        assert row["because"] in line or "claim" not in row


def test_sources_are_counted_as_in_the_files() -> None:
    articles = Counter(article["source"] for article in front_matter("articles").values())
    of_claims = Counter(claim.article["source"] for claim in claims().values())
    rows = {row["source"]: (row["articles"], row["claims"], row["name"]) for row in listed("list", "sources")}
    assert rows == {id: (articles[id], of_claims[id], entry["name"]) for id, entry in registry("sources").items()}
    assert sum(row[1] for row in rows.values()) == len(claims())


def words_in(value: Any) -> set[str]:
    """All texts in a value, but for keys and for the texts that people read."""
    if isinstance(value, dict):
        return set[str]().union(*(words_in(one) for key, one in value.items() if key not in ("name", "aliases")))
    if isinstance(value, list):
        return set[str]().union(*map(words_in, value))
    return {str(value), re.sub(r"-\d{4}(-\d{2})*$", "", str(value))}


def test_what_nothing_names_stands_nowhere_in_the_files() -> None:
    """An id is used if it is the whole of some value: no text of the demonstration is an id by chance."""
    files = [annotations(), *(front_matter(folder) for folder in ("articles", "summits", "topics", "pages"))]
    used = words_in(files) | words_in({key: value for key, value in config().items() if key != "topics"})
    entries = {kind: registry(kind) for kind in KINDS}
    used |= words_in(list(entries.values()))
    wanted = {(kind, id) for kind, of_kind in entries.items() for id in of_kind if id not in used}
    wanted |= {("topics", id) for id in config()["topics"] if id not in used}
    rows = listed("list", "unused")
    assert {(row["kind"], row["id"]) for row in rows} == wanted
    for row in rows:
        line = (REPOSITORY / row["path"]).read_text(encoding="utf-8").splitlines()[row["line"] - 1]
        assert line.startswith(f"{row['id']}:")


@pytest.fixture(scope="module")
def shown_claims() -> dict[str, Any]:
    """What is shown of some claims: one with relations, one with evidence, and others as they come."""
    refs = [*[*claims()][5::300], "2025-07-23-japan-agreement#investment-550"]
    return {ref: listed("show", ref) for ref in refs}


@pytest.mark.slow
def test_a_claim_is_shown_with_all_that_its_file_has(shown_claims: dict[str, Any]) -> None:
    for ref, shown in shown_claims.items():
        claim, fields = claims()[ref], claims()[ref].fields
        for key in ("text", "hedge", "level", "likelihood", "resolution", "due", "review_by", "origin", "recorded"):
            assert shown[key] == (" ".join(fields[key].split()) if key in fields else None), (ref, key)
        assert (shown["modality"], shown["status"], shown["summit"]) == (claim.modality, claim.status, claim.summit)
        assert [voice["by"] for voice in shown["voices"]] == claim.chain
        steps = [
            (one["on"], one["status"], one["why"], [of["claim"] for of in one["evidence"]]) for one in shown["history"]
        ]
        assert steps == [(one["on"], one["status"], one["why"], one.get("evidence", [])) for one in claim.history]
        own = [(one["type"], one["claim"]) for one in shown["relations"] if not one["from_other"]]
        others = {(one["type"], one["claim"]) for one in shown["relations"] if one["from_other"]}
        assert own == claim.relations
        assert others == {(kind, other.ref) for other in claims().values() for kind, to in other.relations if to == ref}
        lines = (REPOSITORY / shown["path"]).read_text(encoding="utf-8").splitlines()
        assert f"id: {fields['id']}" in "\n".join(lines[shown["line"] - 1 : shown["line"] + 3])
        assert shown["path"] == f"content/annotations/{claim.of}.yaml"


@pytest.mark.slow
def test_the_pages_that_show_a_claim_are_those_that_link_to_it(
    shown_claims: dict[str, Any], pages: dict[str, Element]
) -> None:
    for ref, shown in shown_claims.items():
        article, _, id = ref.partition("#")
        own = f"articles/{article}.html"
        linking = {path for path, page in pages.items() if f"{own}#{id}" in leads_to(path, page)}
        first, *others = shown["pages"]
        assert first == f"{own}#{id}"
        assert set(others) == linking - {own}
        assert "summits/" in " ".join(others) or not claims()[ref].summit


def leads_to(path: str, page: Element) -> set[str]:
    """The places of the site that a page links to."""
    links = {str(link.get("href")).partition("#") for link in page.iter("a")}
    return {f"{posixpath.normpath(posixpath.join(posixpath.dirname(path), to))}#{id}" for to, _, id in links}
