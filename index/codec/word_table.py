"""The pieces of many texts to numbers, all at once: a hash table in NumPy.

Strategy: the texts stand in one row of bytes. Where their words begin and end is where bytes
above the space meet others; the first sixteen bytes of a word are two numbers, and these lead to
one slot of a table. What is not in its slot is asked of a dictionary, in Python, one by one, and
put into the slot if that is free: of news that is one word in fifty.

Rule 1: A slot holds a word's bytes as a whole, so what is found there is always right. Words of
    more than sixteen bytes are always asked for.
Rule 2: A slot is never given to another word. Those that come first are the frequent ones.
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

SLOT_BITS = 17  # 2.6 MB; with twice as many, half as many are asked for, and it takes as long
HALF = 8
LONGEST = 2 * HALF
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
        self._low: Words = np.zeros(1 << SLOT_BITS, dtype=np.uint64)  # 0: the slot is free
        self._high: Words = np.zeros(1 << SLOT_BITS, dtype=np.uint64)
        self._numbers = np.zeros(1 << SLOT_BITS, dtype=np.uint32)

    def find(self, texts: Sequence[bytes]) -> FoundPieces:
        """Return the numbers of the pieces of texts, each as `index.text.spaced` gives it."""
        row = b"\n".join([b"", *texts, bytes(LONGEST)])  # what follows may be read, and is no word
        starts, sizes, ends = _words(np.frombuffer(row, np.uint8))
        low, high = _halves(row, starts, sizes)
        slots = _slots(low, high)
        is_there = (self._low.take(slots) == low) & (self._high.take(slots) == high)
        is_there &= sizes <= LONGEST
        numbers = self._numbers.take(slots)
        asked = np.flatnonzero(~is_there)
        spans = zip(starts[asked].tolist(), (starts + sizes)[asked].tolist(), strict=True)
        pieces = [row[start:end] for start, end in spans]
        answers = np.fromiter(map(self._number_of, pieces), np.uint32, len(pieces))
        numbers[asked] = answers
        is_new = (sizes[asked] <= LONGEST) & (answers != OTHER) & (self._low[slots[asked]] == 0)
        new = asked[is_new]
        # Where several want one slot, the last gets it, of all three arrays.
        self._low[slots[new]] = low[new]
        self._high[slots[new]] = high[new]
        self._numbers[slots[new]] = numbers[new]
        others = np.flatnonzero(answers == OTHER).tolist()
        return FoundPieces(
            numbers=numbers,
            counts=np.diff(np.searchsorted(starts, ends)),
            others={int(asked[at]): pieces[at] for at in others},
        )


def _words(row: npt.NDArray[np.uint8]) -> tuple[Integers, Integers, Integers]:
    """Return where words begin, their bytes, and where texts end; the first end is before all."""
    is_word = row > SPACE
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts = edges[0::2] + 1
    return starts, edges[1::2] + 1 - starts, np.flatnonzero(row == END)


def _halves(row: bytes, starts: Integers, sizes: Integers) -> tuple[Words, Words]:
    """Return the first eight bytes of each word and the next eight, as numbers, zeros behind."""
    eights: Words = np.ndarray((len(row) - HALF + 1,), "<u8", row, 0, (1,))  # from each byte on
    low = eights[starts] & FIRST_BYTES.take(sizes, mode="clip")
    high = np.zeros_like(low)
    longer = np.flatnonzero(sizes > HALF)
    masks = FIRST_BYTES.take(sizes[longer] - HALF, mode="clip")
    high[longer] = eights[starts[longer] + HALF] & masks
    return low, high


def _slots(low: Words, high: Words) -> Integers:
    mixed = (low * LOW_FACTOR) ^ (high * HIGH_FACTOR)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * LOW_FACTOR
    slots: Integers = (mixed >> np.uint64(64 - SLOT_BITS)).astype(np.int64)
    return slots
