"""The leaves of a plan: terms, values, patterns, ranges and phrases."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.codec import Segment
from index.codec.blocks import Numbers
from index.codec.dictionary import TermDictionary
from index.codec.field import distinct
from index.schema import TEXT_FIELDS
from index.text import tokens
from searcher.engines.whoosh.collection import NO_ARTICLES, Collection, looked_up
from searcher.engines.whoosh.expand import expand
from searcher.engines.whoosh.fields import text_part, written_part
from searcher.engines.whoosh.near import Rows
from searcher.engines.whoosh.nodes import Floats, Mask, Node
from searcher.engines.whoosh.phrases import Occurrences
from searcher.engines.whoosh.rank import inverse_frequency, saturated
from searcher.errors import SearchError
from searcher.tree import Word

if TYPE_CHECKING:
    from searcher.engines.whoosh.evaluate import Search

__all__ = [
    "AnyKeyLeaf",
    "KeyLeaf",
    "MomentRange",
    "NearLeaf",
    "PatternLeaf",
    "PhraseLeaf",
    "PlacedLeaf",
    "RangeLeaf",
    "TermLeaf",
]

# Texts that are read to answer for one part what the index knows of both: some seconds.
MAX_TEXTS = 5_000

Terms = npt.NDArray[np.integer]
Choice = Callable[[TermDictionary], Terms]


class TermLeaf(Node):
    """A term of a field with frequencies, scored by BM25F.

    Args:
        field: An inverted field.
        part: The part of the text it must stand in; None: any.
        term: The term.
    """

    same_score = None

    def __init__(self, field: str, part: int | None, term: bytes) -> None:
        self.field = field
        self.part = part
        self.term = term

    def matches(self, search: Search) -> Numbers:
        """Return the articles that have the term."""
        return search.term(self).docs

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which have the term."""
        dense = search.term(self).dense()
        return Node.mask(self, search, docs) if dense is None else dense.take(docs) > 0

    def narrowed(self, search: Search, docs: Numbers) -> Numbers:
        """Return those that have the term; what it says of them is kept for their scores."""
        codes = search.term(self).codes_of(docs)
        there = (codes != 0).nonzero()[0]  # of truth values it is found three times as fast
        docs = docs.take(there)
        search.keep_codes(self, docs, codes.take(there))
        return docs

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return BM25F scores."""
        if not len(search.term(self).docs):
            return np.zeros(len(docs))
        table, weight = search.statistics.table(self), search.statistics.weight(self)
        return table.take(search.codes(self, docs)) * weight


class KeyLeaf(Node):
    """A term of a field without frequencies; score 1."""

    def __init__(self, field: str, term: bytes) -> None:
        self.field = field
        self.term = term

    def matches(self, search: Search) -> Numbers:
        """Return the articles that have the value."""
        if written_part(self.field) is None:
            field = search.collection.field(self.field)
            return NO_ARTICLES if field is None else field.term(self.term).docs
        return _with_terms(
            search.collection, self.field, lambda terms: _only(terms.find(self.term))
        )


class AnyKeyLeaf(Node):
    """Any of many terms of a field of which each article has one; score 1."""

    def __init__(self, field: str, terms: frozenset[bytes]) -> None:
        self.field = field
        self.terms = terms

    def matches(self, search: Search) -> Numbers:
        """Return the articles that have any of the values."""
        return _with_terms(
            search.collection,
            self.field,
            lambda terms: np.array(terms.find_all(self.terms), dtype=np.int64),
        )


class PatternLeaf(Node):
    """Any of the terms that a prefix, wildcard, fuzzy word or regular expression finds; score 1.

    Args:
        field: The field, as queries name it.
        query: The leaf of the query tree.
    """

    def __init__(self, field: str, query: Word) -> None:
        self.field = field
        self.query = query

    def matches(self, search: Search) -> Numbers:
        """Return the articles that have any of the terms."""
        counted = 0

        def choose(terms: TermDictionary) -> Terms:
            nonlocal counted
            chosen = expand(terms, self.query)
            counted += len(chosen)
            search.count_words(len(chosen), self.query.text)
            return chosen

        def find() -> tuple[Numbers, Terms]:
            docs = _with_terms(search.collection, self.field, choose)
            return docs, np.array([counted])

        docs, words = search.collection.cache.get(self, find)
        if not counted:  # found before: it counts all the same
            search.count_words(int(words[0]), self.query.text)
        return docs

    def size(self, search: Search) -> int:
        """Return all: the list is made whole in any case, but late is better."""
        return search.collection.size


class RangeLeaf(Node):
    """Any term of a field within a range; score 1.

    Args:
        field: The field, as queries name it.
        low: First term; None: from the beginning.
        high: Last term; None: to the end.
        without_low: Leave the first term itself out.
        without_high: Leave the last term itself out.
    """

    def __init__(
        self,
        field: str,
        low: bytes | None,
        high: bytes | None,
        *,
        without_low: bool,
        without_high: bool,
    ) -> None:
        self.field = field
        self.low = low
        self.high = high
        self.without_low = without_low
        self.without_high = without_high

    def matches(self, search: Search) -> Numbers:
        """Return the articles that have any of the terms."""
        collection = search.collection
        found = collection.cache.get(
            self, lambda: (_with_terms(collection, self.field, self._chosen),)
        )
        return found[0]

    def _chosen(self, terms: TermDictionary) -> Terms:
        first, last = terms.range(self.low, self.high)
        if self.without_low and first < last and terms[first] == self.low:
            first += 1
        if self.without_high and first < last and terms[last - 1] == self.high:
            last -= 1
        return np.arange(first, last)

    def size(self, search: Search) -> int:
        """Return all: the list is made whole in any case, but late is better."""
        return search.collection.size


class MomentRange(Node):
    """Articles published within a range of time; score 1.

    Args:
        first: Microseconds since 1970 on the publisher's clock.
        last: The same; itself included.
    """

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which were published then; a missing time is less than any."""
        moments = search.collection.moments[docs]
        inside: Mask = (moments >= self.first) & (moments <= self.last)
        return inside

    def size(self, search: Search) -> int:
        """Return more than all."""
        return search.collection.size + 1


