"""Days in words: yesterday, last month, past 2 weeks, 3 days ago, March 2025, 3 March 2025.

Rule 1: "last" and "this" with a unit are calendar units, weeks from Monday: "last month" is the
    whole month before this one.
Rule 2: "past", and "last" with a number, go back from today, which is the last of their days:
    "past 7 days", "last 7 days" and 7d are the same.
Rule 3: Words are parted by spaces, hyphens or underscores, so that a shell needs no quotes.
Rule 4: What needs a guess is no date: a month or a weekday alone, 3/4/2025.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

__all__ = ["FORMS", "last_of_month", "spoken_days"]

FORMS = '"last month", "past 2 weeks", "3 days ago", "March 2025"'
PARTS = re.compile(r"[\s_-]+|,\s*")
COMPACT = re.compile(r"([0-9]{1,5})([dwmy])")
NUMBER = re.compile(r"[0-9]{1,5}")
YEAR = re.compile(r"[0-9]{4}")
ONE = {"a", "an", "one"}
UNITS = {
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("w", "week", "weeks"), "week"),
    **dict.fromkeys(("m", "month", "months"), "month"),
    **dict.fromkeys(("y", "year", "years"), "year"),
}
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MIN_MONTH = 3  # letters: mar, sept
ONE_DAY = timedelta(days=1)
Days = tuple[date, date]


def spoken_days(text: str, today: date) -> Days | None:
    """Return the first and the last of the days that a text means; None: it is no such text.

    Args:
        text: The text.
        today: The day that it is said on.

    Raises:
        ValueError: There are no such days in the calendar.
        OverflowError: The same.

    Example:
        >>> first, last = spoken_days("past 2 weeks", date(2026, 1, 20))
        >>> print(first, last)
        2026-01-07 2026-01-20
    """
    words = [word for word in PARTS.split(text.strip().lower()) if word]
    if compact := COMPACT.fullmatch("".join(words)):
        return _back(int(compact[1]), UNITS[compact[2]], today)
    return _relative(words, today) or _named(words)


def _relative(words: list[str], today: date) -> Days | None:
    """Return the days that words say from today on; None: they say none."""
    days: Days | None = None
    match words:
        case ["today"]:
            days = today, today
        case ["yesterday"]:
            days = today - ONE_DAY, today - ONE_DAY
        case ["this", unit] if unit in UNITS:
            days = _unit(UNITS[unit], today)
        case ["last", unit] if unit in UNITS:
            days = _unit(UNITS[unit], _unit(UNITS[unit], today)[0] - ONE_DAY)
        case ["past", unit] if unit in UNITS:
            days = _back(1, UNITS[unit], today)
        case ["past" | "last", number, unit] if _is_number(number) and unit in UNITS:
            days = _back(_number(number), UNITS[unit], today)
        case [number, unit, "ago"] if _is_number(number) and unit in UNITS:
            day = _before(_number(number), UNITS[unit], today)
            days = day, day
        case _:
            pass
    return days


def _is_number(word: str) -> bool:
    return word in ONE or NUMBER.fullmatch(word) is not None


def _number(word: str) -> int:
    return 1 if word in ONE else int(word)


def _back(number: int, unit: str, today: date) -> Days:
    """Return so many units that end with today."""
    if number == 0:
        raise ValueError("no days")
    return _before(number, unit, today) + ONE_DAY, today


def _before(number: int, unit: str, day: date) -> date:
    """Return the day so many units before another; the last of a month that is too short."""
    if unit in {"day", "week"}:
        return day - timedelta(days=number * (7 if unit == "week" else 1))
    months = number * (12 if unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def _unit(unit: str, day: date) -> Days:
    """Return the calendar unit that a day is in."""
    units: dict[str, Callable[[], Days]] = {
        "day": lambda: (day, day),
        "week": lambda: (
            day - timedelta(days=day.weekday()),
            day + timedelta(days=6 - day.weekday()),
        ),
        "month": lambda: (day.replace(day=1), last_of_month(day)),
        "year": lambda: (date(day.year, 1, 1), date(day.year, 12, 31)),
    }
    return units[unit]()


def last_of_month(day: date) -> date:
    """Return the last day of the month that a day is in.

    Example:
        >>> print(last_of_month(date(2024, 2, 10)), last_of_month(date(9999, 12, 1)))
        2024-02-29 9999-12-31
    """
    if day.month == len(MONTHS):
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - ONE_DAY


def _named(words: list[str]) -> Days | None:
    """Return the days of a month by its name, or one of them."""
    if len(words) not in {2, 3} or not YEAR.fullmatch(words[-1]):
        return None
    months = [at for at, word in enumerate(words[:-1]) if _month(word)]
    if len(months) != 1:
        return None
    first = date(int(words[-1]), _month(words[months[0]]), 1)
    if len(words) == 2:  # noqa: PLR2004 (a month and a year)
        return first, last_of_month(first)
    other = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", words[1 - months[0]])
    if other is None:
        return None
    day = first.replace(day=int(other[1]))
    return day, day


def _month(word: str) -> int:
    """Return the number of a month by its name or the beginning of it, 0 for other words."""
    bare = word.removesuffix(".")
    if len(bare) < MIN_MONTH:
        return 0
    return next((at for at, name in enumerate(MONTHS, 1) if name.startswith(bare)), 0)
