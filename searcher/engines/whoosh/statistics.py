"""What scores need to know of the whole archive: how rare a term is, what its codes score.

Only articles that are not deleted count, over all segments, so that scores do not depend on
how an archive came to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.codec.blocks import BLOCK
from index.codec.scoring import PartWeights, part_table
from index.schema import TEXT
from searcher.engines.whoosh.collection import Collection, CollectionField, TermList
from searcher.engines.whoosh.nodes import Floats
from searcher.engines.whoosh.phrases import phrase_lists
from searcher.engines.whoosh.rank import inverse_frequency, saturated
from searcher.settings import RankingSettings

if TYPE_CHECKING:
    from searcher.engines.whoosh.leaves import PhraseLeaf, PlacedLeaf, TermLeaf

__all__ = ["Statistics"]

MAX_WEIGHTS = 1 << 16  # of terms that were searched for; some 20 MB


class Statistics:
    """Scores of terms over one collection; what was worked out is kept.

    Safe to use from several threads: at worst two of them work out the same.

    Args:
        collection: The articles.
        ranking: The constants.
    """

    def __init__(self, collection: Collection, ranking: RankingSettings) -> None:
        self._collection = collection
        self._ranking = ranking
        self._weights: dict[TermLeaf | PhraseLeaf, float] = {}
        self._occurrences: dict[tuple[str, int | None], Floats] = {}
        self._tables: dict[tuple[str, int | None], Floats] = {}

    def weight(self, leaf: TermLeaf) -> float:
        """Return how much a term tells articles apart."""
        found = self._weights.get(leaf)
        if found is None:
            field = self._collection.field(leaf.field)
            having = 0 if field is None else len(field.term(leaf.term, leaf.part).docs)
            found = inverse_frequency(self._collection.count, having)
            self._keep(leaf, found)
        return found

    def phrase_weight(self, leaf: PhraseLeaf) -> float:
        """Return how much the words of a phrase tell articles apart, together."""
        found = self._weights.get(leaf)
        if found is None:
            field = self._collection.field(leaf.field)
            lists = [] if field is None else phrase_lists(field, leaf.words, leaf.part)
            count = self._collection.count
            found = sum(inverse_frequency(count, len(having)) for having in lists)
            self._keep(leaf, found)
        return found

    def _keep(self, leaf: TermLeaf | PhraseLeaf, weight: float) -> None:
        if len(self._weights) >= MAX_WEIGHTS:
            self._weights.clear()
        self._weights[leaf] = weight

    def per_occurrence(self, leaf: PlacedLeaf) -> Floats:
        """Return what an occurrence adds in each length class and part; (classes, parts)."""
        key = (leaf.field, leaf.part)
        found = self._occurrences.get(key)
        if found is None:
            field = self._field(leaf)
            weights = self._part_weights(field, leaf.part)
            found = self._occurrences[key] = weights.per_occurrence(field.length_classes)
        return found

    def table(self, leaf: TermLeaf) -> Floats:
        """Return what each code scores before the weight of its term, first that of having none."""
        key = (leaf.field, leaf.part)
        found = self._tables.get(key)
        if found is None:
            field = self._field(leaf)
            weights = self._part_weights(field, leaf.part)
            parts = part_table(weights, field.book, field.length_classes)
            scores = saturated(parts, self._ranking)
            found = self._tables[key] = np.concatenate([[0.0], scores])
        return found

    def block_maxima(self, leaf: TermLeaf, found: TermList) -> tuple[Floats, float]:
        """Return the highest such score in each block of 128 postings of a term, and in all."""
        maxima = found.maxima.get(self._ranking)
        if maxima is None:
            scores = self.table(leaf)[found.codes]
            highest = np.maximum.reduceat(scores, np.arange(0, len(scores), BLOCK))
            maxima = found.maxima[self._ranking] = (highest, float(highest.max()))
        return maxima

    def _field(self, leaf: TermLeaf | PlacedLeaf) -> CollectionField:
        field = self._collection.field(leaf.field)
        if field is None:
            raise KeyError(leaf.field)  # nobody scores what no article has
        return field

    def _part_weights(self, field: CollectionField, part: int | None) -> PartWeights:
        if field.name != TEXT:  # names, whose lengths do not count
            return PartWeights(weights=(1.0,), averages=(1.0,), b=0.0)
        weights = (self._ranking.title_weight, 1.0)
        kept = tuple(weight if part in {None, at} else 0.0 for at, weight in enumerate(weights))
        return PartWeights(weights=kept, averages=field.averages, b=self._ranking.b)
