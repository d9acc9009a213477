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

from collections.abc import Iterator, Sequence

import numpy as np

from index.codec.blocks import Numbers
from index.schema import TEXT
from index.text import begins_pairs
from searcher.engines.whoosh.collection import CollectionField
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.leaves import PhraseLeaf
from searcher.engines.whoosh.nodes import Floats
from searcher.engines.whoosh.phrases import loose_begins
from searcher.engines.whoosh.places import Places
from searcher.engines.whoosh.rank import saturated

__all__ = ["REACH", "Closeness", "closeness_of"]

REACH = 20  # places; 30 and 100 were no better on any measure
SLOP = 2  # one word may stand between, as an "of" does
MAX_PAIRS = 16  # the first of a pasted paragraph; more of them changed nothing
# More pairs add as much as so many: in a whole sentence some words are close by chance.
FULL_PAIRS = 6


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

    def scores(self, docs: Numbers) -> Floats | None:
        """Return what all pairs add to a few articles, ascending; shape (docs,). None: nothing."""
        begins = [*self._begins(docs)]
        return self._each(docs, begins).sum(axis=0) if any(map(len, begins)) else None

    def each(self, docs: Numbers) -> Floats:
        """Return what each pair adds to a few articles, ascending; shape (pairs, docs)."""
        return self._each(docs, [*self._begins(docs)])

    def _begins(self, docs: Numbers) -> Iterator[Places]:
        """Yield the places in some articles where each pair stands close."""
        field = self._field
        spans = field.texts.spans(docs)
        words = dict.fromkeys(word for pair in self.pairs for word in pair.words)
        places = {word: field.places_around(word, docs) for word in words}
        for pair in self.pairs:
            first, second = (places[word] for word in pair.words)
            yield loose_begins(field.texts, first.between(spans), [second.flat], pair.slop)

    def _each(self, docs: Numbers, begins: Sequence[Places]) -> Floats:
        statistics, ranking = self._search.statistics, self._search.ranking
        per_occurrence = statistics.per_occurrence(self.pairs[0])
        share = ranking.closeness * min(1.0, FULL_PAIRS / len(self.pairs))
        scores = np.zeros((len(self.pairs), len(docs)))
        for row, pair in enumerate(self.pairs):
            if len(begins[row]):
                articles, at = np.divmod(self._field.texts.of(begins[row]), self._field.parts)
                worth = per_occurrence[self._field.class_of_articles[articles], at]
                parts = np.bincount(docs.searchsorted(articles), worth, minlength=len(docs))
                weight = statistics.phrase_weight(pair) * share
                scores[row] = saturated(parts.view(np.float64), ranking) * weight
        return scores
