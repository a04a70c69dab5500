"""Characters that no source file may hold, and text shown so that nothing in it can be taken for more than text."""

import re
from collections.abc import Iterable
from itertools import pairwise

# C0 and C1 but tab and line feed; line and paragraph separators; bidirectional embeddings, overrides and
# isolates (CVE-2021-42574); non-characters; surrogates cannot come out of UTF-8.
_RANGES = [(0, 8), (0xB, 0x1F), (0x7F, 0x9F), (0x2028, 0x202E), (0x2066, 0x2069), (0xFDD0, 0xFDEF)]
_RANGES += [(plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)]


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_CLASS = _class(_RANGES)
# Told by what is between them: that is where nearly every character is, and is found in a tenth of the time.
FORBIDDEN = re.compile(f"[^{_class((before[1] + 1, after[0] - 1) for before, after in pairwise(_RANGES))}]")

# What a file name can hold besides: tabs, line feeds, and bytes that are not UTF-8, as surrogates. And what services
# that run jobs read as a command, wherever it stands in the output: `##[error]`, `##vso[`, `##teamcity[`.
_HOSTILE = re.compile(rf"[\t\n\ud800-\udfff{_CLASS}]|##(?=\w*\[)")
# The same in JSON text, where line feeds stand between values only.
_HOSTILE_IN_JSON = re.compile(rf"[\ud800-\udfff{_CLASS}]|##(?=\w*\[)")
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "##": r"#\x23"}


def visible(text: str) -> str:
    """The text on one line, with escapes in place of all that could end the line, drive a terminal, turn the text
    round, or be a command to a service that reads the output: `::error` at the beginning of a line too."""
    shown = _HOSTILE.sub(_escaped, text)
    return shown.replace(":", r"\x3a", 1) if shown.lstrip().startswith("::") else shown


def visible_json(text: str) -> str:
    """JSON with escapes in place of the same, so that it holds what it held."""
    return _HOSTILE_IN_JSON.sub(_escaped_in_json, text)


def _escaped(match: re.Match[str]) -> str:
    text = match.group()
    if text in _NAMED:
        return _NAMED[text]
    code = ord(text)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escaped_in_json(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
