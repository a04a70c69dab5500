"""The brief of a summit as it is printed: its page in the template for paper, and the files that this names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from briefing.diagnostics import Diagnostic
from briefing.link.clock import newest
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import Site
from briefing.model.dates import PartialDate
from briefing.pages.page import Context, Page, site_view
from briefing.pages.summits import summit_arguments, summit_pages
from briefing.read.records import nearest
from briefing.theme.fragments import Fragments
from briefing.theme.rendering import Renderer, UnrenderedPage
from briefing.theme.templates import Templates
from briefing.views.views import Views

TEMPLATE = "paper.html"


class UnknownSummit(LookupError):
    """There is no such summit: what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A page for paper. `path` is the place in the site from which its links are seen, `address` that of the site where
    it is known, `files` have the bytes of the others by their paths; `edition` is the day up to which it tells, if any.
    """

    html: str
    path: str
    address: str | None
    files: Mapping[str, bytes]
    edition: date | None


def found_summit(site: Site, wanted: str) -> str:
    """The id of a summit, which may be given as the path of its file or its page; UnknownSummit where there is none."""
    id = wanted.rpartition("/")[2].removesuffix(".md").removesuffix(".html")
    if id in site.meetings:
        return id
    if id in site.content.drafts.get("summits", ()):
        raise UnknownSummit(f"the summit `{id}` is a draft; add --drafts")
    if site.content.is_internal("summits", id):
        raise UnknownSummit(f"the summit `{id}` is internal; add --internal")
    former = next((meeting.id for meeting in site.meetings.values() if id in meeting.record.aliases), None)
    meant = former or nearest(id, list(site.meetings))
    raise UnknownSummit(f"there is no summit `{id}`; {_instead(site, meant)}")


def _instead(site: Site, meant: str | None) -> str:
    if meant:
        return f"write `{meant}`"
    return "write the name of a file in content/summits/" if site.meetings else "there is none in content/summits/"


def brief_of(site: Site, templates: Templates, files: Mapping[str, bytes], id: str) -> Brief | Diagnostic:
    """The brief of a summit of the site, or what is wrong with its template."""
    planned = summit_pages(summit_arguments(Lists(site), id))
    first = next(page for page in planned if isinstance(page, Page))
    record = site.meetings[id].record
    edition = newest([site.clock.day], [record.written, record.verdict.written if record.verdict else None])
    page = replace(first, template=TEMPLATE, context=partial(on_paper, first, edition, site.scope(())))
    made = Renderer(templates, Fragments(templates, site.article), site_view(site)).page(page)
    if isinstance(made, UnrenderedPage):
        return made.problem
    assert made.data is not None
    return Brief(made.data.decode(), page.path, site.config.base_url, files, edition)


def on_paper(page: Page, edition: date | None, scope: Scope) -> Context:
    """What the page of a summit shows, and the day of its edition."""
    return {**page.context(), "edition": Views(scope).date(PartialDate.of(edition)) if edition else None}
