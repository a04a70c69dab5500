"""Changes of annotation files on the disk: whole or not at all, nobody else's work lost, and taken back."""

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from briefing.diagnostics import EnvironmentProblem, Locked
from briefing.edit.files import ABSENT, add_claim, add_entry, set_fields, state, undo
from briefing.edit.refusal import Refused
from briefing.write import disk
from tests.commands import small_site
from tests.faults.faultdisk import CALLS, DEAD, Killed, faulty_disk
from tests.outputs import tree
from tests.samples import first_of

PATH = "content/annotations/talks.yaml"
CLAIM = {"quote": "joint statement on trade", "topics": ["trade"]}
ENTRY = {"status": "unverified", "on": "2025-03-01", "why": "Looked into."}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path)


def seen(site: Path) -> str:
    file = site / PATH
    return state(file.read_bytes() if file.exists() else None)


def test_each_change_is_taken_back_to_the_first_bytes(site: Path) -> None:
    """In the opposite order, as an editor does; the file's permissions stay."""
    (site / PATH).chmod(0o660)
    before = tree(site)
    first = add_claim(site, PATH, seen(site), CLAIM)
    second = add_entry(site, PATH, first.digest, "joint-statement-on-trade", ENTRY)
    third = set_fields(site, PATH, second.digest, "will-meet-on-friday", {"text": "They meet on Friday."})
    claims = yaml.safe_load((site / PATH).read_text())["claims"]
    assert [claim.get("text") for claim in claims] == ["They meet on Friday.", None]
    assert claims[1]["history"][0]["why"] == "Looked into."
    assert stat.S_IMODE((site / PATH).stat().st_mode) == 0o660
    for change in (third, second, first):
        undo(site, change)
    assert tree(site) == before
    assert stat.S_IMODE((site / PATH).stat().st_mode) == 0o660


def test_the_file_of_an_article_without_one_is_made_and_goes_again(site: Path) -> None:
    """And so does its folder."""
    (site / PATH).unlink()
    (site / PATH).parent.rmdir()
    before = tree(site)
    change = add_claim(site, PATH, ABSENT, CLAIM)
    text = "claims:\n  - quote: joint statement on trade\n    topics: [trade]\n"
    assert (site / PATH).read_text() == text
    undo(site, change)
    assert tree(site) == before
    assert not (site / PATH).parent.exists()


def test_a_file_that_is_not_as_it_was_seen_is_left_alone(site: Path) -> None:
    """Whether another text stands in it, it has come, or it has gone; and before an undo as well."""
    old = seen(site)
    change = add_claim(site, PATH, old, CLAIM)
    before = tree(site)
    for digest in (old, ABSENT):
        with pytest.raises(Refused, match="was changed since"):
            add_claim(site, PATH, digest, {**CLAIM, "id": "other"})
    with pytest.raises(Refused, match="was changed since"):
        add_claim(site, "content/annotations/other.yaml", old, CLAIM)
    assert tree(site) == before
    (site / PATH).write_text("claims: []\n")
    with pytest.raises(Refused, match="was changed since"):
        undo(site, change)
    assert (site / PATH).read_text() == "claims: []\n"


@pytest.mark.parametrize(
    "path",
    [
        "content/annotations/../../config.yaml",
        "content/people.yaml",
        "/etc/x.yaml",
        "content/annotations/.hidden.yaml",
        "content/annotations//x.yaml",
        "content/annotations/x.yml",
        "content/annotations/x\n.yaml",
        "content/annotations",
    ],
)
def test_only_annotation_files_are_changed(site: Path, path: str) -> None:
    """Whatever a caller asks for."""
    before = tree(site)
    with pytest.raises(EnvironmentProblem, match="is not an annotation file"):
        add_claim(site, path, ABSENT, CLAIM)
    assert tree(site) == before


@pytest.mark.parametrize("linked", [PATH, "content/annotations", "content"])
def test_links_are_not_followed(site: Path, tmp_path_factory: pytest.TempPathFactory, linked: str) -> None:
    """Neither the file's nor that of a folder on the way; what they lead to stays as it is."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "it"
    known = seen(site)
    (site / linked).rename(elsewhere)
    (site / linked).symlink_to(elsewhere)
    before = tree(elsewhere.parent)
    with pytest.raises(EnvironmentProblem, match=r"link|a folder belongs here"):
        add_claim(site, PATH, known, CLAIM)
    assert tree(elsewhere.parent) == before


def test_what_keeps_a_file_from_being_written_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that nobody may write is not replaced because its folder could be."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(EnvironmentProblem, match="may not be written"):
        add_claim(site, PATH, seen(site), CLAIM)


def test_changes_at_once_come_one_after_the_other(site: Path) -> None:
    """Of ten that have seen the same file one is made; of ten that look again all are."""
    known = seen(site)
    barrier = threading.Barrier(10)

    def one(number: int) -> bool:
        barrier.wait()
        try:
            add_claim(site, PATH, known, {**CLAIM, "id": f"first-{number}"})
        except Refused:
            return False
        return True

    def again(number: int) -> None:
        while True:
            try:
                add_claim(site, PATH, seen(site), {**CLAIM, "id": f"second-{number}"})
                return
            except Refused:
                continue

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(one, range(10))) == 1
        list(pool.map(again, range(10)))
    ids = [claim.get("id", "") for claim in yaml.safe_load((site / PATH).read_text())["claims"]]
    assert sorted(id for id in ids if id.startswith("second")) == [f"second-{number}" for number in range(10)]


def test_a_lock_that_somebody_keeps_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words of this, not of builds."""
    monkeypatch.setattr("briefing.write.lock.locked.__wrapped__.__defaults__", (0.05, "", ""))
    handle = disk.lock_folder(site / "content/annotations")
    assert handle is not None
    try:
        with pytest.raises(Locked, match="another program changes an annotation file"):
            add_claim(site, PATH, seen(site), CLAIM)
    finally:
        os.close(handle)


@pytest.mark.parametrize("fault", first_of(3, ["ENOSPC", "EIO", "EACCES", *DEAD]))
@pytest.mark.parametrize("is_new", [False, True])
def test_a_change_that_fails_at_any_call_leaves_the_old_file_or_the_new(
    tmp_path: Path, fault: str, is_new: bool
) -> None:
    """Nothing in between; and the next change of the same file is made."""
    texts: set[str | None] = set()
    for at in range(1, 40):
        site = small_site(tmp_path / str(at))
        if is_new:
            (site / PATH).unlink()
        old = seen(site)
        with faulty_disk(fault, at) as faulty, suppress(EnvironmentProblem, Killed):
            add_claim(site, PATH, old, CLAIM)
        texts.add((site / PATH).read_text() if (site / PATH).exists() else None)
        hidden = [name for name in tree(site) if "/." in name]
        assert not hidden or fault in DEAD
        known = seen(site)
        add_claim(site, PATH, known, {**CLAIM, "id": "after"})
        assert not [name for name in tree(site) if "/." in name]
        if len(faulty.calls) < at:
            break
    else:
        pytest.fail("there are more calls than were tried")
    assert len(texts) == 2
    assert set(faulty.calls) <= set(CALLS)
