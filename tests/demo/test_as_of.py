"""The demonstration on the eve of a meeting holds no trace of anything recorded later."""

import html
import re
from datetime import date

import pytest

from briefing.build import Request, build
from tests.commands import REPOSITORY
from tests.demo.reading import claims, front_matter

EVE = date(2025, 2, 6)
MEETING = front_matter("summits")["ishiba-trump-2025-02"]


@pytest.fixture(scope="module")
def eve(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every file of the site on the eve of the summit, as plain words."""
    output = tmp_path_factory.mktemp("eve") / "site"
    problems = build(Request(REPOSITORY, as_of=EVE), output).problems
    assert [problem.message for problem in problems if problem.severity == "error"] == []
    files = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    return {name: _plain(path.read_text(encoding="utf-8")) for name, path in files.items()}


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _is_later(day: str) -> bool:
    return day[:10] > EVE.isoformat()


@pytest.mark.slow
def test_no_text_of_a_later_claim_is_in_any_file(eve: dict[str, str]) -> None:
    later = [claim for claim in claims().values() if _is_later(claim.of)]
    known = [claim for claim in claims().values() if not _is_later(claim.of)]
    earlier = {_plain(claim.fields["text"]) for claim in known if "text" in claim.fields}
    said = [claim.quote for claim in known]
    assert len(later) > 250
    for claim in later:
        for words in (claim.fields.get("text"), claim.quote):
            if words and len(words) > 25 and _plain(words) not in earlier and not any(words in one for one in said):
                found = [name for name, text in eve.items() if _plain(words) in text]
                assert not found, (words, found)


def test_no_later_status_or_reason_is_in_any_file(eve: dict[str, str]) -> None:
    entries = [entry for claim in claims().values() for entry in claim.history if _is_later(entry["on"])]
    assert len(entries) > 50
    for entry in entries:
        found = [name for name, text in eve.items() if _plain(entry["why"]) in text]
        assert not found, (entry["why"], found)


def test_no_later_title_name_or_date_is_in_any_file(eve: dict[str, str]) -> None:
    titles = [id for id in front_matter("articles") if _is_later(id)]
    for word in [*titles, "Takaichi", "Lee Jae Myung", "550 billion", "November 2025", "Nov 13, 2025"]:
        found = [name for name, text in eve.items() if word in text]
        assert not found, (word, found)


def test_the_meeting_is_still_to_come(eve: dict[str, str]) -> None:
    """It has an agenda with what is expected, and on whose word, and no score."""
    page = eve["summits/ishiba-trump-2025-02.html"]
    assert re.search(r"Washington, D.C., United States · planned</p>", page)
    assert "What is on the agenda" in page
    assert "To watch" in page
    assert "Since then" not in page
    assert 'class="score"' not in page
    assert 'class="st fulfilled"' not in page
    agenda = page.partition('<table class="answers">')[2].partition("</table>")[0]
    items = [one for topic in MEETING["agenda"] for one in topic["items"]]
    known = {ref for one in items for ref in one.get("claims", [])}
    known |= {one["now"] for one in items if "now" in one and claims()[one["now"]].is_forward}
    refs = set(re.findall(r'<li data-claim="([^"]+)"', agenda))
    assert refs == {ref for ref in known if not _is_later(ref)} != set()
    for ref in refs:
        assert _plain(claims()[ref].fields["text"]) in agenda
    assert "A press preview, citing speculation (unnamed)" in agenda


def test_every_page_says_so(eve: dict[str, str]) -> None:
    pages = {name: text for name, text in eve.items() if name.endswith(".html") and 'http-equiv="refresh"' not in text}
    assert pages
    assert all('as it could have been known on <time datetime="2025-02-06">' in text for text in pages.values())


@pytest.mark.slow
def test_claims_of_earlier_articles_are_all_there(eve: dict[str, str]) -> None:
    expected = {claim.ref for claim in claims().values() if not _is_later(claim.of)}
    shown = {
        claim.ref
        for claim in claims().values()
        if f'data-claim="{claim.ref}"' in eve.get(f"articles/{claim.of}.html", "")
    }
    assert shown == expected
    assert len(expected) > 60
