"""What one build leaves to save the next one time: what it saw, read, wrote and told, and how its pages were made.

Nothing is believed that cannot be proved. A cache of another version of the tool or of a library, of files that have
changed since, or that is damaged in any way, is as if it were not there.
"""

import hashlib
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import briefing
from briefing.file_state import Seen, is_settled, stamp_of
from briefing.incremental.scan import scan, touched
from briefing.incremental.store import Store, open_store
from briefing.incremental.validity import State, state_of
from briefing.model.packing import pack, unpack
from briefing.request import Outcome, Request

# What decides about the bytes of pages besides the tool itself.
LIBRARIES = frozenset(
    [
        *("babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl"),
        *("pillow", "pydantic", "pydantic-core", "pyyaml", "rapidfuzz", "tzdata"),
    ]
)
STATE, PAGES, TEMPLATES, ONCE, READ = "state", "pages", "templates", "once", "read"
# What was read is kept in files of about so many articles, so that one edit does not write all of it again.
PER_SHARD = 64
_UNSETTLED = (0, 0, 0, 0)

T = TypeVar("T")
J = TypeVar("J", bound="Job")
R = TypeVar("R", bound="Result")


class Job(Protocol):
    """Something that is read from files, named by their paths below the site's folder."""

    @property
    def files(self) -> tuple[str, ...]: ...


class Result(Protocol):
    """What was read from the files of a job; `digests` are those of the bytes it was read from."""

    job: Any
    digests: tuple[str, ...]


