"""Pages made by processes that share nothing with this one, through any executor of `concurrent.futures`.

The plan of a site holds functions, which cannot be sent. What they come from can: the records and the templates, and
from them every process makes the same plan. So a task is these, packed once, and the paths of some pages; a process
unpacks and plans when it meets a site, and keeps that for its next task.
"""

import hashlib
import pickle
import threading
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.cache import tool
from briefing.diagnostics import EnvironmentProblem
from briefing.link.site import Site, link
from briefing.render.making import Result, make
from briefing.render.page import Page
from briefing.render.plan import Plan, plan
from briefing.render.templates import Templates
from briefing.work import spread_over

# One page at a time in each process: a trace has one listener, and threads would wait for each other anyway.
_TURN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that the pages of a site are made from, packed; `tool` tells by which briefing, `key` what is in it."""

    tool: str
    key: str
    data: bytes = field(compare=False, repr=False)


def made_elsewhere(executor: Executor, site: Site, templates: Templates, pages: Sequence[Page]) -> Iterator[Result]:
    """The pages of a site in their order, made by an executor."""
    return spread_over(executor, make_pages, packed(site, templates), [page.path for page in pages])


def packed(site: Site, templates: Templates) -> Parcel:
    """The parcel with which other processes can make the site's pages."""
    whole = (site.content, site.config, site.as_of, templates)
    # The quickest level halves it.
    data = zlib.compress(pickle.dumps(whole, pickle.HIGHEST_PROTOCOL), 1)
    return Parcel(tool(), hashlib.sha256(data).hexdigest(), data)


def make_pages(parcel: Parcel, paths: Sequence[str]) -> list[Result]:
    """The pages at these paths. EnvironmentProblem where another version of the tool would make others."""
    if parcel.tool != tool():
        raise EnvironmentProblem(
            "a worker has another version of briefing, of Python or of a library", "install the same everywhere"
        )
    with _TURN:
        templates, pages, plan = _unpacked(parcel)
        return [make(templates, plan.trace, pages[path]) for path in paths]


# Two, so that two builds on the same workers do not take turns in unpacking.
@lru_cache(maxsize=2)
def _unpacked(parcel: Parcel) -> tuple[Templates, dict[str, Page], Plan]:
    content, config, as_of, templates = pickle.loads(zlib.decompress(parcel.data))  # noqa: S301 - our own, see `tool`
    planned = plan(link(content, config, as_of))
    return templates, {page.path: page for page in planned.pages}, planned
