"""The desk: what an editor does in a page. Words become a claim, a claim gets a status or other words; each is undone.

Everything is read from the files as they are at that moment, and proved before it is written (`edit`). Refused says why
nothing was done.
"""

import secrets
import threading
from collections.abc import Callable, Container, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.anchor import anchor
from briefing.characters import visible
from briefing.diagnostics import Diagnostic
from briefing.edit.files import Change, Review, add_claim, add_entry, set_fields, state, undo
from briefing.edit.proof import annotations_of, refuse_mistakes
from briefing.edit.refusal import Refused
from briefing.edit.selection import Selection, quote_of
from briefing.link.site import Site
from briefing.read.annotations import derived_id
from briefing.read.articles import ArticleJob
from briefing.read.marked import MarkedArticle, read_marked
from briefing.read.passages import Passage, mark_up
from briefing.read.quotes import QuotedText
from briefing.read.sources import read_bytes
from briefing.request import Request
from briefing.serve.live import LiveSite
from briefing.suggest.guess import guess
from briefing.suggest.known import known_of
from briefing.suggest.signals import Reading
from briefing.write.annotations import ANCHORS

# So many changes can be taken back, the newest.
KEPT = 200
Make = Callable[[str, Review], Change]


class Desk:
    """The changes that are made in the pages of one server, and can be taken back."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._done: dict[str, tuple[Change, ...]] = {}

    def marked(self, live: LiveSite, article: str, selection: Selection) -> dict[str, Any]:
        """The claim that selected words could be: `quote` as `check` reads it, and the other fields as far as they can
        be guessed; `is_widened` where the quote has more than was selected; the `sentence` around it; `seen`."""
        site, job = found(live, article)
        read, text = text_of(live.request.root, job)
        quoted = quote_of(text, selection)
        quote, reading = quoted.quote, Reading(read, known_of(site.content))
        parts = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        start, end = reading.sentence_at(quoted.span)
        claim = {
            "id": free_id(quote.exact, {claim.id for claim in read.claims}),
            "quote": {key: part for key, part in parts.items() if part}
            if quote.prefix or quote.suffix
            else quote.exact,
            **guess(reading, quoted.span),
        }
        return {
            "claim": claim,
            "is_widened": quoted.is_widened,
            "sentence": " ".join(text.rendered.text[start:end].split()),
            "seen": seen(live.request.root, job),
        }

    def text(self, live: LiveSite, article: str) -> str:
        """The whole text of an article as HTML with its claims marked, also where pages show no more than is quoted."""
        _, job = found(live, article)
        read, text = text_of(live.request.root, job)
        spans = sorted((claim.span, claim.id) for claim in read.claims if claim.span)
        return mark_up(text.rendered, [Passage(*span, id, number) for number, (span, id) in enumerate(spans, 1)])

    def add(self, live: LiveSite, article: str, seen: str, claim: Mapping[str, Any]) -> dict[str, Any]:
        """Append a claim to the article's annotation file; where the text is kept apart, anchor its words too."""
        root = live.request.root
        return self._made(live, article, lambda path, review: add_claim(root, path, seen, claim, review))

    def add_status(self, live: LiveSite, article: str, seen: str, id: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Append an entry to the history of a claim."""
        root = live.request.root
        return self._made(live, article, lambda path, review: add_entry(root, path, seen, id, entry, review))

    def set_fields(self, live: LiveSite, article: str, seen: str, id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Give fields of a claim other values, or none."""
        root = live.request.root
        return self._made(live, article, lambda path, review: set_fields(root, path, seen, id, fields, review))

    def undo(self, live: LiveSite, name: str) -> dict[str, Any]:
        """Take back the change of that name. Its files get the bytes that they had before."""
        with self._lock:
            changes = self._done.get(name)
            if changes is None:
                raise Refused("this change is not known any more", "take it back in the file itself")
            if any(_state(live.request.root, change.path) != change.digest for change in changes):
                raise Refused("the file was changed since", "take the change back in the file itself")
            for change in changes:
                undo(live.request.root, change)
            del self._done[name]
        live.changed([change.path for change in changes])
        return {"paths": [change.path for change in changes]}

    def _made(self, live: LiveSite, article: str, make: Make) -> dict[str, Any]:
        """Make a change, if nothing in the site would be wrong by it that was not."""
        site, job = found(live, article)
        root, warnings = live.request.root, list[Diagnostic]()

        def review(before: bytes, after: bytes) -> None:
            warnings.extend(refuse_mistakes(root, site, job, before, after))

        change = make(annotations_of(job), review)
        changes = (change, *self._anchored(live, job, change))
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._done[name] = changes
            if len(self._done) > KEPT:
                del self._done[next(iter(self._done))]
        live.changed([change.path for change in changes])
        told = [f"{warning.message}: {warning.help}" for warning in warnings]
        return {"undo": name, "path": change.path, "seen": change.digest, "warnings": told}

    def _anchored(self, live: LiveSite, job: ArticleJob, change: Change) -> tuple[Change, ...]:
        """Where the text is kept apart and is here: write down where its words stand, as `briefing anchor` does."""
        root = live.request.root
        if job.text is None:
            return ()
        path = job.anchors or f"{ANCHORS}/{job.id}.yaml"
        before = _bytes(root, path)
        outcome = anchor(Request(root), [job.id], self._now()).outcome()
        if outcome.failed:
            undo(root, change)
            errors = [problem for problem in outcome.problems if problem.severity == "error"]
            raise Refused(f"the words cannot be anchored: {errors[0].message}", errors[0].help)
        after = _bytes(root, path)
        return (Change(path, before, after),) if after != before else ()


def found(live: LiveSite, article: str) -> tuple[Site, ArticleJob]:
    """The site, and the files of an article of it."""
    site, job = live.records(), live.job(article)
    if site is None:
        raise Refused("the site has errors", "mend them first: they are in the terminal")
    if job is None:
        raise Refused(f"there is no article `{visible(article)}`", "reload the page")
    return site, job


def seen(root: Path, job: ArticleJob) -> str:
    """The state of an article's annotation file, which whoever changes it has to name."""
    return _state(root, annotations_of(job))


def _state(root: Path, path: str) -> str:
    return state(_bytes(root, path))


def _bytes(root: Path, path: str) -> bytes | None:
    data = read_bytes(root, path)
    return data if isinstance(data, bytes) else None


def text_of(root: Path, job: ArticleJob) -> tuple[MarkedArticle, QuotedText]:
    """An article as its files are now, and its text, in which words can be selected."""
    read = read_marked(root, job)
    if read.text is None:
        told = next((problem for problem in read.problems if problem.severity == "error"), None)
        raise Refused(told.message, told.help) if told else Refused(f"{job.path} has no text", "write it")
    return read, read.text


def free_id(words: str, taken: Container[str]) -> str:
    """An id for a claim with these words that no other claim of the article has."""
    id = plain = derived_id(words)
    number = 2
    while id in taken:
        id, number = f"{plain}-{number}", number + 1
    return id
