"""The package as people get it: what is in it, and that it works in an environment that has nothing else."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from briefing import __version__
from tests.commands import REPOSITORY
from tests.docs.example import blocks_of

pytestmark = pytest.mark.slow

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# What an extra is for: a module that is imported where it is used.
MODULES = {
    "dask": "distributed",
    "images": "PIL",
    "import": "trafilatura",
    "pdf": "weasyprint",
    "search": "pagefind",
    "serve": "watchfiles",
}
EXTRAS = PROJECT["optional-dependencies"].keys() - {"dev"}
STEM = f"briefing_desk-{__version__}"
WHEEL = f"{STEM}-py3-none-any.whl"
ADDRESS = "git+https://github.com/OWNER/briefing"


@dataclass(frozen=True)
class Packages:
    """The packages of this source, and a repository that has it."""

    folder: Path
    repository: Path

    @property
    def wheel(self) -> Path:
        return self.folder / WHEEL


def done(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a command prints that must succeed; it knows nothing of this environment, and is bound to the versions that
    are tested."""
    constraints = str(REPOSITORY / "constraints.txt")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    kept |= {"PIP_CONSTRAINT": constraints, "UV_CONSTRAINT": constraints, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    ended = subprocess.run(command, cwd=cwd, env=kept | variables, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Made from a copy, as from a clone: of files that git does not know none is in them."""
    folder = tmp_path_factory.mktemp("packages")
    source = folder / "source"
    for path in done("git", "ls-files", cwd=REPOSITORY).splitlines():
        if not path.startswith(("content/", "site/", "tests/", "docs/pictures/")) and (REPOSITORY / path).exists():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / path, source / path)
    who = ("-c", "user.name=desk", "-c", "user.email=desk@example.org")
    for words in (("init", "--quiet"), ("add", "--all"), (*who, "commit", "--quiet", "--message", "all")):
        done("git", *words, cwd=source)
    done(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=source)
    return Packages(folder, source)


def needed(source: Path) -> set[str]:
    """The files that the program reads, by their names in the package."""
    files = [path for folder in ("briefing", "templates") for path in (source / folder).rglob("*") if path.is_file()]
    names = {path.relative_to(source).as_posix() for path in files}
    return {name if name.startswith("briefing/") else f"briefing/{name}" for name in names}


def test_the_wheel_has_every_file_of_the_program_and_of_its_theme(packages: Packages) -> None:
    names = {name for name in zipfile.ZipFile(packages.wheel).namelist() if name.startswith("briefing/")}
    assert names == needed(packages.repository)
    assert {"briefing/templates/words/en.yaml", "briefing/templates/assets/style.css", "briefing/py.typed"} <= names
    assert "briefing/scaffold/files/dot-github/workflows/site.yml" in names


def test_the_sdist_makes_the_same_wheel(packages: Packages, tmp_path: Path) -> None:
    with tarfile.open(packages.folder / f"{STEM}.tar.gz") as sdist:
        sdist.extractall(tmp_path, filter="data")
    done(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=tmp_path / STEM)
    ours, theirs = (zipfile.ZipFile(path) for path in (packages.wheel, tmp_path / WHEEL))
    assert {name: ours.read(name) for name in ours.namelist()} == {
        name: theirs.read(name) for name in theirs.namelist()
    }


def works(briefing: Path, folder: Path) -> None:
    """The program says its version, and makes and builds a site."""
    assert done(briefing, "--version", cwd=folder) == f"briefing {__version__}\n"
    done(briefing, "init", "my-desk", cwd=folder)
    assert "3 claims" in done(briefing, "-C", "my-desk", "build", "--strict", cwd=folder)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The programs of an environment that has nothing but Python's own pip."""
    done(sys.executable, "-m", "venv", "fresh", cwd=tmp_path)
    return tmp_path / "fresh/bin"


def test_python_s_own_pip_installs_the_wheel_with_all_extras(packages: Packages, fresh: Path, tmp_path: Path) -> None:
    what = f"{packages.wheel}[{','.join(MODULES.keys() & EXTRAS)}]"
    done(fresh / "pip", "install", "--quiet", "--constraint", REPOSITORY / "constraints.txt", what, cwd=tmp_path)
    assert MODULES.keys() >= EXTRAS
    works(fresh / "briefing", tmp_path)
    for extra in EXTRAS:
        done(fresh / "python", "-c", f"import {MODULES[extra]}", cwd=tmp_path)


@pytest.mark.long
def test_the_workflow_of_a_new_site_installs_the_tool_and_builds_it(
    packages: Packages, fresh: Path, tmp_path: Path
) -> None:
    """Its commands are run in their order where its checkouts would be, with Python's own pip and without extras."""
    done(sys.executable, "-m", "briefing", "init", "desk", cwd=tmp_path, PYTHONPATH=str(REPOSITORY))
    shutil.copytree(packages.repository, tmp_path / "desk/.tool")
    workflow = yaml.safe_load((tmp_path / "desk/.github/workflows/site.yml").read_text(encoding="utf-8"))
    lines = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    lines.insert(-1, "briefing urls accept")  # what it is held to then
    for line in lines:
        done("sh", "-c", line, cwd=tmp_path / "desk", PATH=f"{fresh}:{os.defpath}")
    assert lines[-3].startswith("briefing build --strict")
    assert lines[-1] == "briefing urls accept --check"
    assert (tmp_path / "desk/site/index.html").is_file()


def docker_steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what each is told, lines put together."""
    text = re.sub(r"^#.*\n", "", (REPOSITORY / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [tuple(line.split(maxsplit=1)) for line in text.replace("\\\n", "").splitlines() if line]  # type: ignore[misc]


def test_the_image_has_a_user_and_files_that_are_let_through() -> None:
    names = [name for name, _ in docker_steps()]
    assert names.index("USER") > max(number for number, name in enumerate(names) if name in ("FROM", "COPY", "RUN"))
    assert {told.split()[0] for name, told in docker_steps() if name == "FROM"} == {"python:3.11-slim"}
    ignored = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name, told in docker_steps():
        if name == "COPY" and not told.startswith("--from"):
            assert {f"!{source}" for source in told.split()[:-1]} <= set(ignored)


@pytest.mark.long
def test_the_commands_of_the_image_build_a_site(packages: Packages, tmp_path: Path) -> None:
    """Run in their order in a folder that has what is copied, with this Python in the place of the image's."""
    tool = tmp_path / "tool"
    tool.mkdir()
    for name, told in docker_steps()[: [name for name, _ in docker_steps()].index("RUN") + 1]:
        if name == "COPY":
            for source in told.split()[:-1]:
                copy = shutil.copytree if (packages.repository / source).is_dir() else shutil.copyfile
                copy(packages.repository / source, tool / source)
        elif name == "RUN":
            line = re.sub(r"(?<=[ ])/(?=opt|wheels)", f"{tmp_path}/", told)
            done("sh", "-c", line.replace("python -m", f"{sys.executable} -m"), cwd=tool)
    works(tmp_path / "opt/briefing/bin/briefing", tmp_path)
    assert not list((tmp_path / "opt/briefing").rglob("hatchling"))


@pytest.fixture(scope="module")
def installers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pipx and uv."""
    folder = tmp_path_factory.mktemp("installers")
    done(sys.executable, "-m", "venv", "venv", cwd=folder)
    done(folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--no-compile", "pipx", "uv", cwd=folder)
    return folder / "venv/bin"


def commands_of_documents() -> list[str]:
    """The lines of README and of curating that install the tool."""
    found = [
        line
        for name in ("README.md", "docs/curating.md")
        for block in blocks_of((REPOSITORY / name).read_text(encoding="utf-8"))
        if block.info in ("pipx", "uv")
        for line in block.text.splitlines()
    ]
    return list(dict.fromkeys(found))


def _lines() -> list[object]:
    """A clone by pipx and a wheel by uv in every run; the others in the long one."""
    lines = [*commands_of_documents(), "pipx install '.[dask]'"]
    often = ("pipx install .", next(line for line in lines if line.endswith(".whl")))
    return [line if line in often else pytest.param(line, marks=pytest.mark.long) for line in lines]


@pytest.mark.parametrize("line", _lines())
def test_the_tool_is_installed_as_the_documents_say(
    line: str, packages: Packages, installers: Path, tmp_path: Path
) -> None:
    """From a clone, from a repository's address and from a wheel."""
    shutil.copyfile(packages.wheel, packages.repository / WHEEL)
    typed = line.replace(ADDRESS, f"git+file://{packages.repository}")
    apps = tmp_path / "apps"
    places = {"PIPX_HOME": "pipx", "PIPX_MAN_DIR": "man", "UV_TOOL_DIR": "uv", "UV_CACHE_DIR": "cache"}
    variables = {name: str(tmp_path / folder) for name, folder in places.items()}
    variables |= {"PIPX_BIN_DIR": str(apps), "UV_TOOL_BIN_DIR": str(apps), "PIPX_DEFAULT_PYTHON": sys.executable}
    name, *words = shlex.split(typed)
    done(installers / name, *words, cwd=packages.repository, **variables)
    works(apps / "briefing", tmp_path)


def test_the_documents_install_in_all_these_ways() -> None:
    lines = commands_of_documents()
    assert {line.partition(" ")[0] for line in lines} == {"pipx", "uv"}
    assert {line.rpartition(" ")[2] for line in lines} == {".", "'.[import]'", ADDRESS, f"./{WHEEL}"}


def test_the_version_in_the_documents_is_this_one() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"briefing_desk-([\d.]+)-py3", text)) == {__version__}
