"""Periods of time by number, so that those of a kind can be counted through.

Weeks are those of ISO 8601: they begin on Monday, and belong to the year of their Thursday.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from searcher.model import Period

__all__ = ["period_name", "period_number", "week_number"]

Ordinals = TypeVar("Ordinals", int, npt.NDArray[np.int64])

WEEK_DAYS = 7
MONTHS = 12


def period_number(name: str, period: Period) -> int:
    """Return the number of a period by its name; the next period has the next number.

    Example:
        >>> period_number("2026-W01", Period.WEEK) - period_number("2025-W52", Period.WEEK)
        1
    """
    match period:
        case Period.DAY:
            return date.fromisoformat(name).toordinal()
        case Period.WEEK:
            return week_number(date.fromisoformat(name).toordinal())
        case Period.MONTH:
            year, month = map(int, name.split("-"))
            return year * MONTHS + month - 1
        case Period.YEAR:
            return int(name)


def period_name(number: int, period: Period) -> str:
    """Return the name of a period in ISO 8601, as `2026`, `2026-01`, `2026-W01`, `2026-01-03`.

    Example:
        >>> period_name(period_number("2025-12", Period.MONTH) + 1, Period.MONTH)
        '2026-01'
    """
    match period:
        case Period.DAY:
            return date.fromordinal(number).isoformat()
        case Period.WEEK:
            year, week, _ = date.fromordinal(number * WEEK_DAYS + 1).isocalendar()
            return f"{year:04}-W{week:02}"
        case Period.MONTH:
            year, month = divmod(number, MONTHS)
            return f"{year:04}-{month + 1:02}"
        case Period.YEAR:
            return f"{number:04}"


def week_number(ordinal: Ordinals) -> Ordinals:
    """Return the number of the week of a day, or of many, counted from 1 at 1 January 1.

    That was a Monday.
    """
    return (ordinal - 1) // WEEK_DAYS
