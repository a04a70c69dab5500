"""Promised addresses: each is still there, leads on to what is, or is said to be gone."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from briefing.diagnostics import Diagnostic, Location, Note, Pointer
from briefing.model.addresses import FOLDERS, page_of
from briefing.model.gone import Gone
from briefing.model.ids import is_claim_id
from briefing.model.registries import ENTITIES
from briefing.read.content import CONFIG
from briefing.read.records import nearest
from briefing.read.urls import Urls
from briefing.wording import first_of

# So many lost addresses are told one by one: with the last line as many as are shown of a file.
MOST = 49
_NAMED = 5

Notes = tuple[Note, ...]


class Places(Protocol):
    """What is known of the pages that were made: `targets` are all that any of them leads to."""

    targets: list[str]

    def ids_of(self, path: str) -> list[str]:
        """The ids on a page."""

    def targets_of(self, path: str) -> Sequence[int]:
        """The numbers, in `targets`, of what a page leads to."""


class Standing(Protocol):
    """What can be told of where something stands: `paths` are those of pages, `leading` of such as lead on."""

    @property
    def paths(self) -> Collection[str]: ...

    @property
    def leading(self) -> Collection[str]: ...

    def has(self, address: str) -> bool:
        """Whether an address is there, or leads on to the place that it names."""

    def ids_of(self, path: str, /) -> Collection[str]:
        """The ids on a page."""

    def place_of(self, address: str, /) -> Pointer | None:
        """Where the record of a page, or of a place in one, is written."""


@dataclass
class Made:
    """What a build makes: the paths of its pages and files, of which some only lead on to another, and where the record
    of an address is written."""

    paths: Set[str]
    leading: Collection[str]
    places: Places
    place_of: Callable[[str], Pointer | None]
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)

    def ids_of(self, path: str) -> frozenset[str]:
        if path not in self._ids:
            self._ids[path] = frozenset(self.places.ids_of(path))
        return self._ids[path]

    def has(self, address: str) -> bool:
        path, mark, fragment = address.partition("#")
        if not mark or path not in self.paths:
            return path in self.paths
        return fragment in self.ids_of(path) or (path in self.leading and self._leads_on(path, fragment))

    def _leads_on(self, path: str, fragment: str) -> bool:
        targets = (self.places.targets[number].partition("#")[0] for number in self.places.targets_of(path))
        return any(target in self.paths and fragment in self.ids_of(target) for target in targets)


def check_promised(urls: Urls, gone: Sequence[Gone], made: Standing) -> Iterator[Diagnostic]:
    """Addresses that would be lost; of very many the first, and how many more there are."""
    given_up = {one.address for one in gone}
    lost = _Lost(urls, [one for one in sorted(urls.addresses) if not _is_given_up(one, given_up)], made, bool(gone))
    told = list(lost.told())
    for address in told[:MOST]:
        yield lost.problem(address)
    if len(told) > MOST:
        message = f"{len(told) - MOST} more published addresses would be lost: {first_of(told[MOST:], _NAMED)}"
        yield Diagnostic("address-lost", message, urls.place(told[MOST]), "mend these first")


def _is_given_up(address: str, gone: Set[str]) -> bool:
    """Whether it is said to be gone, or the page that it is on, or that of the record whose feed or calendar it is."""
    path = address.partition("#")[0]
    return address in gone or path in gone or page_of(path) in gone


def _owner(address: str) -> str:
    """The page whose fate an address shares, if it is not a page itself."""
    path = address.partition("#")[0]
    return page_of(path) or ("" if path == address else path)


_TO_GO = "if it is to go, name it under `gone` in config.yaml, with `why`"


@dataclass
class _Lost:
    """The addresses of a site that are not there, and what mends it."""

    urls: Urls
    addresses: Iterable[str]
    made: Standing
    has_gone: bool

    @cached_property
    def all(self) -> dict[str, None]:
        return dict.fromkeys(address for address in self.addresses if not self.made.has(address))

    @cached_property
    def together(self) -> Counter[str]:
        """Pages that are lost, with the number of addresses that are lost with each: the places on it, its feed and its
        calendar."""
        return Counter(owner for address in self.all if (owner := _owner(address)) in self.all)

    def told(self) -> Iterator[str]:
        """Those that are lost by themselves."""
        return (address for address in self.all if _owner(address) not in self.all)

    def problem(self, address: str) -> Diagnostic:
        """The problem with one."""
        number = self.together[address]
        also = f", and {number} more with it" if number else ""
        path, mark, fragment = address.partition("#")
        help, notes = self._mend_of_place(path, fragment) if mark else self._mend_of_page(path)
        message = f"{address} has been published and would be lost{also}"
        notes += (self._given_up(address),)
        return Diagnostic("address-lost", message, self.urls.place(address), f"{help}; {_TO_GO}", notes)

    def _given_up(self, address: str) -> Note:
        """Where it can be said to be gone, and how."""
        entry = f"{{address: {address}, why: ...}}"
        if self.has_gone:
            return Note("write, if it is to go", Pointer(CONFIG, ("gone",)), f"- {entry}")
        return Note("write, if it is to go", Location(CONFIG), f"gone: [{entry}]")

    def _mend_of_page(self, path: str) -> tuple[str, Notes]:
        folder, _, name = path.rpartition("/")
        if not name.endswith(".html") or (not folder and path == "index.html"):
            return "bring `base_url` back" if path.endswith(".xml") else "bring back what it is made of", ()
        key = "former_ids" if folder in ENTITIES else "aliases"
        others = [one for one in self.made.paths if one.rpartition("/")[0] == folder and self._is_new(one)]
        meant, id = nearest(path, sorted(others)), name.removesuffix(".html")
        place = self.made.place_of(meant) if meant else None
        if meant is None or place is None:
            return f"bring it back, or write `{key}: [{id}]` in the record that it is now", ()
        if place.path == CONFIG:  # a topic that has no file of its own yet
            place = Pointer(f"content/{meant.removesuffix('.html')}.md")
        return f"if it is {meant} now, write `{key}: [{id}]` in {place.path}", _here(place, key, id)

    def _is_new(self, path: str) -> bool:
        return path.endswith(".html") and path not in self.urls.addresses and path not in self.made.leading

    def _mend_of_place(self, path: str, fragment: str) -> tuple[str, Notes]:
        prefix = "measure_" if fragment.startswith("measure_") else ""
        ids = [one for one in self.made.ids_of(path) if one.startswith(prefix) and (prefix or is_claim_id(one))]
        meant = nearest(fragment, sorted(one for one in ids if f"{path}#{one}" not in self.urls.addresses))
        id = fragment.removeprefix(prefix)
        if meant is None:
            return f"bring it back, or write `former_ids: [{id}]` where it is now", ()
        place = self.made.place_of(f"{path}#{meant}")
        notes = _here(place, "former_ids", id) if place else ()
        return f"if it is `{meant.removeprefix(prefix)}` now, write `former_ids: [{id}]` there", notes


def _here(place: Pointer, key: str, id: str) -> Notes:
    """Where an old id is to be written: at those that are there, or else in the record."""
    return (Note("write, if that is what it is now", Pointer(place.path, (*place.way, key)), f"{key}: [{id}]"),)


def check_gone(gone: Sequence[Gone], made: Made) -> Iterator[Diagnostic]:
    """What is said to be gone and is there. Of a page it is found out because two want its address; on that of an
    article stands what says that a place is gone."""
    for number, one in enumerate(gone):
        path, mark, _ = one.address.partition("#")
        is_checked = path.startswith(FOLDERS["articles"]) if mark else path.endswith(".html")
        if not is_checked and made.has(one.address):
            where, place = Pointer(CONFIG, ("gone", number, "address")), made.place_of(page_of(path) or path)
            message = f"{one.address} is said to be gone, and is there"
            notes = (Note("it is of", place),) if place else ()
            yield Diagnostic("gone-but-there", message, where, "remove it here, or what stands there", notes)
