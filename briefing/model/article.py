"""An article: its bibliographic facts. The text that quotes are checked against is the file's body, or kept apart."""

from typing import Any, Literal

from pydantic import ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from briefing.model.base import Flag, Id, Language, Record, Text, Url
from briefing.model.dates import PartialDate, When

Rights = Literal["full", "passages", "link"]
# Where the text is that quotes are checked against, if it is not the file's body.
Kept = Literal["apart"]


class Correction(Record):
    """A correction that the publisher, or the desk, made to the article."""

    on: PartialDate
    text: Text


class Article(Record):
    """Front matter of `content/articles/<id>.md`.

    `published` is the day of the document, `revised` that of the version whose words are used, where another.
    """

    title: Text
    source: Id
    published: When
    updated: When | None = None
    revised: When | None = None
    authors: tuple[Text, ...] = ()
    dateline: Text | None = None
    language: Language | None = None
    summary: Text | None = None
    url: Url | None = None
    archive_url: Url | None = None
    accessed: PartialDate | None = None
    text: Kept | None = None
    rights: Rights = "full"
    summits: tuple[Id, ...] = ()
    issued_by: tuple[Id, ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Id, ...] = ()
    draft: Flag = False

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
