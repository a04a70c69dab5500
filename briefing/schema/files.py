"""The schemas of a site: one for each kind of file, with the paths of the files that it is for."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.claim import Annotations
from briefing.model.config import Config
from briefing.model.ids import ID_PATTERN
from briefing.model.registries import REGISTRIES
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from briefing.read.content import CONFIG, Content
from briefing.schema.ids import definitions
from briefing.schema.records import Json, kinds_named, mapping, record_schema

DRAFT = "http://json-schema.org/draft-07/schema#"


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema: its name without `.json`, what it is of, and the files that it is for, as patterns of paths below the
    site's folder. Of front matter there are no patterns: that is only a part of a file."""

    name: str
    what: str
    schema: Callable[[], Json]
    patterns: tuple[str, ...] = ()


def _registry(kind: type[Record]) -> Json:
    """A registry: entries by their ids."""
    return mapping(_optional(record_schema(kind)), propertyNames={"pattern": ID_PATTERN})


def _optional(record: Json) -> Json:
    """An entry without a value is as if it were not there."""
    form = {"if": {"type": ["array", "boolean", "number", "string"]}, "then": {"type": "object"}}
    return {key: of for key, of in record.items() if key != "type"} | form


@cache
def schema_files() -> tuple[SchemaFile, ...]:
    """The schemas that there are."""
    registries = [
        SchemaFile(
            kind,
            f"content/{kind}.yaml",
            lambda record=record: _registry(record),  # type: ignore[misc]
            (f"content/{kind}.yaml", f"content/{kind}/**/*.yaml"),
        )
        for kind, record in REGISTRIES.items()
    ]
    fronts = {"article": Article, "summit": Summit, "topic": Topic, "page": StandingPage}
    return (
        SchemaFile("config", CONFIG, lambda: record_schema(Config), (CONFIG,)),
        SchemaFile(
            "annotations",
            "content/annotations/",
            lambda: record_schema(Annotations),
            ("content/annotations/**/*.yaml",),
        ),
        *registries,
        *(
            SchemaFile(name, f"front matter of content/{name}s/", lambda record=record: record_schema(record))  # type: ignore[misc]
            for name, record in fronts.items()
        ),
    )


def schemas(content: Content) -> dict[str, bytes]:
    """The schemas of a site with the ids that are in its content, by the names of their files."""
    return {f"{file.name}.json": _bytes(file, content) for file in schema_files()}


@cache
def _schema(file: SchemaFile) -> Json:
    return file.schema()


def _bytes(file: SchemaFile, content: Content) -> bytes:
    schema = _schema(file)
    whole = {
        "$schema": DRAFT,
        "title": f"briefing: {file.what}",
        **schema,
        "definitions": definitions(content, sorted(kinds_named(schema))),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
