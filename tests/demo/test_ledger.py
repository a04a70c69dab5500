"""The ledger, the origins and the relations of the demonstration site, against an independent count of its YAML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.demo.reading import FORWARD, OPEN, Claim, claims, front_matter, registry

WORDS = {"unratable": "cannot be rated", "in-progress": "in progress", "not-fulfilled": "not fulfilled"}
ORDER = ("fulfilled", "partly", "not-fulfilled", "overtaken", "superseded", "stalled", "in-progress", "pending")


@pytest.fixture(scope="module")
def texts(site: Path) -> dict[str, str]:
    """The HTML of each page."""
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def tally(counted: Iterable[Claim]) -> str:
    """The line of counts, without what is late."""
    counts = Counter(claim.status or "pending" for claim in counted)
    parts = [f"{counts[status]} {WORDS.get(status, status)}" for status in ORDER if counts[status]]
    return ", ".join([*parts, f"{counts['unratable']} cannot be rated"]) + f", of {counts.total()}."


def tallies(page: str) -> list[str]:
    return re.findall(r'<p class="tally">(\d+ [a-z ]+, .*?of \d+\.)', page)


def test_the_ledger_counts_all_expectations_proposals_and_commitments(texts: dict[str, str]) -> None:
    forward = [claim for claim in claims().values() if claim.is_forward]
    assert len(forward) >= 60
    assert tallies(texts["ledger.html"]) == [tally(forward)]
    for kind in FORWARD:
        column = 2 + FORWARD.index(kind)
        rows = [re.findall(r"<td>(\d+)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", texts["ledger.html"])[1:]]
        of_kind = Counter(claim.status for claim in forward if claim.fields["modality"] == kind)
        statuses = [*(status for status in ORDER if any(c.status == status for c in forward)), "unratable"]
        counted = [int(row[column - 1]) for row in rows]
        assert counted == [*(of_kind[status] for status in statuses), of_kind.total()]


def test_every_one_of_them_stands_in_the_ledger_or_on_its_pages_by_year(texts: dict[str, str]) -> None:
    pages = [text for path, text in texts.items() if path == "ledger.html" or path.startswith("archive/ledger-")]
    listed = {ref for text in pages for ref in re.findall(r'<li class="row" data-claim="([^"]+)"', text)}
    assert listed == {ref for ref, claim in claims().items() if claim.is_forward}


def test_the_groups_of_the_ledger_have_the_right_numbers_and_order(texts: dict[str, str]) -> None:
    forward = [claim for claim in claims().values() if claim.is_forward]
    sections = re.findall(
        r'<section id="ledger_(\w+)">\n<h2>[^<]+<span class="count">(\d+)<(.*?)</section>',
        texts["ledger.html"],
        re.DOTALL,
    )
    counted = {name: int(count) for name, count, _ in sections}
    unrated = sum(claim.status == "unratable" for claim in forward)
    still_open = [claim for claim in forward if claim.status in OPEN]
    expected = {"open": len(still_open), "settled": len(forward) - len(still_open) - unrated, "unrated": unrated}
    assert counted == expected
    first = re.findall(r'<li class="row" data-claim="([^"]+)"', sections[0][2])
    due = [last_day(claims()[ref].fields["due"]) for ref in first if "due" in claims()[ref].fields]
    assert due == sorted(due)
    assert len(due) == sum("due" in claim.fields for claim in still_open)
    assert all("due" in claims()[ref].fields for ref in first[: len(due)])


def beside(texts: dict[str, str], ref: str) -> str:
    """What stands of a claim beside its article."""
    article, _, id = ref.partition("#")
    return texts[f"articles/{article}.html"].split(f'id="claim_{id}"')[1].split('id="claim_')[0]


def last_day(day: str) -> str:
    return {4: f"{day}-12-31", 7: f"{day}-31"}.get(len(day), day)


def test_late_and_overdue_are_told_of_just_the_claims_that_are(texts: dict[str, str]) -> None:
    late, overdue = set(), set()
    newest = max(
        [claim.published for claim in claims().values()] + [on for claim in claims().values() for on in dates(claim)]
    )
    for ref, claim in claims().items():
        due = claim.fields.get("due")
        if not claim.is_forward or not due:
            continue
        if claim.status in OPEN and last_day(due) < newest:
            overdue.add(ref)
        if claim.status in ("fulfilled", "partly"):
            history = claim.fields["history"]
            same = len(history)
            while same and history[same - 1]["status"] == claim.status:
                same -= 1
            if (history[same].get("since") or history[same]["on"]) > last_day(due):
                late.add(ref)
    assert in_ledger(texts, "late") == beside_articles(texts, "Late") == late
    assert in_ledger(texts, "overdue") == beside_articles(texts, "Overdue") == overdue


def in_ledger(texts: dict[str, str], badge: str) -> set[str]:
    """The claims of which rows of the ledger and of its years show a badge."""
    pages = [text for path, text in texts.items() if path == "ledger.html" or path.startswith("archive/ledger-")]
    rows = [
        row for text in pages for row in text.split('<li class="row"')[1:] if f'<span class="badge {badge}">' in row
    ]
    return {row.split('data-claim="')[1].split('"')[0] for row in rows}


def beside_articles(texts: dict[str, str], word: str) -> set[str]:
    """The claims of which it is told beside their articles."""
    return {ref for ref in claims() if f"<strong>{word}</strong>" in beside(texts, ref)}


def dates(claim: Claim) -> Iterator[str]:
    yield from (entry["on"] for entry in claim.fields.get("history", []))
    yield from ([claim.fields["recorded"]] if "recorded" in claim.fields else [])
    yield from (claim.article.get("updated", "0")[:10], *(c["on"] for c in claim.article.get("corrections", [])))


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_page_counts_what_was_expected_and_what_was_promised(summit: str, texts: dict[str, str]) -> None:
    facts = front_matter("summits")[summit]
    left_out = set(facts.get("exclude", []))
    mine = [
        claim for ref, claim in claims().items() if claim.summit == summit and claim.is_forward and ref not in left_out
    ]
    documents = facts.get("documents", [])
    before = [c for c in mine if c.published <= facts["start"] and c.ref.partition("#")[0] not in documents]
    after = [claim for claim in mine if claim not in before]
    assert facts["status"] == "held"
    assert len(facts["start"]) == 10
    assert tallies(texts[f"summits/{summit}.html"]) == [tally(group) for group in (before, after) if group]


@pytest.mark.parametrize("topic", ["defense", "energy", "trade", "investment"])
def test_a_topic_page_counts_how_its_claims_stand(topic: str, texts: dict[str, str]) -> None:
    mine = [claim for claim in claims().values() if topic in claim.fields["topics"]]
    page = texts[f"topics/{topic}.html"]
    assert tally(claim for claim in mine if claim.is_forward) in tallies(page)
    still_open = [claim for claim in mine if claim.is_forward and claim.status in OPEN]
    assert f"{len(still_open)} open, of {len(mine)} claims on this topic" in page


def test_every_relation_is_shown_on_the_pages_of_both_claims(texts: dict[str, str]) -> None:
    passive = {"qualifies": "qualified by", "updates": "updated by"}
    told = 0
    for ref, claim in claims().items():
        for type, other in claim.relations:
            for page, mine, its, words in (
                (ref, ref, other, type),
                (other, other, ref, passive.get(type, f"{type[:-1]}ed by")),
            ):
                article, _, id = mine.partition("#")
                text = texts[f"articles/{article}.html"].split(f'id="claim_{id}"')[1].split('id="claim_')[0]
                item = rf'<li data-claim="{its}"><b>{words.capitalize()}:</b>'
                assert re.search(item, text), (page, its, words)
                told += 1
    assert told > 100


def test_the_outlets_and_origins_of_each_claim_are_counted_right(texts: dict[str, str]) -> None:
    expected = {ref: numbers for ref in claims() if (numbers := sourced(ref))}
    shown = {}
    for ref in claims():
        article, _, id = ref.partition("#")
        text = texts[f"articles/{article}.html"].split(f'id="claim_{id}"')[1].split('id="claim_')[0]
        found = re.search(r'<p class="sourcing">(\d+) outlets? \(.*?\), <b>(\d+) origins?</b>', text)
        if found:
            shown[ref] = (int(found[1]), int(found[2]))
    assert shown == expected
    assert len(shown) > 30


def sourced(ref: str) -> tuple[int, int] | None:
    """How many outlets and origins a claim has: of all that it confirms or repeats, and of all that do so to those."""
    alike = {"confirms", "repeats"}
    said_too = {ref}
    for forward in (True, False):
        waiting = list(said_too)
        while waiting:
            one = waiting.pop()
            found = (
                {other for type, other in claims()[one].relations if type in alike}
                if forward
                else {other for other, claim in claims().items() if any((t, one) in claim.relations for t in alike)}
            )
            waiting += found - said_too
            said_too |= found
    if len(said_too) == 1:
        return None
    own = [
        claims()[one]
        for one in said_too
        if not any(t == "repeats" and o in said_too for t, o in claims()[one].relations)
    ]
    return len({outlet(claims()[one]) for one in said_too}), len({origin(claim) for claim in own})


def outlet(claim: Claim) -> str:
    sources = registry("sources")
    first: dict[str, str] = next(iter(claim.fields.get("attribution", [])), {})
    if first.get("basis") == "report" or first.get("by") in sources:
        return str(first.get("by") or first["described_as"])
    return str(claim.article["source"])


def origin(claim: Claim) -> str:
    last: dict[str, str] = next(reversed(claim.fields.get("attribution", [])), {})
    given = claim.fields.get("origin") or last.get("by") or last.get("described_as", "").casefold()
    return str(given or claim.article["source"])


def test_no_claim_confirms_one_of_its_own_origin() -> None:
    for claim in claims().values():
        for type, other in claim.relations:
            assert type != "confirms" or origin(claim) != origin(claims()[other]), (claim.ref, other)


def test_no_status_rests_on_evidence_that_came_later() -> None:
    for claim in claims().values():
        for entry in claim.fields.get("history", []):
            assert all(claims()[ref].published <= last_day(entry["on"]) for ref in entry.get("evidence", []))


def test_accounts_that_differ_stand_on_the_pages_of_their_summits(texts: dict[str, str]) -> None:
    disputed = {
        frozenset([ref, other])
        for ref, claim in claims().items()
        for type, other in claim.relations
        if type in ("disputes", "refutes")
    }
    figures: dict[tuple[str, ...], dict[str, str]] = {}
    for ref, claim in claims().items():
        figure = claim.fields.get("figure", {})
        if "as_of" in figure and figure.get("rank") != "deprecated":
            key = tuple(str(figure.get(name)) for name in ("measure", "as_of", "stage", "target"))
            value = " ".join(figure.get(name, "") for name in ("qualifier", "value", "high", "scale"))
            figures.setdefault(key, {})[ref] = value
    differing = {frozenset(values) for values in figures.values() if len(set(values.values())) > 1}
    shown: dict[str, set[frozenset[str]]] = {}
    for summit in front_matter("summits"):
        for text in re.findall(r'<ul class="accounts">(.*?)\n</ul>', texts[f"summits/{summit}.html"], re.DOTALL):
            refs = re.findall(r'<li class="claim \w+" data-claim="([^"]+)">', text)
            shown.setdefault(summit, set()).add(frozenset(refs))
    expected: dict[str, set[frozenset[str]]] = {}
    for accounts in disputed | differing:
        for summit in {str(claims()[ref].summit) for ref in accounts if claims()[ref].summit}:
            expected.setdefault(summit, set()).add(accounts)
    assert shown == expected


def test_every_entry_leads_to_the_article_that_has_its_words_its_rule_its_origin_and_its_steps(
    texts: dict[str, str],
) -> None:
    rows = texts["ledger.html"].split('<li class="row"')[1:]
    assert len(rows) > 60
    for row in rows:
        ref = row.split('data-claim="')[1].split('"')[0]
        claim, told = claims()[ref], plain(beside(texts, ref))
        assert f'<a class="said" href="articles/{ref.replace("#", ".html#")}">' in row
        assert f'<mark id="{ref.partition("#")[2]}"' in texts[f"articles/{claim.of}.html"]
        assert f'{claim.modality.capitalize()} of <time datetime="{claim.published}">' in row
        assert "Origin: <b>" in told
        assert plain(claim.quote) in told
        assert (
            claim.fields.get("resolution") is None or f"How it is decided: {plain(claim.fields['resolution'])}" in told
        )
        for entry in claim.history:
            assert plain(entry["why"]) in told
        assert not claim.history or plain(claim.history[-1]["why"]) in plain(row)


def plain(text: str) -> str:
    return " ".join(unescape(text).split())
