"""The full-text index that Pagefind makes of pages. It is another program, which reads files and writes files."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.diagnostics import EnvironmentProblem

FOLDER = "pagefind/"
# What searches; the rest are interfaces, of which the site has its own.
_SCRIPTS = frozenset(["pagefind.js", "pagefind-worker.js", "pagefind-entry.json"])
_ENDINGS = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pf_sort")
_PACKAGES = ("pagefind", "pagefind_bin_extended")


def indexer() -> tuple[str, ...]:
    """What tells the index of one Pagefind from that of another. EnvironmentProblem where it is not installed."""
    try:
        return tuple([version(package) for package in _PACKAGES])
    except PackageNotFoundError as error:
        raise EnvironmentProblem.of_extra("config.yaml: `search: pagefind`", "search") from error


def indexed(pages: Iterable[tuple[str, bytes]], language: str | None = None) -> Mapping[str, bytes]:
    """The files of the index of some pages, by their paths in the site; `language` is the one by which their words are
    parted, where it is not that of the page. EnvironmentProblem where Pagefind fails."""
    with TemporaryDirectory(prefix="briefing-") as folder:
        site = Path(folder) / "site"
        site.mkdir()
        for path, data in pages:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
        # In a folder of its own it finds no configuration but what is said here.
        command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", f"{folder}/index"]
        command += ["--force-language", language] if language else []
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 - our own interpreter
        if done.returncode:
            told = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines() or ["without a word"]
            raise EnvironmentProblem(f"Pagefind has failed: {told[-1]}", "build without `search: pagefind`")
        index = Path(folder) / "index"
        files = sorted(path for path in index.rglob("*") if path.name in _SCRIPTS or path.name.endswith(_ENDINGS))
        return {FOLDER + path.relative_to(index).as_posix(): path.read_bytes() for path in files}
