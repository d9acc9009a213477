"""Collects a batch of documents field by field, and inverts it.

Strategy: while documents come, their values are appended to lists and arrays, one for each
field, and no more is done with them. Words become numbers by one dictionary lookup in C; the
names and keys of a batch, which repeat, are looked at once each when all have come. What is then
left are numbers, which are sorted and counted at once (`index.codec.invert_rows`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from index.codec.blocks import Integers, Numbers, changes, narrowed, ranges, starts_of
from index.codec.invert_rows import StemForms, Tokens, classified, posting_lists, stable_order
from index.codec.postings import Chunk, DocumentLengths, numbered_forms
from index.codec.terms import Terms, united
from index.codec.vocabulary import Vocabulary
from index.documents import Column
from index.schema import NAME_GAP
from index.text import name_terms

__all__ = ["Inverted", "KeyBatch", "TextBatch", "WordBatch", "inverted_keys"]


@dataclass(frozen=True, slots=True)
class Inverted:
    """A field of a batch.

    Attributes:
        chunks: All its posting lists, in the order of their terms.
        book: Occurrences in each part that each code stands for; (codes, parts).
        lengths: How long each document is; None: it does not count.
        words: Written words, sorted; None: the field keeps none.
        stems: For each written word the number of its stem among the chunks' terms.
    """

    chunks: Sequence[Chunk]
    book: Numbers
    lengths: DocumentLengths | None = None
    words: Terms | None = None
    stems: Numbers | None = None


class TextBatch:
    """Texts in two parts, to be inverted by the stems of their words.

    Args:
        vocabulary: Numbers words; it may know other words than those of this batch.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words: list[Numbers] = []
        self._lengths: list[Integers] = []
        self._count = 0

    def add(self, texts: Sequence[str]) -> int:
        """Take both parts of a document, both of the next ..., and return the first's number."""
        words, lengths = self._vocabulary.numbers(texts)
        self._words.append(words)
        self._lengths.append(lengths)
        first, self._count = self._count, self._count + len(texts) // 2
        return first

    def invert(self, numbers: Integers) -> Inverted | None:
        """Return the inverted field; None: there is no word in it.

        Args:
            numbers: Those of the texts of each document, -1 where it has none; the texts that
                are left out are not in it.
        """
        words = np.concatenate([np.zeros(0, dtype=np.uint32), *self._words])
        lengths = np.concatenate([np.zeros(0, dtype=np.int64), *self._lengths])
        self._words.clear()
        if not np.array_equal(numbers, np.arange(self._count)):
            words, lengths = _selected(words, lengths, numbers)
        if not len(words):
            return None
        forms = _Forms(self._vocabulary, np.bincount(words, minlength=len(self._vocabulary)))
        tokens = Tokens(
            ranks=forms.stem_ranks.take(words),
            owners=np.repeat(narrowed(np.arange(len(lengths))), lengths),
            starts=starts_of(lengths).astype(np.uint32),
            forms=forms.numbers.take(words),
        )
        chunks, book = posting_lists(forms.terms, tokens, 2, forms.of_stems)
        return Inverted(
            chunks=chunks,
            book=book,
            lengths=classified(lengths.astype(np.uint32).reshape(-1, 2)),
            words=forms.words,
            stems=forms.stems,
        )


def _selected(words: Numbers, lengths: Integers, numbers: Integers) -> tuple[Numbers, Integers]:
    """Return the words and lengths of the texts that documents have, in the documents' order."""
    lengths = np.append(lengths, (0, 0))  # of number -1
    parts = (2 * numbers[:, np.newaxis] + (0, 1)).ravel()
    sizes = lengths.take(parts, mode="wrap")
    starts = starts_of(lengths).take(parts, mode="wrap")
    return words.take(ranges(starts, sizes)), sizes


class _ColumnBatch:
    """Values of a field, and the documents that they are of."""

    def __init__(self) -> None:
        self._values: list[str] = []
        self._owners: list[Numbers] = []

    def add(self, first: int, column: Column) -> None:
        """Append the values of documents, of which the first is numbered so."""
        self._values.extend(column.values)
        self._owners.append(column.documents + np.uint32(first))


