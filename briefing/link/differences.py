"""Where accounts differ: claims of one meeting that cannot all be right."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from briefing.link.site import Site
from briefing.link.units import unit_of
from briefing.model.claim import SCALES, Figure
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.read.annotations import AnchoredClaim
from briefing.read.content import Content

CONTRADICTIONS = frozenset(["disputes", "refutes"])
# Demands and opinions are neither right nor wrong, so that two of them never contradict each other.
_NEVER_WRONG = frozenset(["proposal", "opinion"])
# A value that takes another's place does not contradict it.
REPLACEMENTS = frozenset(["updates", "corrects"])

# A bound of what a value can be: the number, then whether it is left out (1 below, -1 above).
Bound = tuple[Decimal, int]
_ENDLESS = Decimal("Infinity")


@frozen
class Difference:
    """Claims that cannot all be right, the newest first: one disputes the other, or their values differ.

    `measure` and `as_of` say what the values are of; they are None where a claim says itself that it disputes another.
    """

    claims: tuple[str, ...]
    measure: str | None = None
    as_of: PartialDate | None = None


def differences(site: Site) -> dict[str, tuple[Difference, ...]]:
    """The differences in what is said of each summit, those with the newest claims first."""
    claims = {ref: linked.anchored for ref, linked in site.claims.items()}
    found = [*_disputes(claims), *_values(claims, site.content)]
    if not found:
        return {}
    place = {ref: number for number, ref in enumerate(claims)}
    found = [
        replace(difference, claims=tuple(sorted(difference.claims, key=place.__getitem__))) for difference in found
    ]
    by_summit: dict[str, list[Difference]] = defaultdict(list)
    for difference in sorted(found, key=lambda difference: [place[ref] for ref in difference.claims]):
        for summit in dict.fromkeys(claims[ref].summit for ref in difference.claims):
            if summit:
                by_summit[summit].append(difference)
    return {summit: tuple(of_summit) for summit, of_summit in by_summit.items()}


def _disputes(claims: Mapping[str, AnchoredClaim]) -> Iterator[Difference]:
    seen: set[frozenset[str]] = set()
    for ref, anchored in claims.items():
        for relation in anchored.claim.relations:
            pair = frozenset([ref, relation.to])
            if relation.type in CONTRADICTIONS and relation.to in claims and len(pair) == 2 and pair not in seen:
                seen.add(pair)
                yield Difference((ref, relation.to))


def _values(claims: Mapping[str, AnchoredClaim], content: Content) -> Iterator[Difference]:
    """Values of one measure at one date and stage that cannot both be right.

    A forecast or a promise can differ from another one, but not from what came of it: that is its outcome.
    """
    groups: dict[tuple[object, ...], list[AnchoredClaim]] = defaultdict(list)
    for anchored in claims.values():
        claim, figure = anchored.claim, anchored.claim.figure
        if claim.modality in _NEVER_WRONG or figure is None or figure.rank == "deprecated":
            continue
        if figure.as_of and figure.measure in content.measures:
            measure = content.measures[figure.measure]
            kind = "fact" if claim.is_factual else claim.modality
            key = (figure.measure, figure.as_of, figure.stage, figure.target, unit_of(figure, measure), kind)
            groups[key].append(anchored)
    for group in groups.values():
        apart = _apart(group) if len(group) > 1 else []
        if apart and (figure := apart[0].claim.figure):
            yield Difference(tuple(anchored.ref for anchored in apart), figure.measure, figure.as_of)


def _apart(group: Sequence[AnchoredClaim]) -> list[AnchoredClaim]:
    """The claims of a group whose value leaves no room for that of another; without those that have been replaced."""
    replaced = {
        relation.to for anchored in group for relation in anchored.claim.relations if relation.type in REPLACEMENTS
    }
    spans = [
        (anchored, *_span(anchored.claim.figure))
        for anchored in group
        if anchored.claim.figure and anchored.ref not in replaced
    ]
    lowest_end = min((high for _, _, high in spans), default=(_ENDLESS, 0))
    highest_start = max((low for _, low, _ in spans), default=(-_ENDLESS, 0))
    return [anchored for anchored, low, high in spans if low > lowest_end or high < highest_start]


def _span(figure: Figure) -> tuple[Bound, Bound]:
    """The least and the greatest that the value can mean; "about" allows for rounding to its last digit,
    "nearly" for as much from below."""
    scale, value = SCALES[figure.scale], figure.amount
    match figure.qualifier:
        case "at-least" | "more-than":
            return (value, int(figure.qualifier == "more-than")), (_ENDLESS, 0)
        case "up-to" | "less-than":
            return (-_ENDLESS, 0), (value, -int(figure.qualifier == "less-than"))
        case "range" if figure.high is not None:
            return (value, 0), (figure.high * scale, 0)
        case "about" | "nearly":
            exponent = figure.value.normalize().as_tuple().exponent
            room = Decimal(5).scaleb(int(exponent) - 1) * scale
            is_below = figure.qualifier == "nearly"
            return (value - room, 0), ((value, -1) if is_below else (value + room, 0))
        case _:
            return (value, 0), (value, 0)
