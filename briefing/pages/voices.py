"""Pages of people, organizations, places and sources: what they said, what was said of them, what became of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from briefing.link.ledger import UNRATED
from briefing.link.lists import Lists
from briefing.link.scope import Named, Scope
from briefing.link.site import LinkedArticle, LinkedClaim, LinkedSummit
from briefing.link.voices import Voice
from briefing.model.addresses import page_path, page_paths
from briefing.model.claim import STATUSES
from briefing.model.dates import PartialDate
from briefing.model.entity import Role, Source
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.pages.archive import Periods, archived, part_page, part_title
from briefing.pages.feeds import feed_of
from briefing.pages.ledger import LedgerView, Tally, ledger_slice, tally
from briefing.pages.page import Context, Page, Section, redirect, redirects
from briefing.views import words
from briefing.views.entities import entity_view, meeting_view, role_view
from briefing.views.listed import ARTICLE, ROW, Listed
from briefing.views.values import LinkView
from briefing.views.views import Views

# What a page shows of a list that has pages by year, and of each group of a slice of the ledger.
ITEMS_SHOWN = 60
SHOWN_IN_LEDGER = 20
ARTICLES = 10
TEMPLATES = {
    "people": "person.html",
    "organizations": "organization.html",
    "places": "place.html",
    "sources": "source.html",
}
# The lists of claims that a page of each kind has, and the words for what their pages by year are called.
LISTS: dict[str, dict[str, str]] = {
    "people": {"said": "said", "about": "about_people"},
    "organizations": {"said": "said", "about": "about"},
    "places": {"about": "about"},
    "sources": {"origin": "origin", "relay": "relay", "about": "about"},
}


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 80


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each person, organization, place and source."""
    for kind in ENTITIES:
        for id, entity in getattr(lists.site.content, kind).items():
            archives = (f"archive/{kind}/{one}-" for one in (id, *entity.former_ids))
            paths = (*page_paths(kind, id, entity.former_ids), *archives)
            yield Section(f"{kind} {id}", voice_pages, partial(voice_arguments, lists, kind, id), paths=paths)


@frozen
class CountsView:
    """What became of claims: of those that look ahead `ratable` can be rated; `facts` are the statuses of the rest,
    of which `silent` have none."""

    claims: int
    forward: Tally
    ratable: int
    facts: tuple[tuple[str, int], ...]
    silent: int


@frozen
class SaidView:
    """Claims of one voice, newest first: the counts of all, those the page shows, and the pages that have all.

    Where there is a `ledger`, the claims in it are not among the `claims`.
    """

    counts: CountsView
    ledger: LedgerView | None
    claims: Listed
    count: int
    years: Periods


@frozen
class Some:
    """The first of some things that name an entry, and how many there are."""

    first: Sequence[str]
    count: int

    @classmethod
    def of(cls, ids: Sequence[str]) -> "Some":
        return cls(tuple(ids[:ITEMS_SHOWN]), len(ids))


@frozen
class VoiceArguments:
    """An entry of a registry, its file and claims, and what else names it: only what its kind shows is given."""

    id: str
    named: Named
    file: str
    voice: Voice
    scope: Scope
    meetings: Sequence[LinkedSummit]
    meeting_count: int
    articles: Sequence[LinkedArticle]
    article_count: int
    officers: Sequence[tuple[str, Role]]
    officer_count: int
    people: Some
    organizations: Some


def voice_arguments(lists: Lists, kind: str, id: str) -> VoiceArguments:
    """What the page of an entry is made from."""
    site, mentions = lists.site, lists.mentions
    named = site.records.entity(id)
    assert named is not None
    is_place = kind == "places"
    summits = mentions.summits.get(id, []) if is_place or kind == "people" else []
    officers = mentions.officers.get(id, []) if kind == "organizations" else []
    texts = mentions.texts.get(id, []) if is_place else mentions.articles.get(id, []) if kind == "sources" else []
    people = Some.of(mentions.people.get(id, []) if is_place else [])
    bodies = Some.of(mentions.organizations.get(id, []) if is_place else [])
    others = [*named.names, *(person for person, _ in officers[:ITEMS_SHOWN]), *people.first, *bodies.first]
    keys = [*(("summit", one) for one in summits[:ITEMS_SHOWN]), *(("entity", one) for one in (id, *others))]
    return VoiceArguments(
        id=id,
        named=named,
        file=site.content.file_of(kind, id),
        voice=lists.voices.get(id, Voice()),
        scope=site.scope(keys),
        meetings=[site.meetings[one] for one in summits[:ITEMS_SHOWN]],
        meeting_count=len(summits),
        articles=[site.article(one) for one in texts[: ITEMS_SHOWN if is_place else ARTICLES]],
        article_count=len(texts),
        officers=officers[:ITEMS_SHOWN],
        officer_count=len(officers),
        people=people,
        organizations=bodies,
    )


