"""The pieces of many texts to numbers, all at once: two hash tables in NumPy.

Strategy: the texts stand in one row of bytes. Where their words begin and end is where bytes
above the space meet others; the first sixteen bytes of a word are two numbers, and these lead to
one slot of a small table, which stays in the caches of the processor and has most words, since
those that come first are the frequent ones; and, where another word has that slot, to one of a
large table. What is in neither is asked of a dictionary, in Python, one by one, and put into a slot
that is free: of news that is one word in sixty.

Rule 1: A slot holds a word's bytes as a whole, so what is found there is always right. Words of
    more than sixteen bytes are always asked for.
Rule 2: A slot is never given to another word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Integers, Numbers

__all__ = ["OTHER", "FoundPieces", "WordTable"]

# Stands for a piece that is not one word, until its words are put in.
OTHER = 2**32 - 1

Words = npt.NDArray[np.uint64]

FIRST_BITS = 15  # 640 KB; of 14 to 16, none takes less time
SECOND_BITS = 17
HALF = 8
LONGEST = 2 * HALF
TOO_LONG = (0, 1)
HASH_BITS = 64
SPACE = ord(" ")
END = ord("\n")  # of a text; in `index.text.spaced` there is none
# Any odd numbers with many bits set; these are from the golden ratio and from xxHash.
LOW_FACTOR, HIGH_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
FIRST_BYTES = np.array([(1 << 8 * size) - 1 for size in range(HALF + 1)], dtype=np.uint64)


class FoundPieces(NamedTuple):
    """The pieces of some texts.

    Attributes:
        numbers: Of the pieces, `OTHER` where that is what the dictionary said.
        counts: Pieces of each text.
        others: Where the `OTHER` are, ascending, and what pieces they are.
    """

    numbers: Numbers
    counts: Integers
    others: dict[int, bytes]


class WordTable:
    """Numbers of words by their bytes.

    Args:
        number_of: Asked for the number of a piece that is not in the table.
    """

    def __init__(self, number_of: Callable[[bytes], int]) -> None:
        self._number_of = number_of
        self._first = _Slots(FIRST_BITS, skipped_bits=0)
        self._second = _Slots(SECOND_BITS, skipped_bits=FIRST_BITS)

    def find(self, texts: Sequence[bytes]) -> FoundPieces:
        """Return the numbers of the pieces of texts, each as `index.text.spaced` gives it."""
        row = b"\n".join([b"", *texts, bytes(LONGEST)])  # what follows may be read, and is no word
        starts, sizes, ends = _words(np.frombuffer(row, np.uint8))
        words = _halves(row, starts, sizes)
        numbers, missing = self._first.find(words)
        numbers[missing], left = self._second.find(words.some(missing))
        asked = missing[left]
        spans = zip(starts[asked].tolist(), (starts + sizes)[asked].tolist(), strict=True)
        pieces = [row[start:end] for start, end in spans]
        answers = np.fromiter(map(self._number_of, pieces), np.uint32, len(pieces))
        numbers[asked] = answers
        new = self._first.put(words, numbers, asked[answers != OTHER])
        self._second.put(words, numbers, new)
        others = np.flatnonzero(answers == OTHER).tolist()
        return FoundPieces(
            numbers=numbers,
            counts=np.diff(np.searchsorted(starts, ends)),
            others={int(asked[at]): pieces[at] for at in others},
        )


class _Halves(NamedTuple):
    """Words as two numbers: of their first eight bytes and of the next eight, zeros behind.

    A word that is longer is `TOO_LONG`, which no slot holds.
    """

    low: Words
    high: Words

    def some(self, at: Integers) -> _Halves:
        """Return some of the words."""
        return _Halves(self.low.take(at), self.high.take(at))


class _Slots:
    """A table with one slot for a word.

    Args:
        bits: There are two to the power of it.
        skipped_bits: Bits of a hash that another table uses.
    """

    def __init__(self, bits: int, skipped_bits: int) -> None:
        self._mask = np.uint64((1 << bits) - 1)
        self._shift = np.uint64(HASH_BITS - skipped_bits - bits)
        self._low: Words = np.zeros(1 << bits, dtype=np.uint64)  # 0: the slot is free
        self._high: Words = np.zeros(1 << bits, dtype=np.uint64)
        self._numbers = np.zeros(1 << bits, dtype=np.uint32)

    def find(self, words: _Halves) -> tuple[Numbers, Integers]:
        """Return the numbers of words, and which of them are not there: their numbers are any."""
        slots = self._slots(words)
        is_there = self._low.take(slots) == words.low
        is_there &= self._high.take(slots) == words.high
        return self._numbers.take(slots), np.flatnonzero(~is_there)

    def put(self, words: _Halves, numbers: Numbers, new: Integers) -> Integers:
        """Put in those words that are new; return which of them have no slot here.

        Of several that want one slot the last gets it.
        """
        new = new[words.low[new] != TOO_LONG[0]]
        slots = self._slots(words.some(new))
        is_free = self._low[slots] == 0
        chosen, free = new[is_free], slots[is_free]
        self._low[free] = words.low[chosen]
        self._high[free] = words.high[chosen]
        self._numbers[free] = numbers[chosen]
        left: Integers = new[~is_free]
        return left

    def _slots(self, words: _Halves) -> Integers:
        mixed = (words.low * LOW_FACTOR) ^ (words.high * HIGH_FACTOR)
        mixed = (mixed ^ (mixed >> np.uint64(29))) * LOW_FACTOR
        slots: Integers = (mixed >> self._shift & self._mask).view(np.int64)
        return slots


def _words(row: npt.NDArray[np.uint8]) -> tuple[Integers, Integers, Integers]:
    """Return where words begin, their bytes, and where texts end; the first end is before all."""
    is_word = row > SPACE
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts = edges[0::2] + 1
    return starts, edges[1::2] + 1 - starts, np.flatnonzero(row == END)


def _halves(row: bytes, starts: Integers, sizes: Integers) -> _Halves:
    eights: Words = np.ndarray((len(row) - HALF + 1,), "<u8", row, 0, (1,))  # from each byte on
    low = eights[starts] & FIRST_BYTES.take(sizes, mode="clip")
    high = np.zeros_like(low)
    longer = np.flatnonzero(sizes > HALF)
    masks = FIRST_BYTES.take(sizes[longer] - HALF, mode="clip")
    high[longer] = eights[starts[longer] + HALF] & masks
    too_long = longer[sizes[longer] > LONGEST]
    low[too_long], high[too_long] = TOO_LONG
    return _Halves(low, high)
