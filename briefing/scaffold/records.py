"""A new record in a site: what is to be written for it."""

from dataclasses import dataclass, field

from briefing.diagnostics import Diagnostic
from briefing.edit.refusal import Refused
from briefing.read.content import CONFIG
from briefing.read.sources import SourceFile, decode, read_bytes
from briefing.read.yaml_reader import read_yaml
from briefing.scaffold.calls import Fields, front_matter, id_for
from briefing.scaffold.entries import entry_bytes, with_entry, with_topic
from briefing.scaffold.files import Site
from briefing.scaffold.kinds import KINDS, Kind


@dataclass(slots=True)
class Addition:
    """What is to be written: files that are new by their paths, and others with their bytes before and after; and
    what is to be done next, each with its place."""

    id: str
    new: dict[str, bytes] = field(default_factory=dict)
    changed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    next: list[tuple[str, str]] = field(default_factory=list)

    def entry(self, path: str, id: str, after: bytes, before: bytes | None, what: str) -> None:
        """Put an entry into a file, new or not."""
        if before is None:
            self.new[path] = after
        else:
            self.changed[path] = (before, after)
        self.next.append((f"{path}:{_line_of(path, after, id)}", what))


def added(site: Site, kind: Kind, title: str, id: str | None, fields: Fields) -> Addition:
    """A new record of that kind, in whose call there are no mistakes (`calls`). `fields` are those that were given
    beside its title.

    `Refused` where a file cannot be added to.
    """
    id = id or id_for(title, fields)
    if kind.is_entry:
        return _entry(site, kind, id, {kind.title: title, **fields})
    if kind is KINDS["topic"]:
        return _topic(site, id, title, fields)
    addition = Addition(id)
    _file(addition, kind, {kind.title: title, **fields})
    if kind is KINDS["article"] and id not in site.files("annotations"):
        path = f"content/annotations/{id}.yaml"
        told = f"# What content/articles/{id}.md says: claims, each with its exact words and its topics.\nclaims:\n"
        addition.new[path] = told.encode()
        addition.next.append((f"{path}:3", "what it says: claims, with `quote` and `topics`"))
    return addition


def _entry(site: Site, kind: Kind, id: str, fields: Fields) -> Addition:
    plain = {name: str(value) for name, value in fields.items()}
    path = _registry(site, kind.place, id)
    is_there = path in site.listing.layout.files[kind.place]
    before = _bytes(site, path) if is_there else None
    after = entry_bytes(id, plain) if before is None else with_entry(path, before, id, plain)
    addition = Addition(id)
    addition.entry(path, id, after, before, f"add what else is known of it; others name it by its id, `{id}`")
    return addition


def _bytes(site: Site, path: str) -> bytes:
    data = read_bytes(site.root, path)
    if isinstance(data, Diagnostic):
        raise Refused(data.message, data.help)
    return data


def _registry(site: Site, place: str, id: str) -> str:
    """The file that a new entry belongs into: that of the registry; of several in its folder a new one."""
    file, files = f"content/{place}.yaml", site.listing.layout.files[place]
    if file in files or not files:
        return file
    return files[0] if len(files) == 1 else f"content/{place}/{id}.yaml"


def _topic(site: Site, id: str, name: str, fields: Fields) -> Addition:
    """Its entry in the configuration, where it has none, and a file for its background."""
    addition, config = Addition(id), site.content.config
    assert config is not None
    if id not in config.topics:
        before = _bytes(site, CONFIG)
        after = with_topic(before, id, name)
        what = f"the order here is that of the pages; claims name the topic `{id}`"
        addition.entry(CONFIG, id, after, before, what)
    _file(addition, KINDS["topic"], fields)
    return addition


_WRITE = {
    "article": "put its text here",
    "summit": "write the overview here; articles name the meeting by its id, `{id}`, in `summits`",
    "topic": "write its background here",
    "page": "write it here; `{id}` in `nav` of config.yaml puts it into the navigation",
}


def _file(addition: Addition, kind: Kind, fields: Fields) -> None:
    path = f"content/{kind.place}/{addition.id}.md"
    text = front_matter(kind, fields)
    addition.new[path] = text.encode()
    line = text.count("\n") + 1
    addition.next.append((f"{path}:{line}", _WRITE[kind.name].format(id=addition.id)))


def _line_of(path: str, data: bytes, id: str) -> int:
    """The line of an entry, or of a topic."""
    source = decode(path, data)
    assert isinstance(source, SourceFile)
    document, _ = read_yaml(source)
    if path != CONFIG:
        return document.place((id,), key=True).line
    topics = document.data["topics"]
    way = ("topics", id) if isinstance(topics, dict) else ("topics", len(topics) - 1)
    return document.place(way, key=isinstance(topics, dict)).line
