"""Bytes to text by what says how they are encoded: a byte order mark, the server, the document itself."""

import codecs
import re

from briefing.importing.refused import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# What browsers read under these names (WHATWG Encoding Standard), where Python means less by them.
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "windows-1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    "x-euc-jp": "euc-jp",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
_LOOKED_THROUGH = 4096
REPLACED = "\ufffd"


def text_of(data: bytes, content_type: str = "", is_markup: bool = True) -> str:
    """The text of a document, `REPLACED` for what cannot be read in it; `Refused` where nothing says how to read it.

    What is UTF-8 is read so whatever else is said: other text is as good as never valid UTF-8, and servers often say
    what they were set up to say. In markup the document itself is asked.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    said = _said(data, content_type, is_markup)
    if not data.isascii():
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if said is None:
                raise _unreadable(data, error.start) from None
    elif said is None:
        return data.decode("ascii")
    return data.decode(said, "replace")


def _said(data: bytes, content_type: str, is_markup: bool) -> str | None:
    """The encoding that is declared, if it is one of text."""
    names = [found[1] for found in [_HEADER.search(content_type)] if found]
    if is_markup:
        names += [found[1].decode() for found in [_META.search(data, 0, _LOOKED_THROUGH)] if found]
    for name in names:
        meant = _MEANT.get(name.lower(), name)
        try:
            codec = codecs.lookup(meant)
        except LookupError:
            continue
        # A document that could be read as ASCII up to its declaration is not in UTF-16, and UTF-7 is in no browser.
        if codec._is_text_encoding and not codec.name.startswith(("utf-16", "utf-32", "utf-7")):
            return codec.name
    return None


def _unreadable(data: bytes, at: int) -> Refused:
    before = data[:at].decode("utf-8")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"byte 0x{data[at]:02X} is not UTF-8, and nothing says what it is"
    return Refused(message, "save it in the encoding UTF-8", "unreadable-file", line, column)