class PlacedLeaf(Node):
    """What stands in some places, scored like one term that occurs wherever it begins.

    Args:
        field: An inverted field with positions.
        part: The part of the text it must stand in; None: any one part.
    """

    same_score = None

    def __init__(self, field: str, part: int | None) -> None:
        self.field = field
        self.part = part

    def found(self, search: Search) -> Occurrences:
        """Return where it stands."""
        raise NotImplementedError

    def weight(self, search: Search) -> float:
        """Return how much it tells articles apart."""
        raise NotImplementedError

    def matches(self, search: Search) -> Numbers:
        """Return the articles that have it."""
        return self.found(search).docs

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return BM25F scores."""
        found = self.found(search)
        if not len(found.docs):
            return np.zeros(len(docs))
        each = search.statistics.per_occurrence(self)[found.classes[found.rows], found.parts]
        parts = np.bincount(found.rows, weights=each).view(np.float64)
        own_scores = saturated(parts, search.ranking) * self.weight(search)
        if docs is found.docs:
            return own_scores
        scores = np.zeros(len(docs))
        slots, there = looked_up(found.docs, docs)
        scores[there] = own_scores[slots]
        return scores

    def size(self, search: Search) -> int:
        """Return all: the list is made whole in any case, but late is better."""
        return search.collection.size


class PhraseLeaf(PlacedLeaf):
    """Words in order.

    Args:
        words: The terms; the last of them may stand for all that begin with it.
        slop: Words that may stand between the first and the last, and one.
    """

    def __init__(self, field: str, part: int | None, words: tuple[bytes, ...], slop: int) -> None:
        super().__init__(field, part)
        self.words = words
        self.slop = slop

    def found(self, search: Search) -> Occurrences:
        """Return where the phrase begins."""
        return search.occurrences(self)

    def weight(self, search: Search) -> float:
        """Return how much its words tell articles apart, together."""
        return search.statistics.phrase_weight(self)


class NearLeaf(PlacedLeaf):
    """Two things near each other in any order, each any of several rows of terms.

    Args:
        sides: The rows of each.
        slop: Words that may stand between the two, and one.
    """

    def __init__(self, field: str, part: int | None, sides: tuple[Rows, Rows], slop: int) -> None:
        super().__init__(field, part)
        self.sides = sides
        self.slop = slop

    def found(self, search: Search) -> Occurrences:
        """Return the places of the first side that are near the second."""
        return search.closeness(self).found

    def weight(self, search: Search) -> float:
        """Return how much both sides tell articles apart, together."""
        count = search.collection.count
        return sum(inverse_frequency(count, having) for having in search.closeness(self).having)


def _only(term: int) -> Terms:
    return np.array([term] if term >= 0 else [], dtype=np.int64)


def _with_terms(collection: Collection, field: str, choose: Choice) -> Numbers:
    """Return the articles with any of the terms chosen from a field's dictionaries."""
    written = written_part(field)
    if written is not None:
        return _with_words(collection, choose, written[1])
    name, part = text_part(field)
    found = collection.field(name)
    return NO_ARTICLES if found is None else found.with_terms(choose, part)


def _with_words(collection: Collection, choose: Choice, part: int | None) -> Numbers:
    def find(segment: Segment) -> Numbers:
        words = segment.words
        chosen = np.zeros(0, dtype=np.int64) if words is None else choose(words.terms)
        if words is None or not len(chosen):
            return NO_ARTICLES
        if part is None:
            return words.documents_with(chosen)
        sure, maybe = words.documents_in_part(chosen, part)
        unknown = maybe[~looked_up(sure, maybe)[1]]
        if len(unknown) > MAX_TEXTS:
            raise SearchError(
                f"the {TEXT_FIELDS[part]} of {len(unknown):,} articles would have to be read for "
                "this pattern; leave the field out, or write more letters"
            )
        wanted = {words.terms[int(word)].decode() for word in chosen}
        stand = [doc for doc in unknown.tolist() if _stands(segment, doc, wanted, part)]
        return distinct([sure, np.array(stand, dtype=np.uint32)], segment.doc_count)

    return collection.by_segment(find)


def _stands(segment: Segment, doc: int, wanted: AbstractSet[str], part: int) -> bool:
    """Tell from the stored text whether any of the words stands in a part of it.

    The index knows in which parts a stem stands, and in which of its forms, but not which
    form stands where.
    """
    text = segment.stored[doc].get(TEXT_FIELDS[part], "")
    return any(token.term in wanted for token in tokens(text))
