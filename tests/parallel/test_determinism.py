"""The same sources give the same bytes, whoever builds them, where, and under which settings."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.commands import REPOSITORY, build_command, environment
from tests.faults.wholesite import as_another_user, clean, memory, put, run
from tests.outputs import tree
from tests.sites.rich import write_rich_site

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
HERE = Path(__file__).parent
# The names of a folder come in another order each time.
SHUFFLED = {
    "PYTHONPATH": os.pathsep.join([str(HERE / "othermachine"), str(REPOSITORY)]),
    "SHUFFLED": "1",
}


def hash_of(folder: Path) -> str:
    """One SHA-256 for names, kinds and bytes of all there is, and the modes of all files and folders."""
    entries = sorted(tree(folder).items())
    modes = [(name, (folder / name).stat().st_mode & 0o7777) for name, _ in entries]
    return hashlib.sha256(repr((entries, modes)).encode()).hexdigest()


def hash_of_build(sources: Path, output: Path, setting: Setting, python: str = sys.executable) -> str:
    variables, mask, options = setting
    build = subprocess.run(
        [python, *build_command(sources, output, *options)[1:]],
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
    return write_rich_site(tmp_path_factory.mktemp("rich") / "site of origin")


@pytest.fixture(scope="module")
def expected(sources: Path) -> str:
    """The hash of a build under plain settings."""
    return hash_of_build(sources, sources / "site", PLAIN)


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
    build = build_command(Path("link"), Path("site"))
    subprocess.run(build, env=environment(), cwd=tmp_path, capture_output=True, check=True)
    assert hash_of(copy / "site") == expected


@pytest.mark.slow
def test_several_processes_and_another_order_of_files_give_the_same_bytes(tmp_path: Path) -> None:
    """With enough articles for the work to be shared; and with the cache that the setting before has left."""
    root, changes = tmp_path / "desk", {"1": {}, "2": SHUFFLED, "8": {"PYTHONHASHSEED": "3"}}
    for (jobs, variables), version in zip(changes.items(), ("many", "many new", "many"), strict=True):
        put(root, version)
        hash_of_build(root, root / "site", (variables, 0o022, ("--jobs", jobs)))
        assert tree(root / "site") == clean(version)


@pytest.mark.slow
def test_another_user_gets_the_same_bytes() -> None:
    with memory() as folder:
        put(folder / "desk", "new")
        expected = clean("new")
        assert as_another_user(partial(run, folder / "desk"), folder) == 0
        assert tree(folder / "desk/site") == expected


# --- The long form: one thing changed at a time

PYTHONS = [path for path in os.environ.get("BRIEFING_PYTHONS", "").split(os.pathsep) if path]
ZONES = ("UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Kiritimati", "Etc/GMT+12")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "ja_JP.UTF-8")
YEARS = {"ten years on": "315360000", "ten years ago": "-315360000"}


def changed(*options: str, mask: int = 0o022, **variables: str) -> Setting:
    return {**PLAIN[0], **variables}, mask, options or PLAIN[2]


ONE_BY_ONE: dict[str, Setting] = {
    **{f"hash seed {seed}": changed(PYTHONHASHSEED=str(seed * 211)) for seed in range(1, 21)},
    **{f"zone {zone}": changed(TZ=zone) for zone in ZONES},
    **{f"locale {name}": changed(LC_ALL=name, FULL_LOCALE="1", LANGUAGE=name[:2]) for name in LOCALES},
    **{f"order {seed}": changed(SHUFFLED=str(seed)) for seed in range(5)},
    **{f"{jobs} jobs": changed("--jobs", jobs) for jobs in ("1", "2", "8")},
    **{f"mask {mask:o}": changed(mask=mask) for mask in (0, 0o027, 0o077)},
    **{f"clock {name}": changed(OFFSET=seconds) for name, seconds in YEARS.items()},
    "source date 0": changed(SOURCE_DATE_EPOCH="0"),
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What makes a command run as on another machine: the locales of this list, made here, and a library for clocks.

    Needs `localedef` with its sources, and a C compiler.
    """
    folder = tmp_path_factory.mktemp("machine")
    for name in LOCALES[2:]:
        language, charset = name.split(".")
        subprocess.run(["localedef", "-i", language, "-f", charset, folder / name], check=True)
    library = folder / "clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, HERE / "othermachine/clock.c", "-ldl"], check=True)
    return {
        "LOCPATH": str(folder),
        "LD_PRELOAD": str(library),
        "PYTHONPATH": os.pathsep.join([str(HERE / "othermachine"), str(REPOSITORY)]),
    }


def on_machine(setting: Setting, machine: dict[str, str]) -> Setting:
    variables, mask, options = setting
    return {**variables, **machine}, mask, options


@pytest.mark.long
@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_one_setting_does_not_change_a_byte(
    name: str, sources: Path, expected: str, machine: dict[str, str], tmp_path: Path
) -> None:
    assert hash_of_build(sources, tmp_path / "site", on_machine(ONE_BY_ONE[name], machine)) == expected


@pytest.mark.long
def test_the_settings_are_what_they_say(machine: dict[str, str]) -> None:
    """The other machine is another one: its clock, its words for months, its order of files."""
    code = "import os, time; print(time.strftime('%Y %B', time.gmtime(time.time())), os.listdir())"
    told = set()
    for name in ("zone UTC", "clock ten years on", "locale tr_TR.UTF-8", "order 1"):
        variables = on_machine(ONE_BY_ONE[name], machine)[0]
        command = [sys.executable, "-c", code]
        told.add(subprocess.run(command, env=environment(**variables), capture_output=True, check=True).stdout)
    assert len(told) == 4


@pytest.mark.long
@pytest.mark.parametrize("python", PYTHONS)
def test_another_python_gives_the_same_bytes(python: str, sources: Path, expected: str, tmp_path: Path) -> None:
    assert hash_of_build(sources, tmp_path / "site", PLAIN, python) == expected


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_a_cache_of_one_setting_serves_another(seed: int, machine: dict[str, str], tmp_path: Path) -> None:
    """Each build is of an edit, with what a build under the setting before has left."""
    root, dice = tmp_path / "desk", random.Random(seed)
    settings = [(setting, python) for setting in ONE_BY_ONE.values() for python in [sys.executable]]
    settings += [(PLAIN, python) for python in PYTHONS]
    dice.shuffle(settings)
    for number, (setting, python) in enumerate(settings):
        version = ("many", "edited", "new", "many new")[number % 4]
        put(root, version)
        variables, mask, options = on_machine(setting, machine)
        hash_of_build(root, root / "site", (variables, mask, (*options, "--allow-removal")), python)
        assert tree(root / "site") == clean(version)
