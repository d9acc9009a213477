"""Timelines: how many of the matches were published in each day, week, month or year."""

from __future__ import annotations

from searcher.engines import Answer
from searcher.model import Count, Counted, Period
from searcher.periods import period_name, period_number

__all__ = ["timeline_counts"]


def timeline_counts(
    answer: Answer, period: Period, of: Counted = Counted.ARTICLES
) -> tuple[Count, ...]:
    """Return the periods from the first match to the last, those without one too.

    Articles without a day are in none. A story counts in each period that has one of its
    articles.
    """
    counts = answer.counts(period)
    stories = answer.story_counts(period) if of is Counted.STORIES else None
    if not counts:
        return ()
    first, last = (period_number(name, period) for name in (min(counts), max(counts)))
    names = (period_name(number, period) for number in range(first, last + 1))
    return tuple(
        Count(
            value=name,
            articles=counts[name],
            stories=None if stories is None else stories[name],
        )
        for name in names
    )
