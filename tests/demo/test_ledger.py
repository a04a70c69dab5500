"""The ledger, the origins and the relations of the demonstration site, against an independent count of its YAML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import FORWARD, OPEN, Claim, claims, config, front_matter, registry
from tests.demo.shown import STATUSES, by_id, counted, lines_of, marked, note_of, statuses_in
from tests.markup import having, links_in, refs_in, text_of

ORDER = (*STATUSES, "unratable")
SUMMITS = sorted(front_matter("summits"))
# So many open claims of a topic stand on its page.
OF_TOPIC = 100


def tally(of: Iterable[Claim]) -> Counter[str]:
    """How many stand at each status, and how many are minor and not counted."""
    return Counter("minor" if claim.is_minor else claim.status or "pending" for claim in of)


def forward() -> list[Claim]:
    return [claim for claim in claims().values() if claim.is_forward]


def in_ledger(pages: dict[str, Element]) -> Iterator[Element]:
    """The rows of the ledger and of its pages by year."""
    for path, page in pages.items():
        if path == "ledger.html" or path.startswith("archive/ledger-"):
            yield from lines_of(page)


def test_the_ledger_counts_all_expectations_proposals_and_commitments(pages: dict[str, Element]) -> None:
    page, major = pages["ledger.html"], [claim for claim in forward() if not claim.is_minor]
    assert len(major) >= 60
    told = text_of(by_id(page, "ledger_counts"))
    assert told.startswith(f"{len(major)} in all on ")
    assert f"{len(forward()) - len(major)} minor claims are not counted." in told
    table = having(page, "table", "counts")[0]
    rows = list(table.iter("tr"))[1:]
    assert [status for row in rows for status in statuses_in(row)] == [
        status for status in ORDER if any(claim.status == status for claim in major)
    ]
    for row in rows:
        [status] = statuses_in(row)
        mine = Counter(claim.modality for claim in major if claim.status == status)
        cells = [int(text_of(cell) or 0) for cell in row.findall("td")[:4]]
        assert cells == [mine.total(), *(mine[kind] for kind in FORWARD)]
        [bar] = row.iter("{http://www.w3.org/2000/svg}rect")
        assert abs(float(bar.get("width", 0)) - 1000 * mine.total() / len(major)) < 10
        assert float(bar.get("width", 0)) > 0


def test_every_one_of_them_stands_in_the_ledger_and_on_its_pages_by_year(pages: dict[str, Element]) -> None:
    by_year = Counter(
        str(row.get("data-claim"))
        for path, page in pages.items()
        if path.startswith("archive/ledger-")
        for row in lines_of(page)
    )
    assert by_year == Counter(claim.ref for claim in forward())
    assert {str(row.get("data-claim")) for row in lines_of(pages["ledger.html"])} <= set(by_year)


def test_the_groups_of_the_ledger_have_the_right_numbers_and_order(pages: dict[str, Element]) -> None:
    groups = {
        "open": [claim for claim in forward() if claim.status in OPEN],
        "settled": [claim for claim in forward() if claim.status not in (*OPEN, "unratable")],
        "unrated": [claim for claim in forward() if claim.status == "unratable"],
    }
    for name, wanted in groups.items():
        here = by_id(pages["ledger.html"], f"ledger_{name}")
        shown = [claims()[str(row.get("data-claim"))] for row in lines_of(here)]
        assert text_of(having(here, "span", "u")[0]) == str(len(wanted))
        assert len(shown) == min(60, len(wanted))
        assert {claim.ref for claim in shown} <= {claim.ref for claim in wanted}
        assert (f"The first 60 of {len(wanted)}." in text_of(here)) == (len(wanted) > 60)
        if name == "open":
            due = [last_day(claim.fields["due"]) for claim in shown if "due" in claim.fields]
            assert due == sorted(due)
            assert len(due) == sum("due" in claim.fields for claim in wanted)
            assert all("due" in claim.fields for claim in shown[: len(due)])


def last_day(day: str) -> str:
    return {4: f"{day}-12-31", 7: f"{day}-31"}.get(len(day), day)


def test_late_and_overdue_are_told_of_just_the_claims_that_are(pages: dict[str, Element]) -> None:
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
    rows = list(in_ledger(pages))
    notes = [one for path, page in pages.items() if path.startswith("articles/") for one in having(page, "ol", "notes")]
    beside = [note for one in notes for note in one.findall("li")]
    for word, wanted in (("late", late), ("overdue", overdue)):
        assert {str(row.get("data-claim")) for row in rows if having(row, "b", word)} == wanted
        assert {str(note.get("data-claim")) for note in beside if having(note, "b", word)} == wanted


def dates(claim: Claim) -> Iterator[str]:
    yield from (entry["on"] for entry in claim.fields.get("history", []))
    yield from ([claim.fields["recorded"]] if "recorded" in claim.fields else [])
    yield from (claim.article.get("updated", "0")[:10], *(c["on"] for c in claim.article.get("corrections", [])))


def ahead_of(summit: str) -> tuple[list[Claim], list[Claim]]:
    """What was said before a meeting, and what was promised there and after."""
    facts = front_matter("summits")[summit]
    left_out = set(facts.get("exclude", []))
    mine = [claim for ref, claim in claims().items() if claim.summit == summit and ref not in left_out]
    documents = facts.get("documents", [])
    before = [c for c in mine if c.is_forward and c.published <= facts["start"] and c.of not in documents]
    assert facts["status"] == "held"
    assert len(facts["start"]) == 10
    return before, [claim for claim in mine if claim.is_forward and claim not in before]


def sentence(of: Counter[str], none: tuple[str, str], some: str) -> str:
    """What became of some claims that can be rated, in words."""
    ratable = sum(of.values()) - of["unratable"] - of["minor"]
    if not ratable:
        return ""
    many = some.format(of["fulfilled"], ratable, "s" * (ratable > 1))
    words = many if of["fulfilled"] else none[0] if ratable == 1 else none[1].format(ratable)
    return words + f", {of['partly']} partly" * bool(of["partly"])


@pytest.mark.parametrize("summit", SUMMITS)
def test_a_summit_page_says_what_came_of_what_was_expected_and_promised(summit: str, pages: dict[str, Element]) -> None:
    before, after = map(tally, ahead_of(summit))
    came = sentence(
        before, ("The one expectation has not come true", "None of {} expectations came true"),
        "{} of {} expectation{} came true",
    )  # fmt: skip
    kept = sentence(
        after, ("The one promise is not fulfilled", "None of {} promises is fulfilled"), "{} of {} promise{} fulfilled"
    )
    going = after["in-progress"]
    kept += f"; {going} {'is' if going == 1 else 'are'} in progress" * bool(kept and going)
    unrated, minor = before["unratable"] + after["unratable"], before["minor"] + after["minor"]
    parts = [f"{part}." for part in (came, kept) if part] + [f"{unrated} cannot be rated."] * bool(unrated)
    parts += [f"{minor} minor claim{' is' if minor == 1 else 's are'} not counted."] * bool(minor)
    [line] = having(pages[f"summits/{summit}.html"], "p", "sums")
    assert text_of(line) == " ".join(parts)


@pytest.mark.parametrize("summit", SUMMITS)
def test_the_score_of_a_summit_has_every_claim_that_counts_under_its_topic(
    summit: str, pages: dict[str, Element]
) -> None:
    page = pages[f"summits/{summit}.html"]
    [score] = having(page, "section", "score")
    head = [text_of(cell) for cell in next(score.iter("thead")).iter("th")]
    parts = [[claim for claim in part if not claim.is_minor] for part in ahead_of(summit)]
    assert head == ["Topic", f"Said before {len(parts[0])}", f"Promised {len(parts[1])}"]
    shown: Counter[tuple[str, int, str]] = Counter()
    for row in next(score.iter("tbody")).iter("tr"):
        topic = links_in(row)[0].removeprefix("#topic_")
        for number, cell in enumerate(row.findall("td")):
            for chip in having(cell, "a", "st"):
                card = by_id(page, str(chip.get("href"))[1:])
                status = str(claims()[str(card.get("data-claim"))].status)
                assert chip.get("class") == f"st {status}"
                assert str(chip.get("title")) == text_of(chip)
                shown[topic, number, status] += 1
            for bar in having(cell, "{http://www.w3.org/2000/svg}svg", "bar"):
                for count, words in re.findall(r"(\d+) ([a-z ]+)", str(bar.get("aria-label"))):
                    shown[topic, number, words.replace(" ", "-")] += int(count)
    wanted = Counter(
        (claim.fields["topics"][0], number, str(claim.status)) for number, part in enumerate(parts) for claim in part
    )
    assert Counter({(t, n, s.replace("cannot-be-rated", "unratable")): c for (t, n, s), c in shown.items()}) == wanted


@pytest.mark.parametrize("summit", SUMMITS)
def test_a_summit_lists_what_is_open_by_the_day_somebody_looks_again(summit: str, pages: dict[str, Element]) -> None:
    still_open = [claim for part in ahead_of(summit) for claim in part if claim.is_open]
    page = pages[f"summits/{summit}.html"]
    [days] = having(page, "dl", "next")
    shown: dict[str, set[str]] = {}
    for line in days.findall("div"):
        day = next((str(time.get("datetime")) for time in line.iter("time")), "")
        shown[day] = {str(by_id(page, href[1:]).get("data-claim")) for href in links_in(line)}
    wanted: dict[str, set[str]] = {}
    for claim in still_open:
        wanted.setdefault(claim.fields.get("review_by", ""), set()).add(claim.ref)
    assert shown == wanted
    assert list(shown) == [*sorted(day for day in shown if day), *[""] * ("" in shown)]
    assert f"{len(still_open)} open: when we look again" in text_of(page)


@pytest.mark.parametrize("summit", SUMMITS)
def test_a_summit_page_shows_every_claim_and_each_that_looks_ahead_on_one_card(
    summit: str, pages: dict[str, Element]
) -> None:
    """With its status, why it stands there, its rule, the words, and the evidence."""
    page = pages[f"summits/{summit}.html"]
    mine = {ref for ref, claim in claims().items() if claim.summit == summit}
    mine -= set(front_matter("summits")[summit].get("exclude", []))
    assert mine <= set(refs_in(page))
    cards = [card for one in having(page, "ul", "cards") for card in one.findall("li")]
    assert Counter(str(card.get("data-claim")) for card in cards) == Counter(
        claim.ref for part in ahead_of(summit) for claim in part
    )
    for card in cards:
        claim = claims()[str(card.get("data-claim"))]
        told, summary = text_of(card), next(card.iter("summary"))
        assert card.get("id") == "claim_" + claim.ref.replace("#", "_")
        assert statuses_in(summary)[0] == claim.status
        assert plain(claim.fields.get("text", claim.quote)) in told
        assert [text_of(quote) for quote in card.iter("q")] == [plain(claim.quote)]
        assert plain(claim.fields.get("resolution", "")) in told
        assert not claim.history or plain(claim.history[-1]["why"]) in text_of(summary)
        for entry in claim.history:
            assert plain(entry["why"]) in told
            for ref in entry.get("evidence", []):
                assert "../articles/{}.html#{}".format(*ref.split("#")) in links_in(card)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("summit", SUMMITS)
def test_the_agenda_is_answered_by_the_claims_that_the_file_names(summit: str, pages: dict[str, Element]) -> None:
    """And the column says whose words answer it: of joint texts alone, of texts of one side too, or of others."""
    record, names = front_matter("summits")[summit], front_matter("articles")
    [table] = having(pages[f"summits/{summit}.html"], "table", "answers")
    rows = list(next(table.iter("tbody")).iter("tr"))
    items = [{"item": item} if isinstance(item, str) else item for topic in record["agenda"] for item in topic["items"]]
    answering = set()
    for row, item in zip(rows, items, strict=True):
        said, now = row.findall("td")
        assert text_of(next(row.iter("th"))) == item["item"]
        assert refs_in(said) == item.get("claims", [])
        assert refs_in(now) == ([item["now"]] if "now" in item else [])
        for ref in refs_in(now):
            assert statuses_in(now)[0] == claims()[ref].status
            last = claims()[ref].history[-1:]
            assert plain(last[0]["why"] if last else claims()[ref].fields.get("resolution", "")) in text_of(now)
        before = {ref for line in having(said, "p", "u") for ref in [str(line.get("data-claim"))] if ref != "None"}
        assert all(names[ref.partition("#")[0]]["published"] < record["start"] for ref in before)
        answering |= {ref.partition("#")[0] for ref in refs_in(said) if ref not in before}
    sides = {one["side"] for one in record["participants"]}
    texts = {id: set(names[id].get("issued_by", [])) for id in answering & set(record["documents"])}
    is_joint = texts.keys() == answering and all(sides <= of for of in texts.values())
    other = "What the texts say" if texts.keys() == answering and all(texts.values()) else "What was said"
    assert text_of(list(table.iter("th"))[1]) == ("The joint text" if is_joint else other)


@pytest.mark.parametrize("topic", list(config()["topics"]))
def test_a_topic_page_counts_how_its_claims_stand_and_has_those_that_are_open(
    topic: str, pages: dict[str, Element]
) -> None:
    page, mine = pages[f"topics/{topic}.html"], [c for c in claims().values() if topic in c.fields["topics"]]
    [line] = having(page, "p", "counts")
    assert counted(line) == tally(claim for claim in mine if claim.is_forward)
    still_open = {claim.ref: claim for claim in mine if claim.is_open}
    due, by_meeting = by_id(page, "topic_due"), by_id(page, "topic_open")
    first = [claims()[str(row.get("data-claim"))] for row in lines_of(due)]
    in_order = sorted(last_day(c.fields["due"]) for c in still_open.values() if "due" in c.fields)
    assert [last_day(claim.fields["due"]) for claim in first] == in_order[:6]
    assert text_of(having(by_meeting, "span", "u")[0]) == str(len(still_open))
    shown = Counter([*(claim.ref for claim in first), *refs_in(by_meeting)])
    assert shown.total() == len(shown) == min(OF_TOPIC, len(still_open))
    assert set(shown) <= set(still_open)
    for part in having(by_meeting, "details", "more"):
        [meeting] = {claims()[ref].summit for ref in refs_in(part)}
        title = front_matter("summits")[meeting]["title"] if meeting else "Without a meeting"
        of_meeting = [ref for ref in shown if claims()[ref].summit == meeting]
        assert text_of(next(part.iter("summary"))) == f"{plain(title)} {len(of_meeting)}"


def evidence_of(ref: str) -> set[str]:
    return {one for entry in claims()[ref].history for one in entry.get("evidence", [])}


def test_every_relation_is_shown_on_the_pages_of_both_claims(pages: dict[str, Element]) -> None:
    passive = {"qualifies": "qualified by", "updates": "updated by"}
    told = 0
    for ref, claim in claims().items():
        for type, other in claim.relations:
            for mine, its, words in ((ref, other, type), (other, ref, passive.get(type, f"{type[:-1]}ed by"))):
                article, _, id = mine.partition("#")
                note = note_of(pages[f"articles/{article}.html"], id)
                if mine == other and type == "confirms" and ref in evidence_of(mine):
                    continue  # told as what its status rests on
                lines = [one for one in note.iter("p") if one.get("data-claim") == its]
                assert words.capitalize() in [text_of(next(line.iter("i"))) for line in lines], (mine, its, words)
                told += 1
    assert told > 100


def test_the_outlets_and_origins_of_each_claim_are_counted_right(pages: dict[str, Element]) -> None:
    expected = {ref: numbers for ref in claims() if (numbers := sourced(ref))}
    shown = {}
    for ref in claims():
        article, _, id = ref.partition("#")
        for line in note_of(pages[f"articles/{article}.html"], id).iter("p"):
            found = re.match(r"Sources (\d+) outlets? \(.+\), (\d+) origins? \(", text_of(line))
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


def test_accounts_that_differ_stand_on_the_pages_of_their_summits(pages: dict[str, Element]) -> None:
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
    for summit in SUMMITS:
        for part in (one for one in pages[f"summits/{summit}.html"].iter("section") if one.get("id") == "page_differ"):
            shown[summit] = {frozenset(refs_in(table)) for table in having(part, "table", "differ")}
    expected: dict[str, set[frozenset[str]]] = {}
    for accounts in disputed | differing:
        for summit in {str(claims()[ref].summit) for ref in accounts if claims()[ref].summit}:
            expected.setdefault(summit, set()).add(accounts)
    assert shown == expected


def test_every_entry_leads_to_the_article_that_has_its_words_its_rule_its_origin_and_its_steps(
    pages: dict[str, Element],
) -> None:
    rows = lines_of(pages["ledger.html"])
    assert len(rows) > 60
    for row in rows:
        claim = claims()[str(row.get("data-claim"))]
        id, article = claim.ref.partition("#")[2], pages[f"articles/{claim.of}.html"]
        [link] = row.iter("a")
        assert link.get("href") == "articles/{}.html#{}".format(*claim.ref.split("#"))
        assert text_of(link) == plain(claim.fields.get("text", claim.quote))
        assert statuses_in(row) == [claim.status]
        days = [str(time.get("datetime")) for time in row.iter("time")]
        looked_at = [claim.fields["review_by"]] if claim.is_open and "review_by" in claim.fields else []
        wanted = [claim.history[-1]["on"]] if claim.history else []
        assert days == [*wanted, *([claim.fields["due"]] if "due" in claim.fields else looked_at)]
        assert "".join(marked(article, id).split()) == "".join(claim.quote.split())
        told = text_of(note_of(article, id))
        assert f"{claim.modality} · " in told
        assert "First from " in told
        rule = claim.fields.get("resolution")
        assert rule is None or plain(rule) in told
        assert not rule or not claim.history or f"Rule {plain(rule)}" in told
        for entry in claim.history:
            assert plain(entry["why"]) in told
