"""Addresses of the demonstration: what it has promised is what it has, and in a browser old ones lead to the new."""

import json
import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from briefing.cli import main
from tests.commands import REPOSITORY
from tests.demo.browsing import BOUND, Reader
from tests.demo.reading import CONTENT, claims, front_matter

MOVED = {alias: id for id, head in front_matter("articles").items() for alias in head.get("aliases", ())}
PLACE = "one => [location.href.split('/').pop(), one.id, one.tagName]"


def first_claim(article: str) -> str:
    return next(ref.partition("#")[2] for ref, claim in claims().items() if claim.of == article)


# Pages that come and go with how much there is.
PASSING = {"archive", "figures", "timelines", "data"}


def test_what_is_promised_is_all_that_lasts(site: Path, pages: dict[str, Element]) -> None:
    """If something is new: `briefing urls accept`, and look at `git diff urls.json`."""
    lasting = {path for path in pages if path != "404.html" and path.partition("/")[0] not in PASSING}
    calendars = {path.relative_to(site).as_posix() for path in site.rglob("*.ics")}
    places = {f"articles/{claim.of}.html#{ref.partition('#')[2]}" for ref, claim in claims().items()}
    for path in [place.partition("#")[0] for place in places]:
        assert path in lasting
    measures = {
        f"figures.html#{one.get('id')}" for one in pages["figures.html"].iter() if "measure_" in str(one.get("id"))
    }
    former = {
        f"articles/{claim.of}.html#{old}" for claim in claims().values() for old in claim.fields.get("former_ids", ())
    }
    promised = json.loads((REPOSITORY / "urls.json").read_text(encoding="utf-8"))
    assert sorted(promised) == sorted(lasting | calendars | places | measures | former)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["build", "check"])
def test_an_address_that_is_planted_to_be_lost_is_an_error(command: str, tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("texts"))
    for name in ("config.yaml", "urls.json"):
        shutil.copy(REPOSITORY / name, tmp_path)
    [(old, kept), *_] = MOVED.items()
    path = next((tmp_path / "content/articles").rglob(f"{kept}.md"))
    path.write_text(path.read_text(encoding="utf-8").replace(old, f"{old}-2"), encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(tmp_path), command, "--format", "concise"], catch_exceptions=False)
    assert result.exit_code == 1
    assert f"error[address-lost] articles/{old}.html has been published and would be lost" in result.stderr
    assert not (tmp_path / "site").exists()


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
