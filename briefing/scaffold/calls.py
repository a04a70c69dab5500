"""What a call of `briefing new` asks for, looked at before anything is made of it: all that is wrong with it."""

import re
from collections.abc import Iterator, Mapping

from briefing.characters import FORBIDDEN
from briefing.edit.blocks import scalar
from briefing.edit.refusal import Refused
from briefing.model.base import fields_of
from briefing.model.ids import broken_rule, caseless, is_id, mend_of
from briefing.model.registries import ENTITIES
from briefing.model.slugs import slug_of
from briefing.pages.plan import fixed_paths
from briefing.read.front_matter import split_front_matter
from briefing.read.records import nearest, to_record
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import read_yaml
from briefing.scaffold.entries import entry_bytes
from briefing.scaffold.files import Site
from briefing.scaffold.kinds import KINDS, REFERENCES, Kind

Fields = Mapping[str, str | tuple[str, ...]]


def mistakes(site: Site, kind: Kind, title: str | None, id: str | None, fields: Fields) -> list[Refused]:
    """All that is wrong with what was given of a new record; that something was not given is none of it."""
    given = {**({kind.title: title} if title else {}), **{name: value for name, value in fields.items() if value}}
    found = list(_of_words(given))
    if found:
        return found  # nothing else can be said of what cannot be seen
    found += _of_references(site, given)
    if id or title:
        found += _of_id(site, kind, id or id_for(title or "", given), title or "")
    return [*found, *_of_record(kind, {name: value for name, value in given.items() if not _is_named(kind, name)})]


def id_for(title: str, fields: Fields) -> str:
    """The id that a title gives, of an article with the day before it; an empty one where it gives none."""
    slug = slug_of(title)
    day = re.match(r"\d{4}(-\d\d){0,2}", str(fields.get("published", "")))
    return f"{day[0]}-{slug}" if day and slug else slug


def front_matter(kind: Kind, fields: Fields) -> str:
    """The front matter of a new file: what was given, then what could be, as comments."""
    lines = [f"{name}: {_value(value)}" for name, value in fields.items() if value]
    described = fields_of(kind.record)
    lines += [f"# {name}: {described[name].description}" for name in kind.offers if not fields.get(name)]
    return "".join(f"{line}\n" for line in ["---", *lines, "---", ""])


def _value(value: str | tuple[str, ...]) -> str:
    return scalar(value) if isinstance(value, str) else f"[{', '.join(scalar(one, in_flow=True) for one in value)}]"


def _is_named(kind: Kind, field: str) -> bool:
    """Whether a field stands elsewhere than in the record: what a topic is called is said in the configuration."""
    return kind is KINDS["topic"] and field == kind.title


def _of_words(fields: Fields) -> Iterator[Refused]:
    for name, value in fields.items():
        if any(FORBIDDEN.search(one) or "\n" in one for one in ([value] if isinstance(value, str) else value)):
            yield Refused(f"`{name}` holds a character that cannot be seen", "leave it out")


def _of_references(site: Site, fields: Fields) -> Iterator[Refused]:
    for name, place in REFERENCES.items():
        value = fields.get(name, ())
        for id in [value] if isinstance(value, str) else value:
            known = list(site.files(place))
            if id not in known:
                kind = next(kind.name for kind in KINDS.values() if kind.place == place)
                meant = nearest(id, known)
                help = f"make it with `briefing new {kind}`"
                yield Refused(f"there is no {kind} `{id}`", f"write `{meant}`, or {help}" if meant else help)


def _of_id(site: Site, kind: Kind, id: str, title: str) -> Iterator[Refused]:
    if not id:
        yield Refused(f"no id can be made of `{title}`", "give it one with --id")
        return
    if not is_id(id):
        yield Refused(f"`{id}` cannot be an id: {broken_rule(id)}", mend_of(id))
        return
    for place in ENTITIES if kind.is_entry else [kind.place]:
        for taken, path in site.files(place).items():
            if caseless(taken) == caseless(id):
                yield Refused(f"the id `{taken}` is taken, in {path}", "change that, or give another with --id")
    page = f"{id}.html" if kind is KINDS["page"] else f"{kind.place}/{id}.html"
    if caseless(page) in map(caseless, fixed_paths()):
        yield Refused(f"every site has a page {page} already", "give another id with --id")


def _of_record(kind: Kind, fields: Fields) -> Iterator[Refused]:
    """What `check` would say of the record."""
    if kind.is_entry:
        plain = {name: str(value) for name, value in fields.items()}
        document, problems = read_yaml(SourceFile("", entry_bytes("x", plain).decode()))
        problems = [*problems, *to_record(kind.record, document, document.data["x"], ("x",))[1]]
    else:
        path = f"content/{kind.place}/x.md"
        parts, problems = split_front_matter(SourceFile(path, front_matter(kind, fields)), required=True)
        if parts is not None:
            problems = [*problems, *to_record(kind.record, parts.document, parts.document.data)[1]]
    yield from (Refused(one.message, one.help) for one in problems if one.code != "missing-key")
