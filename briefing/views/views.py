"""Views of what a scope shows: names, dates, offices and links, in the site's language."""

import datetime
import re
from typing import overload

from briefing.link.scope import Cited, Named, Scope
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.dates import PartialDate, When
from briefing.model.topic import StandingPage
from briefing.read.annotations import AnchoredClaim
from briefing.views import words
from briefing.views.phrases import Phrase, spoken, theme_language
from briefing.views.values import CitationView, DateView, LinkView
from briefing.views.wording import Wording
from briefing.wording import shortened

# As long as a label may be, in characters of which wide ones count twice; and an id that nobody can read, which a claim
# has whose words have no letters for one.
_FEW_WORDS, _HASH = 40, re.compile("q-[0-9a-f]{8}")


class Views:
    """Makes the views of the records in a scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.language = scope.settings.language
        self.locale = words.locale_of(self.language)
        self.wording = Wording(self.locale, scope.settings.words)
        self.say = self.wording.say
        self._citations: dict[str, CitationView] = {}

    @property
    def theme(self) -> str:
        """The language of the theme's words."""
        return theme_language(self.language, self.wording.words.language)

    @overload
    def own(self, text: str) -> Phrase: ...
    @overload
    def own(self, text: None) -> None: ...
    def own(self, text: str | None) -> Phrase | None:
        """A text of the desk, which is in the site's language."""
        return spoken(text, self.language, self.wording.words.language)

    def date(self, value: PartialDate | When) -> DateView:
        """A date in words."""
        return words.date_view(value.day if isinstance(value, When) else value, self.wording)

    def language_of(self, record: Article) -> str:
        """The language of an article: its own, else that of its source, else the site's."""
        return record.language or self.scope.source(record.source).language or self.language

    def title(self, record: Article) -> Phrase:
        """The title of an article in its language."""
        return self.wording.spoken(record.title, self.language_of(record))

    def titled(self, record: StandingPage) -> Phrase:
        """The title of a standing page in its language."""
        return self.wording.spoken(record.title, record.language or self.language)

    def label(self, record: Article, anchored: AnchoredClaim) -> Phrase:
        """The matter of a claim of an article in a few words: the editor's, in a label or in the id that they gave it,
        else the beginning of what it says."""
        claim = anchored.claim
        if claim.label or (claim.id and not _HASH.fullmatch(claim.id)):
            return self.own(claim.label or " ".join(anchored.id.split("-")[:5]))
        if claim.text:
            return self.own(shortened(claim.text, _FEW_WORDS))
        return self.wording.spoken(shortened(anchored.words, _FEW_WORDS), self.language_of(record))

    def source_name(self, id: str) -> Phrase:
        """The name of a source."""
        return self.own(self.scope.entity(id).name)

    def name(self, id: str | None, described: str | None) -> Phrase:
        """The name of an entry of a registry, or the words for one that is in none."""
        found = self.scope.named(id) if id else None
        return self.own(found.entity.name if found else described or "")

    def is_own(self, record: Article) -> bool:
        """Whether an article is the desk's: its source is of the kind `desk`."""
        return self.scope.source(record.source).kind == "desk"

    def summit_link(self, id: str) -> LinkView:
        """A link to a summit."""
        return LinkView(self.own(self.scope.summit(id).title), page_path("summits", id))

    def topic_link(self, id: str) -> LinkView:
        """A link to a topic."""
        return LinkView(self.own(self.scope.topic(id)), page_path("topics", id))

    def entity_link(self, id: str) -> LinkView:
        """A link to an entry of a registry that is there."""
        found = self.scope.named(id)
        assert found is not None
        return LinkView(self.own(found.entity.name), page_path(found.kind, id))

    def office(self, named: Named, day: datetime.date) -> Phrase | None:
        """The office held on that day, with its organization."""
        role = named.entity.role_on(day)
        if role is None or role.organization is None:
            return self.own(role.post) if role else None
        post, organization = self.own(role.post), named.names[role.organization]
        return post if organization in post else self.say("voice.post", post=post, organization=self.own(organization))

    def citation(self, cited: Cited) -> CitationView:
        """Where the words of a claim stand."""
        article, anchored = cited
        found = self._citations.get(anchored.ref)
        if found is None:
            record = article.record
            found = self._citations[anchored.ref] = CitationView(
                article=article.id,
                path=f"{page_path('articles', article.id)}#{anchored.id}",
                title=self.title(record),
                source=self.source_name(record.source),
                published=self.date(record.published),
                quote=self.wording.spoken(anchored.words, self.language_of(record)),
                label=self.label(record, anchored),
                is_ours=self.is_own(record),
            )
        return found
