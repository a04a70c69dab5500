"""The first and the last year of the calendar in every field, in zones at both ends of the world: no traceback."""

from datetime import date
from pathlib import Path

import pytest

from briefing.build import Request, build, check
from tests.samples import first_of
from tests.sites.desks import Paper, write_desk

ENDS = ["0001", "0001-01", "0001-01-01", "9999", "9999-12", "9999-12-31"]
TIMES = ["0001-01-01T00:00:00Z", "0001-01-01T00:00+14:00", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59-12:00"]


def desk(folder: Path, zone: str, day: str, when: str) -> Path:
    """A site that has that day in all fields of dates, and the other value where a time may stand too."""
    claim = {
        "modality": "expectation", "due": day, "review_by": day, "recorded": day,
        "figure": {"measure": "gas", "value": "1", "as_of": day},
        "history": [{"status": "pending", "on": day, "since": day, "why": "So it is."}],
    }  # fmt: skip
    article = f"---\ntitle: A\nsource: gazette\npublished: {when}\nupdated: {when}\naccessed: {day}\n"
    more = {
        "config.yaml": f"title: Desk\ntimezone: {zone}\n",
        "content/places.yaml": f"far: {{name: Far, timezone: {zone}}}\n",
        "content/measures.yaml": "gas: {label: Gas, unit: cubic meters, stale_after: P9999Y11M99999D}\n",
        "content/people.yaml": f"brandt: {{name: B, roles: [{{post: P, start: {day}, end: {day}}}]}}\n",
        "content/summits/talks.md": f"---\ntitle: T\nstart: {when}\nend: {when}\nstatus: held\nvenue: {{city: far}}\n"
        f"participants: [{{person: brandt}}]\nwindow: {{from: {day}, interim: {day}, final: {day}}}\n"
        f"written: {day}\n---\n",
        "content/articles/other.md": f"{article}summits: [talks]\ncorrections: [{{on: {day}, text: T}}]\n---\nText.\n",
    }
    return write_desk(folder, {"a": Paper("2025-02-05", {"x": claim}), "b": Paper(day, {"y": claim})}, more)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("day", first_of(4, ENDS))
def test_days_at_the_ends_of_the_calendar_are_days_or_told(day: str, zone: str, tmp_path: Path) -> None:
    folder = desk(tmp_path, zone, day, day)
    run = build(Request(folder), tmp_path / "site")
    assert (tmp_path / "site/index.html").exists() != run.failed
    for edge in (date.min, date.max):
        assert check(Request(folder), edge).site is not None
        build(Request(folder, as_of=edge), tmp_path / f"site-{edge}")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("time", first_of(3, TIMES))
def test_times_at_the_ends_of_the_calendar_are_told_where_they_stand(time: str, zone: str, tmp_path: Path) -> None:
    outcome = check(Request(desk(tmp_path, zone, "2025-02-05", time))).outcome()
    told = [(str(problem.place), problem.message) for problem in outcome.problems if problem.code == "bad-date"]
    message = f"`{time}` stands for no date in other programs"
    assert told == [
        ("content/summits/talks.md:3:8", message),
        ("content/summits/talks.md:4:6", message),
        ("content/articles/other.md:4:12", message),
        ("content/articles/other.md:5:10", message),
    ]
