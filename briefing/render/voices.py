"""Pages of people, organizations, places and sources: what they said, what was said of them, what became of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefing.link.ledger import UNRATED
from briefing.link.site import LinkedClaim
from briefing.link.voices import Voice
from briefing.model.addresses import page_path
from briefing.model.claim import STATUSES
from briefing.model.dates import PartialDate
from briefing.model.entity import Entity, Source
from briefing.render import words
from briefing.render.archive import Archive, Part, Periods, archived
from briefing.render.entities import entity_view, meeting_view, role_view
from briefing.render.ledger import LedgerView, Tally, ledger_slice, tally
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.tongues import english, phrase
from briefing.render.views import ClaimView, LinkView

# What a page shows of a list that has pages by year, and of each group of a slice of the ledger.
SHOWN = 60
SHOWN_IN_LEDGER = 20
ARTICLES = 10
TEMPLATES = {
    "people": "person.html",
    "organizations": "organization.html",
    "places": "place.html",
    "sources": "source.html",
}
# The lists of claims that a page of each kind has, and what their pages by year are called.
LISTS: dict[str, dict[str, str]] = {
    "people": {"said": "said", "about": "said of them"},
    "organizations": {"said": "said", "about": "said of it"},
    "places": {"about": "said of it"},
    "sources": {"origin": "reported first", "relay": "passed on", "about": "said of it"},
}


@dataclass(frozen=True, slots=True)
class CountsView:
    """What became of claims: of those that look ahead `ratable` can be rated; `facts` are the statuses of the rest,
    of which `silent` have none."""

    claims: int
    forward: Tally
    ratable: int
    facts: tuple[tuple[str, int], ...]
    silent: int


@dataclass(frozen=True, slots=True)
class SaidView:
    """Claims of one voice, newest first: the counts of all, those the page shows, and the pages that have all.

    Where there is a `ledger`, the claims in it are not among the `claims`.
    """

    counts: CountsView
    ledger: LedgerView | None
    claims: tuple[ClaimView, ...]
    count: int
    years: Periods


def voice_pages(maker: Maker, kind: str, id: str) -> Iterator[Page]:
    """The page of an entry of a registry, and its older claims by year."""
    entity: Entity = getattr(maker.site.content, kind)[id]
    path, source, voice = page_path(kind, id), maker.site.content.file_of(kind, id), maker.voices.get(id, Voice())
    lists = {
        name: archived(tuple(getattr(voice, name)), _published, f"archive/{kind}/{id}-{name}") for name in LISTS[kind]
    }
    context = partial(_context, maker, kind, id, entity, voice, lists)
    name_of, summary = maker.views.own(entity.name), maker.views.own(entity.summary)
    yield maker.page(path, TEMPLATES[kind], name_of, context, source, description=summary)
    yield from maker.redirects(kind, entity.former_ids, path, source, name_of)
    for name, archive in lists.items():
        for part in archive.parts:
            title = phrase(name_of, english(f", {LISTS[kind][name]}, {part.label}"))
            context = partial(_part, maker, LinkView(name_of, path), part)
            yield maker.page(part.path, "archive.html", title, context, source, day=part.label)
            for former in entity.former_ids:
                old = part.path.replace(f"archive/{kind}/{id}-", f"archive/{kind}/{former}-", 1)
                yield maker.redirect(old, part.path, source, title)


def _published(linked: LinkedClaim) -> PartialDate:
    return linked.article.record.published.day


def _context(
    maker: Maker,
    kind: str,
    id: str,
    entity: Entity,
    voice: Voice,
    lists: dict[str, Archive[LinkedClaim]],
) -> Context:
    context: dict[str, object] = {"entity": entity_view(maker, kind, entity)}
    for name, archive in lists.items():
        claims = getattr(voice, name)
        context[name] = _said(maker, claims, archive.years, with_ledger=name in ("said", "origin"))
    if kind == "people":
        context["roles"] = tuple(role_view(maker, id, role) for role in entity.roles)
        context["role_count"] = len(entity.roles)
        meetings = maker.mentions.summits.get(id, [])
        context["meetings"] = tuple(meeting_view(maker, summit, id) for summit in meetings[:SHOWN])
        context["meeting_count"] = len(meetings)
    elif kind == "organizations":
        officers = maker.mentions.officers.get(id, [])
        context["roles"] = tuple(role_view(maker, person, role) for person, role in officers[:SHOWN])
        context["role_count"] = len(officers)
    elif kind == "places":
        context |= _of_place(maker, id)
    elif isinstance(entity, Source):
        context |= _of_source(maker, id, entity)
    return context


def _of_place(maker: Maker, id: str) -> Context:
    views, articles, mentions = maker.views, maker.site.content.articles, maker.mentions
    texts, meetings = mentions.texts.get(id, []), mentions.summits.get(id, [])
    people, organizations = mentions.people.get(id, []), mentions.organizations.get(id, [])
    return {
        "meetings": tuple(meeting_view(maker, summit) for summit in meetings[:SHOWN]),
        "meeting_count": len(meetings),
        "texts": tuple(views.article(articles[text]) for text in texts[:SHOWN]),
        "text_count": len(texts),
        "people": tuple(views.entity_link(person) for person in people[:SHOWN]),
        "people_count": len(people),
        "organizations": tuple(views.entity_link(body) for body in organizations[:SHOWN]),
        "organization_count": len(organizations),
    }


def _of_source(maker: Maker, id: str, source: Source) -> Context:
    views, articles, own = maker.views, maker.site.content.articles, maker.mentions.articles.get(id, [])
    return {
        "language": words.language_words(source.language, views.locale) if source.language else None,
        "reliability": words.reliability_words(source.reliability) if source.reliability else None,
        "reliability_note": views.own(source.reliability_note),
        "articles": tuple(views.article(articles[article]) for article in own[:ARTICLES]),
        "article_count": len(own),
    }


def _said(maker: Maker, claims: Sequence[LinkedClaim], years: Periods, with_ledger: bool) -> SaidView:
    shown = [claim for claim in claims if not (with_ledger and claim.is_forward)]
    return SaidView(
        counts=_counts(maker, claims),
        ledger=ledger_slice(maker, claims, SHOWN_IN_LEDGER if years else None) if with_ledger else None,
        claims=maker.views.claims(shown[:SHOWN] if years else shown),
        count=len(shown),
        years=years,
    )


def _counts(maker: Maker, claims: Sequence[LinkedClaim]) -> CountsView:
    forward = tally(maker, claims)
    rest = Counter(claim.status for claim in claims if not claim.is_forward)
    return CountsView(
        claims=len(claims),
        forward=forward,
        ratable=forward.total - dict(forward.statuses)[UNRATED],
        facts=tuple((status, rest[status]) for status in (*STATUSES["fact"], UNRATED) if rest[status]),
        silent=rest[None],
    )


def _part(maker: Maker, up: LinkView, part: Part[LinkedClaim]) -> Context:
    return {"up": up, "kind": "claims", "claims": maker.views.claims(part.items), "periods": part.periods}
