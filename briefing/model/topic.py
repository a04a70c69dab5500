"""Topics and standing pages: front matter of `content/topics/` and `content/pages/`."""

from briefing.model.base import ClaimRef, Flag, Id, Record, Text
from briefing.model.dates import PartialDate


class Topic(Record):
    """Front matter of `content/topics/<id>.md`; the body is the standing background, `written` when."""

    title: Text | None = None
    synonyms: tuple[Text, ...] = ()
    summary: Text | None = None
    lead: tuple[ClaimRef, ...] = ()
    exclude: tuple[ClaimRef, ...] = ()
    aliases: tuple[Id, ...] = ()
    written: PartialDate | None = None
    draft: Flag = False


class StandingPage(Record):
    """Front matter of `content/pages/<id>.md`."""

    title: Text
    summary: Text | None = None
    aliases: tuple[Id, ...] = ()
    written: PartialDate | None = None
    draft: Flag = False
