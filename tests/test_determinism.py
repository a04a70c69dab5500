"""The same sources give the same bytes, whoever builds them, where, and under which settings."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import REPOSITORY, build_command, demo_site, environment, small_site
from outputs import tree

# Environment, mask for new files, options of the command.
Setting = tuple[dict[str, str], int, tuple[str, ...]]
PLAIN: Setting = ({"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}, 0o022, ("--jobs", "1"))
# Each changes several things at once; if one fails, take them apart.
SETTINGS: dict[str, Setting] = {
    "far east, in Turkish, closed mask": (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
        0o077,
        (),
    ),
    "far west, locale C, open mask": ({"PYTHONHASHSEED": "4242", "TZ": "Etc/GMT+12", "LC_ALL": "C"}, 0o000, ()),
    "no time zone, no UTF-8": (
        {"TZ": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        0o022,
        ("--jobs", "3"),
    ),
    "source date 0, no home, optimized": (
        {"SOURCE_DATE_EPOCH": "0", "HOME": "/nonexistent", "PYTHONOPTIMIZE": "2"},
        0o022,
        ("--jobs", "7"),
    ),
    "the settings of this machine": ({}, 0o022, ()),
}
QUICK = next(iter(SETTINGS))


def hash_of(folder: Path) -> str:
    """One SHA-256 for names, kinds and bytes of all there is, and the modes of all files and folders."""
    entries = sorted(tree(folder).items())
    modes = [(name, (folder / name).stat().st_mode & 0o7777) for name, _ in entries]
    return hashlib.sha256(repr((entries, modes)).encode()).hexdigest()


def hash_of_build(sources: Path, output: Path, setting: Setting) -> str:
    variables, mask, options = setting
    build = subprocess.run(
        build_command(sources, output, *options),
        env=environment(**variables),
        umask=mask,
        text=True,
        capture_output=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    return hash_of(output)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_site(tmp_path_factory.mktemp("demo") / "site of origin", "A title", "extra")


@pytest.fixture(scope="module")
def expected(sources: Path) -> str:
    """The hash of a build under plain settings."""
    return hash_of_build(sources, sources / "site", PLAIN)


@pytest.mark.slow
def test_settings_do_not_change_a_byte_of_a_small_site(tmp_path: Path) -> None:
    folder = small_site(tmp_path / "sources")
    hashes = [hash_of_build(folder, tmp_path / name, SETTINGS.get(name, PLAIN)) for name in ("plain", QUICK)]
    assert hashes[0] == hashes[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_settings_do_not_change_a_byte(name: str, sources: Path, expected: str, tmp_path: Path) -> None:
    assert hash_of_build(sources, tmp_path / "site", SETTINGS[name]) == expected


@pytest.mark.slow
def test_a_copy_elsewhere_gives_the_same_bytes(sources: Path, expected: str, tmp_path: Path) -> None:
    """In another folder, written in another order at another time, by way of a link, from a folder above."""
    copy = tmp_path / "ein anderer Ort ü" / "sources"
    files = [path for path in sources.rglob("*") if path.is_file() and sources / "site" not in path.parents]
    random.Random(1).shuffle(files)
    for file in files:
        target = copy / file.relative_to(sources)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        os.utime(target, (1, 1))
    (tmp_path / "link").symlink_to(copy)
    build = build_command(Path("link"), Path("link/site"))
    subprocess.run(build, env=environment(), cwd=tmp_path, capture_output=True, check=True)
    assert hash_of(copy / "site") == expected


@pytest.mark.slow
def test_a_rebuild_gives_the_same_bytes_as_a_first_build(sources: Path, expected: str, tmp_path: Path) -> None:
    other = demo_site(tmp_path / "other", "Another title", "other")
    assert hash_of_build(other, tmp_path / "site", PLAIN) != expected
    assert hash_of_build(sources, tmp_path / "site", PLAIN) == expected


@pytest.mark.slow
def test_several_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    """With enough articles for the work to be shared."""
    corpus = [sys.executable, str(REPOSITORY / "tests/bench/corpus.py"), "130", str(tmp_path / "sources")]
    subprocess.run(corpus, env=environment(), check=True)
    hashes = {
        hash_of_build(tmp_path / "sources", tmp_path / jobs, ({"PYTHONHASHSEED": jobs}, 0o022, ("--jobs", jobs)))
        for jobs in ("1", "3")
    }
    assert len(hashes) == 1
