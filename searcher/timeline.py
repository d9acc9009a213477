"""Timelines: how many of the matches were published in each day, month or year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from searcher.engines import Answer
from searcher.model import Count, Counted, Period

__all__ = ["timeline_counts"]

LENGTH = {Period.DAY: len("2026-01-03"), Period.MONTH: len("2026-01"), Period.YEAR: len("2026")}


def timeline_counts(
    answer: Answer, period: Period, of: Counted = Counted.ARTICLES
) -> tuple[Count, ...]:
    """Return the periods from the first match to the last, those without one too.

    Articles without a day are in none. A story counts in each period that has one of its
    articles.
    """
    length = LENGTH[period]
    counts = answer.counts(period)
    stories = answer.story_counts(period) if of is Counted.STORIES else None
    if not counts:
        return ()
    return tuple(
        Count(
            value=value,
            articles=counts[value],
            stories=None if stories is None else stories[value],
        )
        for value in _periods(min(counts), max(counts), length)
    )


def _periods(first: str, last: str, length: int) -> Iterator[str]:
    day = date.fromisoformat((first + "-01-01")[: LENGTH[Period.DAY]])
    seen = ""
    while seen < last:
        value = day.isoformat()[:length]
        if value != seen:
            yield value
        seen, day = value, day + timedelta(days=1)
