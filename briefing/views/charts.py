"""Charts: where the bars and words of an inline SVG stand. Templates draw them, style sheets color them."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from briefing.model.frozen import frozen
from briefing.views.phrases import Phrase

# Units of the drawing. It is shown at about its own size, so that words are about as large as the text around.
FONT = 14
ROW = 36
BASELINE = 15
BAR_TOP = 21
BAR_HEIGHT = 8
GAP = 20
# Letters such as J reach out of their own width.
INSET = 3
LEAST_WIDTH = 320
# More bars than this are a picture that nobody reads; the table has all values.
MOST_BARS = 20

# The width of a character in the widest of the common fonts without serifs, in thousandths of its height.
_WIDE = frozenset("mwMW@%")
_NARROW = frozenset("iljtfrI.,:;'|! ()[]-/")


@frozen
class Datum:
    """A value to be drawn: from zero to `high`, or from `low` to `high` for a range.

    Of its `kinds`, `label` has those that a reader must know; style sheets draw each in a way of its own.
    """

    label: Phrase
    words: Phrase
    low: Decimal
    high: Decimal
    kinds: tuple[str, ...]


@frozen
class BarView:
    """A bar and the words above it: what it is of at the left, how much at the right; `kinds` as classes."""

    label: Phrase
    words: Phrase
    kinds: str
    x: int
    y: int
    width: int
    baseline: int


@frozen
class ChartView:
    """A drawing of bars with its size, a title and a description; `zero` is where zero stands from the left."""

    id: str
    title: Phrase
    description: Phrase
    width: int
    height: int
    font: int
    inset: int
    bar_height: int
    zero: int
    bars: tuple[BarView, ...]


def bar_chart(id: str, title: Phrase, description: Phrase, data: Sequence[Datum]) -> ChartView:
    """A bar for each value, all from one zero on one scale; wide enough for the longest words."""
    words = (text_width(datum.label) + GAP + text_width(datum.words) for datum in data)
    width = max([LEAST_WIDTH, *words]) + 2 * INSET
    least = min([Decimal(0), *(min(datum.low, datum.high) for datum in data)])
    most = max([Decimal(0), *(max(datum.low, datum.high) for datum in data)])
    span = (most - least) or Decimal(1)

    def place(value: Decimal) -> int:
        return round((value - least) * width / span)

    bars = []
    for number, datum in enumerate(data):
        start, end = sorted((place(datum.low), place(datum.high)))
        bars.append(
            BarView(
                datum.label,
                datum.words,
                " ".join(datum.kinds),
                x=min(start, width - 1),
                y=number * ROW + BAR_TOP,
                width=max(end - start, 1),
                baseline=number * ROW + BASELINE,
            )
        )
    height, zero = ROW * len(data), place(Decimal(0))
    return ChartView(id, title, description, width, height, FONT, INSET, BAR_HEIGHT, zero, tuple(bars))


def text_width(text: str) -> int:
    """The most units that a text takes in any common font without serifs."""
    return -(-sum(_width(character) for character in text) * FONT // 1000)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1050
    if character in _WIDE:
        return 1000
    if character in _NARROW:
        return 420
    return 800 if character.isupper() else 680
