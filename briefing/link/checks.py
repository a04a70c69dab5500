"""All checks between files: references, rules, evidence, dates, units, origins, offices, quoting, places of claims."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic
from briefing.link.belonging import check_belonging
from briefing.link.chronology import check_chronology
from briefing.link.evidence import check_evidence
from briefing.link.former import check_former_ids
from briefing.link.meetings import check_offsets
from briefing.link.offices import check_offices
from briefing.link.origins import check_origins
from briefing.link.own_words import check_own_words
from briefing.link.quoting import check_quoting
from briefing.link.references import check_references
from briefing.link.rules import check_claims, check_cycles
from briefing.link.units import check_units
from briefing.model.config import Config
from briefing.read.content import Content


def check_records(content: Content, config: Config) -> Iterator[Diagnostic]:
    """Everything that is wrong between the files of a site."""
    yield from check_references(content, config)
    yield from check_former_ids(content)
    yield from check_claims(content)
    yield from check_cycles(content)
    yield from check_evidence(content)
    yield from check_own_words(content)
    yield from check_chronology(content, config)
    yield from check_offsets(content)
    yield from check_belonging(content)
    yield from check_units(content)
    yield from check_origins(content)
    yield from check_offices(content)
    yield from check_quoting(content, config)
