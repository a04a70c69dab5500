"""The kinds of records that `briefing new` makes, and what each is asked for."""

from dataclasses import dataclass

from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.entity import Organization, Person, Place, Source
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its name, the folder or the registry that it is kept in, and the field that has its title.

    `offers` are fields that stand in a new file as comments, because editors complete nothing in front matter.
    """

    name: str
    place: str
    record: type[Record]
    title: str = "title"
    offers: tuple[str, ...] = ()

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a registry, and no file of its own."""
        return self.title == "name"


_ARTICLE = ("authors", "url", "archive_url", "accessed", "language", "summits")
KINDS = {
    kind.name: kind
    for kind in (
        Kind("article", "articles", Article, offers=_ARTICLE),
        Kind("summit", "summits", Summit, offers=("end", "summary", "venue", "participants", "agenda")),
        Kind("topic", "topics", Topic, offers=("summary", "synonyms")),
        Kind("page", "pages", StandingPage, offers=("summary",)),
        Kind("person", "people", Person, "name"),
        Kind("organization", "organizations", Organization, "name"),
        Kind("place", "places", Place, "name"),
        Kind("source", "sources", Source, "name"),
    )
}
# What the record is kept in that a field names.
REFERENCES = {"source": "sources", "country": "places", "summits": "summits"}
