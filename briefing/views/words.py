"""Dates, figures and attributions in words, in the site's language."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format

from briefing.link.clock import Length, length
from briefing.link.origins import Origin
from briefing.model.claim import Attribution, Figure
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.model.measure import Measure
from briefing.model.zones import zone
from briefing.views.numbers import bare_amount, parsed, qualified, unit_of_amount
from briefing.views.phrases import Phrase, phrase, plain, unmarked
from briefing.views.values import DateView
from briefing.views.wording import Wording

# An article without a chain of voices: its source reports it.
REPORTED = Attribution(by="source", basis="report")


@frozen
class VoiceName:
    """A voice's name with the path of its page, if it has one, and the office."""

    text: Phrase
    path: str | None = None
    office: Phrase | None = None


@cache
def locale_of(language: str) -> str:
    """The CLDR locale of a language tag, its language alone where the whole is unknown, else English."""
    for candidate in (language, language.partition("-")[0]):
        try:
            return str(Locale.parse(candidate, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


@lru_cache(maxsize=65536)
def date_view(value: PartialDate, wording: Wording) -> DateView:
    """A date in words, and as HTML's `datetime` attribute has it."""
    return DateView(date_words(value, wording), date_words(value, wording, "medium"), value.iso)


@lru_cache(maxsize=65536)
def date_words(value: PartialDate, wording: Wording, length: Literal["long", "medium"] = "long") -> Phrase:
    """`7 February 2025` in the order and words of the locale; only as precise as the date, and as sure:
    `about 7 February 2025`, `7 February 2025 (uncertain)`. Of medium length it is `7 Feb 2025`."""
    found = wording.local(_plain_date_words(value, parsed(wording.locale), length))
    if value.is_approximate:
        found = wording.say("date.about", date=found)
    return wording.say("date.uncertain", date=found) if value.is_uncertain else found


def _plain_date_words(value: PartialDate, locale: Locale, length: Literal["long", "medium"]) -> str:
    if value.day and length == "long":
        return format_date(value.earliest, length, locale=locale)
    # In few words a day looks like a month and a year do, where the CLDR's medium length may be all digits.
    month = "MMMM" if length == "long" else "MMM"
    skeleton = f"y{month}d" if value.day else f"y{month}" if value.month else "y"
    return format_skeleton(skeleton, value.earliest, locale=locale)


def time_words(instant: datetime, zone_name: str, wording: Wording) -> Phrase:
    """The date and the time of an instant in a time zone."""
    local, locale = instant.astimezone(zone(zone_name)), parsed(wording.locale)
    day, time = format_date(local.date(), "long", locale=locale), format_time(local.timetz(), "HH:mm", locale=locale)
    return wording.local(str(get_datetime_format("medium", locale)).replace("{0}", time).replace("{1}", day))


def figure_words(figure: Figure, measure: Measure, wording: Wording) -> Phrase:
    """`about 54,000 people`, `up to 25 billion US dollars`, `10 to 12 percent`."""
    amount, unit = bare_amount(figure, wording), _apart(unit_of_amount(figure, measure, wording), wording)
    return qualified(wording.say("figure.amount", amount=amount, unit=unit), figure, wording)


def _apart(unit: Phrase, wording: Wording) -> Phrase:
    """A unit in Latin letters stands apart from its number also where the language has no space there: 3 km, 3人."""
    is_latin = plain(unit)[:1].isascii() and plain(unit)[:1].isalpha()
    if is_latin and plain(wording.say("figure.amount", amount=unmarked("1"), unit=unmarked("x"))) == "1x":
        return phrase(unmarked(" "), unit)
    return unit


Part = tuple[Phrase, str | None]


def attribution_parts(
    voices: Sequence[tuple[Attribution, VoiceName]], source: VoiceName, wording: Wording
) -> tuple[Part, ...]:
    """Who says it on whose word: `Nikkei reports`, `A press preview, citing Sheila Smith (senior fellow)`.

    Each part is a text with the page of whom it names, or without one. `voices` pairs each attribution with its name;
    without any, the article's own source speaks.
    """
    (first, named), *others = voices or [(REPORTED, source)]
    says = "voice.reports" if others or first.basis != "named" else "voice.says"
    key = says if first.by is not None else "voice.according"
    return _citing(_filled(wording, key, voice=_voice(first, named, wording)), others, wording)


def chain_parts(
    voices: Sequence[tuple[Attribution, VoiceName]], source: VoiceName, wording: Wording
) -> tuple[Part, ...]:
    """On whose word something is: `Nikkei`, `a press preview, citing Sheila Smith (senior fellow)`."""
    (first, named), *others = voices or [(REPORTED, source)]
    return _citing(_voice(first, named, wording), others, wording)


def _citing(
    parts: Sequence[Part], others: Iterable[tuple[Attribution, VoiceName]], wording: Wording
) -> tuple[Part, ...]:
    for voice, named in others:
        parts = _filled(wording, "voice.citing", voice=parts, cited=_voice(voice, named, wording))
    return tuple(parts)


def _voice(voice: Attribution, named: VoiceName, wording: Wording) -> Sequence[Part]:
    parts: Sequence[Part] = [(named.text, named.path)]
    if named.office:
        parts = _filled(wording, "voice.in_office", voice=parts, office=[(named.office, None)])
    if voice.basis == "anonymous" and not _is_unnamed(named.text, wording):
        parts = _filled(wording, "voice.unnamed", voice=parts)
    return parts


def _is_unnamed(text: Phrase, wording: Wording) -> bool:
    """Whether a voice says itself that it has no name."""
    return wording.say("voice.unnamed_word") in text


def _filled(wording: Wording, key: str, **values: Sequence[Part]) -> list[Part]:
    """What an entry of the catalogue says, with parts in the places that it names."""
    found: list[Part] = []
    for words, name in wording.words.pieces(key):
        found += [(unmarked(words), None)] if words else []
        found += values[name] if name else []
    return found


def names_listed(names: Sequence[Phrase], wording: Wording) -> Phrase:
    """Names in one phrase: `Japan`, `Japan and India`, `Japan, India and Australia`."""
    *first, last = names
    return wording.say("voice.listed", names=wording.listed(first), last=last) if first else last


def reliability_words(grade: str, wording: Wording) -> Phrase:
    """A source's grade of the Admiralty code (STANAG 2511): `B, usually reliable`."""
    return wording.say(f"reliability.{grade}")


def language_words(language: str, wording: Wording) -> Phrase:
    """The name of a language in the words of the locale, its code where it has none."""
    name = parsed(wording.locale).languages.get(language.partition("-")[0])
    return wording.local(str(name)) if name else unmarked(language)


def origin_words(origin: Origin, name: Phrase, unnamed: Phrase | None, wording: Wording) -> Phrase:
    """Where news came from: `Nikkei, February 5, 2025`, `two officials (unnamed)`. `name` is that of its voice,
    `unnamed` the words for whom it does not name."""
    words = wording.say("origin.dated", name=name, date=date_words(origin.day, wording)) if origin.day else name
    if unnamed is None or _is_unnamed(words, wording):
        return words
    if unnamed == name:
        return wording.say("voice.unnamed", voice=words)
    cited = unnamed if _is_unnamed(unnamed, wording) else wording.say("voice.unnamed", voice=unnamed)
    return wording.say("voice.citing", voice=words, cited=cited)


def relation_type(type: str, is_from_other: bool) -> str:
    """A relation seen from one of its ends: `confirms`, or `confirms-by` where the other claim does."""
    return f"{type}-by" if is_from_other else type


def span_words(start: date, end: date, wording: Wording) -> Phrase:
    """The time from one day to a later one: `9 days`, `14 months`, `3 years`."""
    return length_words(length(start, end), wording)


def length_words(length: Length, wording: Wording) -> Phrase:
    """A length of time: `9 days`."""
    return wording.say(f"length.{length[1]}", length[0])
