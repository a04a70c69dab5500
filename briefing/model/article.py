"""An article: its bibliographic facts. The text that quotes are checked against is the file's body, or kept apart."""

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from briefing.model.base import Flag, Id, Language, PlaceId, Record, SourceId, SummitId, Text, Url, Visibility
from briefing.model.dates import PartialDate, When
from briefing.model.frozen import frozen

Rights = Literal["full", "passages", "link"]
# Where the text is that quotes are checked against, if it is not the file's body.
Kept = Literal["apart"]


@frozen
class Correction(Record):
    """A correction that the publisher, or the desk, made to the article."""

    on: Annotated[PartialDate, Field(description="when it was corrected")]
    text: Annotated[Text, Field(description="what was wrong, and is right now")]


@frozen
class Article(Record):
    """Front matter of `content/articles/<id>.md`.

    `published` is the day of the document, `revised` that of the version whose words are used, where another.
    """

    title: Annotated[Text, Field(description="its headline")]
    source: Annotated[SourceId, Field(description="who published it")]
    published: Annotated[When, Field(description="when it was published")]
    updated: Annotated[When | None, Field(description="when its publisher says that it was last changed")] = None
    revised: Annotated[When | None, Field(description="the day of the version whose words are used")] = None
    authors: Annotated[tuple[Text, ...], Field(description="who wrote it")] = ()
    dateline: Annotated[Text | None, Field(description="where it was written")] = None
    language: Annotated[Language | None, Field(description="what it is written in, where not the source's")] = None
    summary: Annotated[Text | None, Field(description="a sentence for lists and search engines")] = None
    url: Annotated[Url | None, Field(description="where it stands")] = None
    archive_url: Annotated[Url | None, Field(description="an archived copy")] = None
    accessed: Annotated[PartialDate | None, Field(description="when the editor read it")] = None
    text: Annotated[Kept | None, Field(description="its words are in a file of their own")] = None
    rights: Annotated[Rights, Field(description="how much of it may be shown")] = "full"
    summits: Annotated[tuple[SummitId, ...], Field(description="the summits it is about")] = ()
    issued_by: Annotated[tuple[PlaceId, ...], Field(description="of a document: the sides it speaks for")] = ()
    corrections: Annotated[tuple[Correction, ...], Field(description="what was corrected in it")] = ()
    aliases: Annotated[tuple[Id, ...], Field(description="its old ids")] = ()
    draft: Annotated[Flag, Field(description="kept out of the site")] = False
    visibility: Annotated[Visibility, Field(description="who may read it: `internal` is for the desk alone")] = "public"

    @model_validator(mode="before")
    @classmethod
    def _with_rights(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("text") is not None and "rights" not in data:
            return {**data, "rights": "passages"}
        return data

    @field_validator("rights")
    @classmethod
    def _is_not_shown(cls, rights: Rights, info: ValidationInfo) -> Rights:
        if rights == "full" and info.data.get("text"):
            raise PydanticCustomError("full_apart", "a text that is kept apart cannot be shown in full")
        return rights

    @property
    def readable(self) -> PartialDate:
        """The day since which its words can have been read: that of the version whose words are used."""
        return max(self.published.day, self.revised.day) if self.revised else self.published.day
