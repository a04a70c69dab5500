"""A new record in a site: what is to be written for it, or why it cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.characters import FORBIDDEN
from briefing.diagnostics import Diagnostic
from briefing.edit.blocks import scalar
from briefing.edit.refusal import Refused
from briefing.model.base import fields_of
from briefing.model.ids import broken_rule, caseless, is_id, mend_of
from briefing.model.registries import ENTITIES
from briefing.model.slugs import slug_of
from briefing.pages.plan import fixed_paths
from briefing.read.content import CONFIG, Content, Listing
from briefing.read.front_matter import split_front_matter
from briefing.read.records import nearest, to_record
from briefing.read.sources import SourceFile, decode, read_bytes
from briefing.read.yaml_reader import read_yaml
from briefing.scaffold.entries import entry_bytes, with_entry, with_topic
from briefing.scaffold.kinds import KINDS, REFERENCES, Kind

Fields = Mapping[str, str | tuple[str, ...]]


class WrongCall(Refused):
    """What was asked for cannot be: an id that is taken, a value that is none."""


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
    """A new record of that kind. `fields` are those that were given beside its title.

    `WrongCall` where the id or a value cannot be, `Refused` where a file cannot be added to.
    """
    _check_words({kind.title: title, **fields})
    _check_references(site, fields)
    id = id or _id_for(title, fields)
    _check_id(site, kind, id)
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


def _id_for(title: str, fields: Fields) -> str:
    """The id that a title gives, of an article with the day before it."""
    slug = slug_of(title)
    if not slug:
        raise WrongCall(f"no id can be made of `{title}`", "give it one with --id")
    day = re.match(r"\d{4}(-\d\d){0,2}", str(fields.get("published", "")))
    return f"{day[0]}-{slug}" if day else slug


def _check_id(site: Site, kind: Kind, id: str) -> None:
    if not is_id(id):
        raise WrongCall(f"`{id}` cannot be an id: {broken_rule(id)}", mend_of(id))
    for place in ENTITIES if kind.is_entry else [kind.place]:
        for taken, path in site.files(place).items():
            if caseless(taken) == caseless(id):
                raise WrongCall(f"the id `{taken}` is taken, in {path}", "change that, or give another with --id")
    page = f"{id}.html" if kind is KINDS["page"] else f"{kind.place}/{id}.html"
    if caseless(page) in map(caseless, fixed_paths()):
        raise WrongCall(f"every site has a page {page} already", "give another id with --id")


def _check_words(fields: Fields) -> None:
    for name, value in fields.items():
        for one in [value] if isinstance(value, str) else value:
            if FORBIDDEN.search(one) or "\n" in one:
                raise WrongCall(f"`{name}` holds a character that cannot be seen", "leave it out")


def _check_references(site: Site, fields: Fields) -> None:
    for name, place in REFERENCES.items():
        value = fields.get(name, ())
        for id in [value] if isinstance(value, str) else value:
            known = list(site.files(place))
            if id not in known:
                kind = next(kind.name for kind in KINDS.values() if kind.place == place)
                meant = nearest(id, known)
                help = f"make it with `briefing new {kind}`"
                raise WrongCall(f"there is no {kind} `{id}`", f"write `{meant}`, or {help}" if meant else help)


def _entry(site: Site, kind: Kind, id: str, fields: Fields) -> Addition:
    plain = {name: str(value) for name, value in fields.items()}
    document, _ = read_yaml(SourceFile("", entry_bytes(id, plain).decode()))
    for problem in to_record(kind.record, document, document.data[id], (id,))[1]:
        raise WrongCall(problem.message, problem.help)
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
    lines = [f"{name}: {_value(value)}" for name, value in fields.items() if value]
    described = fields_of(kind.record)
    lines += [f"# {name}: {described[name].description}" for name in kind.offers if not fields.get(name)]
    text = "".join(f"{line}\n" for line in ["---", *lines, "---", ""])
    parts, problems = split_front_matter(SourceFile(path, text), required=True)
    if parts is not None:
        problems += to_record(kind.record, parts.document, parts.document.data)[1]
    for problem in problems:
        raise WrongCall(problem.message, problem.help)
    addition.new[path] = text.encode()
    line = text.count("\n") + 1
    addition.next.append((f"{path}:{line}", _WRITE[kind.name].format(id=addition.id)))


def _value(value: str | tuple[str, ...]) -> str:
    return scalar(value) if isinstance(value, str) else f"[{', '.join(scalar(one, in_flow=True) for one in value)}]"


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
