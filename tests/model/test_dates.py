"""Dates as sources give them: what is possible, how they are ordered, and spans of the calendar."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from briefing.model.dates import PartialDate, Span, When
from briefing.model.zones import zone, zone_names
from briefing.views.words import date_words
from tests.sites.wording import wording

# A later day of the calendar is later; where two begin alike, the one that can end sooner comes first.
IN_ORDER = ["0001", "1999-12-31", "2024", "2024-02-28", "2024-02-29", "2025-01-01", "2025-01", "2025", "2025-01-02",
            "2025-02", "2025-02-05", "2025-12-31", "2026", "9999-12-31"]  # fmt: skip


def test_dates_are_ordered_by_their_first_day_then_by_their_last() -> None:
    dates = [PartialDate.parse(text) for text in IN_ORDER]
    backwards = dates[::-1]
    assert sorted(backwards) == dates
    assert [str(one) for one in dates] == IN_ORDER


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_means_the_days_from_its_earliest_to_its_latest(text: str, earliest: date, latest: date) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.earliest, parsed.latest) == (earliest, latest)
    assert (When.parse(text).day, When.parse(text).instant) == (parsed, None)


@pytest.mark.parametrize(
    "text",
    ["", "0000", "0000-01-01", "2025-00", "2025-00-00", "2025-13", "2025-01-00", "2025-01-32", "2025-02-29",
     "2025-04-31", "1900-02-29", "25", "12025", "2025-1", "2025-1-5", "2025-02-5", "2025/02/05", "20250205", "2025-W06",
     "2025-036", "5 February 2025", "2025-02-05 ", " 2025", "2025\n", "-2025", "+2025", "today",
     "２０２５", "2025-０２", "٢٠٢٥",
     "~2025", "2025~-02", "2025-02-05~~", "2025-02?~", "2025-02-05!", "2025-02-05 ~", "2025-02-30~",
     "2025-02-07T11:55Z~"],
)  # fmt: skip
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        PartialDate.parse(text)
    assert refused.value.type == "bad_date"


@given(st.dates())
def test_every_day_is_read_and_written_back(day: date) -> None:
    parsed = PartialDate.parse(f"{day.year:04}-{day.month:02}-{day.day:02}")
    assert parsed == PartialDate.of(day)
    assert parsed.earliest == parsed.latest == day
    assert PartialDate.parse(str(parsed)) == parsed


@given(st.dates(max_value=date(9999, 11, 30)))
def test_a_month_ends_the_day_before_the_next_begins(day: date) -> None:
    parsed = PartialDate.parse(f"{day.year:04}-{day.month:02}")
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    assert parsed.latest + timedelta(days=1) == following


@given(st.dates(), st.dates())
def test_days_are_ordered_as_the_calendar_orders_them(one: date, other: date) -> None:
    assert (PartialDate.of(one) < PartialDate.of(other)) == (one < other)
    assert (PartialDate.of(one) >= PartialDate.of(other)) == (one >= other)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-02-07T11:55-05:00", datetime(2025, 2, 7, 16, 55, tzinfo=UTC)),
        ("2025-02-07T11:55:30-05:00", datetime(2025, 2, 7, 16, 55, 30, tzinfo=UTC)),
        ("2025-02-08T01:55+09:00", datetime(2025, 2, 7, 16, 55, tzinfo=UTC)),
        ("2025-02-07T22:25+05:30", datetime(2025, 2, 7, 16, 55, tzinfo=UTC)),
        ("2025-02-07T16:55Z", datetime(2025, 2, 7, 16, 55, tzinfo=UTC)),
        ("2025-02-08T06:55+14:00", datetime(2025, 2, 7, 16, 55, tzinfo=UTC)),
        ("2025-02-07T16:55:30.123Z", datetime(2025, 2, 7, 16, 55, 30, tzinfo=UTC)),
        ("2025-02-07T16:55:30.999999999Z", datetime(2025, 2, 7, 16, 55, 30, tzinfo=UTC)),
        ("2025-02-07T16:55:30,5+00:00", datetime(2025, 2, 7, 16, 55, 30, tzinfo=UTC)),
        ("0002-01-01T00:00+14:00", datetime(1, 12, 31, 10, 0, tzinfo=UTC)),
        ("9998-12-31T23:59-14:00", datetime(9999, 1, 1, 13, 59, tzinfo=UTC)),
    ],
)
def test_a_time_is_an_instant_and_the_day_as_written(text: str, instant: datetime) -> None:
    when = When.parse(text)
    assert when.instant == instant
    assert str(when.day) == text[:10]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2025-02-07T11:55", "no_offset"),
        ("2025-02-07T11:55:30", "no_offset"),
        ("2025-02-07 11:55-05:00", "bad_time"),
        ("2025-02-07T11-05:00", "bad_time"),
        ("2025-02-07T11:55-0500", "bad_time"),
        ("2025-02-07T11:55 EST", "bad_time"),
        ("2025-02T11:55Z", "bad_time"),
        ("11:55", "bad_time"),
        ("2025-02-30T11:55Z", "bad_date"),
        ("2025-02-07T24:00Z", "bad_date"),
        ("2025-02-07T11:60Z", "bad_date"),
        ("2025-02-07T11:55+14:01", "bad_date"),
        ("2025-02-07T11:55-15:00", "bad_date"),
        ("2025-02-30", "bad_date"),
        ("2025-02-07T11:55.5Z", "bad_time"),
        ("2025-02-07T11:55:30.Z", "bad_time"),
        ("2025-02-07T11:55:30.5", "no_offset"),
        ("0001-01-01T00:00:00Z", "empty_time"),
        ("0001-01-01T00:00+14:00", "empty_time"),
        ("0001-12-31T23:59-14:00", "empty_time"),
        ("9999-12-31T23:59:59.999Z", "empty_time"),
        ("9999-01-01T00:00+14:00", "empty_time"),
    ],
)
def test_a_time_without_offset_or_out_of_the_clock_is_refused(text: str, kind: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        When.parse(text)
    assert refused.value.type == kind


MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
).map(lambda moment: moment.replace(microsecond=0))


@given(MOMENTS)
def test_every_instant_is_read_and_written_back(moment: datetime) -> None:
    when = When.parse(moment.isoformat())
    assert when.instant == moment
    assert when.day == PartialDate.of(moment.date())
    assert When.parse(str(when)) == when


@given(MOMENTS, MOMENTS)
def test_times_of_one_day_are_ordered_by_the_clock_of_the_world(one: datetime, other: datetime) -> None:
    other = other.replace(year=one.year, month=one.month, day=min(one.day, 28))
    one = one.replace(day=min(one.day, 28))
    assert (When.parse(one.isoformat()) < When.parse(other.isoformat())) == (one < other)


@pytest.mark.parametrize(
    ("span", "day", "after"),
    [
        ("P1D", date(2025, 2, 28), date(2025, 3, 1)),
        ("P1D", date(2024, 2, 28), date(2024, 2, 29)),
        ("P1M", date(2025, 1, 31), date(2025, 2, 28)),
        ("P1M", date(2024, 1, 31), date(2024, 2, 29)),
        ("P12M", date(2024, 12, 31), date(2025, 12, 31)),
        ("P1Y", date(2024, 2, 29), date(2025, 2, 28)),
        ("P4Y", date(2024, 2, 29), date(2028, 2, 29)),
        ("P1Y6M", date(2025, 8, 31), date(2027, 2, 28)),
        ("P1Y2M3D", date(2025, 1, 31), date(2026, 4, 3)),
        ("P30D", date(2025, 1, 31), date(2025, 3, 2)),
        ("P0D", date(2025, 1, 31), date(2025, 1, 31)),
        ("P9999Y", date(2025, 1, 31), date(9999, 1, 31)),
        ("P8000Y99999D", date(2025, 1, 31), date(9999, 12, 31)),
    ],
)
def test_a_span_is_counted_in_the_calendar(span: str, day: date, after: date) -> None:
    assert Span.parse(span).after(day) == after


@pytest.mark.parametrize("text", ["", "P", "1Y", "P1", "P1W", "P1Y1", "PT5H", "P1Y1Y", "P1D1Y", "P-1Y", "p1y", "P1.5Y"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Span.parse(text)
    assert refused.value.type == "bad_span"


@pytest.mark.parametrize("text", ["P1Y", "P6M", "P10D", "P1Y6M", "P1M1D", "P1Y2M3D", "P0D"])
def test_a_span_is_written_as_it_was_read(text: str) -> None:
    assert Span.parse(str(Span.parse(text))) == Span.parse(text)


@given(st.dates(max_value=date(2200, 1, 1)), st.integers(0, 2000))
def test_a_span_of_days_is_a_number_of_days(day: date, count: int) -> None:
    assert Span.parse(f"P{count}D").after(day) - day == timedelta(days=count)


@pytest.mark.parametrize("name", ["Asia/Tokyo", "America/New_York", "Europe/Paris", "Asia/Kolkata", "UTC"])
def test_zones_are_those_of_the_iana_database(name: str) -> None:
    moment = datetime(2025, 7, 1, 12, tzinfo=UTC)
    assert name in zone_names()
    assert moment.astimezone(zone(name)).utcoffset() == moment.astimezone(ZoneInfo(name)).utcoffset()


def test_one_meeting_is_on_two_days() -> None:
    instant = When.parse("2025-02-07T11:55-05:00").instant
    assert instant is not None
    assert instant.astimezone(zone("Asia/Tokyo")).isoformat() == "2025-02-08T01:55:00+09:00"
    assert instant.astimezone(zone("America/New_York")).isoformat() == "2025-02-07T11:55:00-05:00"


# EDTF level 1: the qualification, and what pages say.
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-02-05", "February 5, 2025"),
        ("2025-02-05~", "about February 5, 2025"),
        ("2025-02-05?", "February 5, 2025 (uncertain)"),
        ("2025-02-05%", "about February 5, 2025 (uncertain)"),
        ("2025-02~", "about February 2025"),
        ("2025?", "2025 (uncertain)"),
    ],
)
def test_a_date_says_how_sure_it_is(text: str, said: str) -> None:
    parsed, plain = PartialDate.parse(text), PartialDate.parse(text.rstrip("?~%"))
    assert date_words(parsed, wording()) == said
    assert (parsed.earliest, parsed.latest) == (plain.earliest, plain.latest)
    assert (str(parsed), parsed.iso) == (text, text.rstrip("?~%"))
    assert str(When.parse(text)) == text


def test_a_date_that_is_less_sure_stands_where_it_stood_before() -> None:
    texts = ["2025-02-04", "2025-02-05", "2025-02-05~", "2025-02-06?", "2025-02-07"]
    assert sorted(PartialDate.parse(text) for text in reversed(texts)) == [PartialDate.parse(text) for text in texts]
