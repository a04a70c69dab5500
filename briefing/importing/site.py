"""What the site has already: its sources by domain, its articles by address, and which names are free."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.importing.addresses import canonical, host_of, split
from briefing.importing.article_file import scalar
from briefing.importing.found import Found
from briefing.importing.wayback import archived
from briefing.model.entity import Source
from briefing.model.slugs import slug_of
from briefing.read.articles import ArticleJob
from briefing.read.content import read_jobs
from briefing.read.front_matter import split_front_matter
from briefing.read.sources import SourceFile, read_bytes, read_source

_ADDRESSES = ("url", "archive_url")
_WRITTEN = re.compile(r"https?://[^\s'\"#]+", re.IGNORECASE)


@dataclass
class Site:
    """The site that articles are imported into, and what has been `_added` since, by canonical address."""

    root: Path
    timezone: str = "UTC"
    sources: dict[str, Source] = field(default_factory=dict)
    sources_file: str = "content/sources.yaml"
    articles: dict[str, ArticleJob] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    taken: set[str] = field(default_factory=set)
    _added: dict[str, str] = field(default_factory=dict)

    def article_at(self, addresses: Sequence[str]) -> str | None:
        """The file of the article that has one of these addresses."""
        wanted = {key for address in addresses for key in keys_of(address)}
        for key in wanted:
            if key in self._added:
                return self._added[key]
            for path in self._mentions.get(key, ()):
                if wanted & {known for address in _addresses(self.root, path) for known in keys_of(address)}:
                    return path
        return None

    @cached_property
    def _mentions(self) -> dict[str, list[str]]:
        """The articles in whose front matter an address is, whatever it is there: found without reading their YAML."""
        mentions: dict[str, list[str]] = {}
        for job in self.articles.values():
            data = read_bytes(self.root, job.path)
            head = data[: data.find(b"\n---", 4)].decode("utf-8", "replace") if isinstance(data, bytes) else ""
            for found in _WRITTEN.finditer(head):
                for key in keys_of(found.group()):
                    mentions.setdefault(key, []).append(job.path)
        return mentions

    def add(self, id: str, path: str, keys: Sequence[str]) -> None:
        """Know an article that was written."""
        self.taken.add(id)
        self._added |= dict.fromkeys(keys, path)

    def has(self, path: str) -> bool:
        """Whether something is at a path."""
        return os.path.lexists(self.root / path)

    def has_same(self, path: str, data: bytes) -> bool:
        """Whether a file at a path has just these bytes."""
        return read_bytes(self.root, path) == data

    def source_of(self, found: Found) -> tuple[str | None, str]:
        """The id of the source that published it; where none has its domain, what to do."""
        host = host_of(found.address) or host_of(found.url)
        fitting = [(len(own), id) for id, source in self.sources.items() if (own := _matched(source, found, host))]
        best = [id for length, id in fitting if length == max(fitting)[0]]
        if len(best) == 1:
            return best[0], ""
        if best:
            return None, f"several sources have the domain {host}: write one of {', '.join(sorted(best))}"
        return None, self._advice(found, host)

    def _advice(self, found: Found, host: str) -> str:
        name = found.publisher.casefold()
        named = [id for id, one in self.sources.items() if name and name in (text.casefold() for text in _names(one))]
        if named and host:
            told = f"write it here, and `url: https://{host}` to it in {self.sources_file}"
            return f"`{named[0]}` has that name: if it is the one, {told}"
        if named:
            return f"`{named[0]}` has that name: if it is the one, write it here"
        if host:
            entry = f"{_id(host)}: {{name: {scalar(found.publisher or host)}, url: https://{host}}}"
            told = f"write one into {self.sources_file}, such as `{entry}`, and its id here"
            return f"no source has the domain {host}: {told}"
        if name:
            entry = f"{slug_of(name) or 'publisher'}: {{name: {scalar(found.publisher)}}}"
            return f"no source has the name {found.publisher}: write one into {self.sources_file}, such as `{entry}`"
        return f"nothing says who published it: write the id of a source in {self.sources_file}"


def _id(host: str) -> str:
    return host.replace(".", "-")


def _names(source: Source) -> Iterator[str]:
    yield from (source.name, *source.names.values(), *source.aliases)


def _matched(source: Source, found: Found, host: str) -> str:
    """As much of a source's address as the article is below; empty where it is elsewhere."""
    own = host_of(source.url or "")
    if not own or not (host == own or host.endswith(f".{own}")):
        return ""
    parts, article = split(source.url or ""), split(found.address or found.url)
    path = parts.path.rstrip("/") if parts else ""
    if path and not (article and f"{article.path}/".startswith(f"{path}/")):
        return ""
    return own + path


def keys_of(address: str) -> list[str]:
    """What is the same for all addresses of one page; of an archived copy also the page that it is a copy of."""
    archive = archived(address)
    return [canonical(address), *([canonical(archive[1])] if archive else [])]


def _addresses(root: Path, path: str) -> Iterator[str]:
    """The addresses of an article."""
    source = read_source(root, path)
    parts = split_front_matter(source, required=True)[0] if isinstance(source, SourceFile) else None
    data = parts.document.data if parts else None
    if isinstance(data, dict):
        yield from (data[key] for key in _ADDRESSES if isinstance(data.get(key), str))


def read_site(root: Path) -> Site:
    """The site below `root`; its `problems` keep anything from being imported."""
    content, jobs, problems = read_jobs(root)
    if content.config is None or not (root / "config.yaml").is_file():
        return Site(root, problems=tuple(problems))
    site = Site(
        root, content.config.timezone, content.sources, content.place_for("sources"), {job.id: job for job in jobs}
    )
    site.taken = set(site.articles)
    return site
