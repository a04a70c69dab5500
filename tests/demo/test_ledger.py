"""The ledger, the origins and the relations of the demonstration site, against an independent count of its YAML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.build import Request, build

ROOT = Path(__file__).parents[2]
FORWARD = ("expectation", "proposal", "commitment")
OPEN = ("pending", "in-progress", "stalled")
WORDS = {"unratable": "cannot be rated", "in-progress": "in progress", "not-fulfilled": "not fulfilled"}
ORDER = ("fulfilled", "partly", "not-fulfilled", "overtaken", "superseded", "stalled", "in-progress", "pending")


@dataclass(frozen=True)
class Said:
    """A claim as the YAML has it, with its article and the summit after the defaults."""

    ref: str
    article: dict[str, Any]
    claim: dict[str, Any]
    summit: str | None

    @property
    def published(self) -> str:
        return str(self.article["published"])[:10]

    @property
    def is_forward(self) -> bool:
        return self.claim.get("modality") in FORWARD

    @property
    def status(self) -> str:
        history = self.claim.get("history")
        return history[-1]["status"] if history else "pending"

    @property
    def relations(self) -> list[tuple[str, str]]:
        return [(relation["type"], relation["to"]) for relation in self.claim.get("relations", [])]


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def front_matter(folder: str) -> dict[str, dict[str, Any]]:
    files = sorted((ROOT / "content" / folder).glob("*.md"))
    return {file.stem: read(file.read_text(encoding="utf-8").split("---\n")[1]) for file in files}


@pytest.fixture(scope="module")
def said() -> dict[str, Said]:
    """All claims of the demonstration content."""
    articles, claims = front_matter("articles"), {}
    for file in sorted((ROOT / "content/annotations").glob("*.yaml")):
        data, article = read(file.read_text(encoding="utf-8")), articles[file.stem]
        of_article = article.get("summits", [])
        default = data.get("summit") or (of_article[0] if len(of_article) == 1 else None)
        for claim in data["claims"]:
            ref = f"{file.stem}#{claim['id']}"
            claims[ref] = Said(ref, article, claim, claim.get("summit") or default)
    return claims


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the demonstration site."""
    output = tmp_path_factory.mktemp("demo") / "site"
    run = build(Request(ROOT), output)
    if run.failed:  # the run itself is too large to be shown
        pytest.fail("\n".join(problem.message for problem in run.problems))
    return {path.relative_to(output).as_posix(): path.read_text(encoding="utf-8") for path in output.rglob("*.html")}


def tally(claims: Iterable[Said]) -> str:
    """The line of counts, without what is late."""
    counts = Counter(claim.status for claim in claims)
    parts = [f"{counts[status]} {WORDS.get(status, status)}" for status in ORDER if counts[status]]
    return ", ".join([*parts, f"{counts['unratable']} cannot be rated"]) + f", of {counts.total()}."


def tallies(page: str) -> list[str]:
    return re.findall(r'<p class="tally">(\d+ [a-z ]+, .*?of \d+\.)', page)


def test_the_ledger_counts_all_expectations_proposals_and_commitments(
    site: dict[str, str], said: dict[str, Said]
) -> None:
    forward = [claim for claim in said.values() if claim.is_forward]
    assert len(forward) >= 60
    assert tallies(site["ledger.html"]) == [tally(forward)]
    for kind in FORWARD:
        column = 2 + FORWARD.index(kind)
        rows = [re.findall(r"<td>(\d+)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", site["ledger.html"])[1:]]
        of_kind = Counter(claim.status for claim in forward if claim.claim["modality"] == kind)
        statuses = [*(status for status in ORDER if any(c.status == status for c in forward)), "unratable"]
        counted = [int(row[column - 1]) for row in rows]
        assert counted == [*(of_kind[status] for status in statuses), of_kind.total()]


def test_every_one_of_them_stands_in_the_ledger_or_on_its_pages_by_year(
    site: dict[str, str], said: dict[str, Said]
) -> None:
    pages = [text for path, text in site.items() if path == "ledger.html" or path.startswith("archive/ledger-")]
    listed = {ref for text in pages for ref in re.findall(r'<li class="row" data-claim="([^"]+)"', text)}
    assert listed == {ref for ref, claim in said.items() if claim.is_forward}


