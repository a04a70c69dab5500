"""The feeds of the demonstration, read by feedparser: what changed as the YAML has it, no more than fifty of it."""

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner
from html5lib import parseFragment

from briefing.cli import main
from tests.commands import REPOSITORY
from tests.demo.reading import claims, config, front_matter

BASE = "https://example.org/briefing/"
FIRST = {"expectation": "pending", "proposal": "pending", "commitment": "pending", "opinion": "unratable"}


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site at an address."""
    output = tmp_path_factory.mktemp("fed") / "site"
    given = ["-C", str(REPOSITORY), "build", "--output", str(output), "--base-url", BASE]
    CliRunner().invoke(main, given, catch_exceptions=False)
    return output


def moved() -> Iterator[tuple[str, str, str]]:
    """The claims whose status changed, with the status and the day; not those that were found not to be ratable."""
    for ref, claim in claims().items():
        before = FIRST.get(claim.modality, "unverified")
        for entry in claim.history:
            if entry["status"] != before and entry["status"] != "unratable":
                yield ref, entry["status"], entry["on"]
            before = entry["status"]


def entries(file: Path) -> list[feedparser.FeedParserDict]:
    read = feedparser.parse(file.read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert len({entry.id for entry in read.entries}) == len(read.entries) <= 50
    assert all(entry.id.startswith("tag:example.org,") for entry in read.entries)
    assert read.feed.updated == max(entry.updated for entry in read.entries)
    assert [entry.updated for entry in read.entries] == sorted((entry.updated for entry in read.entries), reverse=True)
    return list(read.entries)


@pytest.mark.slow
@pytest.mark.parametrize("id", sorted(front_matter("summits")))
def test_the_feed_of_a_meeting_has_every_status_that_moved(fed: Path, id: str) -> None:
    excluded = front_matter("summits")[id].get("exclude", [])
    wanted = {
        (f"{BASE}articles/{ref.replace('#', '.html#')}", on)
        for ref, _, on in moved()
        if claims()[ref].summit == id and ref not in excluded
    }
    found = entries(fed / f"feeds/summit-{id}.xml")
    of_claims = [entry for entry in found if "#" in entry.link and "/revises/" not in entry.id]
    told = {(entry.link, entry.updated[:10]) for entry in of_claims}
    assert told == wanted if len(found) < 50 else told <= wanted
    for entry in of_claims:
        claim, [content] = claims()[entry.link.removeprefix(f"{BASE}articles/").replace(".html", "")], entry.content
        words = " ".join("".join(parseFragment(content.value).itertext()).split())
        [step] = [step for step in claim.history if step["on"] == entry.updated[:10]]
        assert entry.title == f"{claim.fields['label']}: {step['status'].replace('-', ' ')}"
        assert " ".join(claim.fields["text"].split()) in words
        assert " ".join(step["why"].split()) in words
        for ref in step.get("evidence", []):
            assert f'{BASE}articles/{ref.replace("#", ".html#")}"' in content.value


@pytest.mark.slow
def test_every_topic_and_the_site_have_a_feed(fed: Path) -> None:
    for topic in config()["topics"]:
        assert entries(fed / f"feeds/topic-{topic}.xml")
    newest = sorted((on for _, _, on in moved()), reverse=True)[:20]
    assert {entry.updated[:10] for entry in entries(fed / "feed.xml")} >= set(newest[:3])


def test_without_an_address_there_is_no_feed(site: Path) -> None:
    assert not list(site.rglob("*.xml"))
