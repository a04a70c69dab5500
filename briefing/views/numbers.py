"""Numbers with their scales, units and currencies, as the language of the site writes them."""

from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import NumberPattern, get_currency_name, parse_pattern
from babel.units import format_unit

from briefing.model.claim import SCALES, Figure
from briefing.model.measure import Measure
from briefing.views.phrases import Phrase, phrase, unmarked
from briefing.views.wording import Wording

# The scales that languages have words of their own for: an English billion is a German Milliarde and a French milliard.
_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
# Scales that are shown as the source writes them, whatever the language of the site: what stands between the number
# and the scale, and the language of that word.
_WRITTEN = {
    **dict.fromkeys(("lakh", "crore", "lakh crore"), (" ", "en")),
    **dict.fromkeys(("万", "億", "兆"), ("", "ja")),
    **dict.fromkeys(("亿", "万亿"), ("", "zh-Hans")),
    "萬": ("", "zh-Hant"),
    **dict.fromkeys(("만", "억", "조"), ("", "ko")),
}
# The CLDR has long forms for these only under the name of short ones, because theirs are words too.
_LONG_AS_SHORT = frozenset(["ja", "ko", "yue", "zh"])
# The power of ten of the largest numbers that the CLDR has words for.
_LARGEST = 14
# Units that the CLDR knows in singular and plural: a measure that counts in one of them need not give its forms.
_UNITS = (
    *(f"duration-{unit}" for unit in ("year", "month", "week", "day", "hour", "minute", "second")),
    *(f"length-{unit}" for unit in ("kilometer", "meter", "centimeter", "mile", "foot", "nautical-mile")),
    *(f"area-{unit}" for unit in ("square-kilometer", "square-meter", "hectare", "acre", "square-mile")),
    *(f"volume-{unit}" for unit in ("cubic-kilometer", "cubic-meter", "liter", "barrel", "gallon", "cubic-foot")),
    *(f"mass-{unit}" for unit in ("ton", "tonne", "kilogram", "gram", "pound")),
    *(f"power-{unit}" for unit in ("gigawatt", "megawatt", "kilowatt", "watt")),
    *(f"energy-{unit}" for unit in ("kilowatt-hour", "joule", "british-thermal-unit")),
    *(f"concentr-{unit}" for unit in ("percent", "item")),
    *(f"digital-{unit}" for unit in ("terabyte", "gigabyte", "megabyte")),
    "temperature-celsius",
)
# Numbers of every plural category of every language.
_SAMPLES = tuple(Decimal(number) for number in ("0", "1", "2", "3", "6", "11", "20", "100", "1.5", "1000000"))


@cache
def parsed(locale: str) -> Locale:
    """A locale by its name, which Babel would parse for every value."""
    return Locale.parse(locale)


def amount_words(figure: Figure, wording: Wording) -> Phrase:
    """A figure without its unit: `up to 25 billion`, `10 to 12 percent`."""
    return qualified(bare_amount(figure, wording), figure, wording)


def qualified(amount: Phrase, figure: Figure, wording: Wording) -> Phrase:
    """An amount, with its unit or without, and what the figure says of it: `up to 25 billion`."""
    is_plain = figure.qualifier == "exact" or figure.high is not None
    return amount if is_plain else wording.say(f"figure.{figure.qualifier}", amount=amount)


def bare_amount(figure: Figure, wording: Wording) -> Phrase:
    """The number, or both ends of a range, with the scale: `25 billion`, `10 to 12`."""
    last = figure.value if figure.high is None else figure.high
    form = _form(last, figure.scale, wording.locale)
    number, scale = _written(last, form, figure.scale, wording)
    amount = phrase(wording.local(number), scale)
    if figure.high is None:
        return amount
    first, _ = _written(figure.value, form, figure.scale, wording)
    return wording.say("figure.range", low=wording.local(first), high=amount)


def _written(value: Decimal, form: "_Form | None", scale: str | None, wording: Wording) -> tuple[str, Phrase]:
    """A number as it was typed, and the words of its scale: `2.5` and ` billion`, `2,5` and ` Milliarden`.

    A scale that is written as the source has it keeps its own words. Where a language has none, there are digits.
    """
    locale = wording.locale
    if scale in _WRITTEN:
        space, language = _WRITTEN[scale]
        return f"{digits(value, locale)}{space}", wording.spoken(scale, language)
    if form is None:
        return digits(value.scaleb(_POWERS[scale]) if scale else value, locale), unmarked("")
    number = value.scaleb(form.shift)
    # Zeros of a whole number are none behind the point: 1,500 billion is 1.5兆.
    shown = number if form.shift >= 0 else number.normalize()
    return f"{form.before}{digits(shown, locale)}", wording.local(form.after)


