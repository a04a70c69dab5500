"""Views: what a template may see of a record. Plain frozen values, so that a page depends on nothing else."""

import re

from markupsafe import Markup, escape

from briefing.model.frozen import frozen
from briefing.views.phrases import Phrase, Piece, attributes, tongue
from briefing.views.wording import Wording


@frozen
class DateView:
    """A date in words, in few words, and as HTML's `datetime` attribute has it."""

    text: Phrase
    short: Phrase
    iso: str


@frozen
class LinkView:
    """A title and the path, relative to the root, of the page that has it."""

    title: Phrase
    path: str


@frozen
class AttributionView:
    """On whose word: texts, each with the path of the page of whom it names, or none. As a text, the whole phrase."""

    parts: tuple[tuple[Phrase, str | None], ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.parts)


@frozen
class CitationView:
    """Where words stand: the article, who published it and when, and the words; those of the desk are ours."""

    article: str
    path: str
    title: Phrase
    source: Phrase
    published: DateView
    quote: Phrase
    label: Phrase
    is_ours: bool


@frozen
class StepView:
    """One entry of a claim's history."""

    status: str
    on: DateView
    since: DateView | None
    why: Phrase
    evidence: tuple[CitationView, ...]


@frozen
class RelationView:
    """A relation to another claim, seen from this one: `type` is "confirms" or "confirmed by"."""

    type: str
    ref: str
    text: Phrase | None
    citation: CitationView


@frozen
class SourcingView:
    """The outlets and the origins of claims that say the same thing: how many, and the names of the first ones."""

    outlets: tuple[Phrase, ...]
    outlet_count: int
    origins: tuple[Phrase, ...]
    origin_count: int


@frozen
class CitedArticleView:
    """An article among the sources of a page. What is not told of it there is not known to those that cite it."""

    id: str
    path: str
    title: Phrase
    source: Phrase
    source_path: str
    published: DateView
    url: str | None
    is_ours: bool


@frozen
class ArticleView:
    """An article in lists."""

    id: str
    path: str
    title: Phrase
    source: Phrase
    source_path: str
    published: DateView
    summary: Phrase | None
    url: str | None
    is_ours: bool
    is_internal: bool
    claims: int
    open: int


@frozen
class PassageView:
    """Words of a document of which no more may be shown, as HTML with those of claims marked; and the address at which
    they stand in the original, if that is known."""

    html: Markup
    original: str | None


@frozen
class CheckedView:
    """Against which text words were checked: its length in characters, the first digits of its SHA-256, and the day,
    unless that is later than the one of which a site tells."""

    length: Phrase
    sha256: str
    on: DateView | None


@frozen
class ParticipantView:
    """Who takes part, in which office at that time, for which side."""

    name: Phrase
    path: str
    office: Phrase | None
    side: LinkView | None
    role: Phrase | None


@frozen
class TimeView:
    """The beginning in one place's time."""

    place: Phrase | None
    text: Phrase
    iso: str


@frozen
class SummitView:
    """A summit in lists and at the head of its page."""

    path: str
    title: Phrase
    kind: str
    status: str
    summary: Phrase | None
    verdict: Phrase | None
    day: DateView
    starts: tuple[TimeView, ...]
    end: DateView | None
    venue: Phrase | None
    participants: tuple[ParticipantView, ...]
    claims: int
    open: int


# The labels that `briefing.read` gives its links: to a claim by its number, and back from a footnote. Quotes of texts
# are escaped, and cannot be such.
_LABEL = re.compile(' aria-label="(?:Claim ([0-9]+)|Back to the text)"')


def trusted(html: str, language: str, wording: Wording) -> Markup:
    """HTML that `briefing.read` made (`markup` and `passages`), in its language, its labels in the words of the theme:
    the only text that templates show unescaped."""
    if not html:
        return Markup()
    theme = wording.words.language
    marks = attributes(Piece("", *tongue(language, theme)))
    own = attributes(Piece("", theme, None)) if marks else ""

    def label(found: re.Match[str]) -> str:
        said = wording.say("article.claim", int(found[1])) if found[1] else wording.say("article.back")
        return f'{own} aria-label="{escape(said)}"'

    html = _LABEL.sub(label, html)
    return Markup(f"<div{marks}>\n{html}</div>\n" if marks else html)  # noqa: S704 - as `read` escaped it
