"""Registries: people, organizations, places, sources and measures, each one file or a folder of files."""

from dataclasses import dataclass, field
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.model.base import Record
from briefing.model.frozen import frozen
from briefing.model.ids import broken_rule, is_id, mend_of
from briefing.model.registries import REGISTRIES
from briefing.read.records import to_record
from briefing.read.sources import read_source
from briefing.read.yaml_reader import Document, read_yaml


@frozen
class RegistryJob:
    """What is to be read: the registry, and a file of it."""

    kind: str
    path: str

    @property
    def files(self) -> tuple[str, ...]:
        """The files it is read from."""
        return (self.path,)


@dataclass(slots=True)
class RegistryRead:
    """What was read: the `entries` in their order, None where one is no record; `unreadable`: some may be missing.

    `digests` are those of the files, if they could be read.
    """

    job: RegistryJob
    entries: dict[str, Record | None] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    unreadable: bool = False
    digests: tuple[str, ...] = ()


def read_registry(root: Path, job: RegistryJob) -> RegistryRead:
    """Everything that a file of a registry says, and everything wrong with it."""
    read = RegistryRead(job)
    source = read_source(root, job.path)
    if isinstance(source, Diagnostic):
        read.problems, read.unreadable = [source], True
        return read
    read.digests = (source.digest,)
    document, read.problems = read_yaml(source)
    read.unreadable = bool(read.problems) or not isinstance(document.data, dict)
    if isinstance(document.data, dict):
        _read_entries(read, document)
    else:
        read.problems += to_record(REGISTRIES[job.kind], document, document.data)[1]
    return read


def _read_entries(read: RegistryRead, document: Document) -> None:
    for id in document.absent(()):
        message, help = f"`{id}` has no value", "write its `key: value` lines below it"
        read.problems.append(Diagnostic("missing-key", message, document.place((id,), key=True), help))
        read.entries[id] = None
    for id, data in document.data.items():
        if not is_id(id):
            message = f"`{id}` is not an id: {broken_rule(id)}"
            read.problems.append(Diagnostic("bad-id", message, document.place((id,), key=True), mend_of(id)))
            continue
        read.entries[id], problems = to_record(REGISTRIES[read.job.kind], document, data, (id,))
        read.problems += problems
