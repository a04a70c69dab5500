"""A summit, a topic or a standing page: a file with front matter and prose, each read on its own."""

from dataclasses import InitVar, dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from briefing.diagnostics import Diagnostic
from briefing.model.base import Record
from briefing.model.digests import Digested
from briefing.model.frozen import frozen
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from briefing.read.front_matter import split_front_matter
from briefing.read.links import Link
from briefing.read.markup import render_markdown
from briefing.read.records import to_record
from briefing.read.sources import read_source

R_co = TypeVar("R_co", bound=Record, covariant=True)

PAGES: dict[str, type[Record]] = {"summits": Summit, "topics": Topic, "pages": StandingPage}
# A topic exists by being in the configuration; its file may be prose alone.
WITHOUT_FACTS = "topics"


@frozen
class PageFile(Digested, Generic[R_co]):
    """A record with a Markdown body: the file it comes from, and the body as HTML."""

    id: str
    path: str
    record: R_co
    html: str
    links: tuple[Link, ...]
    kept: InitVar[bytes | None] = None


@frozen
class PageJob:
    """What is to be read: the kind of page, its id and its file."""

    kind: str
    id: str
    path: str

    @property
    def files(self) -> tuple[str, ...]:
        """The files it is read from."""
        return (self.path,)


@dataclass(slots=True)
class PageRead:
    """What was read; `file` is None where the front matter is not that of such a page.

    `digests` are those of the files, if they could be read, and `links` those in the text of one that is no such page.
    """

    job: PageJob
    file: PageFile[Record] | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    digests: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def read_page(root: Path, job: PageJob) -> PageRead:
    """Everything that a page's file says, and everything wrong with it."""
    read = PageRead(job)
    source = read_source(root, job.path)
    if isinstance(source, Diagnostic):
        read.problems.append(source)
        return read
    read.digests = (source.digest,)
    parts, read.problems = split_front_matter(source, required=job.kind != WITHOUT_FACTS)
    if parts is not None:
        record, problems = to_record(PAGES[job.kind], parts.document, parts.document.data)
        rendered = render_markdown(parts.body, job.path, parts.line)
        read.problems += [*problems, *rendered.problems]
        if record is not None:
            read.file = PageFile(job.id, job.path, record, rendered.html, rendered.links)
        else:
            read.links = rendered.links
    return read
