"""The terms of a field: sorted, distinct strings of bytes, found by binary search in the file.

    <name>/terms       uint8: the terms in a row, in the order of their bytes
    <name>/term_ends   unsigned, one for each term: where it ends in that row

Strategy: opening reads nothing. A lookup bisects over the first terms of blocks of 64, each of
which is read when a search first passes it and kept, then in one block, whose numbers are checked
as they are read. So the first lookup in a million terms reads a dozen places of the file, the
later ones one, and what is kept is bounded: the first terms (one in 64) and the last answers.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TypeVar, cast

import numpy as np

from index.codec.arrays import Array, ArrayFile
from index.codec.blocks import narrowed
from index.codec.terms import Terms

__all__ = ["TermDictionary", "dictionary_arrays"]

T = TypeVar("T")

BLOCK = 64  # terms; fewer make the search over blocks longer, more the one inside
KEPT_ANSWERS = 4096  # a few hundred KB; the terms of queries repeat
READ_AT_ONCE = 8192  # terms that iteration has in memory
SCANNED = 64  # terms that are read one after the other in the time that it takes to find one


def dictionary_arrays(terms: Terms) -> tuple[Array, Array]:
    """Return the two arrays that hold a dictionary.

    Args:
        terms: Ascending and distinct.

    Returns:
        The bytes in a row, shape (bytes,), uint8; and where each term ends, shape (terms,), the
        narrowest unsigned dtype that holds them.
    """
    return terms.row, narrowed(np.cumsum(terms.sizes))


class TermDictionary:
    """The terms of one field of a segment, numbered in the order of their bytes.

    Any number of threads may read. All methods raise `ArchiveDamagedError`, which names the file,
    where its numbers cannot be.

    Args:
        file: The segment.
        name: Of the field, with which the names of both arrays begin.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._terms = f"{name}/terms"
        self._ends = f"{name}/term_ends"
        self._count = file.length(self._ends)
        self._firsts = _BlockFirsts(self)
        self._answers: dict[bytes, int] = {}
        self._offsets: Array | None = None
        self._derived: dict[Callable[[TermDictionary], object], object] = {}
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < self._count:
            raise IndexError(f"there is no term {number} of {self._count}")
        return self.slice(number, number + 1)[0]

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, self._count, READ_AT_ONCE):
            yield from self.slice(first, min(first + READ_AT_ONCE, self._count))

    def __contains__(self, term: object) -> bool:
        return isinstance(term, bytes) and self.find(term) >= 0

    def find(self, term: bytes) -> int:
        """Return the number of a term, or -1 if it is not there."""
        number = self._answers.get(term)
        if number is None:
            at, is_there = self._locate(term)
            number = at if is_there else -1
            if len(self._answers) >= KEPT_ANSWERS:
                self._answers.clear()
            self._answers[term] = number
        return number

    def find_all(self, terms: AbstractSet[bytes]) -> list[int]:
        """Return the numbers of those of the terms that are there, ascending."""
        if self._count > SCANNED * len(terms):
            return sorted(number for number in map(self.find, terms) if number >= 0)
        numbers: list[int] = []
        for first in range(0, self._count, READ_AT_ONCE):
            some = self.slice(first, min(first + READ_AT_ONCE, self._count))
            if not terms.isdisjoint(some):
                numbers += [at for at, term in enumerate(some, first) if term in terms]
        return numbers

    def range(self, low: bytes | None, high: bytes | None) -> tuple[int, int]:
        """Return the numbers of the terms from low to high, both included, as a half-open range.

        None leaves an end open. A range without terms may begin anywhere, and is never negative.
        """
        first = 0 if low is None else self._locate(low)[0]
        last = self._count if high is None else sum(self._locate(high))
        return first, max(first, last)

    def prefix(self, beginning: bytes) -> tuple[int, int]:
        """Return the half-open range of the numbers of the terms that begin so."""
        stem = beginning.rstrip(b"\xff")  # no byte follows 0xff: what is before it goes up
        first = self._locate(beginning)[0]
        if not stem:
            return first, self._count
        return first, self._locate(stem[:-1] + bytes([stem[-1] + 1]))[0]

    def slice(self, first: int, last: int) -> list[bytes]:
        """Return the terms of the half-open range, which lies within 0 and the number of terms."""
        offsets, row = self._read(first, last)
        start = offsets[0]
        return [row[a - start : b - start] for a, b in pairwise(offsets)]

    def terms(self, first: int, last: int) -> Terms:
        """Return the terms of such a range without an object for each."""
        ends = self._file.part(self._ends, first - (first > 0), last).astype(np.int64)
        offsets = ends if first else np.append(0, ends)
        sizes = np.diff(offsets)
        if (sizes < 0).any():
            raise self._file.error(f"{self._ends} goes back")
        row = self._file.part(self._terms, offsets[0], offsets[-1])
        if row.dtype != np.uint8:
            raise self._file.error(f"{self._terms} has no bytes")
        return Terms(row, sizes)

    def blob(self) -> Array:
        """Return all terms in a row: shape (bytes,), uint8, read-only."""
        terms = self._file.array(self._terms)
        if terms.ndim != 1 or terms.dtype != np.uint8:
            raise self._file.error(f"{self._terms} has no bytes")
        return terms

    def ends(self) -> Array:
        """Return where the terms begin and end in `blob`: shape (terms + 1,), uint32 or uint64.

        Term i is `blob[ends[i]:ends[i + 1]]`. Ascending strictly, but that the first term may be
        empty.
        """
        if self._offsets is None:
            self._offsets = self._checked_offsets()
        return self._offsets

    def derived(self, make: Callable[[TermDictionary], T]) -> T:
        """Return what a function makes of this dictionary: made once, and kept as long as it."""
        with self._lock:
            if make not in self._derived:
                self._derived[make] = make(self)
            return cast("T", self._derived[make])

    def _locate(self, term: bytes) -> tuple[int, bool]:
        """Return the number of the first term that is not less, and whether it is the term."""
        block = bisect_right(self._firsts, term) - 1
        if block < 0:
            return 0, False
        first = block * BLOCK
        offsets, row = self._read(first, min(first + BLOCK, self._count))
        start = offsets[0]

        def inside(at: int) -> bytes:
            return row[offsets[at] - start : offsets[at + 1] - start]

        # The terms are cut out as the search comes to them: that is six of the 64.
        at = bisect_left(range(len(offsets) - 1), term, key=inside)
        return first + at, at < len(offsets) - 1 and inside(at) == term

    def _read(self, first: int, last: int) -> tuple[list[int], bytes]:
        """Return where the terms of a range begin, where the last one ends, and their bytes."""
        ends = self._file.part(self._ends, first - (first > 0), last)
        offsets = ends.tolist() if first else [0, *ends.tolist()]
        if ends.dtype.kind != "u" or offsets != sorted(offsets):
            raise self._file.error(f"{self._ends} goes back")
        row = self._file.part(self._terms, offsets[0], offsets[-1]).tobytes()
        if len(row) != offsets[-1] - offsets[0]:
            raise self._file.error(f"{self._terms} has no bytes")
        return offsets, row

    def _checked_offsets(self) -> Array:
        ends, size = self._file.array(self._ends), self._file.length(self._terms)
        if ends.ndim != 1 or ends.dtype.kind != "u" or (ends[-1] if len(ends) else 0) != size:
            raise self._file.error(f"{self._ends} does not fit {self._terms}")
        if np.any(ends[1:] <= ends[:-1]):
            raise self._file.error(f"{self._ends} goes back")
        offsets: Array = np.zeros(len(ends) + 1, np.uint32 if size < 1 << 32 else np.uint64)
        offsets[1:] = ends
        offsets.flags.writeable = False
        return offsets


class _BlockFirsts:
    """The first term of each block, read when it is asked for and kept."""

    __slots__ = ("_dictionary", "_known")

    def __init__(self, dictionary: TermDictionary) -> None:
        self._dictionary = dictionary
        self._known: dict[int, bytes] = {}

    def __len__(self) -> int:
        return (len(self._dictionary) + BLOCK - 1) // BLOCK

    def __getitem__(self, block: int) -> bytes:
        term = self._known.get(block)
        if term is None:
            term = self._known[block] = self._dictionary[block * BLOCK]
        return term
