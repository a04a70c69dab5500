"""What changed, by date: claims added, statuses moved, figures revised, articles corrected.

It is read from the records themselves, and only what a record dates is a change. A typo that somebody mends is none.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from decimal import Decimal

from briefing.link.scope import Cited
from briefing.link.site import Headline, LinkedClaim
from briefing.model.article import Correction
from briefing.model.claim import SCALES, Figure, StatusEntry
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen

# Relations by which a claim takes the place of another one.
REVISING = frozenset(["updates", "corrects"])


class _Change:
    """What changes have in common. The `digest` is of all that can be shown of one."""

    __slots__ = ()
    id: str

    @property
    @abstractmethod
    def about(self) -> LinkedClaim | Headline:
        """The claim or the article that it is a change of."""

    @property
    def name(self) -> bytes:
        """What tells it from other changes of what it is about."""
        return self.id.encode()

    @property
    def digest(self) -> bytes:
        return self.about.digest + self.name


@frozen
class StatusMoved(_Change):
    """A claim went from the status `before` to that of the `entry`."""

    id: str
    on: PartialDate
    claim: LinkedClaim
    before: str
    entry: StatusEntry

    @property
    def about(self) -> LinkedClaim:
        return self.claim


@frozen
class FigureRevised(_Change):
    """A claim gives another value for the measure of the `earlier` claim that it updates or corrects."""

    id: str
    on: PartialDate
    claim: LinkedClaim
    earlier: Cited

    @property
    def about(self) -> LinkedClaim:
        return self.claim


@frozen
class ArticleCorrected(_Change):
    """An article was corrected, by its publisher or by the desk."""

    id: str
    on: PartialDate
    article: Headline
    correction: Correction

    @property
    def about(self) -> Headline:
        return self.article


@frozen
class ClaimsAdded(_Change):
    """Claims of one article, in its order, that the desk can have known since that day."""

    id: str
    on: PartialDate
    article: Headline
    claims: tuple[LinkedClaim, ...]

    @property
    def about(self) -> Headline:
        return self.article

    @property
    def forward(self) -> int:
        """How many of the claims look ahead."""
        return sum(linked.is_forward for linked in self.claims)

    @property
    def is_publication(self) -> bool:
        """Whether they came on the day on which the article came out."""
        return self.on == self.article.published.day

    @property
    def name(self) -> bytes:
        return b"%b %d %d" % (self.id.encode(), len(self.claims), self.forward)


Change = StatusMoved | FigureRevised | ArticleCorrected | ClaimsAdded
# On one day, what became of old claims comes before new ones, and outcomes before claims that cannot be rated.
_ORDER: dict[type, int] = {StatusMoved: 0, FigureRevised: 2, ArticleCorrected: 3, ClaimsAdded: 4}


def changes_of(claims: Iterable[LinkedClaim], articles: Iterable[Headline]) -> list[Change]:
    """What changed in some claims, and the corrections of some articles, the newest first.

    The `id` of a change is unique in its list, the same in every list and every build, and stays as it is when more
    is recorded later.
    """
    changes: list[Change] = []
    added: dict[tuple[str, PartialDate | None], list[LinkedClaim]] = {}
    for linked in claims:
        claim = linked.claim
        added.setdefault((linked.article.id, claim.recorded), []).append(linked)
        if claim.history:
            changes += _statuses(linked)
        if claim.figure and claim.relations:
            changes += _figures(linked)
    changes += _additions(added.values())
    for article in articles:
        if article.record.corrections:
            changes += _corrections(article)
    changes.sort(key=_newest_first)
    return changes


def _newest_first(change: Change) -> tuple[int, int, str]:
    return -change.on.latest.toordinal(), _ORDER[type(change)] + is_unrated(change), change.id


def is_unrated(change: object) -> bool:
    """Whether a claim was found to be one that cannot be rated."""
    return isinstance(change, StatusMoved) and change.entry.status == "unratable"


def _additions(claims: Iterable[list[LinkedClaim]]) -> Iterator[ClaimsAdded]:
    """The claims of each article and `recorded` by the day since which they can be known."""
    found: dict[str, ClaimsAdded] = {}
    for together in claims:
        article, on = together[0].article, _recorded(together[0])
        id = f"{article.id}/added/{on}"
        before = found[id].claims if id in found else ()
        found[id] = ClaimsAdded(id, on, article, (*before, *together))
    return iter(found.values())


def _recorded(linked: LinkedClaim) -> PartialDate:
    readable, recorded = linked.article.record.readable, linked.claim.recorded
    return recorded if recorded and recorded.earliest > readable.earliest else readable


def _statuses(linked: LinkedClaim) -> Iterator[StatusMoved]:
    """The entries that differ from the one before them, or from the status that such a claim begins with."""
    before, ref = first_status(linked), linked.anchored.ref
    seen: dict[str, int] = {}
    for entry in linked.claim.history:
        if entry.status != before:
            id = _numbered(f"{ref}/{entry.status}/{entry.on}", seen)
            yield StatusMoved(id, entry.on, linked, before, entry)
            before = entry.status


def first_status(linked: LinkedClaim) -> str:
    """The status of a claim of which nothing is recorded: an opinion can never be rated."""
    if linked.is_forward:
        return "pending"
    return "unratable" if linked.claim.modality == "opinion" else "unverified"


def _figures(linked: LinkedClaim) -> Iterator[FigureRevised]:
    figure = linked.claim.figure
    for to in dict.fromkeys(relation.to for relation in linked.claim.relations if relation.type in REVISING):
        earlier = linked.scope.claim(to)
        claim = earlier.anchored.claim
        before = claim.figure
        # An outcome does not revise what was expected or promised: both are measured, or neither is.
        if figure and before and _is_revised(before, figure) and claim.is_factual == linked.claim.is_factual:
            yield FigureRevised(f"{linked.ref}/revises/{to}", _recorded(linked), linked, earlier)


def _is_revised(before: Figure, after: Figure) -> bool:
    """Whether it is another value of the same thing: what was reached does not revise what was aimed at."""
    return (before.measure, before.target) == (after.measure, after.target) and _value(before) != _value(after)


def _value(figure: Figure) -> tuple[Decimal, Decimal | None]:
    """What is compared: `up to 25` and `25` are one value, `0.5 trillion` and `500 billion` too."""
    return figure.amount, figure.high * SCALES[figure.scale] if figure.high is not None else None


def _corrections(file: Headline) -> Iterator[ArticleCorrected]:
    seen: dict[str, int] = {}
    for correction in file.record.corrections:
        id = _numbered(f"{file.id}/corrected/{correction.on}", seen)
        yield ArticleCorrected(id, correction.on, file, correction)


def _numbered(id: str, seen: dict[str, int]) -> str:
    """The id, with a number where it comes again."""
    seen[id] = number = seen.get(id, 0) + 1
    return id if number == 1 else f"{id}/{number}"
