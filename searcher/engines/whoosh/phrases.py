"""Phrases: words in order, close together, from positions.

Strategy: a place is one number: the article above `POSITION_BITS`, below them the position
and, as the highest bit, the part of the text. Places of a word are ascending.
From each place of the first word the nearest place behind it of the next is looked up, and
so on; where the last lies near enough and in the same text, an occurrence begins. Taking
the nearest each time ends as early as any choice could.

Rule 1: An occurrence lies in one part of the text.
Rule 2: At most slop - 1 words stand between the first and the last beside those of the
    phrase (Whoosh's slop of 1: none).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from index.codec.blocks import Integers, Numbers, ranges
from index.codec.field import distinct
from index.text import begins_pairs
from searcher.engines.whoosh.collection import (
    NO_ARTICLES,
    SECOND_PART,
    CollectionField,
    TermList,
    looked_up,
    places_of,
)

__all__ = ["NOWHERE", "Occurrences", "Phrase", "phrase_lists", "phrase_occurrences"]

POSITION_BITS = 32
MAX_POSITION = int(SECOND_PART) - 1
NO_PLACES = np.zeros(0, dtype=np.int64)


class Phrase(Protocol):
    """What to look for: terms in order, in one part of the text where asked, and how close."""

    @property
    def words(self) -> tuple[bytes, ...]:
        """The terms."""
        ...

    @property
    def part(self) -> int | None:
        """The part of the text; None: any."""
        ...

    @property
    def slop(self) -> int:
        """Words that may stand between the first and the last, and one."""
        ...


class Occurrences(NamedTuple):
    """Where a phrase stands.

    Attributes:
        docs: Articles that have it, ascending; uint32.
        counts: Places where it begins, in each part; shape (docs, parts).
        classes: Length class of each article.
    """

    docs: Numbers
    counts: Numbers
    classes: Numbers


NOWHERE = Occurrences(NO_ARTICLES, np.zeros((0, 1), dtype=np.uint32), NO_ARTICLES)


def phrase_lists(field: CollectionField, words: Sequence[bytes], part: int | None) -> list[Numbers]:
    """Return for each word of a phrase the articles that have it, in one part where asked.

    The last word may stand for all terms that begin with it.
    """
    *others, last = words
    lists = [field.term(word, part).docs for word in others]
    if not _begins_pairs(last):
        return [*lists, field.term(last, part).docs]
    return [*lists, field.with_terms(lambda terms: np.arange(*terms.prefix(last)), part)]


def _begins_pairs(word: bytes) -> bool:
    # A lone character at the end stands for all that it begins: a text that goes on there
    # without a space has it as the first of a pair.
    return begins_pairs(word.decode("utf-8", "replace"))


def phrase_occurrences(field: CollectionField, phrase: Phrase) -> Occurrences:
    """Return where a phrase stands."""
    *words, last = [[word] for word in phrase.words]
    if _begins_pairs(last[0]):
        last = field.terms_from(last[0])
    found = [_having(field, each) for each in (*words, last)]
    docs = min((each.docs for each in found), key=len)
    for each in sorted(found, key=lambda each: len(each.docs)):
        docs = each.among(docs)
    if phrase.slop > 1:
        begins = _beginnings([each.places(field, docs) for each in found], phrase.slop)
    else:
        docs, begins = _adjacent(field, found, docs)
    texts = (begins >> POSITION_BITS) * field.parts + ((begins & int(SECOND_PART)) > 0)
    of_texts = np.bincount(texts, minlength=len(docs) * field.parts)
    counts = of_texts.astype(np.uint32).reshape(-1, field.parts)
    if phrase.part is not None:
        counts[:, [at for at in range(field.parts) if at != phrase.part]] = 0
    having = np.flatnonzero(counts.any(axis=1))
    docs = docs[having]
    return Occurrences(docs, counts[having], found[0].classes(field, docs))


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a phrase: any of several terms.

    Attributes:
        terms: The terms.
        lists: The articles that have each.
        docs: Those that have any, ascending.
    """

    terms: Sequence[bytes]
    lists: Sequence[TermList]
    docs: Numbers

    def among(self, docs: Numbers) -> Numbers:
        """Return which of some articles have the word."""
        if docs is self.docs:
            return docs
        if len(self.lists) == 1 and (dense := self.lists[0].dense()) is not None:
            return docs[dense[docs] > 0]
        return docs[looked_up(self.docs, docs)[1]]

    def places(self, field: CollectionField, docs: Numbers) -> Integers:
        """Return the places of the word in some articles that have it; ascending."""
        if len(self.terms) == 1:
            return _places(field, self.terms[0], self.lists[0], docs, np.arange(len(docs)))
        found = [NO_PLACES]
        for term, each in zip(self.terms, self.lists, strict=True):
            having = np.flatnonzero(looked_up(each.docs, docs)[1])
            found.append(_places(field, term, each, docs[having], having))
        return np.sort(np.concatenate(found))

    def classes(self, field: CollectionField, docs: Numbers) -> Numbers:
        """Return the length classes of some articles that have the word, which is one term."""
        (found,) = self.lists
        codes = found.codes[places_of(found.docs, docs)].astype(np.uint32)
        return (codes - np.uint32(1)) % np.uint32(len(field.length_classes))


def _having(field: CollectionField, terms: Sequence[bytes]) -> _Word:
    lists = [field.term(term) for term in terms]
    if len(lists) == 1:
        return _Word(terms, lists, lists[0].docs)
    docs = [NO_ARTICLES, *(each.docs for each in lists)]
    return _Word(terms, lists, distinct(docs, int(max(each.max(initial=0) for each in docs)) + 1))


def _places(
    field: CollectionField, term: bytes, found: TermList, docs: Numbers, having: Integers
) -> Integers:
    """Return the places of a term in articles that have it.

    Args:
        field: The field.
        term: The term.
        found: The articles that have it.
        docs: Some of them, ascending.
        having: What the articles are numbered in the places.
    """
    slots = places_of(found.docs, docs)
    positions = field.positions(term)
    begins = positions.starts[slots].astype(np.int64)
    lengths = positions.starts[slots + 1] - begins
    places: Integers = np.repeat(having << POSITION_BITS, lengths)
    places += positions.flat[ranges(begins, lengths)]
    return places


def _adjacent(
    field: CollectionField, words: Sequence[_Word], docs: Numbers
) -> tuple[Numbers, Integers]:
    """Return the articles in which words may stand one right behind the other, and where.

    The rarest words come first: of the others, only articles that are left are looked at.
    """
    begins: Integers | None = None
    for at, word in sorted(enumerate(words), key=lambda pair: len(pair[1].docs)):
        places = word.places(field, docs)
        places = places[(places & MAX_POSITION) >= at] - at
        if begins is not None:
            places = places[looked_up(begins, places)[1]]
        kept = places >> POSITION_BITS
        is_new = np.diff(kept, prepend=-1) > 0
        docs = docs[kept[is_new]]
        begins = places + ((np.cumsum(is_new) - 1 - kept) << POSITION_BITS)
    return docs, NO_PLACES if begins is None else begins


def _beginnings(places: Sequence[Integers], slop: int) -> Integers:
    first, *others = places
    at = first
    for following in others:
        slots = following.searchsorted(at, side="right")
        there = slots < len(following)
        first, at = first[there], following[slots[there]]
    # A nearest place in a later text is farther away than any slop.
    near = at - first <= len(places) - 1 + max(slop - 1, 0)
    return first[near]
