"""How the tools come into the folder of the benchmark, in the versions that are pinned beside it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence

from peers.tool import HERE, NODE_MODULES, PYTHON, ROOT


class Missing(Exception):
    """A tool can't be installed here; the message says why."""


def from_pip(package: str) -> str:
    """Install a package in the version that requirements.txt pins."""
    if not (PYTHON / "bin/python").exists():
        _run([sys.executable, "-m", "venv", str(PYTHON)])
    pins = str(HERE / "requirements.txt")
    pip = [str(PYTHON / "bin/python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", "--constraint", pins, package])
    ask = f"from importlib.metadata import version; print(version({package.partition('[')[0]!r}))"
    return _run([str(PYTHON / "bin/python"), "-c", ask])


def from_npm(package: str) -> str:
    """Install what package-lock.json pins."""
    if shutil.which("npm") is None:
        raise Missing("there is no npm")
    folder = NODE_MODULES.parent
    lock, installed = HERE / "package-lock.json", NODE_MODULES / ".package-lock.json"
    if not installed.exists() or lock.stat().st_mtime > installed.stat().st_mtime:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        _run(["npm", "ci", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    version = json.loads((NODE_MODULES / package / "package.json").read_text(encoding="utf-8"))["version"]
    return f"{version}, Node {_run(['node', '--version']).removeprefix('v')}"


def from_here(package: str) -> str:
    """`briefing` itself is in the environment that runs the benchmark."""
    return _run([sys.executable, "-m", package, "--version"]).split()[-1]


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    except OSError as error:
        raise Missing(str(error)) from None
    if done.returncode:
        raise Missing((done.stderr.strip() or "no reason given").splitlines()[-1])
    return done.stdout.strip()
