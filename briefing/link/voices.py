"""Voices: what each person, organization, place and source said, passed on, and had said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from briefing.link.site import LinkedClaim


@dataclass(slots=True)
class Voice:
    """The claims of one entity, newest first where those given are.

    It is the `origin` of a claim if it is the last voice of its chain, or the article's own source where there is no
    chain. It is a `relay` if it stands earlier in the chain, or published an article that cites others. `said` are
    the claims whose chain names it, `about` those that are about it.
    """

    origin: list[LinkedClaim] = field(default_factory=list)
    relay: list[LinkedClaim] = field(default_factory=list)
    said: list[LinkedClaim] = field(default_factory=list)
    about: list[LinkedClaim] = field(default_factory=list)


def voices_of(claims: Iterable[LinkedClaim]) -> Mapping[str, Voice]:
    """The voice of every entity that a claim or the article of one names."""
    voices: dict[str, Voice] = {}

    def voice(id: str) -> Voice:
        found = voices.get(id)
        if found is None:
            found = voices[id] = Voice()
        return found

    for linked in claims:
        claim, source = linked.claim, linked.article.record.source
        if claim.attribution:
            chain = [step.by for step in claim.attribution]
            origin = chain[-1]
            for id in dict.fromkeys(chain):
                if id:
                    voice(id).said.append(linked)
            for id in dict.fromkeys([source, *chain]):
                if id and id != origin:
                    voice(id).relay.append(linked)
            if origin:
                voice(origin).origin.append(linked)
        else:
            voice(source).origin.append(linked)
        for id in dict.fromkeys(claim.about):
            voice(id).about.append(linked)
    return voices
