"""All checks of records: of what is between files, and of each article with what it refers to."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from briefing.diagnostics import Diagnostic
from briefing.link.agendas import check_agendas
from briefing.link.belonging import check_belonging
from briefing.link.chronology import check_dates, check_meetings
from briefing.link.evidence import Evidence
from briefing.link.former import check_former_ids
from briefing.link.gone import check_gone
from briefing.link.meetings import check_offsets
from briefing.link.offices import check_offices
from briefing.link.origins import check_origins
from briefing.link.own_words import check_own_words
from briefing.link.published import check_published
from briefing.link.quoting import check_quoting
from briefing.link.references import References
from briefing.link.rules import check_claims, check_cycles
from briefing.link.units import check_units
from briefing.model.config import Config
from briefing.read.content import Content


class Checks(NamedTuple):
    """What is wrong between the files of a site, and with each article, by its id, where anything is."""

    between: tuple[Diagnostic, ...]
    of_articles: Mapping[str, tuple[Diagnostic, ...]]

    @property
    def all(self) -> list[Diagnostic]:
        return [*self.between, *(problem for of in self.of_articles.values() for problem in of)]


def check_records(content: Content, config: Config, before: Checks | None = None, same: Container[str] = ()) -> Checks:
    """Everything that is wrong with the records of a site.

    The articles with the ids that are the `same` are taken to be as they were `before`: nothing is another that these
    or their claims refer to.
    """
    references, evidence = References(content, config), Evidence(content)
    of_articles: dict[str, tuple[Diagnostic, ...]] = {}
    for article in content.articles.values():
        if before is not None and article.id in same and not evidence.rests_on_contested(article):
            problems = before.of_articles.get(article.id, ())
        else:
            problems = (
                *references.check_article(article),
                *check_claims(article),
                *evidence.check_article(article),
                *check_dates(article, config),
            )
        if problems:
            of_articles[article.id] = problems
    between = (
        *references.check_site(),
        *check_published(content),
        *check_former_ids(content),
        *check_cycles(content),
        *evidence.check_circles(),
        *check_own_words(content),
        *check_meetings(content),
        *check_agendas(content),
        *check_offsets(content),
        *check_belonging(content),
        *check_units(content),
        *check_origins(content),
        *check_offices(content),
        *check_quoting(content, config),
        *check_gone(content, config),
    )
    return Checks(between, of_articles)
