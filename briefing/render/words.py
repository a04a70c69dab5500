"""Dates, figures and attributions in words, in the site's language."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, get_currency_name

from briefing.model.claim import LIKELIHOOD_RANGES, Attribution, Figure
from briefing.model.dates import PartialDate
from briefing.model.entity import Entity, Role
from briefing.model.measure import Measure
from briefing.model.zones import zone

_QUALIFIERS = {
    "about": "about",
    "at-least": "at least",
    "more-than": "more than",
    "up-to": "up to",
    "less-than": "less than",
}


def locale_of(language: str) -> str:
    """The CLDR locale of a language tag, its language alone where the whole is unknown, else English."""
    from babel import Locale, UnknownLocaleError

    for candidate in (language, language.partition("-")[0]):
        try:
            return str(Locale.parse(candidate, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


@lru_cache(maxsize=65536)
def date_words(value: PartialDate, locale: str) -> str:
    """`7 February 2025` in the order and words of the locale; only as precise as the date."""
    if value.day:
        return format_date(value.earliest, "long", locale=locale)
    if value.month:
        return format_skeleton("yMMMM", value.earliest, locale=locale)
    return str(value.year)


def time_words(instant: datetime, zone_name: str, locale: str) -> tuple[str, str]:
    """The date and the time of an instant in a time zone."""
    local = instant.astimezone(zone(zone_name))
    day = format_date(local.date(), "long", locale=locale)
    return day, format_time(local.timetz(), "HH:mm", locale=locale)


def figure_words(figure: Figure, measure: Measure, locale: str) -> str:
    """`about 54,000 people`, `up to 25 billion US dollars`, `10 to 12 percent`."""
    numbers = [_number(figure.value, locale)]
    if figure.high is not None:
        numbers.append(_number(figure.high, locale))
    currency = figure.currency or (None if figure.unit else measure.currency)
    unit = get_currency_name(currency, 2, locale=locale) if currency else figure.unit or measure.unit
    qualifier = _QUALIFIERS.get(figure.qualifier)
    return " ".join(part for part in (qualifier, " to ".join(numbers), figure.scale, unit) if part)


def _number(value: Decimal, locale: str) -> str:
    return format_decimal(value, locale=locale, decimal_quantization=False)


def role_on(entity: Entity, day: date) -> Role | None:
    """The role held on that day."""
    for role in entity.roles:
        begun = role.start is None or role.start.earliest <= day
        if begun and (role.end is None or role.end.latest >= day):
            return role
    return None


def attribution_words(voices: Sequence[tuple[Attribution, str]], source: str) -> str:
    """Who says it on whose word: `Nikkei reports`, `A press preview, citing Sheila Smith`.

    `voices` pairs each attribution with its name; without any, the article's own source speaks.
    """
    if not voices:
        return f"{source} reports"
    (first, name), *others = voices
    if first.by is None:
        words = f"According to {name}"
    elif others or first.basis != "named":
        words = f"{name} reports"
    else:
        words = f"{name} says"
    words += _unnamed(first, name)
    for voice, name in others:
        words += f", citing {name}{_unnamed(voice, name)}"
    return words


def _unnamed(voice: Attribution, name: str) -> str:
    return " (unnamed)" if voice.basis == "anonymous" and "unnamed" not in name else ""


def likelihood_words(term: str) -> str:
    """The range that ICD 203 gives the term: `55 to 80 percent`."""
    low, high = LIKELIHOOD_RANGES[term]
    return f"{low} to {high} percent"
