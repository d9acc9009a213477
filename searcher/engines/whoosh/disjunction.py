"""The best articles for any of several terms, without scoring all that have one.

Strategy: MaxScore over terms and blocks. Terms are taken from the one that can score most
to the one that can score least. An article whose highest term is this one scores at most
what its posting says and the sum of what the terms behind can; below the score that the
worst of the best so far is sure to have, it is skipped, and so are whole blocks by their
maxima, and whole terms. What is left is scored exactly by the evaluator, so skipping never
changes an answer.

Source:
    Turtle and Flood: "Query Evaluation: Strategies and Optimizations", Information
    Processing & Management 31(6), 1995; blocks as in Ding and Suel, SIGIR 2011.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec.blocks import BLOCK, Numbers
from searcher.engines.whoosh.collection import NO_ARTICLES
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.leaves import TermLeaf
from searcher.engines.whoosh.nodes import AnyOf, Floats, Mask, Node, Scored

__all__ = ["best_candidates", "weighted_terms"]

Places = npt.NDArray[np.intp]

# Sums of the same numbers in another order may differ in the last bits.
SLACK = 1 - 1e-9
FEW_BLOCKS = 16  # scoring them costs less than choosing among them
MANY_BLOCKS = 64  # the best articles are in few of them
FIRST_BLOCKS = 8  # that raise the threshold for the others
NO_SCORES = np.zeros(0)


def weighted_terms(node: Node) -> tuple[tuple[TermLeaf, float], ...] | None:
    """Return the terms of a plan that is a disjunction of terms, and the factor of each."""
    if isinstance(node, TermLeaf):
        return ((node, 1.0),)
    if isinstance(node, Scored) and isinstance(node.part, TermLeaf):
        return ((node.part, node.factor),) if node.factor > 0 and not node.constant else None
    if type(node) is AnyOf:
        terms = [weighted_terms(part) for part in node.parts]
        if all(terms):
            return tuple(term for each in terms if each for term in each)
    return None


def best_candidates(
    search: Search,
    terms: Sequence[tuple[TermLeaf, float]],
    accepts: Callable[[Numbers], Mask] | None,
    count: int,
) -> tuple[Numbers, Floats | None]:
    """Return articles, ascending, among which are all that belong to the best.

    Args:
        search: Of the query.
        terms: Terms and factors.
        accepts: Tells which of some articles may be among the best; None: all.
        count: How many of the best are wanted, at least 1.

    Returns:
        The articles, and their scores where those are known: of a single term.
    """
    lists = [each for term in terms if (each := _list(search, *term))]
    lists.sort(key=lambda each: -each.most)
    return _Skipping(lists, accepts, count).candidates()


class _List(NamedTuple):
    """One term.

    Attributes:
        docs: Articles that have it.
        codes: Their codes.
        table: What each code scores.
        weight: What that is multiplied by.
        bounds: What the posting of each block that scores most scores before that.
        most: The most that any posting scores.
        codes_of: Returns the codes of some articles, 0 where they do not have the term.
    """

    docs: Numbers
    codes: Numbers
    table: Floats
    weight: float
    bounds: Floats
    most: float
    codes_of: Callable[[Numbers], Numbers]

    def scores_of(self, docs: Numbers) -> Floats:
        """Return what some articles score, 0 where they do not have the term."""
        return self.table.take(self.codes_of(docs)) * self.weight

    def scored(self, blocks: Places | None) -> tuple[Numbers, Floats]:
        """Return the articles of some blocks, and what they score by the term; None: of all."""
        if blocks is None:
            return self.docs, self.table.take(self.codes) * self.weight
        docs, codes = _in_blocks(self.docs, blocks), _in_blocks(self.codes, blocks)
        return docs, self.table.take(codes) * self.weight

    def blocks_reaching(self, score: float) -> Places:
        """Return the blocks with a posting that may score so much."""
        return (self.bounds >= score * SLACK / self.weight).nonzero()[0]


def _list(search: Search, leaf: TermLeaf, factor: float) -> _List | None:
    found = search.term(leaf)
    if not len(found.docs):
        return None
    weight = search.statistics.weight(leaf) * factor
    bounds, most = search.statistics.block_maxima(leaf, found)
    return _List(
        docs=found.docs,
        codes=found.codes,
        table=search.statistics.table(leaf),
        weight=weight,
        bounds=bounds,
        most=most * weight / SLACK,
        codes_of=found.codes_of,
    )


def _in_blocks(values: Numbers, blocks: Places) -> Numbers:
    full = len(values) // BLOCK
    whole = values[: full * BLOCK].reshape(-1, BLOCK)
    if not len(blocks) or blocks[-1] < full:
        return whole[blocks].ravel()
    return np.concatenate([whole[blocks[:-1]].ravel(), values[full * BLOCK :]])


def _highest(values: Floats, count: int) -> Places:
    """Return where the highest values are, ascending: so many and those like the last of them."""
    cut = len(values) - count
    places: Places = (values >= np.partition(values, cut)[cut]).nonzero()[0]
    return places


class _Skipping:
    """The search for the best articles of several lists, the highest first."""

    def __init__(
        self, lists: Sequence[_List], accepts: Callable[[Numbers], Mask] | None, count: int
    ) -> None:
        self._lists = lists
        self._accepts = accepts
        self._count = count
        self._threshold = 0.0  # what the worst of the best is sure to score

    def candidates(self) -> tuple[Numbers, Floats | None]:
        """Return articles, ascending, among which are all of the best; scores of one term."""
        if len(self._lists) == 1:
            return self._reaching(self._lists[0], 0.0, is_first=True)
        found = [NO_ARTICLES]
        behind = sum(each.most for each in self._lists)
        for at, each in enumerate(self._lists):
            if behind < self._threshold:
                break
            behind -= each.most
            docs, scores = self._reaching(each, behind, is_first=not at)
            found.append(self._completed(at, docs, scores))
        return np.sort(np.concatenate(found)), None

    def _reaching(self, each: _List, behind: float, *, is_first: bool) -> tuple[Numbers, Floats]:
        """Return the articles of a list that may be among the best, and what its term adds."""
        blocks = None
        if is_first:
            self._raise_by(self._first_scores(each))
        if len(each.bounds) > FEW_BLOCKS:
            blocks = each.blocks_reaching(self._threshold - behind)
        docs, scores = self._accepted(*self._high(*each.scored(blocks), behind))
        if is_first:
            self._raise_by_best(docs, scores)
        return self._high(docs, scores, behind)

    def _first_scores(self, each: _List) -> Floats:
        """Return what some articles of a list score by its term, high ones for little work."""
        if len(each.bounds) > MANY_BLOCKS and (self._accepts or len(self._lists) > 1):
            promising = _highest(each.bounds, FIRST_BLOCKS)[:FIRST_BLOCKS]
            return self._accepted(*each.scored(promising))[1]
        return NO_SCORES if self._accepts else each.bounds * each.weight

    def _accepted(self, docs: Numbers, scores: Floats) -> tuple[Numbers, Floats]:
        if self._accepts is None:
            return docs, scores
        kept = self._accepts(docs)
        return docs[kept], scores[kept]

    def _high(self, docs: Numbers, scores: Floats, behind: float) -> tuple[Numbers, Floats]:
        if not self._threshold:
            return docs, scores
        high = (scores >= self._threshold - behind).nonzero()[0]
        return docs.take(high), scores.take(high)

    def _raise_by(self, scores: Floats) -> None:
        """Take in what different articles are sure to score."""
        if len(scores) >= self._count:
            cut = len(scores) - self._count
            last = float(np.partition(scores, cut)[cut]) * SLACK
            self._threshold = max(self._threshold, last)

    def _raise_by_best(self, docs: Numbers, scores: Floats) -> None:
        """Raise the threshold by what the best articles of the first term score in all."""
        if len(self._lists) > 1 and len(docs) > self._count:
            best = _highest(scores, self._count)
            docs, scores = docs.take(best), scores.take(best)
            for each in self._lists[1:]:
                scores = scores + each.scores_of(docs)
        self._raise_by(scores)

    def _completed(self, at: int, docs: Numbers, scores: Floats) -> Numbers:
        """Return which articles of one list are left after a look at the other lists.

        Those that have a term before this one are dropped: they were looked at with that.
        """
        for each in self._lists[:at]:
            new = (each.codes_of(docs) == 0).nonzero()[0]
            docs, scores = docs.take(new), scores.take(new)
        behind = sum(each.most for each in self._lists[at + 1 :])
        for each in self._lists[at + 1 :]:
            docs, scores = self._high(docs, scores, behind)
            if not len(docs):
                break
            scores = scores + each.scores_of(docs)
            behind -= each.most
        return self._high(docs, scores, 0.0)[0]