def test_the_groups_of_the_ledger_have_the_right_numbers_and_order(site: dict[str, str], said: dict[str, Said]) -> None:
    forward = [claim for claim in said.values() if claim.is_forward]
    sections = re.findall(
        r'<section id="ledger_(\w+)">\n<h2>[^<]+<span class="count">(\d+)<(.*?)</section>',
        site["ledger.html"],
        re.DOTALL,
    )
    counted = {name: int(count) for name, count, _ in sections}
    unrated = sum(claim.status == "unratable" for claim in forward)
    still_open = [claim for claim in forward if claim.status in OPEN]
    expected = {"open": len(still_open), "settled": len(forward) - len(still_open) - unrated, "unrated": unrated}
    assert counted == expected
    first = re.findall(r'<li class="row" data-claim="([^"]+)"', sections[0][2])
    due = [last_day(said[ref].claim["due"]) for ref in first if "due" in said[ref].claim]
    assert due == sorted(due)
    assert len(due) == sum("due" in claim.claim for claim in still_open)
    assert all("due" in said[ref].claim for ref in first[: len(due)])


def last_day(day: str) -> str:
    return {4: f"{day}-12-31", 7: f"{day}-31"}.get(len(day), day)


def test_late_and_overdue_are_told_of_just_the_claims_that_are(site: dict[str, str], said: dict[str, Said]) -> None:
    late, overdue = set(), set()
    newest = max([claim.published for claim in said.values()] + [on for claim in said.values() for on in dates(claim)])
    for ref, claim in said.items():
        due = claim.claim.get("due")
        if not claim.is_forward or not due:
            continue
        if claim.status in OPEN and last_day(due) < newest:
            overdue.add(ref)
        if claim.status in ("fulfilled", "partly"):
            history = claim.claim["history"]
            same = len(history)
            while same and history[same - 1]["status"] == claim.status:
                same -= 1
            if (history[same].get("since") or history[same]["on"]) > last_day(due):
                late.add(ref)
    shown = {"Late": set[str](), "Overdue": set[str]()}
    for path, text in site.items():
        if path == "ledger.html" or path.startswith("archive/ledger-"):
            for row in text.split('<li class="row"')[1:]:
                ref = row.split('data-claim="')[1].split('"')[0]
                for word, refs in shown.items():
                    if f"<strong>{word}</strong>" in row:
                        refs.add(ref)
    assert shown == {"Late": late, "Overdue": overdue}


def dates(claim: Said) -> Iterator[str]:
    yield from (entry["on"] for entry in claim.claim.get("history", []))
    yield from ([claim.claim["recorded"]] if "recorded" in claim.claim else [])
    yield from (claim.article.get("updated", "0")[:10], *(c["on"] for c in claim.article.get("corrections", [])))


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_page_counts_what_was_expected_and_what_was_promised(
    summit: str, site: dict[str, str], said: dict[str, Said]
) -> None:
    facts = front_matter("summits")[summit]
    left_out = set(facts.get("exclude", []))
    claims = [
        claim for ref, claim in said.items() if claim.summit == summit and claim.is_forward and ref not in left_out
    ]
    documents = facts.get("documents", [])
    before = [c for c in claims if c.published <= facts["start"] and c.ref.partition("#")[0] not in documents]
    after = [claim for claim in claims if claim not in before]
    assert facts["status"] == "held"
    assert len(facts["start"]) == 10
    assert tallies(site[f"summits/{summit}.html"]) == [tally(group) for group in (before, after) if group]


@pytest.mark.parametrize("topic", ["defense", "energy", "trade", "investment"])
def test_a_topic_page_counts_how_its_claims_stand(topic: str, site: dict[str, str], said: dict[str, Said]) -> None:
    claims = [claim for claim in said.values() if topic in claim.claim["topics"]]
    page = site[f"topics/{topic}.html"]
    assert tally(claim for claim in claims if claim.is_forward) in tallies(page)
    still_open = [claim for claim in claims if claim.is_forward and claim.status in OPEN]
    assert f"{len(still_open)} open, of {len(claims)} claims on this topic" in page


def test_every_relation_is_shown_on_the_pages_of_both_claims(site: dict[str, str], said: dict[str, Said]) -> None:
    passive = {"qualifies": "qualified by", "updates": "updated by"}
    told = 0
    for ref, claim in said.items():
        for type, other in claim.relations:
            for page, mine, its, words in (
                (ref, ref, other, type),
                (other, other, ref, passive.get(type, f"{type[:-1]}ed by")),
            ):
                article, _, id = mine.partition("#")
                text = site[f"articles/{article}.html"].split(f'id="claim_{id}"')[1].split('id="claim_')[0]
                item = rf'<li data-claim="{its}"><b>{words.capitalize()}:</b>'
                assert re.search(item, text), (page, its, words)
                told += 1
    assert told > 100


