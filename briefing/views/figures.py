"""Views of figures: single values, and measures with the values to go by."""

from collections.abc import Sequence
from decimal import Decimal

from briefing.link.figures import MeasureValues, Value
from briefing.model.addresses import measure_path
from briefing.model.claim import SCALES
from briefing.model.frozen import frozen
from briefing.views import words
from briefing.views.charts import MOST_BARS, ChartView, Datum, bar_chart
from briefing.views.claims import claim_view
from briefing.views.numbers import amount_words, unit_of_measure
from briefing.views.phrases import Phrase
from briefing.views.values import CitationView, DateView, LinkView
from briefing.views.views import Views
from briefing.views.wording import Wording


@frozen
class FigureView:
    """A value that a claim gives for a measure. `time` is how the value stands to its date: `as of`, `for` a time
    that was ahead, or `published` where only the article's date is known. `modality` is the claim's: only facts and
    background are measurements."""

    ref: str
    measure: LinkView
    value: Phrase
    time: str
    date: DateView
    stage: str | None
    rank: str
    modality: str
    is_target: bool
    due: DateView | None
    who: Phrase
    citation: CitationView


def figure_view(value: Value) -> FigureView:
    """A value, in the scope of its claim."""
    linked, figure = value.linked, value.figure
    views, claim = Views(linked.scope), claim_view(linked)
    time = "for" if value.is_ahead and figure.as_of else "as of" if figure.as_of else "published"
    return FigureView(
        ref=linked.ref,
        measure=LinkView(views.own(views.scope.measure(figure.measure).label), measure_path(figure.measure)),
        value=words.figure_words(figure, views.scope.measure(figure.measure), views.wording),
        time=time,
        date=views.date(value.date),
        stage=figure.stage,
        rank=figure.rank,
        modality=linked.claim.modality,
        is_target=figure.target,
        due=views.date(linked.claim.due) if linked.claim.due and figure.target else None,
        who=claim.who,
        citation=claim.citation,
    )


def chart_view(of: MeasureValues, shown: Sequence[Value], views: Views) -> ChartView | None:
    """The comparable ones of the values shown, where there is more than one."""
    comparable = set(of.comparable)
    values = [value for value in shown if value in comparable][:MOST_BARS]
    if len(values) < 2:
        return None
    data = [_datum(value, views.wording) for value in values]
    # The description is a sentence of the theme, and in its language to the last word.
    own = Wording(words.locale_of(views.wording.words.language), views.wording.words)
    told = (_datum(value, own) for value in values)
    bars = own.listed((own.say("chart.bar", label=datum.label, amount=datum.words) for datum in told), "semicolon")
    title = views.say(
        "chart.title", measure=views.own(of.measure.label), unit=unit_of_measure(of.measure, views.wording)
    )
    return bar_chart(of.id, title, own.say("chart.text", len(data), bars=bars), data)


def _datum(value: Value, wording: Wording) -> Datum:
    figure = value.figure
    kinds = [value.kind] if value.kind != "fact" else []
    kinds += ["target"] if figure.target else []
    stage = [figure.stage] if figure.stage else []
    said = [f"modality.{value.kind}"] if value.kind != "fact" else []
    said += ["figures.target"] if figure.target else []
    said += [f"stage.{figure.stage}"] if figure.stage else []
    is_range = figure.high is not None
    high = figure.amount if figure.high is None else figure.high * SCALES[figure.scale]
    return Datum(
        label=wording.listed([words.date_words(value.date, wording), *(wording.say(key) for key in said)]),
        words=amount_words(figure, wording),
        low=figure.amount if is_range else Decimal(0),
        high=high,
        kinds=(*kinds, *stage, figure.qualifier),
    )
