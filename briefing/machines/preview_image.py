"""Preview images: words on a card, which others show beside a link to a page. Pillow draws them, where it is installed.

Characters are set one after the other, as in most scripts. What needs more than that, such as Arabic or Devanagari, and
what a font has no drawing for, is told to be such, and never drawn as empty boxes.
"""

import io
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from briefing.model.frozen import frozen
from briefing.read.folding import WIDE

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

# What those who show links ask for (Open Graph): 1.91 to 1.
WIDTH, HEIGHT = 1200, 630
PAPER, INK, SOFT, MARK = "#fbfaf7", "#1a1b1f", "#5a5e69", "#0b4f6c"
_EDGE, _BAR, _SMALL = 72, 24, 34
# The title is as large as it can be in the room that there is for it; below the smallest size it is cut.
_SIZES, _LEADING, _TOP, _ROOM = (76, 68, 60, 52, 46, 40), 1.22, 146, 290
_COLORS = 32
# More characters than any line or title has room for.
_MOST = 1000
# What no line begins with: what closes, and stops.
_CLOSING = "、。，．・：；？！」』）】〉》〕ー々…"
_TOKEN = re.compile(rf"(?:{WIDE.pattern})[{_CLOSING}]*|(?:(?!{WIDE.pattern})\S)+[{_CLOSING}]*|\s+")


@frozen
class Card:
    """The words of an image: what site it is of, the title, and a few words in each line below."""

    site: str
    title: str
    lines: tuple[str, ...]

    @property
    def words(self) -> Iterator[str]:
        """All of them."""
        yield from (self.site, self.title, *self.lines)


@cache
def is_here() -> bool:
    """Whether there is anything to draw with."""
    return find_spec("PIL") is not None


def undrawn(text: str, font: bytes | None) -> str:
    """The characters of a text that cannot be drawn in a font, or in that of Pillow, each once."""
    return "".join(one for one in dict.fromkeys(_plain(text)) if not one.isspace() and not _has(font, one))


def _plain(text: str) -> str:
    """The text on one line, without what is not seen, and no longer than there is any room for."""
    composed = unicodedata.normalize("NFC", text[:_MOST])
    return " ".join("".join(one for one in composed if unicodedata.category(one) != "Cf").split())


@lru_cache(maxsize=65536)
def _has(font: bytes | None, character: str) -> bool:
    is_set_alone = unicodedata.category(character)[0] != "M" and unicodedata.bidirectional(character) not in ("R", "AL")
    try:
        return is_set_alone and _drawn(font, character) != _drawn(font, "\uffff")
    except (OSError, ValueError):  # a damaged font has nothing
        return False


@lru_cache(maxsize=65536)
def _drawn(font: bytes | None, character: str) -> tuple[object, bytes]:
    mask = _face(font, _SMALL).getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=32)
def _face(font: bytes | None, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    if font is not None:
        # Other engines are there or not, whatever Pillow is asked for.
        return ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
    face = ImageFont.load_default(size)
    assert isinstance(face, ImageFont.FreeTypeFont)
    return face


def drawn(card: Card, font: bytes | None) -> bytes:
    """The card as a PNG: the same bytes for the same words, font and version of Pillow."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _BAR - 1, HEIGHT), fill=MARK)
    small = _face(font, _SMALL)
    left, room = _EDGE + _BAR, WIDTH - 2 * _EDGE - _BAR
    draw.text((left, _EDGE), _cut(small, _plain(card.site), room), font=small, fill=MARK)
    _draw_title(draw, _plain(card.title), font, left, room)
    bottom = HEIGHT - _EDGE - len(card.lines) * 48
    for number, line in enumerate(card.lines):
        draw.text((left, bottom + number * 48), _cut(small, _plain(line), room), font=small, fill=SOFT)
    out = io.BytesIO()
    image.quantize(_COLORS, dither=Image.Dither.NONE).save(out, "PNG", compress_level=9)
    return out.getvalue()


def _draw_title(draw: "ImageDraw", title: str, font: bytes | None, left: int, room: int) -> None:
    for size in _SIZES:
        face, most = _face(font, size), int(_ROOM / (size * _LEADING))
        lines = list(wrapped(face, title, room))
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], _cut(face, " ".join(lines[most - 1 :]), room)]
    for number, line in enumerate(lines):
        draw.text((left, round(_TOP + number * size * _LEADING)), line, font=face, fill=INK)


def wrapped(face: "FreeTypeFont", text: str, room: float) -> Iterator[str]:
    """The text in lines of a width: parted at spaces, and between characters of scripts that are written without."""
    line = ""
    for token in _TOKEN.findall(text):
        if not line or face.getlength(line + token) <= room:
            line = line + token if line or not token.isspace() else ""
        else:
            yield line.rstrip()
            line = token.lstrip()
        while face.getlength(line) > room:
            most = max(1, _fitting(face, line, room))
            yield line[:most]
            line = line[most:]
    if line.strip():
        yield line.rstrip()


def _cut(face: "FreeTypeFont", line: str, room: float) -> str:
    """As much of a line as there is room for."""
    if face.getlength(line) <= room:
        return line
    return line[: _fitting(face, line, room - face.getlength("..."))].rstrip() + "..."


def _fitting(face: "FreeTypeFont", line: str, room: float) -> int:
    """How many characters of a line there is room for."""
    return bisect_right(range(1, len(line) + 1), room, key=lambda end: face.getlength(line[:end]))
