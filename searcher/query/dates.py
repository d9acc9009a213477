"""Dates in queries: from what users write to a first and a last day.

Strategy: a date is a year, a month or a day, in figures or in words, and stands for all days in
it; a range goes from the first day of one to the last day of another. What is not understood is
an error that shows the forms: a date that is silently misread gives wrong answers that look right.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from searcher.query.spoken import FORMS as SPOKEN_FORMS
from searcher.query.spoken import last_of_month, spoken_days
from searcher.query.tokens import MINUS, Kind, Piece, shown

__all__ = ["DaySpan", "read_date", "read_dates", "span_between"]

DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
TO = re.compile(r"(?<=\s)(?:TO|to)(?=\s)")
DOTS = re.compile(r"\.{2,3}|…")
COMPARED = re.compile(r"([<>])(=?)")
HYPHENS = re.compile(f"[{MINUS}]")
SINGLE_FORMS = f"2026, 2026-01, 2026-01-03, today or yesterday, {SPOKEN_FORMS}"
FORMS = f"{SINGLE_FORMS}, or a range [2025-11 TO 2026-01], 2025-11..2026-01 or >=2025-11"
OPEN_ENDS = {"", "*"}
DECEMBER = 12
ONE_DAY = timedelta(days=1)


class DaySpan(NamedTuple):
    """Days in a row, both ends included.

    Attributes:
        first: The first day; None: no limit.
        last: The last day; None: no limit.
    """

    first: date | None
    last: date | None


def read_dates(piece: Piece, today: date | None = None) -> DaySpan:
    """Return the days that a date or a range of dates in a query stands for.

    Args:
        piece: What stands behind `date:`; a piece of kind `RANGE` is without its brackets.
        today: The day that "today" means; None: the day it is here.

    Raises:
        QuerySyntaxError: It is no date, or the range ends before it begins.
    """
    ends = _ends(piece)
    if ends:
        begin, end = (None if end.text in OPEN_ENDS else end for end in ends)
        return span_between(begin, end, today)
    if piece.kind is not Kind.RANGE and (sign := COMPARED.match(piece.text)):
        behind = piece.part(sign.end(), len(piece.text))
        return _compared(sign[1], read_date(behind, today), itself=bool(sign[2]))
    return read_date(piece, today, forms=FORMS)


def _ends(piece: Piece) -> tuple[Piece, Piece] | None:
    """Return the two ends of a range, None for a single date."""
    between = (TO if piece.kind is Kind.RANGE else DOTS).search(piece.text)
    if between and piece.text.strip() != between[0]:
        ends = piece.part(0, between.start()), piece.part(between.end(), len(piece.text))
        return ends[0].stripped(), ends[1].stripped()
    if piece.kind is Kind.RANGE:
        raise piece.error(
            "a range of dates is written [2025-11 TO 2026-01], not " + shown(f"[{piece.text}]")
        )
    return None


def _compared(sign: str, days: DaySpan, *, itself: bool) -> DaySpan:
    """Return the days from or up to others, with them or without."""
    if sign == ">":
        return DaySpan(days.first if itself else _shifted(days.last, ONE_DAY), None)
    return DaySpan(None, days.last if itself else _shifted(days.first, -ONE_DAY))


def _shifted(day: date | None, by: timedelta) -> date | None:
    """Return a day before or behind another; at an end of the calendar, that itself."""
    try:
        return day and day + by
    except OverflowError:
        return day


def span_between(begin: Piece | None, end: Piece | None, today: date | None = None) -> DaySpan:
    """Return the days from one date to another, the whole of both included.

    Args:
        begin: A single date; None: no limit.
        end: A single date; None: no limit.
        today: The day that "today" means; None: the day it is here.

    Raises:
        QuerySyntaxError: One is no date, or `end` is before `begin`.
    """
    first = read_date(begin, today).first if begin else None
    last = read_date(end, today).last if end else None
    if begin and end and first and last and last < first:
        raise end.error(
            f"{shown(end.text)} is before {shown(begin.text)}; write the earlier date first"
        )
    return DaySpan(first, last)


def read_date(piece: Piece, today: date | None = None, *, forms: str = SINGLE_FORMS) -> DaySpan:
    """Return the days in a year, in a month, or the one day, that a text names.

    Args:
        piece: The text and its place.
        today: The day that "today" means; None: the day it is here.
        forms: What can be written there, for the error.

    Raises:
        QuerySyntaxError: It is no date, or none of the calendar.
    """
    piece = piece.stripped()
    text = HYPHENS.sub("-", piece.text)
    match = DATE.fullmatch(text)
    try:
        found = _in_figures(match) if match else _in_words(text, today)
    except (ValueError, OverflowError):
        raise piece.error(
            f"there is no date {text if match else shown(text)} in the calendar; write {forms}"
        ) from None
    if found is None:
        raise piece.error(f"{shown(text)} is not a date; write {forms}")
    return found


def _in_figures(match: re.Match[str]) -> DaySpan:
    year, month, day_of_month = match.groups("")
    first = date(int(year), int(month or "1"), int(day_of_month or "1"))
    if day_of_month:
        return DaySpan(first, first)
    return DaySpan(first, last_of_month(first) if month else date(first.year, DECEMBER, 31))


def _in_words(text: str, today: date | None) -> DaySpan | None:
    found = spoken_days(text, today or datetime.now().astimezone().date())
    return found and DaySpan(*found)
