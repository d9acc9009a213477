"""Phrases: words in order, close together, from the places where they stand.

Strategy: where the rarest word stands says where the phrase would begin, and of these places those
are kept where each other word stands as well, the rarer ones first. With words between allowed, the
nearest place of the next word is looked up from each place of the first, and so on; taking the
nearest each time ends as early as any choice could.

Rule 1: An occurrence lies in one part of the text.
Rule 2: At most slop - 1 words stand between the first and the last beside those of the
    phrase (Whoosh's slop of 1: none).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from index.codec.blocks import Integers, Numbers, changes
from index.codec.field import distinct
from index.text import begins_pairs
from searcher.engines.whoosh.collection import (
    NO_ARTICLES,
    CollectionField,
    looked_up,
)
from searcher.engines.whoosh.places import Places, TermPlaces, Texts

__all__ = [
    "NOWHERE",
    "Occurrences",
    "Phrase",
    "loose_begins",
    "occurrences_at",
    "phrase_lists",
    "phrase_occurrences",
    "row_begins",
]

NO_ROWS = np.zeros(0, dtype=np.int64)


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
        classes: Length class of each article.
        rows: For each place where it begins, the number of its article in `docs`.
        parts: The part of the text that place is in.
    """

    docs: Numbers
    classes: Numbers
    rows: Integers
    parts: Integers


NOWHERE = Occurrences(NO_ARTICLES, NO_ARTICLES, NO_ROWS, NO_ROWS)


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
    if phrase.slop > 1:
        begins = _near(field, _alternatives(field, phrase.words), phrase.slop)
    else:
        begins = row_begins(field, phrase.words)
    return occurrences_at(field, begins, phrase.part)


def row_begins(field: CollectionField, words: Sequence[bytes]) -> Places:
    """Return where terms stand one right behind the other: places of the first, ascending."""
    return _adjacent(field, _alternatives(field, words))


def _alternatives(field: CollectionField, words: Sequence[bytes]) -> list[list[bytes]]:
    """Return the terms that each word stands for; the last may stand for all it begins."""
    *others, last = words
    every = field.terms_from(last) if _begins_pairs(last) else [last]
    return [*([word] for word in others), every]


def occurrences_at(field: CollectionField, begins: Places, part: int | None) -> Occurrences:
    """Return what begins at some places, ascending, by article; in one part where asked."""
    texts = field.texts.of(begins)
    if part is not None:
        texts = texts[texts % field.parts == part]
    articles, parts = np.divmod(texts, field.parts)
    is_new = changes(articles)
    docs = articles[is_new].astype(np.uint32)
    return Occurrences(docs, field.class_of_articles.take(docs), is_new.cumsum() - 1, parts)


def _adjacent(field: CollectionField, words: Sequence[Sequence[bytes]]) -> Places:
    """Return where words, any of several terms each, stand one right behind the other."""
    found = [_places(field, terms) for terms in words]
    (first, rarest), *others = sorted(enumerate(found), key=lambda pair: len(pair[1].flat))
    kind = rarest.flat.dtype.type  # what it wraps around to is no place of the first word
    begins = rarest.flat - kind(first)
    for at, word in others:
        begins = begins[word.among(begins + kind(at))]
    return begins


def _places(field: CollectionField, terms: Sequence[bytes]) -> TermPlaces:
    if len(terms) == 1:
        return field.places(terms[0])
    every = [field.texts.starts[:0], *(field.places(term).flat for term in terms)]
    return TermPlaces(np.sort(np.concatenate(every)))


def _near(field: CollectionField, words: Sequence[Sequence[bytes]], slop: int) -> Places:
    """Return where words begin that stand in order with no more between than the slop allows."""
    lists = [[field.term(term).docs for term in terms] for terms in words]
    spans = field.texts.spans(_in_all([distinct(each, field.texts.articles) for each in lists]))
    first, *others = [_places(field, terms) for terms in words]
    return loose_begins(field.texts, first.between(spans), [each.flat for each in others], slop)


def loose_begins(texts: Texts, first: Places, others: Sequence[Places], slop: int) -> Places:
    """Return where words begin that stand in order with no more between than the slop allows.

    Args:
        texts: Of the field.
        first: Where the first word stands, in the articles that are looked at.
        others: Where each other one stands, in these at least.
        slop: Words that may stand between, and one.
    """
    at = first
    for following in others:
        if not len(following):
            return first[:0]
        behind = int(at.searchsorted(following[-1]))  # those of which some place is behind
        first, at = first[:behind], at[:behind]
        at = following.take(following.searchsorted(at, side="right"))
    near = (at - first <= len(others) + slop - 1).nonzero()[0]
    if len(near):  # mostly none
        near = near[texts.of(first.take(near)) == texts.of(at.take(near))]
    begins: Places = first.take(near)
    return begins


def _in_all(lists: Sequence[Numbers]) -> Numbers:
    docs, *others = sorted(lists, key=len)
    for other in others:
        docs = docs[looked_up(other, docs)[1]]
    return docs
