"""Dates, figures and attributions in words, in the site's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, get_currency_name

from briefing.link.origins import Origin
from briefing.model.claim import LIKELIHOOD_RANGES, Attribution, Figure
from briefing.model.dates import PartialDate
from briefing.model.measure import Measure
from briefing.model.zones import zone

_QUALIFIERS = {
    "about": "about",
    "nearly": "nearly",
    "at-least": "at least",
    "more-than": "more than",
    "up-to": "up to",
    "less-than": "less than",
}

_PASSIVE = {
    "confirms": "confirmed",
    "disputes": "disputed",
    "refutes": "refuted",
    "qualifies": "qualified",
    "updates": "updated",
    "corrects": "corrected",
    "repeats": "repeated",
}

# An article without a chain of voices: its source reports it.
REPORTED = Attribution(by="source", basis="report")


@dataclass(frozen=True, slots=True)
class Named:
    """A voice's name with the path of its page, if it has one, and what is said after the name: the office."""

    text: str
    path: str | None = None
    after: str = ""


def locale_of(language: str) -> str:
    """The CLDR locale of a language tag, its language alone where the whole is unknown, else English."""
    for candidate in (language, language.partition("-")[0]):
        try:
            return str(Locale.parse(candidate, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


@lru_cache(maxsize=65536)
def date_words(value: PartialDate, locale: str) -> str:
    """`7 February 2025` in the order and words of the locale; only as precise as the date, and as sure:
    `about 7 February 2025`, `7 February 2025 (uncertain)`."""
    about, uncertain = "about " * value.is_approximate, " (uncertain)" * value.is_uncertain
    return f"{about}{_plain_date_words(value, locale)}{uncertain}"


def _plain_date_words(value: PartialDate, locale: str) -> str:
    if value.day:
        return format_date(value.earliest, "long", locale=_parsed(locale))
    if value.month:
        return format_skeleton("yMMMM", value.earliest, locale=_parsed(locale))
    return str(value.year)


@cache
def _parsed(locale: str) -> Locale:
    """Babel would parse its name for every value."""
    return Locale.parse(locale)


def time_words(instant: datetime, zone_name: str, locale: str) -> tuple[str, str]:
    """The date and the time of an instant in a time zone."""
    local = instant.astimezone(zone(zone_name))
    day = format_date(local.date(), "long", locale=locale)
    return day, format_time(local.timetz(), "HH:mm", locale=locale)


def figure_words(figure: Figure, measure: Measure, locale: str) -> str:
    """`about 54,000 people`, `up to 25 billion US dollars`, `10 to 12 percent`."""
    currency = figure.currency or (None if figure.unit else measure.currency)
    unit = _currency_words(currency, locale) if currency else figure.unit or measure.unit
    return f"{amount_words(figure, locale)} {unit}"


def amount_words(figure: Figure, locale: str) -> str:
    """A figure without its unit: `up to 25 billion`."""
    numbers = [_number(str(figure.value), locale)]
    if figure.high is not None:
        numbers.append(_number(str(figure.high), locale))
    return " ".join(part for part in (_QUALIFIERS.get(figure.qualifier), " to ".join(numbers), figure.scale) if part)


def unit_words(measure: Measure, locale: str) -> str:
    """What a measure counts in: `people`, `US dollars`."""
    return _currency_words(measure.currency, locale) if measure.currency else measure.unit or ""


def _currency_words(currency: str, locale: str) -> str:
    return str(get_currency_name(currency, 2, locale=_parsed(locale)))


@lru_cache(maxsize=4096)
def _number(digits: str, locale: str) -> str:
    return format_decimal(Decimal(digits), locale=_parsed(locale), decimal_quantization=False)


def attribution_parts(voices: Sequence[tuple[Attribution, Named]], source: Named) -> tuple[tuple[str, str | None], ...]:
    """Who says it on whose word: `Nikkei reports`, `A press preview, citing Sheila Smith (senior fellow)`.

    Each part is a text with the page of whom it names, or without one. `voices` pairs each attribution with its name;
    without any, the article's own source speaks.
    """
    (first, named), *others = voices or [(REPORTED, source)]
    parts: list[tuple[str, str | None]] = [("According to ", None)] if first.by is None else []
    parts.append((named.text, named.path))
    words = f"{named.after}{_unnamed(first, named)}"
    if first.by is not None:
        verb = "reports" if others or first.basis != "named" else "says"
        words = f"{named.after} {verb}{_unnamed(first, named)}"
    for voice, named in others:
        parts += [(f"{words}, citing ", None), (named.text, named.path)]
        words = f"{named.after}{_unnamed(voice, named)}"
    return tuple(part for part in (*parts, (words, None)) if part[0])


def _unnamed(voice: Attribution, named: Named) -> str:
    return " (unnamed)" if voice.basis == "anonymous" and "unnamed" not in named.text else ""


def listed(names: Sequence[str]) -> str:
    """Names in one phrase: `Japan`, `Japan and India`, `Japan, India and Australia`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


# The source grades of the Admiralty code (STANAG 2511).
_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}


def reliability_words(grade: str) -> str:
    """A grade of the Admiralty code: `B, usually reliable`."""
    return f"{grade}, {_RELIABILITY[grade]}"


def language_words(language: str, locale: str) -> str:
    """The name of a language in the words of the locale, its code where it has none."""
    from babel import Locale

    return str(Locale.parse(locale).languages.get(language.partition("-")[0], language))


def likelihood_words(term: str) -> str:
    """The range that ICD 203 gives the term: `55 to 80 percent`."""
    low, high = LIKELIHOOD_RANGES[term]
    return f"{low} to {high} percent"


def origin_words(origin: Origin, name: str, locale: str) -> str:
    """Where news came from: `Nikkei, February 5, 2025`, `two officials (unnamed)`. `name` is that of its voice."""
    words = f"{name}, {date_words(origin.day, locale)}" if origin.day else name
    if origin.unnamed is None or "unnamed" in words:
        return words
    if origin.unnamed == name:
        return f"{words} (unnamed)"
    return f"{words}, citing {origin.unnamed}{'' if 'unnamed' in origin.unnamed else ' (unnamed)'}"


def relation_words(type: str, is_from_other: bool) -> str:
    """A relation seen from one of its ends: `confirms`, `confirmed by`."""
    return f"{_PASSIVE[type]} by" if is_from_other else type


def span_words(start: date, end: date) -> str:
    """The time from one day to a later one, coarser the longer it is: `9 days`, `14 months`, `3 years`."""
    days = (end - start).days
    if days <= 60:
        return _counted(days, "day")
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if months < 36:
        return _counted(months, "month")
    return _counted(months // 12, "year")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