def test_the_outlets_and_origins_of_each_claim_are_counted_right(site: dict[str, str], said: dict[str, Said]) -> None:
    expected = {ref: numbers for ref in said if (numbers := sourced(ref, said))}
    shown = {}
    for ref in said:
        article, _, id = ref.partition("#")
        text = site[f"articles/{article}.html"].split(f'id="claim_{id}"')[1].split('id="claim_')[0]
        found = re.search(r'<p class="sourcing">(\d+) outlets? \(.*?\), <b>(\d+) origins?</b>', text)
        if found:
            shown[ref] = (int(found[1]), int(found[2]))
    assert shown == expected
    assert len(shown) > 30


def sourced(ref: str, said: dict[str, Said]) -> tuple[int, int] | None:
    """How many outlets and origins a claim has: of all that it confirms or repeats, and of all that do so to those."""
    alike = {"confirms", "repeats"}
    said_too = {ref}
    for forward in (True, False):
        waiting = list(said_too)
        while waiting:
            one = waiting.pop()
            found = (
                {other for type, other in said[one].relations if type in alike}
                if forward
                else {other for other, claim in said.items() if any((t, one) in claim.relations for t in alike)}
            )
            waiting += found - said_too
            said_too |= found
    if len(said_too) == 1:
        return None
    own = [said[one] for one in said_too if not any(t == "repeats" and o in said_too for t, o in said[one].relations)]
    return len({outlet(said[one]) for one in said_too}), len({origin(claim) for claim in own})


def outlet(claim: Said) -> str:
    sources = read((ROOT / "content/sources.yaml").read_text(encoding="utf-8"))
    first: dict[str, str] = next(iter(claim.claim.get("attribution", [])), {})
    if first.get("basis") == "report" or first.get("by") in sources:
        return str(first.get("by") or first["described_as"])
    return str(claim.article["source"])


def origin(claim: Said) -> str:
    last: dict[str, str] = next(reversed(claim.claim.get("attribution", [])), {})
    given = claim.claim.get("origin") or last.get("by") or last.get("described_as", "").casefold()
    return str(given or claim.article["source"])


def test_no_claim_confirms_one_of_its_own_origin(said: dict[str, Said]) -> None:
    for claim in said.values():
        for type, other in claim.relations:
            assert type != "confirms" or origin(claim) != origin(said[other]), (claim.ref, other)


def test_no_status_rests_on_evidence_that_came_later(said: dict[str, Said]) -> None:
    for claim in said.values():
        for entry in claim.claim.get("history", []):
            assert all(said[ref].published <= last_day(entry["on"]) for ref in entry.get("evidence", []))


def test_accounts_that_differ_stand_on_the_pages_of_their_summits(site: dict[str, str], said: dict[str, Said]) -> None:
    disputed = {
        frozenset([ref, other])
        for ref, claim in said.items()
        for type, other in claim.relations
        if type in ("disputes", "refutes")
    }
    figures: dict[tuple[str, ...], dict[str, str]] = {}
    for ref, claim in said.items():
        figure = claim.claim.get("figure", {})
        if "as_of" in figure and figure.get("rank") != "deprecated":
            key = tuple(str(figure.get(name)) for name in ("measure", "as_of", "stage", "target"))
            value = " ".join(figure.get(name, "") for name in ("qualifier", "value", "high", "scale"))
            figures.setdefault(key, {})[ref] = value
    differing = {frozenset(values) for values in figures.values() if len(set(values.values())) > 1}
    shown: dict[str, set[frozenset[str]]] = {}
    for summit in front_matter("summits"):
        for text in re.findall(r'<ul class="accounts">(.*?)\n</ul>', site[f"summits/{summit}.html"], re.DOTALL):
            refs = re.findall(r'<li class="claim \w+" data-claim="([^"]+)">', text)
            shown.setdefault(summit, set()).add(frozenset(refs))
    expected: dict[str, set[frozenset[str]]] = {}
    for accounts in disputed | differing:
        for summit in {str(said[ref].summit) for ref in accounts if said[ref].summit}:
            expected.setdefault(summit, set()).add(accounts)
    assert shown == expected


def test_every_entry_has_its_rule_its_origin_and_its_age(site: dict[str, str], said: dict[str, Said]) -> None:
    for row in site["ledger.html"].split('<li class="row"')[1:]:
        ref, text = row.split('data-claim="')[1].split('"')[0], " ".join(unescape(row).split())
        rule = said[ref].claim.get("resolution")
        assert rule is None or f"How it is decided: {' '.join(rule.split())}" in text
        assert "Origin: <b>" in text
        assert re.search(r"said \d+ (day|month|year)s? ago", text)
