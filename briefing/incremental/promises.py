"""The addresses that a site has promised, looked at again only where one may have been lost since they were found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, Pointer
from briefing.file_state import Seen
from briefing.incremental.page_cache import PageCache
from briefing.model.digests import digest
from briefing.model.gone import Gone
from briefing.pages.page import REDIRECT
from briefing.read.folders import URLS
from briefing.read.urls import Urls, read_urls
from briefing.theme.promised import Made, check_gone, check_promised
from briefing.theme.written_links import Written


@dataclass(slots=True)
class Promises:
    """What an edition has to keep: the file in the site's folder, of which `key` has the digest, and what is `gone`.

    An edition of an earlier day keeps nothing, and neither does an internal one.
    """

    root: Path
    gone: tuple[Gone, ...]
    key: bytes | None = None
    urls: Urls | None = None

    @classmethod
    def of(cls, root: Path, sources: Mapping[str, Seen], gone: tuple[Gone, ...]) -> "Promises":
        """Those of the site in a folder, whose files are these."""
        seen = sources.get(URLS)
        return cls(root, gone, digest(seen.digest, gone) if seen else None)

    def faults(self, cache: PageCache) -> list[Diagnostic]:
        """What is wrong with the file, unless it is the one of the last build."""
        return [] if self.key in (None, cache.promised) else self._read()

    def _read(self) -> list[Diagnostic]:
        self.urls, problems = read_urls(self.root)
        return problems

    def surely_lost(self, written: Written, cache: PageCache) -> list[Diagnostic]:
        """What is lost whatever else is wrong, so that no pages are made."""
        if self.urls is None and self.key is not None and self.key == cache.promised:
            self._read()
        return list(check_promised(self.urls, self.gone, written)) if self.urls else []

    def problems(self, cache: PageCache, place_of: Callable[[str], Pointer | None]) -> list[Diagnostic]:
        """What would be lost with the pages that were made, and what is said to be gone and is not."""
        made = Made(cache.pages.keys(), cache.made_with(REDIRECT), cache, place_of)
        found = list(check_gone(self.gone, made)) if self.gone else []
        files = frozenset([*cache.pages, *cache.others])
        if self.key is not None and (self.key != cache.promised or cache.has_lost(files)):
            if self.urls is None:
                found += self._read()
            if self.urls is not None:
                found += check_promised(self.urls, self.gone, made)
        cache.promised = b"" if found or self.key is None else self.key
        return found
