"""Dates in queries: from what users write to a first and a last day.

Strategy: a date is a year, a month or a day, and stands for all days in it; a range goes
from the first day of one to the last day of another. What is not understood is an error
that shows the forms: a date that is silently misread gives wrong answers that look right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from searcher.query.tokens import Kind, Piece, shown

__all__ = ["DaySpan", "read_date", "read_dates", "span_between"]

DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
BRACKETED = re.compile(r"\s*(\S+)\s+(?:TO|to)\s+(\S+)\s*")
SINGLE_FORMS = "2026, 2026-01, 2026-01-03, today or yesterday"
FORMS = f"{SINGLE_FORMS}, or a range [2025-11 TO 2026-01] or 2025-11..2026-01"
OPEN_ENDS = {"", "*"}
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class DaySpan:
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
    if ends is None:
        return read_date(piece, today, forms=FORMS)
    begin, end = (None if end.text in OPEN_ENDS else end for end in ends)
    return span_between(begin, end, today)


def _ends(piece: Piece) -> tuple[Piece, Piece] | None:
    """Return the two ends of a range, None for a single date."""
    if piece.kind is Kind.RANGE:
        match = BRACKETED.fullmatch(piece.text)
        if match is None:
            raise piece.error(f"a range of dates is written [2025-11 TO 2026-01], not {_as(piece)}")
        return piece.part(*match.span(1)), piece.part(*match.span(2))
    begin, dots, _ = piece.text.partition("..")
    if not dots or piece.text == dots:
        return None
    return piece.part(0, len(begin)), piece.part(len(begin) + len(dots), len(piece.text))


def _as(piece: Piece) -> str:
    return shown(f"[{piece.text}]")


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
    text = piece.text.strip()
    if text.lower() in {"today", "yesterday"}:
        day = today or datetime.now().astimezone().date()
        if text.lower() == "yesterday":
            day -= timedelta(days=1)
        return DaySpan(day, day)
    match = DATE.fullmatch(text)
    if match is None:
        raise piece.error(f"{shown(text)} is not a date; write {forms}")
    year, month, day_of_month = match.groups("")
    try:
        first = date(int(year), int(month or "1"), int(day_of_month or "1"))
    except ValueError:
        raise piece.error(f"there is no date {text} in the calendar; write {forms}") from None
    return DaySpan(first, first if day_of_month else _last_day(first, whole_year=not month))


def _last_day(first: date, *, whole_year: bool) -> date:
    if whole_year or first.month == DECEMBER:
        return date(first.year, DECEMBER, 31)
    return date(first.year, first.month + 1, 1) - timedelta(days=1)
