"""The one place where what an edition does not have is left out: before linking, so that no page can know of it."""

from dataclasses import replace

from briefing.diagnostics import Diagnostic
from briefing.link.as_of import as_known_on
from briefing.link.published import published
from briefing.model.config import Config
from briefing.read.content import Content


def in_edition(content: Content, config: Config, base_url: str | None) -> tuple[Content, Config, list[Diagnostic]]:
    """Content and configuration as its edition has them, to stand at `base_url`; problems where nothing is left.

    An internal edition does not stand where the configuration says: there is the public one.
    """
    edition = content.edition
    if base_url or edition.internal:
        config = replace(config, base_url=base_url)
    content, config = published(content, config)
    return as_known_on(content, config, edition.as_of) if edition.as_of else (content, config, [])