def digits(value: Decimal, locale: str) -> str:
    """A number in digits, with as many places after the point as it was typed with."""
    return _digits(str(value), locale)


# By the text, because 1.0 and 1 are equal.
@lru_cache(maxsize=4096)
def _digits(text: str, locale: str) -> str:
    value = Decimal(text)
    return str(_point(max(0, -int(value.as_tuple().exponent)), locale).apply(value, parsed(locale)))


@cache
def _point(places: int, locale: str) -> NumberPattern:
    """How a locale writes numbers with so many places after the point."""
    pattern = parse_pattern(parsed(locale).decimal_formats[None].pattern)
    pattern.frac_prec = (places, places)
    return pattern


class _Form(NamedTuple):
    """How numbers of a size are written in words: what stands before and after, and the power of ten that a number of
    the figure's own scale is multiplied by: `億` and 1 for billions."""

    before: str
    after: str
    shift: int


def _form(value: Decimal, scale: str | None, locale: str) -> _Form | None:
    """How the CLDR writes numbers of such a size. Where languages count in other steps than thousands, the size is that
    of the whole: 100 million is 1億, and 1,500 billion 1.5兆."""
    if scale not in _POWERS:
        return None
    forms, power = parsed(locale).compact_decimal_formats, _POWERS[scale]
    if "long" in forms:
        by_form, size = forms["long"], power
    elif value and parsed(locale).language in _LONG_AS_SHORT:
        by_form, size = forms["short"], min(max(power + value.adjusted(), 3), _LARGEST)
    else:
        return None
    form = parsed(locale).plural_form(value)
    patterns = by_form[form] if form in by_form else by_form["other"]
    pattern = str(patterns[str(10**size)].pattern)
    if not pattern.strip("0").strip():
        return None
    zeros = pattern.count("0")
    before, _, after = pattern.replace("'", "").partition("0" * zeros)
    return _Form(before, after, power - size + zeros - 1)


def unit_of_amount(figure: Figure, measure: Measure, wording: Wording) -> Phrase:
    """What a figure counts in, in the form for its number: `1 year`, `2 years`, `US dollars`."""
    locale = wording.locale
    amount = (figure.value if figure.high is None else figure.high) * SCALES[figure.scale]
    currency = figure.currency or (None if figure.unit else measure.currency)
    if currency:
        return wording.local(str(get_currency_name(currency, amount, locale=parsed(locale))))
    unit = figure.unit or measure.unit or ""
    form = str(parsed(locale).plural_form(amount))
    known = {str(form): words for form, words in measure.unit_forms.items()} if unit == measure.unit else {}
    return wording.local(known.get(form) or _forms(unit, locale).get(form) or unit)


def unit_of_measure(measure: Measure, wording: Wording) -> Phrase:
    """What a measure counts in: `people`, `US dollars`."""
    if measure.currency:
        return wording.local(str(get_currency_name(measure.currency, 2, locale=parsed(wording.locale))))
    return wording.local(measure.unit or "")


@lru_cache(maxsize=1024)
def _forms(unit: str, locale: str) -> dict[str, str]:
    """The forms of a unit by plural category, where the CLDR knows one that is called that."""
    return next((forms for forms in _known_units(locale) if unit in forms.values()), {})


@cache
def _known_units(locale: str) -> tuple[dict[str, str], ...]:
    return tuple(_forms_of(unit, locale) for unit in _UNITS)


def _forms_of(unit: str, locale: str) -> dict[str, str]:
    """Of each category the words after the number; of languages that put them before it there are none."""
    forms: dict[str, str] = {}
    for sample in _SAMPLES:
        text, number = format_unit(sample, unit, "long", locale=parsed(locale)), digits(sample, locale)
        if text.startswith(number):
            forms.setdefault(str(parsed(locale).plural_form(sample)), text.removeprefix(number).strip())
    return {form: words for form, words in forms.items() if words}
