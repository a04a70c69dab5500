"""The files and entries of a site, by their ids, as something is added to it."""

from dataclasses import dataclass
from pathlib import Path

from briefing.read.content import Content, Listing
from briefing.scaffold.kinds import REFERENCES


@dataclass(frozen=True, slots=True)
class Site:
    """A site to which something is to be added: its folder, its configuration and registries, and its files."""

    root: Path
    content: Content
    listing: Listing

    def files(self, place: str) -> dict[str, str]:
        """The ids of those in a folder or in a registry, each with its file."""
        if place in self.listing.layout.ids:
            return dict(self.listing.layout.ids[place])
        entries = ((name.partition("/"), path) for name, path in self.content.files.items())
        return {id: path for (registry, _, id), path in entries if registry == place}

    def named_by(self, field: str) -> list[str]:
        """The ids that a field may name; none where it names no record."""
        return list(self.files(REFERENCES[field])) if field in REFERENCES else []