class WordBatch(_ColumnBatch):
    """Words of names, as written, to be inverted with their positions."""

    def invert(self, documents: int) -> Inverted | None:
        """Return the inverted field; None: there is no word in it.

        Args:
            documents: How many there are, also those without a name.
        """
        number = dict(zip(dict.fromkeys(self._values), count(), strict=False))
        words: dict[str, int] = {}
        of_names = [[words.setdefault(word, len(words)) for word in name_terms(n)] for n in number]
        if not words:
            return None
        names = np.fromiter(map(number.__getitem__, self._values), np.int64, len(self._values))
        name_sizes = np.fromiter(map(len, of_names), np.int64, len(of_names))
        sizes = name_sizes.take(names)
        flat = np.fromiter((word for own in of_names for word in own), np.uint32)
        terms, (rank,) = united([Terms.of([word.encode() for word in words])])
        owners = np.concatenate(self._owners)
        spots = starts_of(sizes + NAME_GAP)
        firsts = np.flatnonzero(changes(owners))
        starts = np.zeros(documents, dtype=np.uint32)
        starts[owners[firsts]] = spots[firsts]
        tokens = Tokens(
            ranks=rank.take(flat.take(ranges(starts_of(name_sizes).take(names), sizes))),
            owners=np.repeat(owners, sizes),
            starts=starts,
            places=ranges(spots, sizes).astype(np.uint32),
        )
        return Inverted(*posting_lists(terms, tokens, 1))


class KeyBatch(_ColumnBatch):
    """Whole values, found by documents' values and counted by documents."""

    def invert(self, documents: int) -> tuple[Chunk, Integers, Numbers]:
        """Return what `inverted_keys` does of the values."""
        distinct = [*dict.fromkeys(self._values)]
        terms, (ranks,) = united([Terms.of([key.encode("utf-8", "replace") for key in distinct])])
        if len(distinct) < len(self._values):
            place = dict(zip(distinct, count(), strict=False))
            places = map(place.__getitem__, self._values)
            ranks = ranks.take(np.fromiter(places, np.int64, len(self._values)))
        return inverted_keys(terms, ranks, np.concatenate(self._owners), documents)


def inverted_keys(
    terms: Terms, ranks: Numbers, owners: Numbers, documents: int
) -> tuple[Chunk, Integers, Numbers]:
    """Return the posting lists of values, and the values of each document.

    Args:
        terms: The distinct values, sorted.
        ranks: Values as numbers of terms, document by document.
        owners: The document of each, ascending.
        documents: How many there are.

    Returns:
        The lists; where the values of each document begin in the third, shape
        (documents + 1,); and the ranks.
    """
    docs = owners.take(stable_order(ranks, len(terms)))
    starts = np.searchsorted(owners, np.arange(documents + 1, dtype=np.uint32))
    return Chunk(terms, np.bincount(ranks, minlength=len(terms)), docs), starts, ranks


class _Forms:
    """The words that a batch uses, and their stems.

    Args:
        vocabulary: Numbers the words.
        uses: How often the batch has each.

    Attributes:
        terms: The stems, sorted.
        words: The words, sorted.
        stems: The number in `terms` of the stem of each of `words`.
        of_stems: Which of `words` each stem has.
        stem_ranks: The number in `terms` of the stem of each word, as the vocabulary numbers it.
        numbers: Which word of its stem each is, as the vocabulary numbers it.
    """

    def __init__(self, vocabulary: Vocabulary, uses: Integers) -> None:
        used = np.flatnonzero(uses)
        self.terms, ranks = _ranked_stems(vocabulary, used)
        self.words, (word_ranks,) = united([Terms.of(vocabulary.encoded(used.tolist()))])
        order = np.empty(len(used), dtype=np.int64)  # the used words, sorted
        order[word_ranks] = used
        self.stems = ranks[order]
        by_stem, counts, number = numbered_forms(self.stems, uses[order], len(self.terms))
        self.of_stems = StemForms(by_stem.astype(np.uint32), counts)
        numbers = np.zeros(len(uses), dtype=np.uint32)
        numbers[order] = number
        self.stem_ranks, self.numbers = narrowed(ranks), narrowed(numbers)


def _ranked_stems(vocabulary: Vocabulary, used: Integers) -> tuple[Terms, Numbers]:
    """Return the stems of the used words, sorted, and the rank of each word's stem."""
    stems, stem_of = vocabulary.stems, vocabulary.stem_of
    needed = np.flatnonzero(np.bincount(stem_of[used]))
    terms, (rank,) = united([Terms.of([stems[at].encode() for at in needed.tolist()])])
    ranks = np.zeros(len(stems), dtype=np.uint32)
    ranks[needed] = rank
    return terms, ranks[stem_of]
