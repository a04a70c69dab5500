"""Dates, figures and attributions in words, in the site's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

from briefing.link.clock import Length, length
from briefing.link.origins import Origin
from briefing.model.claim import Attribution, Figure
from briefing.model.dates import PartialDate
from briefing.model.measure import Measure
from briefing.model.zones import zone
from briefing.views.numbers import amount_words, locale_tag, parsed, unit_of_amount
from briefing.views.phrases import Phrase, english, listed, phrase, spoken
from briefing.views.values import DateView
from briefing.wording import counted

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
class VoiceName:
    """A voice's name with the path of its page, if it has one, and the office."""

    text: Phrase
    path: str | None = None
    office: Phrase | None = None


def locale_of(language: str) -> str:
    """The CLDR locale of a language tag, its language alone where the whole is unknown, else English."""
    for candidate in (language, language.partition("-")[0]):
        try:
            return str(Locale.parse(candidate, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


@lru_cache(maxsize=65536)
def date_view(value: PartialDate, locale: str) -> DateView:
    """A date in words, and as HTML's `datetime` attribute has it."""
    return DateView(date_words(value, locale), date_words(value, locale, "medium"), value.iso)


@lru_cache(maxsize=65536)
def date_words(value: PartialDate, locale: str, length: Literal["long", "medium"] = "long") -> Phrase:
    """`7 February 2025` in the order and words of the locale; only as precise as the date, and as sure:
    `about 7 February 2025`, `7 February 2025 (uncertain)`. Of medium length it is `7 Feb 2025`."""
    about, uncertain = "about " * value.is_approximate, " (uncertain)" * value.is_uncertain
    return phrase(english(about), _plain_date_words(value, locale, length), english(uncertain))


def _plain_date_words(value: PartialDate, locale: str, length: Literal["long", "medium"]) -> Phrase:
    if value.day:
        return spoken(format_date(value.earliest, length, locale=parsed(locale)), locale_tag(locale))
    if value.month:
        skeleton = "yMMMM" if length == "long" else "yMMM"
        return spoken(format_skeleton(skeleton, value.earliest, locale=parsed(locale)), locale_tag(locale))
    return english(str(value.year))


def time_words(instant: datetime, zone_name: str, locale: str) -> Phrase:
    """The date and the time of an instant in a time zone."""
    local = instant.astimezone(zone(zone_name))
    day = format_date(local.date(), "long", locale=locale)
    return spoken(f"{day}, {format_time(local.timetz(), 'HH:mm', locale=locale)}", locale_tag(locale))


def figure_words(figure: Figure, measure: Measure, locale: str) -> Phrase:
    """`about 54,000 people`, `up to 25 billion US dollars`, `10 to 12 percent`."""
    return phrase(amount_words(figure, locale), english(" "), unit_of_amount(figure, measure, locale))


Part = tuple[Phrase, str | None]


def attribution_parts(voices: Sequence[tuple[Attribution, VoiceName]], source: VoiceName) -> tuple[Part, ...]:
    """Who says it on whose word: `Nikkei reports`, `A press preview, citing Sheila Smith (senior fellow)`.

    Each part is a text with the page of whom it names, or without one. `voices` pairs each attribution with its name;
    without any, the article's own source speaks.
    """
    (first, named), *others = voices or [(REPORTED, source)]
    parts: list[Part] = [(english("According to "), None)] if first.by is None else []
    verb = "reports" if others or first.basis != "named" else "says"
    parts += _voice(first, named, f" {verb}" if first.by is not None else "")
    for voice, named in others:
        parts += [(english(", citing "), None), *_voice(voice, named)]
    return tuple(parts)


def chain_parts(voices: Sequence[tuple[Attribution, VoiceName]], source: VoiceName) -> tuple[Part, ...]:
    """On whose word something is: `Nikkei`, `a press preview, citing Sheila Smith (senior fellow)`."""
    (first, named), *others = voices or [(REPORTED, source)]
    parts: list[Part] = [*_voice(first, named)]
    for voice, named in others:
        parts += [(english(", citing "), None), *_voice(voice, named)]
    return tuple(parts)


def _voice(voice: Attribution, named: VoiceName, verb: str = "") -> Iterator[Part]:
    yield named.text, named.path
    after = [english(" ("), named.office, english(")")] if named.office else []
    unnamed = " (unnamed)" if voice.basis == "anonymous" and "unnamed" not in named.text else ""
    rest = phrase(*after, english(f"{verb}{unnamed}"))
    if rest:
        yield rest, None


def names_listed(names: Sequence[Phrase]) -> Phrase:
    """Names in one phrase: `Japan`, `Japan and India`, `Japan, India and Australia`."""
    *first, last = names
    return phrase(listed(first), english(" and "), last) if first else last


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


def language_words(language: str, locale: str) -> Phrase:
    """The name of a language in the words of the locale, its code where it has none."""
    name = parsed(locale).languages.get(language.partition("-")[0])
    return spoken(str(name), locale_tag(locale)) if name else english(language)


def origin_words(origin: Origin, name: Phrase, unnamed: Phrase | None, locale: str) -> Phrase:
    """Where news came from: `Nikkei, February 5, 2025`, `two officials (unnamed)`. `name` is that of its voice,
    `unnamed` the words for whom it does not name."""
    words = phrase(name, english(", "), date_words(origin.day, locale)) if origin.day else name
    if unnamed is None or "unnamed" in words:
        return words
    if unnamed == name:
        return phrase(words, english(" (unnamed)"))
    return phrase(words, english(", citing "), unnamed, english("" if "unnamed" in unnamed else " (unnamed)"))


def relation_words(type: str, is_from_other: bool) -> str:
    """A relation seen from one of its ends: `confirms`, `confirmed by`."""
    return f"{_PASSIVE[type]} by" if is_from_other else type


def span_words(start: date, end: date) -> str:
    """The time from one day to a later one: `9 days`, `14 months`, `3 years`."""
    return length_words(length(start, end))


def length_words(length: Length) -> str:
    """A length of time: `9 days`."""
    return counted(*length)
