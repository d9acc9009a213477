"""Which terms are within a few edits of a word.

Strategy: terms are shelved by their length in code points, each with a signature of 64 bits: which
of 32 groups of characters it has, and which it has twice. An edit changes two bits of it at most,
so one pass over the signatures of the lengths in question leaves few terms, whose distance is
then computed for all at once, row by row of the table of Levenshtein (1966), in a band as wide
as the edits allow. A change of places changes no bit.

Memory, kept with the dictionary: 13 bytes a term, beside `searcher.engines.whoosh.spelling`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.codec.arrays import Array
from index.codec.dictionary import TermDictionary
from searcher.engines.whoosh.spelling import Spelling, merged, portions, spellings
from searcher.errors import SearchError

__all__ = ["MAX_EDITS", "fuzzy"]

# More find most words of any language, and the work grows with it.
MAX_EDITS = 10
GROUPS = 32
SIGNED = 255  # characters of a term that its signature is of
TABLE_CELLS = 1 << 20  # of all terms that are measured at once
FAR = 10_000


def fuzzy(
    dictionary: TermDictionary,
    word: str,
    max_distance: int,
    prefix_length: int = 0,
) -> Array:
    """Return the numbers of the terms within a distance of a word.

    Args:
        dictionary: The terms.
        word: What they should be like.
        max_distance: Characters inserted, deleted or replaced, or neighbours that changed places,
            at most ("optimal string alignment": nothing is edited twice).
        prefix_length: So many characters at the beginning must be those of the word.

    Returns:
        Shape (terms found,), uint32, ascending.

    Raises:
        SearchError: The distance is more than `MAX_EDITS`.
    """
    if not 0 <= max_distance <= MAX_EDITS:
        raise SearchError(f"a word can be searched with 0 to {MAX_EDITS} edits, not {max_distance}")
    first, last = dictionary.prefix(word[:prefix_length].encode("utf-8", "surrogatepass"))
    if first == last:
        return np.empty(0, np.uint32)
    parts = []
    for shelf in dictionary.derived(_shelves):
        likely = _likely(shelf, word, max_distance, shelf.spelling.rows(first, last))
        if likely.size:
            edits = _Edits(word, max_distance)
            rows = shelf.order[likely[edits.suffice(shelf, likely)]]
            parts.append(shelf.spelling.numbers[np.sort(rows)])
    return merged(parts)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The terms of one spelling, by length in code points.

    Attributes:
        spelling: What the rows below are of.
        order: Rows by length, then number: shape (terms,), uint32.
        lengths: In this order; the narrowest unsigned dtype.
        begins: Where terms of each length begin in this order, and one more: where all end.
        signatures: In this order, uint64: groups that occur, above them those that do twice.
    """

    spelling: Spelling
    order: Array
    lengths: Array
    begins: tuple[int, ...]
    signatures: Array


def _shelves(dictionary: TermDictionary) -> tuple[_Shelf, ...]:
    return tuple(map(_shelf, dictionary.derived(spellings)))


def _shelf(spelling: Spelling) -> _Shelf:
    lengths = spelling.stops - spelling.starts
    lengths = lengths.astype(np.min_scalar_type(lengths.max()))
    order = np.argsort(lengths, kind="stable").astype(np.uint32)
    lengths, begins = lengths[order], spelling.starts[order].astype(np.int64)
    signatures: Array = np.zeros(len(order), np.uint64)
    for low, high in portions(0, len(order)):
        signatures[low:high] = _signatures(spelling.codes, begins[low:high], lengths[low:high])
    longest = int(lengths[-1])
    every_length = np.arange(longest + 2, dtype=np.int64)
    begins_of_lengths = tuple(np.searchsorted(lengths.astype(np.int64), every_length).tolist())
    return _Shelf(spelling, order, lengths, begins_of_lengths, signatures)


def _signatures(codes: Array, begins: Array, lengths: Array) -> Array:
    """Return the signatures of some terms, which are ascending by length."""
    once: Array = np.zeros(len(begins), np.uint32)
    twice = np.zeros_like(once)
    for step in range(min(int(lengths[-1]), SIGNED)):
        low = int(np.searchsorted(lengths, step, "right"))  # those that are longer
        # The letters of most scripts are in different groups.
        group = codes[begins[low:] + step] & (GROUPS - 1)
        bit = np.uint32(1) << group.astype(np.uint32)
        twice[low:] |= once[low:] & bit
        once[low:] |= bit
    return once.astype(np.uint64) | twice.astype(np.uint64) << np.uint64(GROUPS)


