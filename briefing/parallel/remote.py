"""Pages made by processes that share nothing with this one, through any executor of `concurrent.futures`.

The plan of a site holds functions, which cannot be sent. What they come from can: the records and the templates, and
from them every process makes the same plan. So a task is these, packed once, and the names of some sections; a process
unpacks and plans when it meets a site, and keeps that for its next task.
"""

import hashlib
import pickle
import threading
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import lru_cache

from briefing.diagnostics import EnvironmentProblem
from briefing.incremental.cache import tool
from briefing.link.lists import Lists
from briefing.link.site import Site, link
from briefing.pages.page import site_view
from briefing.pages.plan import Plan, plan
from briefing.parallel.pool import spread_over
from briefing.theme.fragments import Fragments
from briefing.theme.rendering import RenderedSection, Renderer
from briefing.theme.templates import Templates

# One page at a time in each process: threads would wait for each other anyway.
_TURN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that the pages of a site are made from, packed; `tool` tells by which briefing, `key` what is in it."""

    tool: str
    key: str
    data: bytes = field(compare=False, repr=False)


def rendered_remotely(
    executor: Executor, site: Site, templates: Templates, sections: Sequence[str]
) -> Iterator[RenderedSection]:
    """The sections of a site of these names, in their order, made by an executor."""
    return spread_over(executor, render_sections, bundle_of(site, templates), sections)


def bundle_of(site: Site, templates: Templates) -> Bundle:
    """The bundle with which other processes can make the site's pages."""
    # What the edition does not have does not leave this machine either.
    whole = (replace(site.content, withheld=None), site.config, site.as_of, templates)
    # The quickest level halves it.
    data = zlib.compress(pickle.dumps(whole, pickle.HIGHEST_PROTOCOL), 1)
    return Bundle(tool(), hashlib.sha256(data).hexdigest(), data)


def render_sections(bundle: Bundle, names: Sequence[str]) -> list[RenderedSection]:
    """The sections of these names. EnvironmentProblem where another version of the tool would make others."""
    if bundle.tool != tool():
        raise EnvironmentProblem(
            "a worker has another version of briefing, of Python or of a library", "install the same everywhere"
        )
    with _TURN:
        renderer, planned = _unpacked(bundle)
        return [renderer.section(planned[name], {}) for name in names]


# Two, so that two builds on the same workers do not take turns in unpacking.
@lru_cache(maxsize=2)
def _unpacked(bundle: Bundle) -> tuple[Renderer, Plan]:
    content, config, as_of, templates = pickle.loads(zlib.decompress(bundle.data))  # noqa: S301 - our own, see `tool`
    site = link(content, config, as_of, words=templates.words)
    fragments = Fragments(templates, site.article)
    return Renderer(templates, fragments, site_view(site)), plan(Lists(site))
