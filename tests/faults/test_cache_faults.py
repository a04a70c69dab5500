"""No fault in the cache fails a build, also where its index says that all is well."""

import hashlib
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.diagnostics import Diagnostic, Location, Note
from briefing.file_state import Seen
from briefing.incremental.validity import State, state_of
from briefing.model.packing import pack, unpack
from briefing.request import Counts, Outcome
from tests.faults.wholesite import check_built, memory, put, run, stores_of
from tests.samples import one_in

pytestmark = pytest.mark.slow

STAMP = (1, 2, 3, 4)


@pytest.fixture
def root() -> Iterator[Path]:
    """A site that has been built."""
    with memory() as folder:
        put(folder / "desk", "old")
        assert run(folder / "desk").code == 0
        yield folder / "desk"


def forge(root: Path, name: str, data: bytes) -> None:
    """Put bytes in a file of the cache, and have the index say that they are what a build has left there."""
    store = stores_of(root)[0]
    (store / name).write_bytes(data)
    status = (store / name).stat()
    index = json.loads((store / "index").read_bytes())
    index[name] = [hashlib.sha256(data).hexdigest(), status.st_ino, status.st_ctime_ns]
    (store / "index").write_text(json.dumps(index), encoding="utf-8")


def check_builds(root: Path, versions: tuple[str, ...] = ("old", "edited")) -> bool:
    """Whether a fault was told; in any case the build is a clean one's, and the next one has nothing to tell."""
    told = False
    for version in versions:
        put(root, version)
        ended = run(root)
        assert ended.code == 0, ended.err
        assert ended.err == "" or ended.err.startswith("briefing: what earlier builds have left is damaged (")
        told |= bool(ended.err)
        check_built(root, version, {})
    ended = run(root)
    assert (ended.code, ended.err) == (0, "")
    return told


INDEXES: dict[str, bytes] = {
    "infinite": b'{"state": ["x", Infinity, 1]}',
    "no number": b'{"state": ["x", NaN, 1]}',
    "a fraction": b'{"state": ["x", 1.5, 1]}',
    "a number of 5,000 digits": b'{"state": ["x", %s, 1]}' % (b"9" * 5000),
    "a large number": b'{"state": ["x", 1e400, 1e400]}',
    "a text for a number": b'{"state": ["x", "1", "1"]}',
    "a number for a text": b'{"state": [1, 1, 1]}',
    "too short": b'{"state": ["x", 1]}',
    "too long": b'{"state": ["x", 1, 1, 1]}',
    "nothing in it": b'{"state": null}',
    "a list": b'["state"]',
    "a text": b'"state"',
    "nothing": b"null",
    "deep": b"[" * 100_000,
    "deep inside": b'{"state": ' + b"[" * 100_000,
    "a name that leads elsewhere": b'{"../../../etc/passwd": ["x", 1, 1]}',
    "a name with NUL": b'{"\\u0000": ["x", 1, 1]}',
    "half a character": b'{"\\ud800": ["x", 1, 1]}',
    "no UTF-8": b'{"state": ["\xff", 1, 1]}',
    "UTF-16": '{"state": ["x", 1, 1]}'.encode("utf-16"),
    "NUL": b"\0" * 64,
}


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_that_no_build_has_written_counts_for_nothing(name: str, root: Path) -> None:
    (stores_of(root)[0] / "index").write_bytes(INDEXES[name])
    assert not check_builds(root, ("edited",))


def test_a_file_of_a_terabyte_is_not_read(root: Path) -> None:
    for name in ("index", "state"):
        os.truncate(stores_of(root)[0] / name, 1 << 40)
        assert not check_builds(root, ("old",))


def state_with(**fields: object) -> Callable[[State], object]:
    return lambda state: state._replace(**fields)  # type: ignore[arg-type]


def outcome_of(*arguments: Any) -> Callable[[State], object]:
    return state_with(outcome=Outcome(*arguments))


def problem(**fields: object) -> Diagnostic:
    """A diagnostic with fields of any type, as none can be made but by unpacking."""
    made = Diagnostic("bad-id", "message", Location("config.yaml"), "help")
    for name, value in fields.items():
        object.__setattr__(made, name, value)
    return made


STATES: dict[str, Callable[[State], object]] = {
    "no state": lambda _: None,
    "a state as it is in memory": tuple,
    "a number": lambda _: 5,
    "another record": lambda _: Location("x"),
    "sources are a list": state_with(sources=[]),
    "sources are nothing": state_with(sources=None),
    "sources without stamps": lambda state: state._replace(sources=dict.fromkeys(state.sources, None)),  # type: ignore[arg-type]
    "stamps of texts": lambda state: state._replace(sources=dict.fromkeys(state.sources, Seen("1234", "x"))),  # type: ignore[arg-type]
    "digests of numbers": lambda state: state._replace(sources=dict.fromkeys(state.sources, Seen(STAMP, 5))),  # type: ignore[arg-type]
    "outputs are a number": state_with(outputs=7),
    "an output that leads elsewhere": lambda state: state._replace(
        outputs={**state.outputs, "../../../etc/passwd": Seen(STAMP, "x")}
    ),
    "an output with NUL in its name": lambda state: state._replace(outputs={**state.outputs, "\0": Seen(STAMP, "x")}),
    "an output with half a character": lambda state: state._replace(
        outputs={**state.outputs, "\ud800": Seen(STAMP, "x")}
    ),
    "an endless time": lambda state: state._replace(
        outputs={**state.outputs, "x": Seen((1, float("inf"), 3, 4), "x")}  # type: ignore[arg-type]
    ),
    "no outcome": state_with(outcome=None),
    "an outcome of nothing": outcome_of(None, None),
    "problems are a text": outcome_of("problems", False),
    "problems are texts": outcome_of(("x",), False),
    "counts are a number": outcome_of((), False, 5),
    "counts of texts": outcome_of((), False, Counts("1", "2", "3")),  # type: ignore[arg-type]
    "counts without end": outcome_of((), False, Counts(float("inf"), 2, 3)),  # type: ignore[arg-type]
    "what was written is a text": outcome_of((), False, Counts(1, 2, 3), "all"),
    "a problem without a place": outcome_of((problem(place=None),), False),
    "a problem nowhere": outcome_of((problem(place=Location("x", -5, 0, -1)),), False),
    "a problem at no path": outcome_of((problem(place=Location("\0")),), False),
    "a problem at half a character": outcome_of((problem(place=Location("\ud800")),), False),
    "a problem of no severity": outcome_of((problem(severity=None),), False),
    "a problem with notes of texts": outcome_of((problem(notes=("x",)),), False),
    "a problem with a note nowhere": outcome_of((problem(notes=(Note("x", Location(5)),)),), False),  # type: ignore[arg-type]
    "a message that is a number": outcome_of((problem(message=5),), False),
}


