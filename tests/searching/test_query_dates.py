"""Dates that users may write, the days they stand for, and what they are told of others."""

from __future__ import annotations

from datetime import date

import pytest

from searcher.errors import QuerySyntaxError
from searcher.query import date_filter, parse_query
from searcher.tree import And, Not, Or, Query, Term, TermRange

TODAY = date(2026, 3, 1)


def days(first: str | None, last: str | None) -> Query:
    return TermRange("day", first, last)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2026-01-03", "2026-01-03", "2026-01-03"),
        ('"2026-01-03"', "2026-01-03", "2026-01-03"),
        ("today", "2026-03-01", "2026-03-01"),
        ("Yesterday", "2026-02-28", "2026-02-28"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("[2025-11 TO 2026-01]", "2025-11-01", "2026-01-31"),
        ("[ 2025-11-30  to  today ]", "2025-11-30", "2026-03-01"),
        ("[2025 TO *]", "2025-01-01", None),
        ("[* TO 2025]", None, "2025-12-31"),
        ("[* TO *]", None, None),
        ("2025-11..2026-01", "2025-11-01", "2026-01-31"),
        ("2025..*", "2025-01-01", None),
        ("2025..", "2025-01-01", None),
        ("..2025-06", None, "2025-06-30"),
        ("2026-01-03..2026-01-03", "2026-01-03", "2026-01-03"),
        ("2026..2026-01", "2026-01-01", "2026-01-31"),
        ("2025-11…2026-01", "2025-11-01", "2026-01-31"),
        ("2025‑11", "2025-11-01", "2025-11-30"),
        (">2025", "2026-01-01", None),
        (">=2025-06", "2025-06-01", None),
        ("<2025-06", None, "2025-05-31"),
        ("<=2025", None, "2025-12-31"),
        ("<yesterday", None, "2026-02-27"),
        (">9999", "9999-12-31", None),
        ("[last month TO today]", "2026-02-01", "2026-03-01"),
        ("last-month..today", "2026-02-01", "2026-03-01"),
    ],
)
def test_a_date_stands_for_all_its_days(written: str, first: str | None, last: str | None) -> None:
    assert parse_query(f"date:{written}", today=TODAY) == days(first, last)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("this week", "2026-02-23", "2026-03-01"),  # the day is a Sunday
        ("last week", "2026-02-16", "2026-02-22"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("Last Month", "2026-02-01", "2026-02-28"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("past week", "2026-02-23", "2026-03-01"),
        ("past 2 weeks", "2026-02-16", "2026-03-01"),
        ("last 14 days", "2026-02-16", "2026-03-01"),
        ("past one day", "2026-03-01", "2026-03-01"),
        ("14d", "2026-02-16", "2026-03-01"),
        ("2w", "2026-02-16", "2026-03-01"),
        ("past month", "2026-02-02", "2026-03-01"),
        ("1m", "2026-02-02", "2026-03-01"),
        ("1y", "2025-03-02", "2026-03-01"),
        ("3 days ago", "2026-02-26", "2026-02-26"),
        ("a week ago", "2026-02-22", "2026-02-22"),
        ("13 months ago", "2025-02-01", "2025-02-01"),
        ("March 2025", "2025-03-01", "2025-03-31"),
        ("dec 2025", "2025-12-01", "2025-12-31"),
        ("3 March 2025", "2025-03-03", "2025-03-03"),
        ("March 3, 2025", "2025-03-03", "2025-03-03"),
        ("Sept. 3rd, 2025", "2025-09-03", "2025-09-03"),
    ],
)
def test_a_date_may_be_in_words(written: str, first: str, last: str) -> None:
    for form in (f'"{written}"', written.replace(" ", "-"), written.replace(" ", "_")):
        assert parse_query(f"date:{form}", today=TODAY) == days(first, last)
    assert parse_query(f'since:"{written}"', today=TODAY) == days(first, None)
    assert parse_query(f'until:"{written}"', today=TODAY) == days(None, last)


def test_a_month_that_is_too_short_ends_with_its_last_day() -> None:
    late = date(2026, 5, 31)
    assert parse_query('date:"3 months ago"', today=late) == days("2026-02-28", "2026-02-28")


def test_since_and_until_are_fields_too() -> None:
    flood = Term("text", "flood")
    found = parse_query("flood since:2025-06 until:2025", today=TODAY)
    assert found == And([flood, days("2025-06-01", None), days(None, "2025-12-31")])


def test_dates_combine_like_words() -> None:
    january, june = days("2026-01-01", "2026-01-31"), days("2026-06-01", "2026-06-30")
    roe = Term("people", "roe")
    assert parse_query("people:roe -date:2026-01") == And([roe, Not(january)])
    assert parse_query("date:(2026-01 OR [2026-06 TO 2026-06])") == Or([january, june])


