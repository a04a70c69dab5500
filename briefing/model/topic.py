"""Topics and standing pages: front matter of `content/topics/` and `content/pages/`."""

from briefing.model.base import ClaimRef, Flag, Id, Record, Text


class Topic(Record):
    """Front matter of `content/topics/<id>.md`; the body is the standing background."""

    title: Text | None = None
    synonyms: tuple[Text, ...] = ()
    summary: Text | None = None
    lead: tuple[ClaimRef, ...] = ()
    exclude: tuple[ClaimRef, ...] = ()
    aliases: tuple[Id, ...] = ()
    draft: Flag = False


class StandingPage(Record):
    """Front matter of `content/pages/<id>.md`."""

    title: Text
    summary: Text | None = None
    aliases: tuple[Id, ...] = ()
    draft: Flag = False
