"""The demonstration at an address, in a browser and before the checker of the W3C: what it tells those who come from
outside."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.demo.browsing import VNU, Reader
from tests.demo.reading import ADDRESS, OWN_REPORT, claims, config, front_matter, registry
from tests.machines.linked import SCHEMA_ORG, expanded, ids, of_type, text

SETTLED = {"fulfilled": "5", "confirmed": "5", "partly": "3", "not-fulfilled": "1", "corrected": None}
PREVIEW = "2025-02-05-ishiba-trump-preview"


def told(site: Path, page: str) -> list[dict[str, Any]]:
    html = (site / page).read_text(encoding="utf-8")
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return expanded(data, ADDRESS + page)


@pytest.mark.slow
@pytest.mark.parametrize("id", sorted(front_matter("summits")))
def test_a_meeting_is_an_event(shared: Path, id: str) -> None:
    record = front_matter("summits")[id]
    [event] = of_type(told(shared, f"summits/{id}.html"), f"{SCHEMA_ORG}Event")
    assert text(event, f"{SCHEMA_ORG}name") == record["title"]
    assert text(event, f"{SCHEMA_ORG}startDate") == record["start"]
    assert text(event, f"{SCHEMA_ORG}endDate") == record.get("end")
    assert text(event, f"{SCHEMA_ORG}eventStatus") == "https://schema.org/EventScheduled"
    people = [registry("people")[one["person"]]["name"] for one in record["participants"]]
    assert [text(one, f"{SCHEMA_ORG}name") for one in event[f"{SCHEMA_ORG}attendee"]] == people
    [place] = event[f"{SCHEMA_ORG}location"]
    [address] = place[f"{SCHEMA_ORG}address"]
    places = registry("places")
    assert text(address, f"{SCHEMA_ORG}addressCountry") == places[record["venue"]["country"]]["name"]


@pytest.mark.slow
@pytest.mark.parametrize("article", sorted({claim.of for claim in claims().values()}))
def test_what_is_settled_is_reviewed_by_the_desk_and_nothing_else_is(shared: Path, article: str) -> None:
    read = told(shared, f"articles/{article}.html")
    if article == OWN_REPORT:
        [own] = of_type(read, f"{SCHEMA_ORG}NewsArticle")
        assert text(own[f"{SCHEMA_ORG}publisher"][0], f"{SCHEMA_ORG}name") == config()["publisher"]
        assert not of_type(read, f"{SCHEMA_ORG}ClaimReview")
        return
    [page] = of_type(read, f"{SCHEMA_ORG}WebPage")
    assert text(page[f"{SCHEMA_ORG}publisher"][0], f"{SCHEMA_ORG}name") == config()["publisher"]
    [theirs] = page[f"{SCHEMA_ORG}isBasedOn"]
    source = registry("sources")[front_matter("articles")[article]["source"]]
    assert text(theirs[f"{SCHEMA_ORG}publisher"][0], f"{SCHEMA_ORG}name") == source["name"]
    wanted = {
        f"{ADDRESS}articles/{article}.html#claim_{ref.partition('#')[2]}": claim.history[-1]
        for ref, claim in claims().items()
        if claim.of == article and claim.history and claim.history[-1]["status"] in SETTLED
    }
    reviews = {str(text(one, f"{SCHEMA_ORG}url")): one for one in of_type(read, f"{SCHEMA_ORG}ClaimReview")}
    assert reviews.keys() == wanted.keys()
    for address, review in reviews.items():
        claim, step = claims()[f"{article}#{address.rpartition('#claim_')[2]}"], wanted[address]
        assert text(review, f"{SCHEMA_ORG}claimReviewed") == " ".join(claim.fields["text"].split())
        assert text(review, f"{SCHEMA_ORG}datePublished") == step["on"]
        assert ids(review, f"{SCHEMA_ORG}author") == ids(page, f"{SCHEMA_ORG}publisher")
        [reviewed] = review[f"{SCHEMA_ORG}itemReviewed"]
        assert str(text(reviewed, f"{SCHEMA_ORG}datePublished"))[:10] == claim.published[:10]
        [rating] = review[f"{SCHEMA_ORG}reviewRating"]
        assert text(rating, f"{SCHEMA_ORG}alternateName") == step["status"].replace("-", " ")
        assert text(rating, f"{SCHEMA_ORG}ratingValue") == SETTLED[step["status"]]


@pytest.mark.slow
def test_the_first_page_names_the_site(shared: Path) -> None:
    [site] = of_type(told(shared, "index.html"), f"{SCHEMA_ORG}WebSite")
    assert text(site, f"{SCHEMA_ORG}name") == config()["title"]
    assert text(site, f"{SCHEMA_ORG}url") == ADDRESS


@pytest.mark.slow
def test_the_data_are_a_dataset(shared: Path) -> None:
    """With what Google's search of datasets asks for: a name, a description of fifty characters, and files."""
    [data] = of_type(told(shared, "data.html"), f"{SCHEMA_ORG}Dataset")
    assert text(data, f"{SCHEMA_ORG}name") == config()["title"]
    assert len(str(text(data, f"{SCHEMA_ORG}description"))) >= 50
    package = json.loads((shared / "data/datapackage.json").read_text(encoding="utf-8"))
    assert text(data, f"{SCHEMA_ORG}dateModified") == package["created"][:10]
    assert text(data, f"{SCHEMA_ORG}license") == config()["license"]["url"]
    [files] = data[f"{SCHEMA_ORG}distribution"]
    assert text(files, f"{SCHEMA_ORG}contentUrl") == f"{ADDRESS}data/datapackage.json"


@pytest.mark.slow
def test_pages_weigh_little_more(site: Path, shared: Path) -> None:
    """What an address adds: on long pages some percent, on those of articles what is said for each review."""
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        growth = (shared / page).stat().st_size - path.stat().st_size
        reviews = (shared / page).read_text(encoding="utf-8").count('"ClaimReview"')
        assert growth <= 2000 + 700 * reviews, page


@pytest.mark.slow
def test_a_browser_runs_none_of_it_and_complains_of_nothing(browser: Browser, shared: Path) -> None:
    reader = Reader(browser, shared)
    for page in (f"articles/{PREVIEW}.html", "summits/ishiba-trump-2025-02.html"):
        reader.open(page)
        read = reader.page.evaluate("document.querySelector('script[type=\"application/ld+json\"]').textContent")
        assert json.loads(read)["@context"] == "https://schema.org"
        assert reader.complaints == []
    reader.page.close()


@pytest.mark.slow
def test_pages_with_an_address_are_valid_html(shared: Path) -> None:
    """The largest page of each folder: all pages without an address are before the validator elsewhere."""
    pages = {path.parent: path for path in sorted(shared.rglob("*.html"), key=lambda path: path.stat().st_size)}
    command = ["java", "-jar", str(VNU), "--errors-only", "--format", "gnu", *map(str, pages.values())]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stderr == ""
    assert found.returncode == 0
