"""Which folders may be written to, and which files in them are ours: the manifest."""

import hashlib
import json
import os
import stat
from pathlib import Path

from briefing import __version__
from briefing.diagnostics import EnvironmentProblem

STATE = ".briefing"
MANIFEST = f"{STATE}/manifest.json"
SOURCES = ("content", "templates", ".git")


def check_output(root: Path, output: Path) -> None:
    """Refuse folders whose loss would hurt; `root` is the site's folder. Both need not exist."""
    if output.is_symlink():
        raise EnvironmentProblem(f"{output}: the output is a symbolic link; name the folder itself")
    if output.exists() and not output.is_dir():
        raise EnvironmentProblem(f"{output}: the output is not a folder")
    if not output.parent.is_dir():
        raise EnvironmentProblem(f"{output}: the folder {output.parent} does not exist")
    real, home, site = output.resolve(), Path.home().resolve(), root.resolve()
    if real == Path(real.anchor) or real == home:
        raise EnvironmentProblem(f"{output}: the output may not be the root or home folder")
    if site == real or site.is_relative_to(real):
        raise EnvironmentProblem(f"{output}: the output may not hold the site's sources")
    for name in SOURCES:
        source = (site / name).resolve()
        if real.is_relative_to(source) or source.is_relative_to(real):
            raise EnvironmentProblem(f"{output}: the output may not be, hold or lie in {name}/")
    if (real / ".git").exists() or (real / "config.yaml").exists():
        raise EnvironmentProblem(f"{output}: the output is a repository or a site's sources; name a folder of its own")


def read_manifest(output: Path) -> dict[str, str]:
    """Path to SHA-256 of the files the last build wrote; empty without a manifest that can be read."""
    try:
        data = json.loads((output / MANIFEST).read_bytes())
        files = data["files"]
        return {str(path): str(digest) for path, digest in files.items()}
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def manifest_bytes(files: dict[str, str]) -> bytes:
    """The manifest of these files: the same bytes for the same site."""
    content = {"format": 1, "tool": f"briefing {__version__}", "files": dict(sorted(files.items()))}
    return (json.dumps(content, indent=0, ensure_ascii=False) + "\n").encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str | None:
    """The SHA-256 of a regular file; None where there is none; `other` for links, folders and devices."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return "other"
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return "other"
        return digest(file.read())
