"""Who is in the articles that match, and who appears with whom."""

from __future__ import annotations

from index.schema import exact
from index.text import name_key
from searcher.engines import Engine
from searcher.facets import facet_counts
from searcher.model import PersonCount
from searcher.settings import RankingSettings
from searcher.tree import And, Query, Term

__all__ = ["people_counts"]


def people_counts(
    engine: Engine, query: Query, narrow: Query | None, limit: int | None, companions: int
) -> tuple[PersonCount, ...]:
    """Return the persons of the articles that match, each with those who are there too.

    Args:
        engine: The archive.
        query: What the articles match.
        narrow: What else they match; None: nothing.
        limit: Persons at most; None: all.
        companions: For each, others at most.
    """
    ranking = RankingSettings()
    found = facet_counts(engine, engine.answer(query, narrow, ranking), "people", limit)
    counts = []
    for person in found:
        key = name_key(person.value)
        with_person: Query = Term(exact("people"), key)
        both = with_person if narrow is None else And([narrow, with_person])
        others = facet_counts(engine, engine.answer(query, both, ranking), "people", companions + 1)
        counts.append(
            PersonCount(
                name=person.value,
                articles=person.articles,
                companions=tuple(own for own in others if own.value != person.value)[:companions],
            )
        )
    return tuple(counts)
