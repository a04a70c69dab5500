"""Outputs that could hurt, at random, for whole builds: no byte of others changes. Best in its own mount namespace:

    unshare --mount python -m tests.faults.hostileoutputs EMPTY_FOLDER COUNT SEED

Where mounting is not permitted there are no mount points among them. Prints how the builds ended.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.faultdisk import faulty_disk
from tests.faults.wholesite import CACHE, Ended, pages_of, put, put_files, run
from tests.outputs import manifest_of, tree

OUTPUTS = [
    *("", ".", "..", "../..", "/", "//", "/.", "~home", "~world"),
    *("content", "content/new", "content/articles", "templates", "templates/new", "config.yaml", "notes.txt"),
    *(".git", ".git/new", ".briefing", ".briefing/new", "../repository", "../repository/.git", "../worktree"),
    *("../broken", "../other-desk", "../file", "../pipe", "../nowhere/new"),
    *("../way-to-desk", "../way-to-desk/content", "../way-to-mixed", "../way-to-nowhere", "../loop", "../loop/new"),
    *("../bound-content", "../bound-content/new", "../bound-desk", "../bound-desk/content"),
]
# Those that may be written to, in which something is done first.
OPEN = [
    *("site", "docs", "../new", "../mixed", "../way-to-mixed/site", "../other-desk/content"),
    *("../mount", "../mount/site", "../bound-theirs"),
]
SPELLINGS: list[Callable[[str], str]] = [
    str,
    str,
    os.path.abspath,
    lambda path: f"{path}/" if path else "./",
    lambda path: path if path.startswith("/") else f"content/../{path}",
    lambda path: path if path.startswith("/") else f"../way-to-desk/{path}",
    lambda path: path if path.startswith("/") else f"./{path}",
]


@dataclass
class World:
    """A home with a site in it, other sites and things, and what is mounted there."""

    folder: Path
    dice: random.Random
    mounts: list[Path] = field(default_factory=list)

    @property
    def desk(self) -> Path:
        return self.folder / "home/desk"

    def make(self) -> None:
        home = self.folder / "home"
        put(self.desk, "old")
        put(home / "other-desk", "old")
        files = {name: f"This is {name}.\n".encode() for name in FILES}
        put_files(home, files)
        for name, target in LINKS.items():
            (home / name).parent.mkdir(exist_ok=True)
            (home / name).symlink_to(target)
        (home / "broken").mkdir()
        (home / "broken/.git").symlink_to("nowhere")
        os.mkfifo(home / "pipe")
        for name in ("mount", "bound-content", "bound-desk", "bound-theirs"):
            (home / name).mkdir()
        self.mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", home / "mount")
        for name, source in (("content", "desk/content"), ("desk", "desk"), ("theirs", "theirs")):
            self.mount("--bind", home / source, home / f"bound-{name}")

    def mount(self, *command: str | Path) -> None:
        """Mount something, if that is permitted."""
        if subprocess.run(["mount", *command], capture_output=True, check=False).returncode == 0:
            self.mounts.append(Path(command[-1]))

    def remove(self) -> None:
        for place in reversed(self.mounts):
            subprocess.run(["umount", "--lazy", place], check=True)
        shutil.rmtree(self.folder)


FILES = (
    *(
        "notes.txt",
        "desk/notes.txt",
        "desk/docs/a.md",
        "desk/.git/HEAD",
        "desk/.git/hooks/a",
        "desk/templates/mine.html",
    ),
    *("repository/.git/HEAD", "worktree/.git", "worktree/a.html", "file", "mixed/mine.txt", "mixed/articles/mine.txt"),
    *("theirs/index.html", "theirs/0", "theirs/stage/0", "theirs/state", "theirs/manifest.json", "theirs/articles/a"),
)
LINKS = {
    "way-to-desk": "desk",
    "way-to-mixed": "mixed",
    "way-to-nowhere": "nowhere",
    "loop": "loop",
    "mixed/way-out": "../theirs",
    "desk/way-in": "content",
}


# --- What somebody has done to an output


def edit(world: World, output: Path, place: Path) -> None:
    put_files(output, {place.name if place.is_dir() else str(place.relative_to(output)): b"edited"})


def replace_by_link(world: World, output: Path, place: Path) -> None:
    moved = world.folder / f"moved-{world.dice.random()}"
    place.rename(moved)
    place.symlink_to(world.dice.choice([moved, world.folder / "home/theirs", world.folder / "nowhere"]))


def replace_by_folder(world: World, output: Path, place: Path) -> None:
    place.rename(world.folder / f"moved-{world.dice.random()}")
    if world.dice.random() < 0.5:
        put_files(place, {"mine": b"mine"})
    else:
        place.mkdir()


def link_twice(world: World, output: Path, place: Path) -> None:
    if place.is_file():
        os.link(place, place.with_name(f"mine-{world.dice.random()}"))


def put_in_the_way(world: World, output: Path, place: Path) -> None:
    name = world.dice.choice(["articles/gas.html", "articles", "about.html", "about.html/mine", "index.html", "mine"])
    with suppress(OSError):
        put_files(output, {name: world.dice.choice([b"mine", pages_of("new").get(name, b"")])})


def mount_over(world: World, output: Path, place: Path) -> None:
    """Something else is mounted on a folder or a file."""
    theirs = world.folder / "home/theirs"
    if place.is_dir():
        world.mount("--bind", theirs, place)
    elif place.is_file():
        world.mount("--bind", theirs / "index.html", place)


def damage(world: World, output: Path, place: Path) -> None:
    name = world.dice.choice(["manifest.json", "journal.json", "stage", "stage/0", "stage/mine"])
    data = world.dice.choice([b"", b"{}", b"[]", b'{"files": {"../../notes.txt": ""}}', b"\xff", JOURNAL])
    with suppress(OSError):
        put_files(output / CACHE, {name: data})


# A journal that would move and delete things of others.
STOLEN = hashlib.sha256(b"This is notes.txt.\n").hexdigest()
JOURNAL = (
    '{"format": 1, "moves": [["0", "../../notes.txt", "", null]], "manifest": "",'
    f' "deletes": {{"../../notes.txt": "{STOLEN}", "mine.txt": ""}}}}'
).encode()
MEDDLING = [
    edit,
    edit,
    replace_by_link,
    replace_by_folder,
    link_twice,
    put_in_the_way,
    put_in_the_way,
    mount_over,
    damage,
]


# --- One build


def one(folder: Path, number: int, seed: str) -> str:
    """A build with a hostile output; how it ended."""
    dice = random.Random(f"{seed}/{number}")
    world = World(folder / str(number), dice)
    world.make()
    os.environ["HOME"] = str(world.folder / "home")
    os.chdir(world.desk)
    try:
        return tried(world, dice)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}, number {number}: {error}") from error
    finally:
        os.chdir(folder)
        world.remove()


def tried(world: World, dice: random.Random) -> str:
    is_open = dice.random() < 0.6
    name = dice.choice(OPEN if is_open else OUTPUTS)
    name = {"~home": str(world.folder / "home"), "~world": str(world.folder)}.get(name, name)
    output = Path(dice.choice(SPELLINGS)(name))
    real = Path(os.path.realpath(output))
    if is_open and dice.random() < 0.8 and os.path.isdir(real.parent):
        meddle(world, real, dice)
    put(world.desk, "new")
    before, owned = tree(world.folder), ours(real)
    ended = build(output, is_outside=not real.is_relative_to(world.folder))
    assert ended.code in (0, 3), ended.err
    may_be = is_open or (name.startswith("../bound") and not world.mounts)
    assert may_be or ended.code == 3, f"{output} was built to"
    check(world, real, before, owned, is_done=ended.code == 0)
    return f"{'written' if ended.code == 0 else 'refused'}"


def meddle(world: World, real: Path, dice: random.Random) -> None:
    run(Path(), output=real)
    for _ in range(dice.randrange(4)):
        places = [path for path in sorted(real.rglob("*")) if world.folder / "home/theirs" not in path.parents]
        if places:
            with suppress(OSError):  # as a file on a full or other disk
                dice.choice(MEDDLING)(world, real, dice.choice(places))


def build(output: Path, is_outside: bool) -> Ended:
    """Build; where something outside the test could be hurt, on a disk that refuses every change."""
    if not is_outside:
        return run(Path(), output=output)
    with faulty_disk("broken", 1) as faulty:
        ended = run(Path(), output=output)
    assert faulty.calls == []
    return ended


def ours(output: Path) -> dict[str, bytes]:
    """The files that the last build has written, as its manifest has them, if they are as it wrote them."""
    pages = pages_of("old")
    manifest = output / CACHE / "manifest.json"
    try:
        is_true = not (output / CACHE).is_symlink() and manifest.read_bytes() == manifest_of(pages)
    except OSError:
        return {}
    return {name: data for name, data in pages.items() if is_true and tree(output).get(name) == data}


def check(world: World, real: Path, before: dict[str, bytes], owned: dict[str, bytes], is_done: bool) -> None:
    """Only our own files have changed or gone, and only pages of the new site have come; nothing, if it was refused."""
    after, pages = tree(world.folder), pages_of("new")
    base = real.relative_to(world.folder).as_posix() if real.is_relative_to(world.folder) else "nowhere"
    aliases = {base, base.replace("home/desk", "home/bound-desk"), base.replace("/bound-theirs", "/theirs")}
    for name in before.keys() | after.keys():
        if before.get(name) == after.get(name) or is_internal(name, aliases):
            continue
        assert is_done, f"{name} changed, though the output was refused"
        paths = {name.removeprefix(f"{alias}/") for alias in aliases if name.startswith(f"{alias}/")}
        was_ours = name in before and any(path in owned for path in paths)
        is_new = name not in before and (
            name in aliases or any(after[name] in (pages.get(path), b"folder") for path in paths)
        )
        is_gone_folder = before.get(name) == b"folder" and name not in after and paths
        assert was_ours or is_new or is_gone_folder, f"{name} changed"


def is_internal(name: str, aliases: set[str]) -> bool:
    """Whether a path is in one of the tool's own folders: that of the cache, or that of the output."""
    places = {"home/desk", "home/bound-desk", *aliases}
    return any(name == f"{place}/{CACHE}" or name.startswith(f"{place}/{CACHE}/") for place in places)


if __name__ == "__main__":
    base, count, seed = Path(sys.argv[1]).absolute(), int(sys.argv[2]), sys.argv[3]
    ended = Counter(one(base, number, seed) for number in range(count))
    print(*(f"{how}={ended[how]}" for how in sorted(ended)))
