"""Old addresses of the demonstration in a browser: each leads to the new one, and to the claim that it names."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demo.browsing import BOUND, Reader
from tests.demo.reading import claims, front_matter

MOVED = {alias: id for id, head in front_matter("articles").items() for alias in head.get("aliases", ())}
PLACE = "one => [location.href.split('/').pop(), one.id, one.tagName]"


def first_claim(article: str) -> str:
    return next(ref.partition("#")[2] for ref, claim in claims().items() if claim.of == article)


@pytest.mark.slow
def test_a_claim_is_found_at_every_old_address_of_its_article(reader: Reader) -> None:
    assert len(MOVED) > 5
    for old, new in MOVED.items():
        claim = first_claim(new)
        reader.open(f"articles/{old}.html#{claim}").wait_for_url(f"**/{new}.html#{claim}")
        assert reader.page.locator(":target").evaluate(PLACE) == [f"{new}.html#{claim}", claim, "MARK"]
        assert reader.complaints == []


@pytest.mark.slow
def test_so_it_is_from_disk(browser: Browser, site: Path) -> None:
    (old, new), *_ = MOVED.items()
    claim, page = first_claim(new), browser.new_page()
    page.set_default_timeout(BOUND)
    page.goto(f"{(site / 'articles' / old).as_uri()}.html#{claim}")
    page.wait_for_url(f"**/{new}.html#{claim}")
    assert page.locator(":target").evaluate(PLACE) == [f"{new}.html#{claim}", claim, "MARK"]
    page.close()
