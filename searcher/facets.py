"""Facets: which values of a field the matches have, and how often."""

from __future__ import annotations

from searcher.engines import Answer, Engine
from searcher.errors import SearchError
from searcher.model import Count, Counted, Period

__all__ = ["FACET_FIELDS", "facet_counts"]

FACET_FIELDS = ("source", "people", "authors", "section", "language", *Period)


def facet_counts(
    engine: Engine,
    answer: Answer,
    field: str,
    limit: int | None,
    of: Counted = Counted.ARTICLES,
) -> tuple[Count, ...]:
    """Return the values of a field, the most frequent first, equal ones by name.

    Args:
        engine: The archive.
        answer: The articles to count.
        field: One of `FACET_FIELDS`.
        limit: Values at most; None: all.
        of: What makes a value frequent; stories are counted where they are asked for.

    Raises:
        SearchError: There is no such facet.
    """
    if field not in FACET_FIELDS:
        raise SearchError(f"no facet {field!r}; there are: {', '.join(FACET_FIELDS)}")
    articles = answer.counts(field)
    stories = answer.story_counts(field) if of is Counted.STORIES else None
    counts = articles if stories is None else stories
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return tuple(
        Count(
            value=engine.printed(field, key),
            articles=articles[key],
            stories=None if stories is None else stories[key],
        )
        for key, _ in ordered
    )
