"""Which summit is meant, what a missing extra is told as, and that a PDF takes the place of nothing but a PDF."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.diagnostics import EnvironmentProblem
from briefing.link.site import Site
from briefing.paper.brief import UnknownSummit, found_summit
from briefing.paper.pdf import is_internal
from briefing.write.disk import Folder
from briefing.write.document import write_document
from tests.commands import environment, small_site
from tests.sites.desks import linked

MEETING = "---\ntitle: {}\nstart: 2025-02-06\nstatus: held\n{}---\n"
OLD, NEW = b"%PDF-1.7 old", b"%PDF-1.7 new"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    meetings = {
        "content/summits/2025-02-washington.md": MEETING.format("Washington", "aliases: [potomac]\n"),
        "content/summits/2025-10-tokyo.md": MEETING.format("Tokyo", ""),
        "content/summits/2026-03-kyoto.md": MEETING.format("Kyoto", "draft: true\n"),
    }
    return linked(tmp_path, {}, meetings)


@pytest.mark.parametrize("named", ["2025-10-tokyo", "content/summits/2025-10-tokyo.md", "summits/2025-10-tokyo.html"])
def test_a_summit_is_named_by_its_id_its_file_or_its_page(site: Site, named: str) -> None:
    assert found_summit(site, named) == "2025-10-tokyo"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("2025-02-washingtn", "there is no summit `2025-02-washingtn`; write `2025-02-washington`"),
        ("potomac", "there is no summit `potomac`; write `2025-02-washington`"),
        ("2026-03-kyoto", "the summit `2026-03-kyoto` is a draft; add --drafts"),
        ("zz", "there is no summit `zz`; write the name of a file in content/summits/"),
    ],
)
def test_one_that_is_not_there_is_told_with_what_was_meant(site: Site, named: str, told: str) -> None:
    with pytest.raises(UnknownSummit, match=f"^{re.escape(told)}$"):
        found_summit(site, named)


def test_without_the_extra_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['weasyprint'] = None; from briefing.cli import run; run()"
    command = [sys.executable, "-c", hidden, "-C", str(small_site(tmp_path)), "pdf", "talks"]
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == (
        "briefing: printing needs the extra `pdf`; install briefing with it, as in `pipx install '.[pdf]'`\n"
    )


def test_a_document_is_written_with_its_folders_and_over_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "for/print/brief.pdf"
    assert write_document(path, OLD, b"%PDF-", is_internal)
    os.chmod(path, 0o640)
    assert write_document(path, NEW, b"%PDF-", is_internal)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (NEW, 0o640)
    before = path.stat()
    assert not write_document(path, NEW, b"%PDF-", is_internal)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert [one.name for one in path.parent.iterdir()] == ["brief.pdf"]


@pytest.mark.parametrize("kind", ["text", "folder", "link"])
def test_what_is_no_such_document_stays(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "brief.pdf", tmp_path / "other.pdf"
    other.write_bytes(OLD)
    if kind == "text":
        path.write_bytes(b"title: mine\n")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(other)
    with pytest.raises(EnvironmentProblem, match="something else is there already"):
        write_document(path, NEW, b"%PDF-", is_internal)
    assert other.read_bytes() == OLD
    assert path.is_symlink() or path.is_dir() or path.read_bytes() == b"title: mine\n"


def test_a_disk_that_is_full_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(OLD)

    def full(self: Folder, paths: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(Folder, "sync", full)
    with pytest.raises(EnvironmentProblem, match="make room on the disk"):
        write_document(path, NEW, b"%PDF-", is_internal)
    assert path.read_bytes() == OLD
    assert [one.name for one in tmp_path.iterdir()] == ["brief.pdf"]