def as_kept(value: object) -> object:
    """A state as a build keeps it, whatever its fields are; and anything else as it is."""
    if not isinstance(value, State):
        return value
    of_both: tuple[Any, Any] = (value.sources, value.outputs)
    files = [
        {path: tuple(seen) if isinstance(seen, Seen) else seen for path, seen in of.items()}
        if isinstance(of, dict)
        else of
        for of in of_both
    ]
    return value.tool, *files, value.outcome


@pytest.mark.parametrize("name", STATES)
def test_a_state_that_no_build_has_left_counts_for_nothing(name: str, root: Path) -> None:
    state = state_of(unpack((stores_of(root)[0] / "state").read_bytes()))
    assert state is not None
    forge(root, "state", pack(as_kept(STATES[name](state))))
    assert run(root).err.count("\n") <= 1
    check_builds(root, ("edited",))


# A million lists, each in the one before; and as many tuples.
DEEP = {
    "lists": b"\x80\x04" + b"]" * 1_000_000 + b"a" * 999_999 + b".",
    "tuples": b"\x80\x04)" + b"\x85" * 1_000_000 + b".",
}


@pytest.mark.parametrize("name", ["state", "pages", "templates", "once", "read-0"])
@pytest.mark.parametrize("kind", one_in(3, DEEP))
def test_values_that_are_deep_fail_no_build(kind: str, name: str, root: Path) -> None:
    put(root, "edited")
    forge(root, name, DEEP[kind])
    check_builds(root, ("edited",))


# Texts are not among them: of the right type, they may be believed, and nobody but a forger puts them there.
VALUES: dict[str, object] = {
    "nothing": None,
    "a number": 5,
    "a list": [1],
    "endless": float("inf"),
    "a record": Location("x"),
}


def shapes(value: object, other: object) -> Iterator[object]:
    """The value with each of its parts, to the third level, another one."""
    yield other
    if isinstance(value, dict):
        for key, part in list(value.items())[:4]:
            yield from ({**value, key: shape} for shape in shapes(part, other))
    elif isinstance(value, (tuple, list)) and type(value) in (tuple, list):
        for number, part in enumerate(value[:6]):
            yield from (type(value)([*value[:number], shape, *value[number + 1 :]]) for shape in shapes(part, other))


# In every run each part of the cache takes some value, and each value is taken somewhere.
PARTS = [(name, other) for name in ("pages", "templates", "once", "read-0") for other in VALUES]


@pytest.mark.parametrize(
    ("name", "other", "step"), one_in(4, [(*of, 3 if number % 4 == 0 else 1) for number, of in enumerate(PARTS)])
)
def test_values_of_any_type_in_any_part_fail_no_build(name: str, other: str, step: int, root: Path) -> None:
    tried = 0
    while True:
        value = unpack((stores_of(root)[0] / name).read_bytes())
        # One of the shapes for each build, as each leaves a new cache.
        shape = next((shape for number, shape in enumerate(shapes(value, VALUES[other])) if number == tried), shapes)
        if shape is shapes:
            break
        forge(root, name, pack(shape))
        check_builds(root, ("edited" if tried % 2 else "new", "old"))
        tried += step
    assert tried


def damaged(data: bytes, random: random.Random) -> bytes:
    """A few bytes changed, cut out, or put in."""
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(data) + 1)
        end = at + random.choice([0, 1, 1, 2, 8, 64])
        data = data[:at] + random.randbytes(random.choice([0, 1, 1, 2, 8])) + data[end:]
    return data


def damage(root: Path, rounds: int) -> int:
    """What is still of the right types may be believed, and give another site; but nothing may end in a traceback."""
    random_ = random.Random(15)
    for number in range(rounds):
        name = random_.choice(["state", "pages", "once", "read-0"])
        forge(root, name, damaged((stores_of(root)[0] / name).read_bytes(), random_))
        put(root, "edited" if number % 2 else "old")
        assert run(root).code in (0, 1)
        assert run(root, "--clean", "--allow-removal").code == 0
        check_built(root, "edited" if number % 2 else "old", {})
    return rounds


def test_bytes_of_any_kind_fail_no_build(root: Path) -> None:
    assert damage(root, 12)


@pytest.mark.long
def test_1000_damaged_files_fail_no_build(root: Path, record_property: Callable[[str, object], None]) -> None:
    record_property("figure", f"{damage(root, 1_000)} damaged files of the cache, said by its index to be whole")
