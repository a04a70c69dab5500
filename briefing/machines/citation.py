"""What describes a dataset: for programs as a Data Package, for those who cite it as a Citation File."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import yaml

from briefing.machines.tables import Layout, schema
from briefing.model.config import License

# What a Data Package takes for the name of a licence.
_NAME = re.compile(r"[-A-Za-z0-9._]+")


class Dataset(NamedTuple):
    """What is told of all records together: `version` is their digest, `day` the newest of them, `edition` a word for
    one that is not for the public."""

    title: str
    version: str
    day: date | None
    description: str | None = None
    url: str | None = None
    publisher: str | None = None
    license: License | None = None
    edition: str | None = None


def citation(dataset: Dataset) -> bytes:
    """How it is cited (Citation File Format 1.2.0). Without a publisher the site stands for one."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Cite these records with their version and date: they change.",
        "type": "dataset",
        "title": dataset.title,
        "authors": [{"name": dataset.publisher or dataset.title}],
        "version": dataset.version,
    }
    if dataset.day:
        told["date-released"] = str(dataset.day)
    if dataset.description:
        told["abstract"] = dataset.description
    if dataset.url:
        told["url"] = dataset.url
    if dataset.license and dataset.license.url:
        told["license-url"] = dataset.license.url
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode()


def described(dataset: Dataset, tables: Sequence[tuple[Layout, Sequence[str]]]) -> bytes:
    """The Data Package of all tables, each with the paths of its files of CSV. Files of one table have the same
    columns, and follow each other."""
    whole: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "briefing",
        "title": dataset.title,
        "version": dataset.version,
    }
    if dataset.day:
        whole["created"] = f"{dataset.day}T00:00:00Z"
    if dataset.edition:
        whole["edition"] = dataset.edition
    if dataset.description:
        whole["description"] = dataset.description
    if dataset.url:
        whole["homepage"] = dataset.url
    if dataset.publisher:
        whole["contributors"] = [{"title": dataset.publisher, "role": "publisher"}]
    if dataset.license:
        whole["licenses"] = [_license(dataset.license)]
    whole["resources"] = [_resource(layout, paths) for layout, paths in tables]
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _license(license: License) -> dict[str, str]:
    told = {"name": license.name} if _NAME.fullmatch(license.name) else {"title": license.name}
    return {**told, "path": license.url} if license.url else told


def _resource(layout: Layout, paths: Sequence[str]) -> dict[str, Any]:
    return {
        "name": layout.name,
        "description": layout.description,
        "path": paths[0] if len(paths) == 1 else list(paths),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema(layout),
    }
