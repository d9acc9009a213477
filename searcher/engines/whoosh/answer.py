"""The answer to a query: its best articles, how many there are, and what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Numbers
from index.schema import MISSING_MOMENT
from searcher.engines.base import ScoredDocument
from searcher.engines.whoosh.closeness import REACH, Closeness
from searcher.engines.whoosh.columns import Unit
from searcher.engines.whoosh.disjunction import best_candidates, weighted_terms
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.nodes import AllOf, Floats, Node
from searcher.engines.whoosh.ordering import Key, first_places
from searcher.model import ScorePart, Sort

__all__ = ["WhooshAnswer"]

UNITS: dict[str, Unit] = {"day": "D", "month": "M", "year": "Y"}

# So many times more articles are ranked where those ranked are of too few stories.
GROWTH = 4

Moments = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]


class WhooshAnswer:
    """An `Answer` from the segments of a snapshot.

    Args:
        node: The plan of the query.
        narrow: The plan of what articles must match beside; None: nothing.
        search: Of the query.
        reading: Entered around every question.
        close: Scores the closeness of words; None: it does not count.
    """

    def __init__(
        self,
        node: Node,
        narrow: Node | None,
        search: Search,
        reading: Callable[[], AbstractContextManager[None]],
        close: Closeness | None = None,
    ) -> None:
        self._node = node
        self._narrow = narrow
        self._wanted = node if narrow is None else AllOf((node, narrow))
        self._search = search
        self._reading = reading
        self._close = close

    @cached_property
    def _matches(self) -> Numbers:
        return self._search.matches(self._wanted)

    def top(self, sort: Sort, start: int, stop: int) -> Sequence[ScoredDocument]:
        """Return places start to stop of the order."""
        if stop <= start:
            return ()
        with self._reading():
            docs, scores = self._ranked(sort, stop)
            return self._found(docs[start:], scores[start:])

    def top_stories(self, sort: Sort, start: int, stop: int) -> Sequence[ScoredDocument]:
        """Return places start to stop of the order, of each story the first article only.

        More and more articles are ranked until enough stories are among them. What is ranked
        first stays first, so that the places before `start` are those of any other call.
        """
        if stop <= start:
            return ()
        with self._reading():
            asked = 2 * stop
            docs, scores = self._ranked(sort, asked)
            firsts = self._first_of_stories(docs)
            while len(firsts) < stop and len(docs) == asked:
                asked *= GROWTH
                docs, scores = self._ranked(sort, asked)
                firsts = self._first_of_stories(docs)
            rows = firsts[start:stop]
            return self._found(docs[rows], scores[rows])

    def _first_of_stories(self, docs: Numbers) -> Places:
        keys = self._search.collection.story_keys(docs)
        order = keys.argsort(kind="stable")
        return np.sort(order[_begins(keys[order])])

    def _found(self, docs: Numbers, scores: Floats) -> Sequence[ScoredDocument]:
        document = self._search.collection.document
        found = zip(docs.tolist(), scores.tolist(), strict=True)
        return [ScoredDocument(document(doc), score) for doc, score in found]

    def _ranked(self, sort: Sort, stop: int) -> tuple[Numbers, Floats]:
        """Return the first articles of the order, and their scores."""
        if self._close is None or sort is not Sort.RELEVANCE:
            return self._by_words(sort, stop)
        docs, scores = self._by_words(sort, max(stop, REACH))
        docs[:REACH], scores[:REACH] = self._by_closeness(self._close, docs[:REACH], scores[:REACH])
        return docs[:stop], scores[:stop]

    def _by_closeness(
        self, close: Closeness, docs: Numbers, scores: Floats
    ) -> tuple[Numbers, Floats]:
        """Return articles in the order of their scores with what closeness adds."""
        order = docs.argsort()
        docs, scores = docs[order], scores[order] + close.scores(docs[order])
        moments = self._search.collection.moments
        keys: list[Key] = [lambda rows: scores[rows], lambda rows: moments.take(docs[rows])]
        rows = first_places(len(docs), keys, len(docs))
        return docs[rows], scores[rows]

    def _by_words(self, sort: Sort, stop: int) -> tuple[Numbers, Floats]:
        """Return the first articles of the order by words alone, and their scores."""
        docs, scores = self._candidates(sort, stop)
        if not len(docs):
            return docs, np.zeros(0)
        rows, scores = self._first(docs, scores, sort, stop)
        return docs[rows], scores

    def _candidates(self, sort: Sort, stop: int) -> tuple[Numbers, Floats | None]:
        """Return matches among which are all of the first places, and scores already known."""
        terms = weighted_terms(self._node) if sort is Sort.RELEVANCE else None
        if terms is None:
            return self._matches, None
        search, narrow = self._search, self._narrow
        accepts = None if narrow is None else lambda docs: narrow.mask(search, docs)
        return best_candidates(search, terms, accepts, stop)

    def _first(
        self, docs: Numbers, known: Floats | None, sort: Sort, stop: int
    ) -> tuple[Places, Floats]:
        """Return the rows of the first places in order, and their scores."""
        moments = self._search.collection.moments
        if sort is Sort.RELEVANCE and self._node.same_score is not None:
            rows = first_places(len(docs), [lambda rows: moments.take(docs[rows])], stop)
            return rows, np.full(len(rows), self._node.same_score)
        if sort is Sort.RELEVANCE:
            scores = self._node.scores(self._search, docs) if known is None else known
            keys: list[Key] = [lambda rows: scores[rows], lambda rows: moments.take(docs[rows])]
            rows = first_places(len(docs), keys, stop)
            return rows, scores[rows]
        turned = _backwards if sort is Sort.OLDEST else _as_they_are
        rows = first_places(
            len(docs),
            [
                lambda rows: turned(moments.take(docs[rows])),
                lambda rows: self._node.scores(self._search, docs[rows]),
            ],
            stop,
        )
        order = np.argsort(rows)
        scores = np.empty(len(rows))
        scores[order] = self._node.scores(self._search, docs[rows[order]])
        return rows, scores

    def explain(self, document: int, sort: Sort) -> Sequence[ScorePart]:
        """Return what the score of a match, as the order shows it, is made of."""
        from searcher.engines.whoosh.explain import closeness_parts, score_parts  # rarely asked

        with self._reading():
            docs = np.array([self._search.collection.article(document)], dtype=np.uint32)
            parts = score_parts(self._node, self._search, docs)
            if self._close and sort is Sort.RELEVANCE and docs[0] in self._by_words(sort, REACH)[0]:
                parts += closeness_parts(self._close, docs)
            return [part for part in parts if part.score]

    def total(self) -> int:
        """Return how many articles match."""
        with self._reading():
            return len(self._matches)

    def stories(self) -> int:
        """Return how many stories the articles that match are of."""
        with self._reading():
            keys = np.sort(self._search.collection.story_keys(self._matches))
            return int(np.count_nonzero(_begins(keys)))

    def counts(self, field: str) -> Counter[str]:
        """Return how many of the matches have each value of a field, or fall in each period."""
        with self._reading():
            collection = self._search.collection
            if field in UNITS:
                return collection.periods(UNITS[field]).counts(self._matches)
            values = collection.values(field)
            return Counter() if values is None else values.counts(self._matches)


def _begins(values: Moments) -> npt.NDArray[np.bool_]:
    """Return where another value begins in sorted ones, as `np.unique` does, which loads more."""
    begins = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins


def _as_they_are(moments: Moments) -> Moments:
    return moments  # the lowest number is the missing one, and so comes last


def _backwards(moments: Moments) -> Moments:
    return np.where(moments == MISSING_MOMENT, MISSING_MOMENT, ~moments)
