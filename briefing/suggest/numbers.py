"""Numbers: the figures in a text as it writes them, with value, scale, qualifier, currency, and what they count.

English first; numbers with Chinese, Japanese and Korean scales and currencies are known too. Left out are numbers that
are no figures: years, days, sections of laws, names of things ("F-35", "Executive Order 14257").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefing.model.claim import SCALES

_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[, \u202f]\d{3})+(?![\d,])(?:\.\d+)?|\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?:{_DIGITS}|\b(?:{'|'.join(_WORDS)})(?=\b|fold\b))"
_SHORT_SCALES = {"bn": "billion", "tn": "trillion", "trn": "trillion", "mn": "million", "m": "million", "k": "thousand"}
_SCALES = sorted((scale for scale in SCALES if scale), key=len, reverse=True)
_SCALE = rf"[\s-]?(?:{'|'.join(map(re.escape, _SCALES))}|(?:bn|tn|trn|mn|m|k)\b)"
_SYMBOLS = {
    "US$": "USD", "U.S.$": "USD", "U.S. $": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD",
    "R$": "BRL", "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "Rs.": "INR",
    "Rs": "INR", "₩": "KRW", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "INR": "INR", "KRW": "KRW",
    "CNY": "CNY",
}  # fmt: skip
_MONEY = {
    "dollars": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "yen": "JPY", "won": "KRW", "rupees": "INR",
    "pounds": "GBP", "yuan": "CNY", "renminbi": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY",
    "INR": "INR", "KRW": "KRW", "CNY": "CNY", "米ドル": "USD", "ドル": "USD", "日元": "JPY", "円": "JPY",
    "ユーロ": "EUR", "ウォン": "KRW", "人民元": "CNY", "ルピー": "INR", "美元": "USD", "欧元": "EUR", "韩元": "KRW",
    "元": "CNY", "달러": "USD", "엔": "JPY", "원": "KRW", "유로": "EUR", "위안": "CNY",
}  # fmt: skip
_SYMBOL = "|".join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)))
_NAMED = "|".join(f"{word}\\b" if word.isascii() else word for word in sorted(_MONEY, key=len, reverse=True))
_PERCENT = r"%|％|percentage points?\b|percent\b|per cent\b|pct\b|パーセント|ポイント|퍼센트|%p"
_AMOUNT = re.compile(
    rf"(?P<sign>(?<![^\s(])[-−])?(?P<symbol>{_SYMBOL})?\s?(?P<value>{_NUMBER})(?P<scale>{_SCALE})?"
    rf"(?P<rest>(?:{_DIGITS})(?:万|億|亿|만|억))?"
    rf"(?:\s?(?:-|–|to|and|から|～|〜)\s?(?:{_SYMBOL})?(?P<high>{_NUMBER})(?P<high_scale>{_SCALE})?)?"
    rf"(?:[\s-]?(?:US |U\.S\. )?(?P<money>{_NAMED})|[\s-]?(?P<percent>{_PERCENT})|(?P<fold>-?fold\b))?",
)
_BEFORE = (
    (
        "up-to",
        r"up to|as (?:much|many|high) as|at most|(?:no|not) (?:more|greater|higher) than|(?:a )?maximum(?: of)?|最大",
    ),
    ("up-to", r"\bnot?\b[^;]{0,80}\b(?:more|greater|higher) than|\bnot exceed(?:ing)?"),
    ("at-least", r"at least|(?:no|not) (?:less|fewer) than|a minimum of|minimum|少なくとも|최소|至少"),
    (
        "more-than",
        r"more than|greater than|higher than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards of|超过",
    ),
    ("less-than", r"less than|fewer than|lower than|under|below"),
    ("nearly", r"nearly|almost|close to|just under|ほぼ"),
    ("about", r"about|around|approximately|roughly|some|an estimated|estimated|circa|約|およそ|约|약"),
)  # fmt: skip
_AMOUNTING = r"(?: (?:an?|the))?(?: (?:average|total|aggregate|cumulative)(?: of)?)?\s*\Z"
_QUALIFIERS = [(name, re.compile(rf"(?:{words}){_AMOUNTING}", re.IGNORECASE)) for name, words in _BEFORE]
_AFTER = (
    ("at-least", "以上|이상"),
    ("up-to", "以下|以内|이하"),
    ("less-than", "未満|미만"),
    ("more-than", "超|余り|을? 넘|초과"),
)
_FROM, _TO = re.compile(r"\bfrom\s*\Z", re.IGNORECASE), re.compile(r"\s*to\b")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
# What is numbered, not counted.
_NUMBERED = re.compile(
    rf"(?:\b(?:{_MONTHS})\.?|\b(?:section|sec\.|article|art\.|order|no\.|number|chapter|column|phase|block|schedule|part|"
    r"annex|paragraph|title|proclamation|resolution|step|page|figure|table|day|group|article|mission|agenda|vision)s?|"
    r"第|令和|平成|[#§(])\s*[“\"]?\Z",
    re.IGNORECASE,
)
_OF_TIME = re.compile(
    rf"[\s-]?(?:st|nd|rd|th|{_MONTHS})\b|[\s-]?(?:am|pm|a\.m\.|p\.m\.|o'clock)\b|[年月日時分秒週代]|か月|[년월일시]|:\d"
)
_COUNTED = re.compile(r"[\s-]+((?:[^\s,;:()]+\s+){0,5}[^\s,;:()]+)|\s?([^\s\d,.;:()、。]{1,6})")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in a text: offsets of the number with what belongs to it; `value` and `high` as digits. The number
    itself begins at `amount_at`, after the words of its qualifier; it `is_before` what a change leads to, as 25 is in
    "from 25 percent to 18".

    `unit` is `percent`, `percentage points` or `fold`; where it counts things, `counted` are the words that follow.
    """

    start: int
    end: int
    value: str
    high: str | None = None
    scale: str | None = None
    qualifier: str = "exact"
    currency: str | None = None
    unit: str | None = None
    counted: str = ""
    amount_at: int = 0
    is_before: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether it is a figure whatever it counts: money, a share, or a number with a scale."""
        return bool(self.currency or self.unit or self.scale)


def numbers_in(text: str) -> list[Number]:
    """The figures in a text, in its order."""
    plain = text.translate(_WIDTHS)
    return [number for match in _AMOUNT.finditer(plain) for number in _numbers(plain, match)]


_WIDTHS = {code: chr(code - 0xFEE0) for code in [*range(0xFF10, 0xFF1A), 0xFF0C, 0xFF0E]} | {0xA0: " ", 0x0A: " "}


def _numbers(text: str, match: re.Match[str]) -> Iterator[Number]:
    start = match.start("sign") if match["sign"] else match.start("symbol") if match["symbol"] else match.start("value")
    end = match.end()
    scale, high, high_scale = _scale(match["scale"]), match["high"], _scale(match["high_scale"])
    symbol = match["symbol"]
    if match["scale"] and match["scale"].strip(" -") in ("m", "k") and not symbol and not match["money"]:
        return
    if _is_part_of_word(text, start, match.end("high") if match["high"] else match.end("value")):
        return
    before = text[max(0, start - 100) : start]
    is_range = high is not None and not _FROM.search(before) and _rises(match)
    if high is not None and not is_range:
        yield from _apart(text, match)
        return
    unit = _unit(match)
    currency = _SYMBOLS.get(symbol or "") or _MONEY.get(match["money"] or "")
    certain = bool(currency or unit or scale or high_scale)
    if not certain and (match["value"] == "one" or not _may_count(text, before, match)):
        return
    value, scale = _with_rest(_digits(match["value"]), scale, match["rest"])
    value = f"-{value}" if match["sign"] else value
    qualifier, first = ("range", start) if is_range else _qualifier(text, start, end)
    yield Number(
        first, end, value, _digits(high) if is_range and high else None, scale or high_scale, qualifier, currency, unit,
        _counted(text, end) if not currency and unit in (None, "percent") else "", start,
        bool(_FROM.search(before) and _TO.match(text, end)),
    )  # fmt: skip


def _apart(text: str, match: re.Match[str]) -> Iterator[Number]:
    """Two numbers joined by a word that are no range, as in `from 25 percent to 18 percent`: each on its own."""
    cut = match.start("high")
    for first, last in ((match.start(), cut), (cut, len(text))):
        part = _AMOUNT.match(text[:last], first)
        if part and not part["high"]:
            yield from _numbers(text[:last] if last == cut else text, part)


def _rises(match: re.Match[str]) -> bool:
    low, high = Decimal(_digits(match["value"])), Decimal(_digits(match["high"]))
    lower, upper = SCALES[_scale(match["scale"])], SCALES[_scale(match["high_scale"])]
    return low * (lower if match["scale"] else upper) < high * upper and not (
        match["scale"] and match["scale"] != match["high_scale"]
    )


def _digits(number: str) -> str:
    return _WORDS.get(number) or re.sub(r"[, \u202f]", "", number)


def _scale(scale: str | None) -> str | None:
    scale = scale.strip(" -") if scale else None
    return _SHORT_SCALES.get(scale, scale) if scale else None


def _with_rest(value: str, scale: str | None, rest: str | None) -> tuple[str, str | None]:
    """A number written in two steps, 3兆5000億, as one in its greater scale."""
    if rest and scale:
        added = Decimal(_digits(rest[:-1])) * SCALES[rest[-1]] / SCALES[scale]
        value = f"{Decimal(value) + added:f}".rstrip("0").rstrip(".")
    return value, scale


def _unit(match: re.Match[str]) -> str | None:
    if match["fold"]:
        return "fold"
    if not match["percent"]:
        return None
    return "percentage points" if "point" in match["percent"] or match["percent"] in ("ポイント", "%p") else "percent"


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Whether the number stands in a word or a name: `F-35`, `6G`, `AP1000`, `2+2`, `18-19`, a URL."""
    head, tail = text[max(0, start - 2) : start], text[end : end + 2]
    if (head[-1:].isalnum() and head[-1:].isascii()) or head[-1:] in ("_", "/", "+", "."):
        return True
    if head[-1:] in ("-", "–", ":") and head[:1].isalnum():
        return True
    return bool(re.match(r"[A-Z_+/]|[.,]\d|-[A-Z0-9]", tail)) and not re.match(r"/(?:a |year)", tail)


def _may_count(text: str, before: str, match: re.Match[str]) -> bool:
    """Whether a bare number may count things: it is no year, day or hour, and nothing is numbered by it."""
    if _NUMBERED.search(before) or _OF_TIME.match(text, match.end()):
        return False
    return not _YEAR.match(match["value"])


def _qualifier(text: str, start: int, end: int) -> tuple[str, int]:
    """How exact the text is, and where what says so begins."""
    first = max(0, start - 100)
    before = text[first:start]
    for name, words in _QUALIFIERS:
        if found := words.search(before):
            at = first + found.start()
            return name, at if start - at < 40 else start
    for name, marks in _AFTER:
        if re.match(marks, text[end : end + 6]):
            return name, start
    return "exact", start


def _counted(text: str, end: int) -> str:
    found = _COUNTED.match(text, end)
    return (found.group(1) or found.group(2)).rstrip(".") if found else ""
