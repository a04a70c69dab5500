"""The lists of a site: what pages show in some order, each put together when somebody first asks for it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from briefing.link.differences import Difference, differences
from briefing.link.figures import MeasureValues, figures_by_measure
from briefing.link.mentions import Mentions, mentions_of
from briefing.link.site import LinkedArticle, LinkedClaim, LinkedSummit, Site
from briefing.link.timeline import topics_of
from briefing.link.voices import Voice, voices_of

T = TypeVar("T")


class Lists:
    """The lists of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._once: dict[tuple[object, str], Any] = {}

    def once(self, make: "Callable[[Lists, str], T]", id: str) -> T:
        """What a function finds of a record, for all sections that show it."""
        key = make, id
        if key not in self._once:
            self._once[key] = make(self, id)
        return self._once[key]  # type: ignore[no-any-return]

    @cached_property
    def claims_by_day(self) -> Mapping[date, int]:
        """How many claims the articles of each day have."""
        found: dict[date, int] = {}
        for file in self.site.files:
            day = file.record.published.day.earliest
            found[day] = found.get(day, 0) + len(file.claims)
        return found

    @cached_property
    def articles_by_topic(self) -> Mapping[str, list[LinkedArticle]]:
        """The articles that have a claim on each topic."""
        found: dict[str, list[LinkedArticle]] = {}
        for article in self.site.articles:
            for topic in dict.fromkeys(topic for linked in article.claims for topic in linked.claim.topics):
                found.setdefault(topic, []).append(article)
        return found

    @cached_property
    def articles_of_summits(self) -> Mapping[str, list[LinkedArticle]]:
        """The articles that name each summit, or have a claim that belongs to it."""
        found: dict[str, list[LinkedArticle]] = {}
        for article in self.site.articles:
            of_claims = (linked.summit for linked in article.claims if linked.summit)
            for summit in dict.fromkeys([*article.record.summits, *of_claims]):
                found.setdefault(summit, []).append(article)
        return found

    @cached_property
    def summits_by_topic(self) -> Mapping[str, list[LinkedSummit]]:
        """The summits of each topic."""
        found: dict[str, list[LinkedSummit]] = {}
        for id in self.site.summits:
            summit = self.site.meetings[id]
            for topic in topics_of(summit, self.site.by_summit.get(id, ())):
                found.setdefault(topic, []).append(summit)
        return found

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        """The claims of every entry of a registry that has any."""
        return voices_of(self.site.claims.values())

    @cached_property
    def figures(self) -> Mapping[str, MeasureValues]:
        """The values of every measure that has any, in the order of the registry."""
        return figures_by_measure(self.site)

    @cached_property
    def mentions(self) -> Mentions:
        """What names the entries of registries."""
        return mentions_of(self.site)

    @cached_property
    def differences(self) -> Mapping[str, tuple[Difference, ...]]:
        """Where accounts of a summit differ."""
        return differences(self.site)

    @cached_property
    def ledger(self) -> Sequence[LinkedClaim]:
        """The claims that look ahead."""
        return [linked for linked in self.site.claims.values() if linked.is_forward]
