"""The readouts of a meeting on its page: what each side's text says, side by side, topic by topic."""

from collections.abc import Sequence

from briefing.link.readouts import Claims, Readout, Readouts
from briefing.link.site import LinkedClaim
from briefing.model.frozen import frozen
from briefing.views import words
from briefing.views.listed import WORDING, Listed
from briefing.views.phrases import Phrase
from briefing.views.views import Views


@frozen
class TextView:
    """A text, or several of the same sides: whom it speaks for, how many that are, and whether it is every side."""

    sides: Phrase
    count: int
    is_joint: bool


@frozen
class SideView:
    """What one text says on a matter or a topic, in the newest of `count` claims; `is_strongest` if its verb binds more
    than that of any other."""

    text: TextView
    claims: Listed
    count: int
    is_strongest: bool


@frozen
class MatterView:
    """A matter that several texts speak of, with what each of them says."""

    sides: tuple[SideView, ...]


@frozen
class ReadoutView:
    """A topic: the first of `count` matters that several texts speak of, and what is in one text only."""

    count: int
    matters: tuple[MatterView, ...]
    alone: tuple[SideView, ...]


def text_views(readouts: Readouts, views: Views) -> tuple[TextView, ...]:
    """The texts of a meeting in their order."""
    everybody = {side for sides in readouts.texts for side in sides}
    return tuple(
        TextView(
            words.names_listed([views.name(side, None) for side in sides], views.wording),
            len(sides),
            set(sides) == everybody,
        )
        for sides in readouts.texts
    )


def readout_view(readout: Readout, texts: Sequence[TextView], shown: int | None) -> ReadoutView:
    """One topic of a meeting: of each list the first `shown`, or all."""
    return ReadoutView(
        count=len(readout.matters),
        matters=tuple(_matter(matter, texts, shown) for matter in readout.matters[:shown]),
        alone=tuple(
            SideView(text, Listed(WORDING, claims[:shown]), len(claims), is_strongest=False)
            for text, claims in zip(texts, readout.alone, strict=True)
            if claims
        ),
    )


def _matter(matter: tuple[Claims, ...], texts: Sequence[TextView], shown: int | None) -> MatterView:
    rungs = [max((_rung(linked) for linked in claims), default=0) for claims in matter]
    # A verb is stronger than another one only where there is another one.
    compared = [rung for rung in rungs if rung]
    highest = max(compared) if len(compared) > 1 and compared.count(max(compared)) == 1 else None
    return MatterView(
        tuple(
            SideView(text, Listed(WORDING, claims[:shown]), len(claims), is_strongest=rung == highest)
            for text, claims, rung in zip(texts, matter, rungs, strict=True)
            if claims
        )
    )


def _rung(linked: LinkedClaim) -> int:
    return linked.claim.rung or 0