def _signature(word: str) -> np.uint64:
    groups = [ord(character) & (GROUPS - 1) for character in word]
    once = sum(1 << group for group in set(groups))
    twice = sum(1 << group for group in set(groups) if groups.count(group) > 1)
    return np.uint64(once | twice << GROUPS)


def _likely(shelf: _Shelf, word: str, max_distance: int, rows: tuple[int, int]) -> Array:
    """Return the places on a shelf of the terms that can be near, by length and signature."""
    signature = _signature(word)
    longest = min(len(word) + max_distance, int(shelf.lengths[-1]))
    parts = [np.empty(0, np.int64)]
    for length in range(max(len(word) - max_distance, 0), longest + 1):
        low, high = shelf.begins[length], shelf.begins[length + 1]
        # Of another type, they would have NumPy convert the whole array.
        within = shelf.order[low:high].searchsorted(np.array(rows, dtype=shelf.order.dtype))
        low, high = low + int(within[0]), low + int(within[1])
        # A replaced character changes two bits, an inserted or deleted one only one.
        bits = 2 * max_distance - abs(length - len(word))
        if max(length, len(word)) > SIGNED:
            parts.append(np.arange(low, high))
        elif low < high:
            differing = np.bitwise_count(shelf.signatures[low:high] ^ signature)
            parts.append(np.flatnonzero(differing <= bits) + low)
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class _Edits:
    """The table of edit distances between a word and the beginnings of many terms at once.

    A row of the table is a beginning of the word. Of its columns only the band of those is kept
    where as many characters of the term were read, up to `most` more or fewer. The cells hold the
    distance minus their place in the band: so the step to the right (a character inserted) is the
    lowest cell so far, in one call for the whole row.
    """

    word: str
    most: int

    def suffice(self, shelf: _Shelf, places: Array) -> Array:
        """Return which of the terms at these places on a shelf are near: shape (places,), bool."""
        near: Array = np.zeros(len(places), np.bool_)
        step = max(TABLE_CELLS // (len(self.word) + 2 * self.most + 1), 1)
        for start in range(0, len(places), step):
            chosen = places[start : start + step]
            begins = shelf.spelling.starts[shelf.order[chosen]].astype(np.int64)
            measure = self._one_off if self.most == 1 else self._near
            near[start : start + step] = measure(
                shelf.spelling.codes, begins, shelf.lengths[chosen].astype(np.int64)
            )
        return near

    def _one_off(self, codes: Array, begins: Array, lengths: Array) -> Array:
        """Return which are one edit away: before it and behind it they are as the word is."""
        word = np.array([*map(ord, self.word)], np.uint32)
        steps = np.arange(len(word))[:, np.newaxis]
        before = codes.take(begins + steps, mode="clip") == word[:, np.newaxis]
        behind = codes.take(begins + lengths - 1 - steps, mode="clip") == word[::-1, np.newaxis]
        runs = [np.logical_and.accumulate(each, axis=0).sum(axis=0) for each in (before, behind)]
        head, tail = (np.minimum(run, lengths) for run in runs)  # beyond a term another is read
        near: Array = head + tail >= np.maximum(lengths, len(word)) - 1
        two_left = np.flatnonzero((lengths == len(word)) & (head + tail == len(word) - 2))
        at = head[two_left]
        first, second = (codes[begins[two_left] + at + step] for step in (0, 1))
        near[two_left] = (first == word[at + 1]) & (second == word[at])
        return near

    def _near(self, codes: Array, begins: Array, lengths: Array) -> Array:
        width = 2 * self.most + 1
        steps = np.arange(-self.most, len(self.word) + self.most)
        # What is read beyond the ends of a term only changes cells that none inside depends on.
        letters = codes.take(begins + steps[:, np.newaxis], mode="clip")
        dtype = np.int16 if len(self.word) < FAR else np.int32
        row: Array = np.zeros((width, len(begins)), dtype)
        row[: self.most] = FAR
        before = row
        for at, code in enumerate(map(ord, self.word)):
            differs = letters[at : at + width] != code
            after = row + differs
            np.minimum(after[:-1], row[1:] + 2, out=after[:-1])
            if at:
                swapped = (letters[at - 1 : at - 1 + width] == code) & (
                    letters[at : at + width] == ord(self.word[at - 1])
                )
                np.minimum(after, before + 1, out=after, where=swapped)
            np.minimum.accumulate(after, axis=0, out=after)
            before, row = row, after
        place = lengths - len(self.word) + self.most
        return np.asarray(row[place, np.arange(len(begins))] + place <= 2 * self.most)
