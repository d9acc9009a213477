"""The pages of an archive as rows, and the article that each of them holds.

A page names its article by id, since articles are numbered anew by every commit; the numbers are
worked out for all pages at once that are asked for, when they are first asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec import Snapshot
from index.codec.blocks import Integers, Numbers, changes
from index.codec.cache import ByteCache
from index.codec.terms import Terms, in_a_row, united
from index.model import Outcome
from index.schema import MISSING_MOMENT, PAGE, exact
from searcher.engines.whoosh.collection import NO_ARTICLES, Collection, looked_up

__all__ = ["Holding", "Pages"]

CACHE_BYTES = 64 * 1024 * 1024
TOLD_NAME = exact("source")
NONE = -1  # of terms and articles, where there is none


class Holding(NamedTuple):
    """Some pages and the articles that they hold.

    Attributes:
        rows: The pages, in the order of their articles.
        articles: The article of each, ascending.
    """

    rows: Numbers
    articles: Numbers


class Pages:
    """The ledger of a snapshot.

    Args:
        snapshot: The archive at one commit.
        articles: Its articles.

    Attributes:
        collection: The pages.
    """

    def __init__(self, snapshot: Snapshot, articles: Collection) -> None:
        # Terms of pages and of articles are kept under the same names.
        self.collection = Collection(snapshot, PAGE, ByteCache(CACHE_BYTES))
        self._articles = articles

    @cached_property
    def any_tells(self) -> bool:
        """Whether any page tells of its article where or when else it was published."""
        return any(
            TOLD_NAME in segment.fields or segment.moments() is not None
            for segment, _ in self.collection.segments
        )

    @cached_property
    def tells(self) -> npt.NDArray[np.bool_]:
        """Which pages, deleted ones aside, do; shape (pages,)."""
        tells: npt.NDArray[np.bool_] = self.collection.moments != MISSING_MOMENT
        named = self.collection.field(TOLD_NAME)
        if named is not None:
            tells |= named.having()
        if self.collection.live is not None:
            tells &= self.collection.live
        return tells

    @cached_property
    def telling(self) -> Holding:
        """Those pages."""
        return self._holding(np.flatnonzero(self.tells).astype(np.uint32))

    @cached_property
    def any_copies(self) -> bool:
        """Whether any page is a copy."""
        return len(self._with_outcome(Outcome.DUPLICATE)) > 0

    def count(self, article_id: str) -> int:
        """Return how many pages hold an article, error pages that once did left out."""
        field, term = self.collection.field("article"), article_id.encode("utf-8", "replace")
        if field is None or field.most(term) <= 1:  # as of nearly all: nothing to read
            return 0 if field is None else field.most(term)
        held = field.term(term).docs
        return len(held) - int(looked_up(self._with_outcome(Outcome.REJECTED), held)[1].sum())

    @cached_property
    def copies(self) -> Holding:
        """The pages that are copies: all that hold an article but the one its text is from."""
        found = self._holding(self._with_outcome(Outcome.DUPLICATE))
        leads = self._with_outcome(Outcome.ARTICLE)
        if not len(found.rows) or len(leads) == self._articles.count:
            return found
        # Of an article whose own page is an error page by now, the first copy stands for it.
        is_led = looked_up(self._holding(leads).articles, found.articles)[1]
        keep = is_led | ~changes(found.articles)
        return Holding(found.rows[keep], found.articles[keep])

    def copies_of(self, articles: Numbers) -> Holding:
        """Return the copies of some articles, ascending."""
        is_of_them = looked_up(articles, self.copies.articles)[1]
        return Holding(self.copies.rows[is_of_them], self.copies.articles[is_of_them])

    @cached_property
    def copy_counts(self) -> Integers:
        """How many copies each article has; shape (articles,)."""
        return np.bincount(self.copies.articles, minlength=self._articles.size)

    def _with_outcome(self, outcome: Outcome) -> Numbers:
        return self._with_term("outcome", outcome.value)

    def _with_term(self, field: str, term: str) -> Numbers:
        found = self.collection.field(field)
        return NO_ARTICLES if found is None else found.term(term.encode("utf-8", "replace")).docs

    def _holding(self, rows: Numbers) -> Holding:
        """Return the articles that some pages hold; pages that hold none are left out."""
        kept, names = self._held_ids(rows)
        ids = [segment.fields["id"] for segment, _ in self._articles.segments]
        chunks = [reader.chunk(0, len(reader.terms)) for reader in ids]
        if not len(kept) or not chunks:
            return Holding(NO_ARTICLES, NO_ARTICLES)
        every, (*of_articles, of_rows) = united([*(chunk.terms for chunk in chunks), names])
        article_of = np.full(len(every), NONE, dtype=np.int64)
        for chunk, numbers, (segment, base) in zip(
            chunks, of_articles, self._articles.segments, strict=True
        ):
            is_live = slice(None) if segment.live is None else segment.live[chunk.docs]
            article_of[numbers[is_live]] = chunk.docs[is_live].astype(np.int64) + base
        articles = article_of[of_rows]
        order = articles.argsort(kind="stable")
        order = order[articles[order] != NONE]
        return Holding(kept[order], articles[order].astype(np.uint32))

    def _held_ids(self, rows: Numbers) -> tuple[Numbers, Terms]:
        """Return those of some pages, ascending, that hold an article, and its id for each."""
        kept, names = [NO_ARTICLES], [Terms.of([])]
        for segment, base in self.collection.segments:
            first, stop = np.searchsorted(rows, [base, base + segment.doc_count])
            reader = segment.fields.get("article")
            if reader is None or first == stop:
                continue
            chunk = reader.chunk(0, len(reader.terms))
            term_of = np.full(segment.doc_count, NONE, dtype=np.int64)
            term_of[chunk.docs] = np.arange(len(chunk.terms)).repeat(chunk.frequencies)
            own = rows[first:stop]
            terms = term_of[own - np.uint32(base)]
            kept.append(own[terms != NONE])
            names.append(chunk.terms.take(terms[terms != NONE]))
        return np.concatenate(kept), in_a_row(names)
