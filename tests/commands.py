"""Sites as folders of sources, and the real command on them: what the tests of whole builds share."""

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from briefing.cli import main

REPOSITORY = Path(__file__).parents[1]
# Nothing that a test waits for takes so long, on the busiest machine; it ends what would never end.
BOUND_SECONDS = 300

SMALL = {
    "content/sources.yaml": "gazette: {name: Gazette}\n",
    "content/articles/talks.md": (
        "---\ntitle: Talks begin\nsource: gazette\npublished: 2025-02-05\n---\n\n"
        "The two leaders will meet on Friday. Officials expect a joint statement on trade.\n"
    ),
    "content/annotations/talks.yaml": "claims:\n  - quote: will meet on Friday\n    topics: [defense]\n",
}


def small_site(folder: Path, title: str = "Small site", extra: str = "") -> Path:
    """A site of one article; `extra` is the id of one more page."""
    for name, text in {"config.yaml": f"title: {title}\n", **SMALL}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if extra:
        add_page(folder, extra)
    return folder


def add_page(folder: Path, name: str) -> None:
    text = f"---\ntitle: Page {name}\n---\n\nThis page is called {name}.\n"
    (folder / "content/pages").mkdir(exist_ok=True)
    (folder / f"content/pages/{name}.md").write_text(text, encoding="utf-8")


def build_command(folder: Path, output: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "briefing", "-C", str(folder), "build", "--output", str(output), *options]


def environment(**changes: str) -> dict[str, str]:
    """The environment for a child: it finds the package wherever it is started, and writes no byte code."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", **changes}


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something, but not for ever."""
    deadline = time.monotonic() + BOUND_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def start_build(folder: Path, output: Path, *options: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        build_command(folder, output, *options),
        env=environment(**variables),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def built(folder: Path, output: Path, *options: str) -> Path:
    """The output of a build in this process that must succeed."""
    command = build_command(folder, output, *options)[3:]
    ended = CliRunner().invoke(main, command, catch_exceptions=False)
    assert ended.exit_code == 0, ended.stderr
    return output


def built_apart(folder: Path, output: Path, *options: str) -> Path:
    """The output of a build in a process of its own that must succeed."""
    build = start_build(folder, output, *options)
    _, told = build.communicate()
    assert build.returncode == 0, told
    return output


def namespace() -> list[str]:
    """What gives a command its own table of mounts, as far as this machine permits."""
    for prefix in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        if (
            shutil.which(prefix[0])
            and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
        ):
            return prefix
    return []


def local_links(path: str, data: bytes) -> set[str]:
    """The files of the site that a page names in `href` and `src`."""
    named = re.findall(r'(?:href|src)="([^"#?]+)', data.decode())
    folder = "/" if path == "404.html" else posixpath.dirname(path)
    joined = (posixpath.normpath(posixpath.join(folder, link)) for link in named if not re.match("[a-z]+:", link))
    return {link.lstrip("/") for link in joined}


def owned_files(output: Path) -> dict[str, str]:
    """The manifest as it is on the disk."""
    files = json.loads((output / ".briefing/manifest.json").read_bytes())["files"]
    assert isinstance(files, dict)
    return files
