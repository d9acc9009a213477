"""What a search gives: the hits, made when they are asked for, and all matches to count."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from threading import Lock
from typing import TypeVar

from searcher.engines import Engine
from searcher.errors import SearchError
from searcher.model import Count, Counted, Hit, Period, ScorePart, Sort, Suggestion
from searcher.relax import Answered, Found

__all__ = ["Results", "choice"]


class Results:
    """The answer to a search: the hits asked for, and all matches to count.

    Where few articles match, hits by relevance go on behind them with articles that have only
    some of the plain words (`Hit.relaxed`); totals, counts and ids are of those that match.

    What matches and which hits come first is known; hits, with their articles and snippets, and
    totals are made when they are asked for, once. Safe to use from several threads.

    Attributes:
        relaxed: Whether articles match without all plain words of the query: none has all.
        read_as_words: Why the query could not be read as one, and was taken for plain words;
            None: it was read.
    """

    def __init__(
        self,
        *,
        found: Sequence[Found],
        order: Sort,
        offset: int,
        query: str,
        seconds: float,
        make_hit: Callable[[Found, int], Hit],
        engine: Engine,
        asked: Answered,
    ) -> None:
        self.relaxed = asked.relaxed
        self.read_as_words = asked.problem
        self._query = query
        self._found = found
        self._order = order
        self._offset = offset
        self._seconds = seconds
        self._make_hit = make_hit
        self._engine = engine
        self._asked = asked
        self._answer = asked.answer
        self._hits: list[Hit] = []
        self._lock = Lock()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits from offset on, limit at most."""
        return tuple(self)

    @cached_property
    def total(self) -> int:
        """How many articles match in all, not stories; see `count_stories`."""
        return self._answer.total()

    @cached_property
    def further_total(self) -> int:
        """How many articles more have some of the plain words: hits go on with these."""
        return self._asked.further_total()

    def finish(self) -> None:
        """Make the hits and the total now: they remain when the archive is closed."""
        self.hits  # noqa: B018 (it makes them)
        self.total  # noqa: B018 (the same)
        self.further_total  # noqa: B018 (the same)

    @property
    def seconds(self) -> float:
        """How long the search took, with the hits that were made so far."""
        return self._seconds

    def __iter__(self) -> Iterator[Hit]:
        return map(self._hit, range(len(self._found)))

    def __len__(self) -> int:
        return len(self._found)

    def _hit(self, number: int) -> Hit:
        with self._lock:
            started = time.perf_counter()
            while len(self._hits) <= number:
                at = len(self._hits)
                self._hits.append(self._make_hit(self._found[at], self._offset + at + 1))
            self._seconds += time.perf_counter() - started
            return self._hits[number]

    def hit_ids(self) -> list[str]:
        """Return the ids of the hits without making these."""
        return [self._engine.outline(one.document).id for one in self._found]

    def explain(self, hit: Hit) -> tuple[ScorePart, ...]:
        """Return what the score of one of the hits is made of: parts that add up to it."""
        found = self._found[hit.rank - self._offset - 1]
        further = self._asked.further
        answer = further.answer if further and found.relaxed else self._answer
        return tuple(answer.explain(found.document, self._order))

    def count_stories(self) -> int:
        """Return how many stories all matches are of: how many hits there are, page by page.

        An article without a story counts as one. It is counted when asked for.
        """
        return self._answer.stories()

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all matching articles, in the order of the archive."""
        return tuple(self._answer.ids())

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What may have been meant by words of the query that no article has, or next to none.

        The search is for the query as it is in any case. They are looked for when asked for.
        """
        from searcher.suggestions import suggestions  # few searches ask

        return suggestions(self._engine, self._query, as_words=self.read_as_words is not None)

    def facets(
        self, field: str, limit: int | None = 10, *, of: Counted | str = Counted.ARTICLES
    ) -> tuple[Count, ...]:
        """Return how many of all matching articles have each value of a field, most frequent first.

        Args:
            field: source, people, authors, section, language, day, week, month or year.
            limit: Values at most; None: all.
            of: articles or stories: what is most frequent. Of stories, each `Count` has both.

        Raises:
            SearchError: There is no such facet.
        """
        from searcher.facets import facet_counts  # few searches ask

        return facet_counts(self._engine, self._answer, field, limit, choice(Counted, of))

    def timeline(
        self, period: Period | str = Period.MONTH, *, of: Counted | str = Counted.ARTICLES
    ) -> tuple[Count, ...]:
        """Return how many of all matching articles were published in each period.

        Args:
            period: day, week (ISO 8601: from Monday), month or year.
            of: articles or stories; of stories, each `Count` has both.

        Raises:
            SearchError: There is no such period.
        """
        from searcher.timeline import timeline_counts  # few searches ask

        return timeline_counts(self._answer, choice(Period, period), choice(Counted, of))


Choice = TypeVar("Choice", bound=StrEnum)


def choice(choices: type[Choice], value: str) -> Choice:
    """Return the member of an enumeration that a value names.

    Raises:
        SearchError: It names none; says which there are.
    """
    try:
        return choices(value)
    except ValueError:
        names = ", ".join(choices)
        raise SearchError(f"no {choices.__name__.lower()} {value!r}; there are: {names}") from None
