"""Terms in a row of bytes: sorted, and united with others, without an object for each.

Strategy: eight bytes of a term are one number, the first byte the highest, so that numbers sort as
bytes do. A sort by the first eight settles most terms; those that are alike so far are sorted by
the next eight, and so on. What is alike for long, such as paths in one folder, is left to Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Bytes, Integers, Numbers, changes, ranges, starts_of

__all__ = ["Terms", "in_a_row", "united"]

EIGHT = 8
SORTED_AS_NUMBERS = 4 * EIGHT  # bytes; nearly all words and keys are shorter or differ before
FIRST_BYTES = np.array(
    [((1 << 8 * size) - 1) << 8 * (EIGHT - size) for size in range(EIGHT + 1)], dtype=np.uint64
)

Eights = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Terms:
    """Some terms.

    Attributes:
        row: Their bytes, one term after the other; uint8.
        sizes: Bytes of each; shape (terms,), int64.
    """

    row: Bytes
    sizes: Integers

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Return terms that are objects of Python."""
        row = np.frombuffer(b"".join(terms), dtype=np.uint8)
        return cls(row, np.fromiter(map(len, terms), np.int64, len(terms)))

    def __len__(self) -> int:
        return len(self.sizes)

    def listed(self) -> list[bytes]:
        """Return the terms as objects of Python."""
        row, ends = self.row.tobytes(), [0, *np.cumsum(self.sizes).tolist()]
        return [row[start:end] for start, end in pairwise(ends)]

    def between(self, first: int, stop: int) -> Terms:
        """Return the terms from a number on, and before another."""
        start = int(self.sizes[:first].sum())
        sizes = self.sizes[first:stop]
        return Terms(self.row[start : start + int(sizes.sum())], sizes)

    def take(self, chosen: Integers) -> Terms:
        """Return the terms with these numbers, in their order."""
        sizes = self.sizes.take(chosen)
        return Terms(self.row.take(ranges(starts_of(self.sizes).take(chosen), sizes)), sizes)

    def kept(self, keep: Flags) -> Terms:
        """Return the terms that a mask, shape (terms,), has as true."""
        return Terms(self.row[np.repeat(keep, self.sizes)], self.sizes[keep])


def in_a_row(parts: Sequence[Terms]) -> Terms:
    """Return the terms of all parts, at least one, as they come."""
    row = np.concatenate([part.row for part in parts])
    return Terms(row, np.concatenate([part.sizes for part in parts]))


def united(parts: Sequence[Terms]) -> tuple[Terms, list[Numbers]]:
    """Return the terms of all parts, sorted by their bytes and each once.

    Args:
        parts: Terms in any order, some more than once; at least one part.

    Returns:
        The terms, and for each part the number among them of each of its own; uint32.
    """
    everything = in_a_row(parts)
    order, is_new = _sorted(everything)
    numbers = np.empty(len(order), dtype=np.uint32)
    numbers[order] = np.cumsum(is_new) - 1
    ends = np.cumsum([len(part) for part in parts])
    return everything.take(order[is_new]), np.split(numbers, ends[:-1])


def _sorted(terms: Terms) -> tuple[Integers, Flags]:
    """Return the order of terms, and which of them, so ordered, differ from the one before."""
    starts = starts_of(terms.sizes)
    row = np.concatenate([terms.row, np.zeros(EIGHT, dtype=np.uint8)])
    eights = _eights(row, starts, terms.sizes)
    order = np.argsort(eights, kind="stable")
    is_new = changes(eights.take(order))
    for done in range(EIGHT, SORTED_AS_NUMBERS, EIGHT):
        places, groups = _undecided(is_new, terms.sizes.take(order), done)
        some = order[places]
        left = np.maximum(terms.sizes.take(some) - done, 0)
        eights = _eights(row, np.where(left, starts.take(some) + done, 0), left)
        _refine(order, is_new, places, groups, eights)
    places, groups = _undecided(is_new, terms.sizes.take(order), SORTED_AS_NUMBERS)
    _refine(order, is_new, places, groups, _ranks(terms.take(order[places]).listed()))
    return order, is_new


def _eights(row: Bytes, starts: Integers, sizes: Integers) -> Eights:
    """Return the eight bytes from each place on as a number, with zeros for those past the size."""
    eights: Eights = np.ndarray((len(row) - EIGHT + 1,), ">u8", row, 0, (1,))
    return eights[starts].astype(np.uint64) & FIRST_BYTES.take(sizes, mode="clip")


def _undecided(is_new: Flags, sizes: Integers, done: int) -> tuple[Integers, Integers]:
    """Return the places of terms whose order is not known yet, and the group of each, ascending.

    A group is alike in the bytes that are done. Where all of it ends there, at one size, it is one
    term.

    Args:
        is_new: Which terms, as ordered so far, differ from the one before.
        sizes: Bytes of each, in that order.
        done: Bytes that were compared.
    """
    is_alike = ~is_new
    is_alike[:-1] |= is_alike[1:]
    places = np.flatnonzero(is_alike)
    begins = is_new[places]
    groups, sizes = np.cumsum(begins) - 1, sizes[places]
    is_open = (sizes > done) | (sizes != sizes[begins][groups])
    chosen = np.bincount(groups[is_open], minlength=len(groups))[groups] > 0
    return places[chosen], groups[chosen]


def _refine(
    order: Integers, is_new: Flags, places: Integers, groups: Integers, keys: Eights | Integers
) -> None:
    """Sort by a further key, within their groups, what stands at some places."""
    again = np.lexsort((keys, groups))
    order[places] = order[places[again]]
    is_new[places] |= changes(keys[again])


def _ranks(terms: list[bytes]) -> Integers:
    number = {term: at for at, term in enumerate(sorted(set(terms)))}
    return np.fromiter(map(number.__getitem__, terms), np.int64, len(terms))
