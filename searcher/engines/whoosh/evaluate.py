"""The evaluation of one query: what its nodes ask for, each thing found once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.codec.blocks import Numbers
from searcher.engines.whoosh.collection import NO_TERM, Collection, TermList
from searcher.engines.whoosh.fields import text_part, written_part
from searcher.engines.whoosh.leaves import NearLeaf, PhraseLeaf, TermLeaf
from searcher.engines.whoosh.near import NOT_NEAR, Closeness, near_occurrences
from searcher.engines.whoosh.nodes import Floats, Foreign, Mask, Node
from searcher.engines.whoosh.phrases import NOWHERE, Occurrences, phrase_occurrences
from searcher.engines.whoosh.statistics import Statistics
from searcher.errors import SearchError
from searcher.settings import RankingSettings

__all__ = ["Search"]

# What all patterns of a query stand for, in all segments: some seconds of reading their lists.
MAX_WORDS = 20_000


class Search:
    """What the nodes of one plan find; they must live as long as it.

    Args:
        collection: The articles.
        statistics: Of the articles, with the constants of the scores.
        ranking: The constants.
        ask_whoosh: Answers a `Foreign` node: articles, ascending, and their scores.
    """

    def __init__(
        self,
        collection: Collection,
        statistics: Statistics,
        ranking: RankingSettings,
        ask_whoosh: Callable[[Foreign], tuple[Numbers, Floats]],
    ) -> None:
        self.collection = collection
        self.statistics = statistics
        self.ranking = ranking
        self._ask_whoosh = ask_whoosh
        self._lists: dict[int, Numbers] = {}
        self._terms: dict[int, TermList] = {}
        self._codes: dict[int, tuple[Numbers, Numbers]] = {}
        self._phrases: dict[int, Occurrences] = {}
        self._closeness: dict[int, Closeness] = {}
        self._words = 0
        self._foreign: dict[int, tuple[Numbers, Floats]] = {}

    def matches(self, node: Node) -> Numbers:
        """Return the articles that a node matches, ascending; shape (matches,), uint32."""
        found = self._lists.get(id(node))
        if found is None:
            found = self._lists[id(node)] = node.matches(self)
        return found

    def only(self, node: Node, docs: Numbers, scores: Floats) -> Floats:
        """Return the scores of some articles, 0 where one does not match."""
        if self._lists.get(id(node)) is docs:  # they are the matches
            return scores
        return scores * node.mask(self, docs)

    def term(self, leaf: TermLeaf) -> TermList:
        """Return the list of a term."""
        found = self._terms.get(id(leaf))
        if found is None:
            field = self.collection.field(leaf.field)
            found = NO_TERM if field is None else field.term(leaf.term, leaf.part)
            self._terms[id(leaf)] = found
        return found

    def keep_codes(self, leaf: TermLeaf, docs: Numbers, codes: Numbers) -> None:
        """Keep the codes of a term in some articles, which are likely to be asked for again."""
        self._codes[id(leaf)] = docs, codes

    def codes(self, leaf: TermLeaf, docs: Numbers) -> Numbers:
        """Return the code of a term in each of some articles, 0 where one does not have it."""
        kept = self._codes.get(id(leaf))
        return kept[1] if kept and kept[0] is docs else self.term(leaf).codes_of(docs)

    def occurrences(self, leaf: PhraseLeaf) -> Occurrences:
        """Return where a phrase stands."""
        found = self._phrases.get(id(leaf))
        if found is None:
            field = self.collection.field(leaf.field)
            found = NOWHERE if field is None else phrase_occurrences(field, leaf)
            self._phrases[id(leaf)] = found
        return found

    def closeness(self, leaf: NearLeaf) -> Closeness:
        """Return where two things are near each other."""
        found = self._closeness.get(id(leaf))
        if found is None:
            field = self.collection.field(leaf.field)
            found = NOT_NEAR if field is None else near_occurrences(field, leaf)
            self._closeness[id(leaf)] = found
        return found

    def count_words(self, words: int, pattern: str) -> None:
        """Count words that patterns stand for, while they are not too many.

        Raises:
            SearchError: They are too many.
        """
        self._words += words
        if self._words > MAX_WORDS:
            raise SearchError(
                f"{pattern!r} stands for too many words: a search looks for at most "
                f"{MAX_WORDS:,} that are not written out; write more letters"
            )

    def foreign(self, node: Foreign) -> tuple[Numbers, Floats]:
        """Return what Whoosh answers."""
        found = self._foreign.get(id(node))
        if found is None:
            found = self._foreign[id(node)] = self._ask_whoosh(node)
        return found

    def having(self, field: str) -> Mask:
        """Return which articles have anything in a field; (articles,)."""
        name, part = written_part(field) or text_part(field)
        found = self.collection.field(name)
        if found is None:
            return np.zeros(self.collection.size, dtype=np.bool_)
        return found.having(part)
