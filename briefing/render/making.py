"""One page: rendered, with its ids, its links and what was read for it; or what is wrong with its template."""

from briefing.diagnostics import Diagnostic
from briefing.render.links import Made, made
from briefing.render.page import Page
from briefing.render.templates import Templates
from briefing.render.trace import Read, Trace

Result = tuple[Made, frozenset[Read]] | Diagnostic


def make(templates: Templates, trace: Trace, page: Page) -> Result:
    """The page, made where this is called."""
    templates.fragments.most = trace.most  # as many fragments of a kind as views: what a site of its size keeps
    with trace.listening() as reads:
        text = templates.render(page)
    return text if isinstance(text, Diagnostic) else (made(page, text), frozenset(reads))