def voice_pages(given: VoiceArguments) -> Iterator[Page]:
    """The page of an entry of a registry, and its older claims by year."""
    id, kind, entity, views = given.id, given.named.kind, given.named.entity, Views(given.scope)
    path, source, name_of = page_path(kind, id), given.file, views.own(entity.name)
    lists = {
        name: archived(tuple(getattr(given.voice, name)), _published, f"archive/{kind}/{id}-{name}", views)
        for name in LISTS[kind]
    }
    context = partial(_context, given, {name: archive.years for name, archive in lists.items()})
    files = (feed_of("source", id),) if kind == "sources" and given.article_count else ()
    yield Page(path, TEMPLATES[kind], name_of, context, source, (), views.own(entity.summary), files=files)
    yield from redirects(kind, entity.former_ids, path, source, name_of, (id, "former_ids"))
    for name, archive in lists.items():
        for part in archive.parts:
            title = part_title(views.say(f"archive.{LISTS[kind][name]}", title=name_of), part, views)
            yield part_page(part, title, LinkView(name_of, path), "claims", ROW, source)
            for former in entity.former_ids:
                old = part.path.replace(f"archive/{kind}/{id}-", f"archive/{kind}/{former}-", 1)
                yield redirect(old, part.path, source, title)


def _context(given: VoiceArguments, years: dict[str, Periods]) -> Context:
    views, kind = Views(given.scope), given.named.kind
    said = {
        name: _said(getattr(given.voice, name), of, with_ledger=name in ("said", "origin"))
        for name, of in years.items()
    }
    return {"entity": entity_view(given.named, views), **_named_by(given, kind, views), **said}


def _published(linked: LinkedClaim) -> PartialDate:
    return linked.article.published.day


def _named_by(given: VoiceArguments, kind: str, views: Views) -> Context:
    """What else names the entry."""
    entity = given.named.entity
    meetings = tuple(meeting_view(summit, views, given.id if kind == "people" else None) for summit in given.meetings)
    of_meetings = {"meetings": meetings, "meeting_count": given.meeting_count}
    articles = Listed(ARTICLE, given.articles)
    if kind == "people":
        roles = tuple(role_view(given.id, role, views) for role in entity.roles)
        return {"roles": roles, "role_count": len(roles), **of_meetings}
    if kind == "organizations":
        officers = tuple(role_view(person, role, views) for person, role in given.officers)
        return {"roles": officers, "role_count": given.officer_count}
    if kind == "places":
        return {
            **of_meetings,
            "texts": articles,
            "text_count": given.article_count,
            "people": tuple(views.entity_link(person) for person in given.people.first),
            "people_count": given.people.count,
            "organizations": tuple(views.entity_link(body) for body in given.organizations.first),
            "organization_count": given.organizations.count,
        }
    assert isinstance(entity, Source)
    return {
        "language": words.language_words(entity.language, views.wording) if entity.language else None,
        "reliability": words.reliability_words(entity.reliability, views.wording) if entity.reliability else None,
        "reliability_note": views.own(entity.reliability_note),
        "articles": articles,
        "article_count": given.article_count,
    }


def _said(claims: Sequence[LinkedClaim], years: Periods, with_ledger: bool) -> SaidView:
    shown = [claim for claim in claims if not (with_ledger and claim.is_forward)]
    return SaidView(
        counts=_counts(claims),
        ledger=ledger_slice(claims, SHOWN_IN_LEDGER if years else None) if with_ledger else None,
        claims=Listed(ROW, shown[:ITEMS_SHOWN] if years else shown),
        count=len(shown),
        years=years,
    )


def _counts(claims: Sequence[LinkedClaim]) -> CountsView:
    forward = tally(claims)
    rest = Counter(claim.status for claim in claims if not claim.is_forward)
    return CountsView(
        claims=len(claims),
        forward=forward,
        ratable=forward.total - dict(forward.statuses)[UNRATED],
        facts=tuple((status, rest[status]) for status in (*STATUSES["fact"], UNRATED) if rest[status]),
        silent=rest[None],
    )
