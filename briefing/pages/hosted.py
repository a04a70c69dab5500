"""The site as a server is to know it: its address, its headers, and which of its pages stand for others."""

from collections.abc import Iterator

from briefing.link.site import Site
from briefing.machines.servers import Hosted, host_of
from briefing.pages.headers import rules_of
from briefing.pages.page import REDIRECT, Page
from briefing.pages.plan import Plan

# The template of pages at addresses that are gone.
GONE = "gone.html"


def hosted(site: Site, plan: Plan, root: str | None) -> Hosted:
    """A site with an address, whose plan is given. Without a `root` the folder of its host is that of its name."""
    base_url = site.config.base_url
    assert base_url is not None
    pages = [page for section in plan.values() for page in section.planned() if isinstance(page, Page)]
    moved = {page.path: str(page.context.keywords["target"]) for page in pages if page.template == REDIRECT}
    gone = tuple(page.path for page in pages if page.template == GONE)
    options = tuple(_options(site, base_url))
    return Hosted(base_url, root or f"/srv/www/{host_of(base_url)}", rules_of(site.config), moved, gone, options)


def _options(site: Site, base_url: str) -> Iterator[str]:
    edition = site.content.edition
    if edition.internal:  # which does not stand where the configuration says
        yield from ("--internal", "--base-url", base_url)
    if edition.drafts:
        yield "--drafts"
    if edition.as_of:
        yield from ("--as-of", str(edition.as_of))
