"""Mutations of whole files: slips of the hand, and everything that YAML, Markdown, Unicode and dates have in store."""

import random
from collections.abc import Callable, Sequence

from tests.fuzz.slips import mutated

YAML_TOKENS = (
    "&a ", "*a", "!!int ", "!x ", "<<: ", "? ", ": ", "- ", "| ", ">-\n", "---\n", "...\n", "%YAML 1.1\n", "#",
    " #", "{", "}", "[", "]", "{a: ", "[[[[[[[[", "null", "~", "true", "NO", "''", '""', '"\\u0000"', '"\\x1b[31m"',
    '"\\ud800"', '"\\N"', '"\\U0010ffff"', "'", '"', "@", "`", "%", "\t", "  ", "\n\n", "\n  ", "\n    - ",
    "key: value\n", "claims:\n", "{" * 40, "[" * 40, "- " * 40, "? " * 40,
)  # fmt: skip
DATES = (
    "2024-13-45", "2025-02-29", "2025-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2025",
    "2025-02", "20250207", "2025-02-07T11:55", "2025-02-07T25:00Z", "0001-01-01T00:00+14:00",
    "9999-12-31T23:59-14:00", "2025-02-07T11:55+99:99", "2025-02-07T11:55:60Z", "2025-W06", "٢٠٢٥-٠٢-٠٧", "P9999Y",
    "P1Y", "P0D", "P99999D", "-2025-02-07", "now",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "00", "1e9", "1e309", "1e9999", "1e999999999", "-1e5000", "1e-999999999", "9" * 400, "9" * 5000,
    "0.1", ".5", "5.", "1_000", "54,000", "NaN", "sNaN", "Infinity", "-inf", "0x1F", "٣", "１２",
    "1.7976931348623157e308", "0." + "3" * 500,
)  # fmt: skip
MARKDOWN_TOKENS = (
    "[", "]", "](", "](a)", "![", "[a](b)", "[a](<b", '[a](b "c', "[a][b]", "[a]: b\n", "[^a]", "[^a]: b\n", "^[",
    "^[a]", "*", "**", "***a*", "_", "__", "~~", "`", "``", "```\n", "~~~\n", "    ", "# ", "\n# a\n", "\n===\n",
    "\n---\n", "- ", "1. ", "> ", "|", "|a|b|\n|-|-|\n|c|\n", "<", ">", "<b>", "<b>a</b>", "<br>", "<span ", "<!--",
    "-->", "<!-- a -->", "<script>", "<http://a>", "<a@b.c>", "&", "&amp;", "&#0;", "&#55296;", "&#x110000;",
    "&nbsp;", "\\", "\\\n", "  \n", "!", "\n\n", "\n- a\n  - b\n    - c\n", "[" * 60, "![" * 60, "> " * 40,
    "* " * 40, "[a](javascript:b)", "[a](//b)", "[a](../../../b)", "[a](#b)", "[a](%00)", "[a](https://é.b:99999/)",
    "[a](https://[::1", "![a](https://[)", "[a](x.md)", "[a](../summits/delta-2025.md#x)", "[a](/..//)", "[a](?)",
    "[](<>)", "[a](%ff)", "[a](https://a@b:c)",
)  # fmt: skip
FRONT_MATTER = ("---\n", "\n---\n", "--- \n", "----\n", "...\n", "---", "+++\n", "---\n---\n", " ---\n", "\ufeff---\n")
CHARACTERS = (
    "\0", "\x01", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\r", "\r\n", "\x0b", "\x0c", "\u061c", "\u200b",
    "\u200d", "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\u3000", "\ufdd0", "\ufeff", "\ufffd", "\ufffe",
    "\uffff", "\U0001f600", "\U0010ffff", "e\u0301", "\u0301" * 40, "\u0301\u0316" * 10, "ﬁ", "\ufdfa", "日", "ｶﾞ",
    "ß", "İ", "ı", "ſ", "\u1100\u1161\u11a8", "\U000e0041", "“", "”", "—", "´",
)  # fmt: skip
WORDS = (
    "con", "aux", "..", "/", "a/b", "s-a", "fn-1", "c1", "A", "é", "a" * 101, "a" * 3000, "draft: true\n",
    "id: c1\n", "https://", "javascript:a", "en-", "zz", "UTC", "Europe/Oslo", "../etc", "{{ a }}", "{% a %}",
    "</script>", "__class__", "full", "fulfilled", "draft",
)  # fmt: skip
TOKENS = (YAML_TOKENS, DATES, NUMBERS, MARKDOWN_TOKENS, FRONT_MATTER, CHARACTERS, WORDS)


