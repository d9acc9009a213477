"""How close the words of a query stand: what that adds to the best articles.

Strategy: two words that are neighbours in the query are looked for as a phrase in which one
other word may stand between ("bank of england" for bank, england). What that phrase would score
is added in part. Only the first places of the order by words alone are looked at: their
texts are few, and what stands far behind would hardly come before them. So the places behind
these are in the order of the words alone, and no score of theirs is higher.

Source:
    Metzler and Croft, "A Markov Random Field Model for Term Dependencies", SIGIR 2005
    (sequential dependence, of which the ordered pairs are kept).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.codec.blocks import Numbers
from index.schema import TEXT
from index.text import begins_pairs
from searcher.engines.whoosh.collection import CollectionField
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.leaves import PhraseLeaf
from searcher.engines.whoosh.nodes import Floats
from searcher.engines.whoosh.places import Places
from searcher.engines.whoosh.rank import saturated

__all__ = ["REACH", "Closeness", "closeness_of"]

REACH = 30  # places; 100 were no better on any measure
SLOP = 2  # one word may stand between, as an "of" does
MAX_PAIRS = 16  # the first of a pasted paragraph; more of them changed nothing


def closeness_of(neighbours: Sequence[tuple[str, str]], search: Search) -> Closeness | None:
    """Return what tells how close words stand; None where nothing can be told or asked."""
    if not search.ranking.closeness or not neighbours:
        return None
    field = search.collection.field(TEXT)
    if field is None:
        return None
    words = [
        (one.encode(), other.encode())
        for one, other in neighbours
        # A lone character of a script without spaces stands for all words that it begins.
        if one != other and not begins_pairs(other)
    ]
    leaves = [PhraseLeaf(TEXT, None, pair, SLOP) for pair in dict.fromkeys(words)]
    return Closeness(leaves[:MAX_PAIRS], field, search) if leaves else None


class Closeness:
    """Scores pairs of words in a few articles.

    Args:
        pairs: Two words each.
        field: The field they stand in.
        search: Of the query.
    """

    def __init__(self, pairs: Sequence[PhraseLeaf], field: CollectionField, search: Search) -> None:
        self.pairs = pairs
        self._field = field
        self._search = search

    def scores(self, docs: Numbers) -> Floats:
        """Return what all pairs add to some articles, ascending; shape (docs,)."""
        total: Floats = self.each(docs).sum(axis=0)
        return total

    def each(self, docs: Numbers) -> Floats:
        """Return what each pair adds to some articles, ascending; shape (pairs, docs)."""
        search, statistics = self._search, self._search.statistics
        words = dict.fromkeys(word for pair in self.pairs for word in pair.words)
        places = self._field.places_in(words, docs)
        per_occurrence = statistics.per_occurrence(self.pairs[0])
        worth = per_occurrence[self._field.class_of_articles[docs]].ravel()
        parts = np.zeros((len(self.pairs), len(docs)))
        for row, pair in enumerate(self.pairs):
            first, second = pair.words
            cells = self._cells(places[first], places[second], docs)
            if len(cells):
                counts = np.bincount(cells, minlength=len(worth))
                parts[row] = (counts * worth).reshape(len(docs), -1).sum(axis=1)
        weights = [statistics.phrase_weight(pair) for pair in self.pairs]
        share = np.array(weights)[:, None] * search.ranking.closeness
        return saturated(parts, search.ranking) * share

    def _cells(self, first: Places, second: Places, docs: Numbers) -> Numbers:
        """Return the text of each place of one word that the other follows, counted among docs."""
        texts, parts = self._field.texts, self._field.parts
        slots = second.searchsorted(first, side="right")
        there = slots < len(second)
        first, second = first[there], second[slots[there]]
        near = second - first <= SLOP
        first, second = first[near], second[near]
        found = texts.of(first)
        found = found[found == texts.of(second)]
        cells: Numbers = docs.searchsorted(found // parts) * parts + found % parts
        return cells