def test_without_a_given_day_today_is_the_day_it_is() -> None:
    before = date.today()  # noqa: DTZ011 (the local day is what is promised)
    found = parse_query("date:today")
    after = date.today()  # noqa: DTZ011
    assert found.start == found.end
    assert found.start in {before.isoformat(), after.isoformat()}


@pytest.mark.parametrize(
    ("query", "position", "advice"),
    [
        ("date:2026-13", 5, "no date 2026-13 in the calendar; write 2026, 2026-01, 2026-01-03"),
        ("date:2026-02-31", 5, "no date 2026-02-31 in the calendar"),
        ("date:2025-02-29", 5, "no date 2025-02-29 in the calendar"),
        ("date:2026-00", 5, "no date 2026-00 in the calendar"),
        ("date:2026-01-00", 5, "no date 2026-01-00 in the calendar"),
        ("date:0000", 5, "no date 0000 in the calendar"),
        ("flood date:garbage", 11, "'garbage' is not a date; write 2026, 2026-01, 2026-01-03"),
        ("date:03.01.2026", 5, "or a range [2025-11 TO 2026-01], 2025-11..2026-01 or >=2025-11"),
        ("date:2026-1-3", 5, "is not a date"),
        ("date:20260103", 5, "is not a date"),
        ("date:２０２６", 5, "is not a date"),
        ("date:2026*", 5, "is not a date"),
        ("date:>", 6, "is not a date"),
        ("date:>>2026", 6, "'>2026' is not a date"),
        ("date:March", 5, "is not a date"),
        ('date:"last month"..today', 17, "write words with hyphens, as in date:last-month..today"),
        ("date:monday", 5, "is not a date"),
        ('date:"30 February 2025"', 6, "no date '30 February 2025' in the calendar"),
        ("date:past-9999-years", 5, "no date 'past-9999-years' in the calendar"),
        ("date:past-999999-days", 5, "is not a date"),
        ("date:past-0-days", 5, "no date 'past-0-days' in the calendar"),
        ("date:99999999d", 5, "is not a date"),
        ("since:2025..2026", 6, "is not a date"),
        ("since:[2025 TO 2026]", 7, "is not a date"),
        ('date:"3 January"', 6, "is not a date"),
        ("date:*", 5, "is not a date"),
        ("date:..", 5, "is not a date"),
        ("date:[2025 TO 2026", 5, "'[2025' is not a date"),
        ("date:{2025 TO 2026}", 5, "'{2025' is not a date"),
        ("date:[2025 2026]", 6, "a range of dates is written [2025-11 TO 2026-01]"),
        ("date:[]", 6, "a range of dates is written [2025-11 TO 2026-01]"),
        ("date:[2025 TO soon]", 14, "'soon' is not a date"),
        ("date:[2026-13 TO 2027]", 6, "no date 2026-13"),
        ("date:2025..2026..2027", 11, "'2026..2027' is not a date"),
        ("date:[2026 TO 2025]", 14, "'2025' is before '2026'; write the earlier date first"),
        ("date:2026-02..2026-01", 14, "write the earlier date first"),
    ],
)
def test_an_unreadable_date_is_refused_with_the_forms(
    query: str, position: int, advice: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(query)
    assert advice in str(caught.value)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2026-01", None, "2026-01-01", None),
        (None, "2026-02", None, "2026-02-28"),
        ("2025", "2025", "2025-01-01", "2025-12-31"),
        (" 2025-06-01 ", "today", "2025-06-01", "2026-03-01"),
        ("yesterday", "yesterday", "2026-02-28", "2026-02-28"),
        ("last month", "past 2 weeks", "2026-02-01", "2026-03-01"),
    ],
)
def test_since_and_until_include_their_days(
    since: str | None, until: str | None, first: str | None, last: str | None
) -> None:
    assert date_filter(since, until, TODAY) == days(first, last)


def test_no_limits_are_no_filter() -> None:
    assert date_filter(None, None) is None


@pytest.mark.parametrize(
    ("since", "until", "blamed", "advice"),
    [
        ("", None, "", "write 2026, 2026-01, 2026-01-03, today or yesterday"),
        ("next week", None, "next week", "'next week' is not a date"),
        ("2026", "2026-02-30", "2026-02-30", "no date 2026-02-30"),
        ("2025..2026", None, "2025..2026", "is not a date"),
        ("*", None, "*", "is not a date"),
        ("2026-02", "2026-01", "2026-01", "'2026-01' is before '2026-02'"),
        ("x" * 9_999, None, "x" * 9_999, "is not a date"),
    ],
)
def test_an_unreadable_limit_is_refused(
    since: str | None, until: str | None, blamed: str, advice: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        date_filter(since, until, TODAY)
    assert advice in str(caught.value)
    assert (caught.value.query, caught.value.position) == (blamed, 0)