@dataclass(slots=True)
class Cache:
    """The cache for one output and edition of a site. `sources` are the files as they are found now."""

    root: Path
    store: Store
    started: int
    sources: dict[str, Seen]
    last: State | None
    _before: dict[str, Result] = field(default_factory=dict)
    _now: dict[str, Result] = field(default_factory=dict)
    _once: dict[str, tuple[bytes, Any]] = field(default_factory=dict)
    _once_before: dict[str, tuple[bytes, Any]] | None = None

    @property
    def outputs(self) -> dict[str, Seen]:
        """The files of the output as the last build left them."""
        return self.last.outputs if self.last else {}

    def kept(self, name: str) -> object:
        """What was kept under a name; None if there is nothing."""
        return _unpacked(self.store.read(name)) if self.last else None

    def before(self, name: str) -> object:
        """What was kept under a name in the last build, for whatever key."""
        if self._once_before is None:
            kept = self.kept(ONCE)
            self._once_before = kept if isinstance(kept, dict) else {}
        found = self._once_before.get(name)
        return found[1] if isinstance(found, tuple) else None

    def once(self, name: str, key: bytes, make: Callable[[], T], holds: Callable[[Any], bool] = lambda _: True) -> T:
        """What `make` makes, or what it made in the last build if that was for the same key, and still `holds`."""
        self.before(name)
        before = (self._once_before or {}).get(name)
        self._once[name] = before if before and before[0] == key and holds(before[1]) else (key, make())
        return self._once[name][1]  # type: ignore[no-any-return]

    def remembering(self, spread: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        """`spread`, applied only to those items whose files have changed; the results of others are remembered."""
        self._before = {} if self.last is None else _all_read(self.store)

        def remembered(function: Callable[[J], R], items: Sequence[J]) -> Iterator[R]:
            digests = [self._digests(item) for item in items]
            known = [self._known(item, of) for item, of in zip(items, digests, strict=True)]
            fresh = iter(spread(function, [item for item, result in zip(items, known, strict=True) if result is None]))
            for item, of, result in zip(items, digests, known, strict=True):
                read = next(fresh) if result is None else result
                # Of a file that was written while it was read nothing is known for the next time.
                if read.digests == of:
                    self._now[item.files[0]] = read
                yield read

        return remembered

    def _known(self, item: Job, digests: tuple[str, ...]) -> Any:
        result = self._before.get(item.files[0])
        return result if result is not None and result.digests == digests and result.job == item else None

    def _digests(self, item: Job) -> tuple[str, ...]:
        return tuple([self.sources[path].digest if path in self.sources else "" for path in item.files])

    def save(
        self, output: Path, files: dict[str, str], untouched: Set[str], outcome: Outcome, values: dict[str, object]
    ) -> None:
        """Keep what a build leaves: the files of its output with their SHA-256, what it told, and some values by name.

        The `untouched` files are as they were seen before. Whoever calls holds the lock of the output.
        """
        now, old = time.time_ns(), self.outputs
        outputs = {
            path: old[path] if path in untouched else _seen(output, path, digest, now) for path, digest in files.items()
        }
        shards = self._shards()
        new = {name: results for name, results in shards.items() if results is not None}
        keep = shards.keys() - new.keys()
        if self._is_kept(ONCE, self._once_before or {}, self._once):
            keep |= {ONCE}
        else:
            new[ONCE] = self._once
        self._write(outputs, replace(outcome, written=None), values | new, keep)

    def refresh(self, outputs: dict[str, Seen]) -> None:
        """Keep the stamps that files have now, where nothing else has changed. The output is locked."""
        assert self.last is not None
        now = time.time_ns()
        outputs = {path: _settled(seen, now) for path, seen in outputs.items()}
        self._write(outputs, self.last.outcome, {}, self.store.known.keys() - {STATE})

    def _write(self, outputs: dict[str, Seen], outcome: Outcome, values: dict[str, object], keep: Set[str]) -> None:
        # Of a file that was written while the build ran nobody knows what was read.
        unknown = touched(self.root, self.sources)
        sources = {
            name: Seen(_UNSETTLED, "") if name in unknown else _settled(seen, self.started)
            for name, seen in self.sources.items()
        }
        values = {**values, STATE: State(tool(), sources, outputs, outcome).data}
        self.store.write(((name, pack(value)) for name, value in values.items()), keep)

    def _shards(self) -> dict[str, object]:
        """What was read, by the names of files it is spread over by a hash; None for a file that stays as it is."""
        count = 1 << max(0, len(self._now) // PER_SHARD).bit_length()
        before, now = _sharded(self._before, count), _sharded(self._now, count)
        shards: dict[str, object] = {}
        for name, results in now.items():
            same = before.get(name, {})
            shards[name] = None if self._is_kept(name, same, results) else results
        return shards

    def _is_kept(self, name: str, before: Mapping[str, object], now: Mapping[str, object]) -> bool:
        """Whether a file of the store holds just what it should hold now."""
        is_same = now.keys() == before.keys() and all(before[key] is value for key, value in now.items())
        return is_same and name in self.store.known


def open_cache(request: Request, output: Path) -> Cache:
    """The cache for what is asked; an empty one where nothing of an earlier build may be used."""
    started = time.time_ns()
    edition = f"{os.path.realpath(output)}\0{request.base_url}\0{request.edition}"
    store = open_store(request.root, hashlib.sha256(os.fsencode(edition)).hexdigest()[:16])
    if request.clean:
        store = Store(store.folder)
    state = state_of(_unpacked(store.read(STATE)))
    last = state if state is not None and state.tool == tool() else None
    return Cache(request.root, store, started, scan(request.root, last.sources if last else {}), last)


def _seen(output: Path, path: str, digest: str, now: int) -> Seen:
    return _settled(Seen(stamp_of(f"{output}/{path}") or _UNSETTLED, digest), now)


def _settled(seen: Seen, now: int) -> Seen:
    """A file that could have been written again without notice is to be looked at again."""
    return seen if is_settled(seen.stamp, now) else Seen(_UNSETTLED, seen.digest)


def _sharded(results: dict[str, Result], count: int) -> dict[str, dict[str, Result]]:
    shards: dict[str, dict[str, Result]] = {}
    for path, result in results.items():
        shards.setdefault(f"{READ}-{zlib.crc32(path.encode()) % count}", {})[path] = result
    return shards


def _all_read(store: Store) -> dict[str, Result]:
    results: dict[str, Result] = {}
    for name in store.known:
        if name.startswith(READ):
            shard = _unpacked(store.read(name))
            results |= shard if isinstance(shard, dict) else {}
    return results


@cache
def tool() -> str:
    """What tells this tool, with the libraries it renders with, from any other version of it."""
    package, state = Path(briefing.__file__).parent, hashlib.blake2b(sys.version.encode(), digest_size=16)
    for parent, _, names in sorted(os.walk(package)):
        for name in sorted(names):
            if name.endswith(".py"):
                path = Path(parent, name)
                state.update(f"\0{path.relative_to(package)}\0".encode() + path.read_bytes())
    for name in sorted(_installed()):
        state.update(f"\0{name}".encode())
    return state.hexdigest()


def _installed() -> Iterator[str]:
    """The libraries with their versions, by the names of the folders that installers leave beside them."""
    for folder in sys.path:
        names = os.listdir(folder) if os.path.isdir(folder) else []
        for name in names:
            library, _, version = name.removesuffix(".dist-info").partition("-")
            if name.endswith(".dist-info") and library.replace("_", "-").lower() in LIBRARIES:
                yield f"{library}-{version}"


def _unpacked(data: bytes | None) -> object:
    if data is None:
        return None
    try:
        return unpack(data)
    except Exception:  # there is no telling what damaged bytes make of the classes that they name
        return None
