"""Units: all figures of a measure count in the measure's unit or currency, or they cannot be compared."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.claim import Figure
from briefing.model.measure import Measure
from briefing.read.content import Content


def unit_of(figure: Figure, measure: Measure) -> str:
    """The unit or currency that a figure counts in: its own where it names one, else the measure's."""
    return figure.currency or figure.unit or unit_of_measure(measure)


def unit_of_measure(measure: Measure) -> str:
    """The unit or currency that a measure counts in."""
    unit = measure.currency or measure.unit
    assert unit is not None
    return unit


def check_units(content: Content) -> Iterator[Diagnostic]:
    """A warning for each figure that counts in another unit or currency than its measure."""
    first: dict[str, tuple[str, Pointer]] = {}
    for article in content.articles.values():
        for anchored in article.claims:
            figure = anchored.claim.figure
            measure = content.measures.get(figure.measure) if figure else None
            if figure is None or measure is None or article.annotations is None:
                continue
            where = Pointer(article.annotations, ("claims", anchored.index, "figure"))
            unit = unit_of(figure, measure)
            if unit == unit_of_measure(measure):
                first.setdefault(figure.measure, (anchored.ref, where))
            else:
                file = content.file_of("measures", figure.measure)
                yield _conflict(figure, measure, unit, where, file, first.get(figure.measure))


def _conflict(
    figure: Figure, measure: Measure, unit: str, where: Pointer, file: str, other: tuple[str, Pointer] | None
) -> Diagnostic:
    key = "currency" if figure.currency else "unit"
    message = f"this figure counts `{figure.measure}` in {unit}, the measure in {unit_of_measure(measure)}"
    of_measure = "currency" if measure.currency else "unit"
    notes = [Note("the measure is here", Pointer(file, (figure.measure, of_measure)))]
    if other:
        notes.append(Note(f"`{other[0]}` counts it as the measure does", other[1]))
    help = (
        f"leave out `{key}` and give the value in {unit_of_measure(measure)}, or give the figure a measure of its own"
    )
    place = Pointer(where.path, (*where.way, key))
    return Diagnostic("unit-conflict", message, place, help, tuple(notes), severity="warning")
