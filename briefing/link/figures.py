"""Figures: the values that claims give for each measure, in order, and which of them have grown old.

A value is a measurement where its claim states a fact. What is expected, demanded, promised or thought stays what it
is: it is never the value to go by while there is a measurement.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.link.site import LinkedClaim, Site
from briefing.link.units import unit_of, unit_of_measure
from briefing.model.claim import Figure
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.model.measure import Measure


@frozen
class Value:
    """A figure in its claim. `date` is the time it holds for; without one, the day its article was published."""

    linked: LinkedClaim
    figure: Figure
    date: PartialDate

    @property
    def about(self) -> LinkedClaim:
        """The claim that gives it, and that all of it comes from."""
        return self.linked

    @property
    def name(self) -> bytes:
        """What tells it from other values of the claim: there are none."""
        return b""

    @property
    def digest(self) -> bytes:
        return self.linked.digest

    @property
    def is_deprecated(self) -> bool:
        return self.figure.rank == "deprecated"

    @property
    def kind(self) -> str:
        """What its claim does: `fact`, or the modality of what is not said to be so."""
        return "fact" if self.linked.claim.is_factual else self.linked.claim.modality

    @property
    def is_measured(self) -> bool:
        """Whether it is what was measured or counted: the claim states a fact, and the figure is no target."""
        return self.linked.claim.is_factual and not self.figure.target

    @property
    def is_ahead(self) -> bool:
        """Whether it is not measured, and for a time that had not passed when it was published."""
        return not self.is_measured and self.date.latest > self.linked.published


@frozen
class MeasureValues:
    """A measure with all its values: the newest first, deprecated ones last."""

    id: str
    measure: Measure
    values: tuple[Value, ...]

    @property
    def actual(self) -> Value | None:
        """The value to go by: preferred before normal, then the newest. Measured, and not deprecated."""
        return max(self._measured, key=lambda value: (_is_preferred(value), _age(value)), default=None)

    @property
    def target(self) -> Value | None:
        """The target to go by: preferred before normal, then the one published last."""
        return max((value for value in self._not_deprecated if value.figure.target), key=_published_last, default=None)

    @property
    def said(self) -> Value | None:
        """What is expected, promised, demanded or thought: preferred before normal, then what was published last."""
        said = (value for value in self._not_deprecated if not value.is_measured and not value.figure.target)
        return max(said, key=_published_last, default=None)

    @property
    def headline(self) -> Value:
        """What to say of the measure in one number."""
        return self.actual or self.target or self.said or self.values[0]

    @property
    def outlook(self) -> Value | None:
        """What is said of a later time than the value to go by is of."""
        actual, said = self.actual, self.said
        return said if actual and said and said.date.latest > actual.date.latest else None

    @property
    def comparable(self) -> tuple[Value, ...]:
        """The values that count in the measure's own unit, without deprecated ones."""
        unit = unit_of_measure(self.measure)
        return tuple(v for v in self.values if not v.is_deprecated and unit_of(v.figure, self.measure) == unit)

    @property
    def newest(self) -> Value | None:
        """The newest value, preferred or not. Measured, and not deprecated."""
        return max(self._measured, key=_age, default=None)

    @property
    def fresh_until(self) -> date | None:
        """The last day on which the newest value is not older than the measure allows."""
        newest = self.newest
        return self.measure.stale_after.after(newest.date.latest) if self.measure.stale_after and newest else None

    @property
    def _not_deprecated(self) -> list[Value]:
        return [value for value in self.values if not value.is_deprecated]

    @property
    def _measured(self) -> list[Value]:
        return [value for value in self._not_deprecated if value.is_measured]


def _is_preferred(value: Value) -> bool:
    return value.figure.rank == "preferred"


def _published_last(value: Value) -> tuple[bool, date, tuple[date, date, date, str]]:
    return _is_preferred(value), value.linked.published, _age(value)


def _age(value: Value) -> tuple[date, date, date, str]:
    """The later, the newer; the reference decides between values that are equally new."""
    return value.date.latest, value.date.earliest, value.linked.published, value.linked.ref


def values_of(claims: Iterable[LinkedClaim]) -> Iterator[Value]:
    """The values that claims give, in the order of the claims."""
    for linked in claims:
        figure = linked.claim.figure
        if figure is not None:
            yield Value(linked, figure, figure.as_of or linked.article.record.published.day)


def figures_by_measure(site: Site) -> dict[str, MeasureValues]:
    """Every measure that has a value, in the order of the registry."""
    found: dict[str, list[Value]] = {}
    for value in values_of(site.claims.values()):
        found.setdefault(value.figure.measure, []).append(value)
    measures = site.content.measures
    return {id: MeasureValues(id, measures[id], in_order(found[id])) for id in measures if id in found}


def in_order(values: Iterable[Value]) -> tuple[Value, ...]:
    """The newest first, deprecated ones last."""
    newest_first = sorted(values, key=_age, reverse=True)
    return tuple(sorted(newest_first, key=lambda value: value.is_deprecated))


def stale_figures(site: Site, on: date) -> Iterator[Diagnostic]:
    """A warning for each measure whose newest value is older on that day than its `stale_after` allows."""
    for id, of_measure in figures_by_measure(site).items():
        newest, until = of_measure.newest, of_measure.fresh_until
        if newest is None or until is None or until >= on or newest.linked.article.annotations is None:
            continue
        way = ("claims", newest.linked.anchored.index, "figure")
        place = Pointer(newest.linked.article.annotations, (*way, "as_of") if newest.figure.as_of else way)
        message = f"the newest figure for `{id}` is of {newest.date} and was good until {until}"
        note = Note("how long a figure is good for", Pointer(site.content.file_of("measures", id), (id, "stale_after")))
        help = "add a claim with a newer figure, or change the measure's `stale_after`"
        yield Diagnostic("stale-figure", message, place, help, (note,), severity="warning")
