"""The fingerprints of a segment's texts: sorted, so that who holds one is found by searching.

    values or lows   each fingerprint, ascending: 4 bytes, or the lower 2 of them where there are
                     so many that telling how many have each upper half (`sizes`) takes less
    documents        who holds it, ascending where fingerprints are the same: the lower 2 bytes
    document_tops    the byte above, in segments of more documents than 2 bytes can number

What the fingerprints mean is said in `index.stories.fingerprints`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.codec.arrays import ArrayFile
from index.codec.blocks import Integers, Numbers, narrowed, ranges

if TYPE_CHECKING:
    from index.codec.array_writer import ArrayFileWriter

__all__ = ["ALL_PRINTS", "PRINTS", "PrintsReader", "PrintsSlice", "write_prints"]

PRINTS = "prints"
HALF_BITS = 16
HALVES = 1 << HALF_BITS
ALL_PRINTS = HALVES**2
# From here on `sizes`, of a byte for each upper half, take half of what they spare or less.
MIN_SPLIT = HALVES


class PrintsSlice(NamedTuple):
    """Fingerprints in a row and who holds them.

    Attributes:
        prints: Ascending: shape (n,), uint32.
        documents: Shape (n,), uint32.
    """

    prints: Numbers
    documents: Numbers

    @classmethod
    def of(cls, prints: Numbers, documents: Numbers) -> PrintsSlice:
        """Return fingerprints in the order of their documents, sorted."""
        order = np.argsort(prints, kind="stable")
        return cls(prints[order], documents[order])


def write_prints(
    file: ArrayFileWriter, count: int, documents: int, slices: Iterable[PrintsSlice]
) -> None:
    """Write the fingerprints of a segment; nothing where there are none.

    Args:
        file: The segment's file.
        count: How many there are.
        documents: How many documents the segment has.
        slices: The fingerprints, ascending through all of them.
    """
    if not count:
        return
    is_split, has_tops = count >= MIN_SPLIT, documents > HALVES
    values = file.sink(*((f"{PRINTS}/lows", "<u2") if is_split else (f"{PRINTS}/values", "<u4")))
    holders = file.sink(f"{PRINTS}/documents", "<u2")
    tops = file.sink(f"{PRINTS}/document_tops", "u1") if has_tops else None
    sizes = np.zeros(HALVES, dtype=np.int64)
    for prints, docs in slices:
        values.append(prints.astype(np.uint16) if is_split else prints)
        holders.append(docs.astype(np.uint16))
        if tops is not None:
            tops.append((docs >> HALF_BITS).astype(np.uint8))
        sizes += np.bincount(prints >> HALF_BITS, minlength=HALVES)
    if is_split:
        file.add(f"{PRINTS}/sizes", narrowed(sizes))


class PrintsReader:
    """The fingerprints of a segment, opened."""

    def __init__(self, file: ArrayFile, documents: int) -> None:
        self._file = file
        self._doc_count = documents
        self._is_split = f"{PRINTS}/lows" in file
        self._values = file.array(f"{PRINTS}/lows" if self._is_split else f"{PRINTS}/values")
        self._docs = file.array(f"{PRINTS}/documents")
        tops = f"{PRINTS}/document_tops"
        self._tops = file.array(tops) if tops in file else None
        self._starts: Integers | None = None  # where those with each upper half begin
        if self._is_split:
            self._starts = np.append(0, np.cumsum(file.array(f"{PRINTS}/sizes"), dtype=np.int64))
        if not self._fits_together():
            raise file.error("its fingerprints do not fit together")

    def _fits_together(self) -> bool:
        count, starts = len(self._values), self._starts
        fits = len(self._docs) == count and (self._tops is None or len(self._tops) == count)
        if starts is not None:
            fits &= len(starts) == HALVES + 1 and int(starts[-1]) == count
        return fits

    def __len__(self) -> int:
        return len(self._values)

    def holders(self, prints: Numbers, most: int) -> tuple[Integers, Numbers]:
        """Return which documents hold some fingerprints.

        Args:
            prints: The fingerprints, in any order: shape (n,).
            most: Where more hold one, none of them is listed.

        Returns:
            How many hold each, at most `most` + 1: shape (n,); and those of the first, those of
            the second ...
        """
        starts = self._first_places(prints)
        counts = self._counts(prints, starts, most)
        listed = np.where(counts > most, 0, counts)
        return counts, self._documents(ranges(starts, listed))

    def documents(self, start: int, stop: int) -> Numbers:
        """Return who holds each of some fingerprints in order, from one place to before another."""
        return self._documents(slice(start, stop))

    def between(self, first: int, stop: int) -> PrintsSlice:
        """Return the fingerprints from one value to before another."""
        bounds = [
            int(self._first_places(np.array([value], dtype=np.uint32))[0])
            if value < ALL_PRINTS
            else len(self)
            for value in (first, stop)
        ]
        places = slice(*bounds)
        prints = self._values[places].astype(np.uint32)
        if self._starts is not None:
            starts = self._starts.clip(bounds[0], bounds[1])
            uppers = np.repeat(np.arange(HALVES, dtype=np.uint32), np.diff(starts))
            prints |= uppers << np.uint32(HALF_BITS)
        return PrintsSlice(prints, self._documents(places))

    def _first_places(self, prints: Numbers) -> Integers:
        """Return the place of the first fingerprint that is not less than each: shape (n,)."""
        if self._starts is None:
            places: Integers = self._values.searchsorted(prints)
            return places
        uppers, lows = prints >> np.uint32(HALF_BITS), prints.astype(np.uint16)
        low: Integers = self._starts[uppers]
        high: Integers = self._starts[uppers + np.uint32(1)]
        while (is_open := low < high).any():
            middle = (low + high) >> 1
            is_less = is_open.copy()
            is_less[is_open] = self._values[middle[is_open]] < lows[is_open]
            low = np.where(is_less, middle + 1, low)
            high = np.where(is_open & ~is_less, middle, high)
        return low

    def _counts(self, prints: Numbers, starts: Integers, most: int) -> Integers:
        """Return how many times each stands from its place on, at most `most` + 1 times."""
        if self._starts is None:
            stops: Integers = self._values.searchsorted(prints, side="right")
            found: Integers = np.minimum(stops - starts, most + 1)
            return found
        lows = prints.astype(np.uint16)
        ends = self._starts[(prints >> np.uint32(HALF_BITS)) + np.uint32(1)]
        counts = np.zeros(len(prints), dtype=np.int64)
        left = np.flatnonzero(starts < ends)
        while len(left):
            places = starts[left] + counts[left]
            left = left[self._values[places] == lows[left]]
            counts[left] += 1
            left = left[(counts[left] <= most) & (starts[left] + counts[left] < ends[left])]
        return counts

    def _documents(self, places: Integers | slice) -> Numbers:
        docs = self._docs[places].astype(np.uint32)
        if self._tops is not None:
            docs |= self._tops[places].astype(np.uint32) << np.uint32(HALF_BITS)
        if len(docs) and int(docs.max()) >= self._doc_count:
            raise self._file.error("its fingerprints are of documents that it does not have")
        return docs
