"""The feeds of the demonstration, read by feedparser: what changed as the YAML has it, no more than fifty of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from html5lib import parseFragment

from tests.demo.reading import ADDRESS, claims, config, front_matter
from tests.machines.feed_rules import faults_of

FIRST = {"expectation": "pending", "proposal": "pending", "commitment": "pending", "opinion": "unratable"}


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
def test_the_feed_of_a_meeting_has_every_status_that_moved(shared: Path, id: str) -> None:
    excluded = front_matter("summits")[id].get("exclude", [])
    wanted = {
        (f"{ADDRESS}articles/{ref.replace('#', '.html#')}", on)
        for ref, _, on in moved()
        if claims()[ref].summit == id and ref not in excluded
    }
    found = entries(shared / f"feeds/summit-{id}.xml")
    of_claims = [entry for entry in found if "#" in entry.link and "/revises/" not in entry.id]
    told = {(entry.link, entry.updated[:10]) for entry in of_claims}
    assert told == wanted if len(found) < 50 else told <= wanted
    for entry in of_claims:
        claim, [content] = claims()[entry.link.removeprefix(f"{ADDRESS}articles/").replace(".html", "")], entry.content
        words = " ".join("".join(parseFragment(content.value).itertext()).split())
        [step] = [step for step in claim.history if step["on"] == entry.updated[:10]]
        assert entry.title == f"{claim.fields['label']}: {step['status'].replace('-', ' ')}"
        assert " ".join(claim.fields["text"].split()) in words
        assert " ".join(step["why"].split()) in words
        for ref in step.get("evidence", []):
            assert f'{ADDRESS}articles/{ref.replace("#", ".html#")}"' in content.value


@pytest.mark.slow
def test_every_topic_and_the_site_have_a_feed(shared: Path) -> None:
    for topic in config()["topics"]:
        assert entries(shared / f"feeds/topic-{topic}.xml")
    newest = sorted((on for _, _, on in moved()), reverse=True)[:20]
    assert {entry.updated[:10] for entry in entries(shared / "feed.xml")} >= set(newest[:3])


def test_every_feed_is_valid_at_its_address(shared: Path) -> None:
    files = [shared / "feed.xml", *shared.glob("feeds/*")]
    feeds = {path.relative_to(shared).as_posix(): path.read_bytes() for path in files}
    assert len(feeds) > len(front_matter("summits")) + len(config()["topics"])
    now = datetime.now(UTC)
    assert {path: told for path, data in feeds.items() if (told := faults_of(data, ADDRESS + path, now))} == {}


def test_without_an_address_there_is_no_feed(site: Path) -> None:
    assert not list(site.rglob("*.xml"))
