"""The records that a claim and a meeting name: what their views may look at beside them."""

from collections.abc import Iterable, Iterator

from briefing.link.origins import Sourcing, named_origins
from briefing.link.relations import Related
from briefing.link.scope import Key
from briefing.model.summit import Summit
from briefing.read.annotations import AnchoredClaim


def keys_of_claim(
    anchored: AnchoredClaim, related: Iterable[Related] = (), alike: Sourcing | None = None
) -> Iterator[Key]:
    """What a claim names, what it stands to, and whom its sourcing names."""
    claim = anchored.claim
    for topic in claim.topics:
        yield "topic", topic
    for about in claim.about:
        yield "entity", about
    for voice in claim.attribution:
        if voice.by:
            yield "entity", voice.by
    for entry in claim.history:
        for ref in entry.evidence:
            yield "claim", ref
    if anchored.summit:
        yield "summit", anchored.summit
    if claim.figure:
        yield "measure", claim.figure.measure
    if claim.origin:
        yield from (("entity", id) for id in named_origins(claim.origin))
    for one in related:
        yield "claim", one.other
    if alike:
        ids = [*(outlet.id for outlet in alike.outlets), *(origin.id for origin in alike.origins)]
        yield from (("entity", id) for id in ids if id)


def keys_of_summit(record: Summit) -> Iterator[Key]:
    """Who takes part in a meeting, for whom and where."""
    for participant in record.participants:
        yield from (("entity", id) for id in (participant.person, participant.side) if id)
    if record.venue:
        yield from (("entity", id) for id in (record.venue.city, record.venue.country) if id)
