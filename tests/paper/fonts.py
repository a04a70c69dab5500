"""Fonts made for tests, of squares, and a system that has these and no others."""

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

# What pages in English show: letters, marks, arrows and the signs of statuses.
LATIN = [
    *range(0x20, 0x250),
    *range(0x2010, 0x2070),
    *range(0x2190, 0x2200),
    *range(0x2260, 0x2270),
    *range(0x2700, 0x2760),
]


def system_with(folder: Path, **fonts: Iterable[int]) -> str:
    """What FONTCONFIG_FILE names on a system that has some fonts, each with its characters, and no others."""
    (folder / "fonts").mkdir(parents=True)
    for name, characters in fonts.items():
        write_font(folder / f"fonts/{name}.ttf", name, characters)
    configuration = folder / "fonts.conf"
    configuration.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return str(configuration)


def write_font(path: Path, name: str, characters: Iterable[int]) -> None:
    """A font in which each of the characters is a square."""
    glyphs = {code: f"u{code:04X}" for code in characters}
    order = [".notdef", *glyphs.values()]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 600), (500, 600), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap(glyphs)
    font.setupGlyf(dict.fromkeys(order, square))
    font.setupHorizontalMetrics(dict.fromkeys(order, (600, 100)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": name, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(path)