def damaged(text: str, dice: random.Random, others: Sequence[str]) -> bytes:
    """The text after one to four mutations; some take a piece of one of the others, some are made to its bytes."""
    for _ in range(dice.choice([1, 1, 1, 2, 2, 3, 4])):
        text = dice.choice(_MUTATIONS)(text or "a", dice, others)
    data = text.encode("utf-8", "surrogatepass")
    return dice.choice(_BYTES)(data, dice) if dice.random() < 0.15 else data


def _slip(text: str, dice: random.Random, others: Sequence[str]) -> str:
    return mutated(text, dice) if len(text) > 200 else text


def _token(text: str, dice: random.Random, others: Sequence[str]) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(dice.choice(TOKENS)) + text[at:]


def _value(text: str, dice: random.Random, others: Sequence[str]) -> str:
    """Another value behind a colon, which is where the model looks at it."""
    colons = [at for at in range(len(text) - 1) if text[at : at + 2] == ": "]
    if not colons:
        return _token(text, dice, others)
    at = dice.choice(colons) + 2
    ends = [end for end in (text.find(mark, at) for mark in "\n,}]") if end >= 0]
    return text[:at] + dice.choice(dice.choice(TOKENS)).strip("\n") + text[min(ends, default=len(text)) :]


def _splice(text: str, dice: random.Random, others: Sequence[str]) -> str:
    """Lines of another file in the place of some of its own."""
    lines, more = text.split("\n"), dice.choice(others).split("\n")
    row, start = dice.randrange(len(lines)), dice.randrange(len(more))
    lines[row : row + dice.randint(0, 3)] = more[start : start + dice.randint(1, 6)]
    return "\n".join(lines)


def _exchange(text: str, dice: random.Random, others: Sequence[str]) -> str:
    """Two lines in each other's place."""
    lines = text.split("\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _again(text: str, dice: random.Random, others: Sequence[str]) -> str:
    """A few lines twice, or fifty times."""
    lines = text.split("\n")
    row = dice.randrange(len(lines))
    piece = lines[row : row + dice.randint(1, 8)]
    lines[row:row] = piece * dice.choice([1, 1, 2, 50])
    return "\n".join(lines)


def _shift(text: str, dice: random.Random, others: Sequence[str]) -> str:
    """Some lines further in, or further out."""
    lines = text.split("\n")
    row, by = dice.randrange(len(lines)), dice.choice([1, 2, 4, -1, -2])
    for index in range(row, min(len(lines), row + dice.randint(1, 6))):
        lines[index] = " " * by + lines[index] if by > 0 else lines[index][-by:]
    return "\n".join(lines)


def _end(text: str, dice: random.Random, others: Sequence[str]) -> str:
    return text[: dice.randrange(len(text) + 1)]


_MUTATIONS: tuple[Callable[[str, random.Random, Sequence[str]], str], ...] = (
    _slip, _slip, _token, _token, _value, _value, _splice, _exchange, _again, _shift, _end,
)  # fmt: skip


def _flipped(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _odd_bytes(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return (
        data[:at]
        + dice.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x00"])
        + data[at:]
    )


_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped,
    _odd_bytes,
    lambda data, dice: data.replace(b"\n", b"\r\n"),
    lambda data, dice: data.replace(b"\n", b"\r"),
    lambda data, dice: b"\xef\xbb\xbf" + data,
    lambda data, dice: data.decode("utf-8", "ignore").encode("utf-16"),
    lambda data, dice: data.decode("utf-8", "ignore").encode("latin-1", "replace"),
    lambda data, dice: b"",
)
