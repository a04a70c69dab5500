"""`urls.json`: the addresses that a site has promised to keep, one a line, so that versions of it are easily merged.

The order of the lines and what stands twice mean nothing: a merge that keeps the lines of both sides is right.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location
from briefing.model.addresses import is_promised
from briefing.model.gone import is_address
from briefing.read.folders import URLS
from briefing.read.sources import SourceFile, read_source

# Of a damaged file so many faults are told.
MOST_FAULTS = 100
# Every site has it. It stands last, so that each line of another address ends with a comma, and no line changes
# because of a new one.
_LAST = "index.html"
_SPACE = " \t\n"


@dataclass(frozen=True)
class Urls:
    """The promised addresses: paths in the site, some with the fragment of a place."""

    source: SourceFile
    addresses: frozenset[str]

    def place(self, address: str) -> Location:
        """Where an address stands in the file."""
        written = json.dumps(address, ensure_ascii=False)
        at = self.source.text.find(written)
        return self.source.place(at, at + len(written)) if at >= 0 else Location(URLS)


def read_urls(root: Path) -> tuple[Urls | None, list[Diagnostic]]:
    """The promised addresses; or what is wrong with the file."""
    source = read_source(root, URLS)
    if isinstance(source, Diagnostic):
        return None, [source]
    try:
        data = json.loads(source.text)
    except json.JSONDecodeError as error:
        return None, [_bad(f"the file is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", source.place(error.pos))]
    except (ValueError, RecursionError):
        return None, [_bad("the file holds something else than a list of addresses", Location(URLS))]
    if not isinstance(data, list):
        return None, [_bad("the file holds something else than a list of addresses", Location(URLS))]
    if all(isinstance(one, str) for one in data) and all(map(_is_address, addresses := frozenset(data))):
        return Urls(source, addresses), []
    return None, list(islice(_faults(source), MOST_FAULTS))


def _is_address(text: str) -> bool:
    # Nearly all have a fragment that is a plain word.
    path, _, fragment = text.partition("#")
    return is_promised(path) if fragment and fragment.replace("-", "").isalnum() else is_address(text)


def _faults(source: SourceFile) -> Iterator[Diagnostic]:
    """What is no address in a list that is read from JSON already, with its place."""
    decoder, text = json.JSONDecoder(), source.text
    index = text.index("[") + 1
    while True:
        while text[index] in f",{_SPACE}":
            index += 1
        if text[index] == "]":
            return
        value, end = decoder.raw_decode(text, index)
        if not isinstance(value, str):
            yield _bad("something else than an address in quotation marks", source.place(index, end))
        elif not is_address(value):
            yield _bad(f"`{value}` is not an address that lasts", source.place(index, end))
        index = end


def _bad(message: str, place: Location) -> Diagnostic:
    help = "mend or remove the line, or put an older version back; `briefing urls accept` adds what is missing"
    return Diagnostic("bad-urls", message, place, help)


def urls_bytes(addresses: Iterable[str]) -> bytes:
    """The file as it is written: the same for the same addresses."""
    lines = sorted(set(addresses), key=lambda address: (address == _LAST, address))
    return ("[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n]\n").encode()
