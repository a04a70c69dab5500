"""Topics and standing pages: front matter of `content/topics/` and `content/pages/`."""

from typing import Annotated

from pydantic import Field

from briefing.model.base import ClaimRef, Flag, Id, Language, Record, Text, Visibility
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen


@frozen
class Topic(Record):
    """Front matter of `content/topics/<id>.md`; the body is the standing background, `written` when."""

    title: Annotated[Text | None, Field(description="the heading of its page, where it is not the name")] = None
    synonyms: Annotated[tuple[Text, ...], Field(description="other words for it")] = ()
    summary: Annotated[Text | None, Field(description="one sentence")] = None
    lead: Annotated[tuple[ClaimRef, ...], Field(description="the bottom line: the claims its page begins with")] = ()
    exclude: Annotated[tuple[ClaimRef, ...], Field(description="claims kept off its page")] = ()
    aliases: Annotated[tuple[Id, ...], Field(description="its old ids")] = ()
    written: Annotated[PartialDate | None, Field(description="when the text was written")] = None
    draft: Annotated[Flag, Field(description="the file is left out; the topic's page remains")] = False
    visibility: Annotated[Visibility, Field(description="`internal` keeps the topic to the desk, with its name")] = (
        "public"
    )


@frozen
class StandingPage(Record):
    """Front matter of `content/pages/<id>.md`."""

    title: Annotated[Text, Field(description="its heading")]
    language: Annotated[Language | None, Field(description="what it is written in, where not the site's language")] = (
        None
    )
    summary: Annotated[Text | None, Field(description="one sentence")] = None
    aliases: Annotated[tuple[Id, ...], Field(description="its old ids")] = ()
    written: Annotated[PartialDate | None, Field(description="when the text was written")] = None
    draft: Annotated[Flag, Field(description="kept out of the site")] = False
    visibility: Annotated[Visibility, Field(description="who may read it: `internal` is for the desk alone")] = "public"
