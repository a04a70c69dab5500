"""Sections rendered by processes that are forked from this one, with all that it has found."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from briefing.pages.page import Section
from briefing.parallel.pool import WORTH_IT, scattered
from briefing.theme.fragments import Broken, FragmentSet
from briefing.theme.rendering import Keys, RenderedSection, Renderer

# So many articles are dealt with at once: their fragments are made together.
TOGETHER = 8
# With more pages than these in their sections, even two of them are worth a process.
LARGE = 1000


def rendered_here(
    renderer: Renderer, sections: Sequence[Section[Any]], keys: Mapping[str, Keys], jobs: int
) -> Iterator[RenderedSection]:
    """The sections as they come, those of articles first: what lists show of them is made with their own pages."""
    articles = [section for section in sections if section.text]
    chunks = [articles[start : start + TOGETHER] for start in range(0, len(articles), TOGETHER)]
    for _, (made, rendered) in scattered(partial(_articles, renderer.apart(), keys), chunks, jobs, 1):
        renderer.fragments.take(made)
        yield from rendered
    lists = [section for section in sections if not section.text]
    # A section of a large site has hundreds of pages, which are at least to be compared.
    least = WORTH_IT if len(keys) < LARGE else 2
    for _, section in scattered(partial(_list, renderer, keys), lists, jobs, 1, least):
        yield section


def _articles(
    own: Renderer, keys: Mapping[str, Keys], sections: Sequence[Section[Any]]
) -> tuple[FragmentSet, list[RenderedSection]]:
    """The pages of some articles, and the fragments that lists show of them."""
    with suppress(Broken):  # to be told of the first page that shows one
        own.fragments.prepare([section.arguments().article for section in sections])
    rendered = [own.section(section, keys) for section in sections]
    return own.fragments.hand_over(), rendered


def _list(renderer: Renderer, keys: Mapping[str, Keys], section: Section[Any]) -> RenderedSection:
    return renderer.section(section, keys)
