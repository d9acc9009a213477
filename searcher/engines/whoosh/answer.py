"""The answer to a query: its best articles, how many there are, and what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Numbers, changes
from index.schema import MISSING_MOMENT
from searcher.engines.base import ScoredDocument, StoryGroup
from searcher.engines.whoosh.closeness import REACH, Closeness
from searcher.engines.whoosh.columns import Periods, Unit, Values
from searcher.engines.whoosh.disjunction import best_candidates, weighted_terms
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.nodes import AllOf, Floats, Node
from searcher.engines.whoosh.ordering import Key, Rows, first_places
from searcher.engines.whoosh.pages import Pages
from searcher.model import ScorePart, Sort, StoryOrder

__all__ = ["WhooshAnswer"]

UNITS: dict[str, Unit] = {"day": "D", "week": "W", "month": "M", "year": "Y"}

# So many times more articles are ranked where those ranked are of too few stories.
GROWTH = 4

SCANNED = 1000  # places that are looked up at a time, of all

Moments = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]


class WhooshAnswer:
    """An `Answer` from the segments of a snapshot.

    Args:
        node: The plan of the query.
        narrow: The plan of what articles must match beside; None: nothing.
        search: Of the query.
        pages: The ledger.
        reading: Entered around every question.
        close: Scores the closeness of words; None: it does not count.
    """

    def __init__(
        self,
        node: Node,
        narrow: Node | None,
        search: Search,
        pages: Pages,
        *,
        reading: Callable[[], AbstractContextManager[None]],
        close: Closeness | None = None,
    ) -> None:
        self._node = node
        self._narrow = narrow
        self._wanted = node if narrow is None else AllOf((node, narrow))
        self._search = search
        self._pages = pages
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

    def scan(self, sort: Sort | None, *, copies: bool) -> Iterator[ScoredDocument]:
        """Yield all places of the order, of each story the first article only without copies.

        They are ranked once, as arrays; documents are made of them a few at a time.
        """
        with self._reading():
            if sort is None:
                docs = self._matches
                scores = np.zeros(len(docs))
            else:
                docs, scores = self._ranked(sort, len(self._matches))
            if not copies:
                rows = self._first_of_stories(docs)
                docs, scores = docs[rows], scores[rows]
        for start in range(0, len(docs), SCANNED):
            stop = start + SCANNED
            yield from self._found(docs[start:stop], scores[start:stop])

    def _first_of_stories(self, docs: Numbers) -> Places:
        keys = self._search.collection.story_keys(docs)
        order = keys.argsort(kind="stable")
        return np.sort(order[changes(keys[order])])

    def _found(self, docs: Numbers, scores: Floats) -> Sequence[ScoredDocument]:
        documents = self._search.collection.documents(docs)
        return [*map(ScoredDocument, documents, scores.tolist())]

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
        added = close.scores(docs[order])
        if added is None:
            return docs, scores
        docs, scores = docs[order], scores[order] + added
        rows = np.lexsort([~self._search.collection.moments.take(docs), -scores])
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
        moments, node = self._search.collection.moments, self._node

        def moments_of(rows: Rows) -> Moments:
            return moments.take(docs[rows])

        if sort is Sort.RELEVANCE and node.same_score is not None:
            rows, _ = first_places(len(docs), [moments_of], stop)
            return rows, np.full(len(rows), node.same_score)
        if sort is Sort.RELEVANCE:
            every = node.scores(self._search, docs) if known is None else known
            keys: list[Key] = [lambda rows: every[rows], moments_of]
            rows, (scores, _) = first_places(len(docs), keys, stop)
            return rows, scores
        turned = _backwards if sort is Sort.OLDEST else _as_they_are
        keys = [
            lambda rows: turned(moments_of(rows)),
            lambda rows: node.scores(self._search, docs[rows]),
        ]
        rows, (_, scores) = first_places(len(docs), keys, stop)
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

    def ids(self) -> Sequence[str]:
        """Return the ids of the articles that match, in the order of the archive."""
        with self._reading():
            return self._search.collection.ids(self._matches)

    def stories(self) -> int:
        """Return how many stories the articles that match are of."""
        with self._reading():
            keys = np.sort(self._search.collection.story_keys(self._matches))
            return int(np.count_nonzero(changes(keys)))

    def story_groups(self, order: StoryOrder, stop: int) -> Sequence[StoryGroup]:
        """Return the first `stop` of the stories that the matches are of."""
        from searcher.engines.whoosh.stories import story_groups  # a search does without

        with self._reading():
            return story_groups(self._search.collection, self._pages, self._matches, order, stop)

    def counts(self, field: str) -> Counter[str]:
        """Return how many of the matches have each value of a field, or fall in each period."""
        with self._reading():
            column = self._column(field)
            return Counter() if column is None else column.counts(self._matches)

    def story_counts(self, field: str) -> Counter[str]:
        """Return of how many stories the matches with each value of a field, or period, are."""
        with self._reading():
            column, stories = self._column(field), self._search.collection.story_keys(self._matches)
            return Counter() if column is None else column.counts(self._matches, stories)

    def _column(self, field: str) -> Periods | Values | None:
        collection = self._search.collection
        return collection.periods(UNITS[field]) if field in UNITS else collection.values(field)


def _as_they_are(moments: Moments) -> Moments:
    return moments  # the lowest number is the missing one, and so comes last


def _backwards(moments: Moments) -> Moments:
    return np.where(moments == MISSING_MOMENT, MISSING_MOMENT, ~moments)
