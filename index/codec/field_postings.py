"""Decodes the postings of a run of terms of a field, straight from the arrays of the segment.

Strategy: the terms of a run follow each other in every array, so a run is decoded at once, without
a loop over its terms or blocks, and only the bytes where it begins are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from index.codec.arrays import Array, ArrayFile
from index.codec.blocks import (
    BLOCK,
    Bytes,
    Integers,
    Numbers,
    block_lengths,
    changes,
    ranges,
    starts_of,
    unpack,
    unpack_sparse,
)
from index.codec.postings import FormListing

__all__ = ["FieldPostings", "Run", "distinct", "undelta"]

# Documents to one number in the lists: marking looks at every document, sorting at every number.
SORTED = 16


class Run(NamedTuple):
    """Where the postings of some terms in a row are: blocks [first, last)."""

    frequencies: Integers
    first: int
    last: int
    lengths: Integers


class _Sparse(NamedTuple):
    """The arrays that entries of postings are kept in."""

    counts: str
    widths: str
    starts: str
    entries: str


TFS = _Sparse("tf_counts", "tf_widths", "tf_starts", "tfs")
FORMS = _Sparse("form_entry_counts", "form_entry_widths", "form_entry_starts", "form_entries")


class FieldPostings:
    """The arrays of one field, and what is encoded in them.

    Args:
        file: The segment file.
        name: The field.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self._one_block_each = f"{name}/first_blocks" not in file

    # Arrays

    def __contains__(self, key: str) -> bool:
        return f"{self._name}/{key}" in self._file

    def array(self, key: str) -> Array:
        """Return a whole array."""
        return self._file.array(f"{self._name}/{key}")

    def part(self, key: str, start: int, stop: int) -> Array:
        """Return some elements of an array."""
        return self._file.part(f"{self._name}/{key}", start, stop)

    def one(self, key: str, at: int) -> int:
        """Return one element of an array."""
        return int(self.part(key, at, at + 1)[0])

    def length(self, key: str) -> int:
        """Return how many elements an array has."""
        return self._file.length(f"{self._name}/{key}")

    def span(self, key: str, first: int, last: int, of: str) -> tuple[int, int]:
        """Return where what the terms [first, last) have in the array `of` begins and ends.

        `key` has where each term begins in it.
        """
        stop = self.one(key, last) if last < self.length(key) else self.length(of)
        return self.one(key, first), stop

    def row(self, key: str, term: int) -> Numbers:
        """Return what an array with one row for each term has for a term."""
        row: Numbers = self.array(key)[term].astype(np.uint32)
        return row

    def pieces(self, key: str, starts: Integers, sizes: Integers) -> Bytes:
        """Return several pieces of an array of bytes in a row."""
        whole = self.part(key, int(starts[0]), int(starts[-1] + sizes[-1]))
        if int(sizes.sum()) == len(whole):
            return whole
        return whole[ranges(starts - starts[0], sizes)]

    # Runs of terms

    def run(self, first: int, last: int) -> Run:
        """Return where the postings of the terms [first, last) are."""
        frequencies = self.part("frequencies", first, last).astype(np.int64)
        blocks, lengths = block_lengths(frequencies)
        block = first if self._one_block_each else self.one("first_blocks", first)
        return Run(frequencies, block, block + int(blocks.sum()), lengths)

    def docs(self, term: int, run: Run) -> Numbers:
        """Return the documents of a run of terms that begins with `term`, term by term."""
        widths = self.part("doc_widths", run.first, run.last)
        size = int((widths * run.lengths).sum())
        start = self.one("doc_starts", term)
        deltas = unpack(self.part("docs", start, start + size), widths, run.lengths)
        firsts = self.part("block_firsts", run.first, run.last).astype(np.uint32)
        return _summed(deltas, firsts, run.lengths)

    def codes(self, term: int, run: Run) -> Numbers:
        """Return the codes of occurrences of a run."""
        places, values = self._entries(term, run, TFS)
        codes = np.zeros(int(run.frequencies.sum()), dtype=np.uint32)
        codes[places] = values
        return codes

    def _entries(self, term: int, run: Run, of: _Sparse) -> tuple[Integers, Numbers]:
        counts = self.part(of.counts, run.first, run.last).astype(np.uint16)
        widths = self.part(of.widths, run.first, run.last)
        size = int((counts.astype(np.int64) * (1 + widths.astype(np.int64))).sum())
        start = self.one(of.starts, term)
        packed = self.part(of.entries, start, start + size)
        return unpack_sparse(packed, counts, widths, run.lengths)

    def listing(self, first: int, last: int, run: Run) -> FormListing:
        """Return the written forms of a run, and which of them its postings have."""
        start, stop = self.span("form_starts", first, last, "forms")
        starts = self.part("form_starts", first, last).astype(np.int64)
        at, forms = self._entries(first, run, FORMS)
        return FormListing(
            words=self.part("forms", start, stop).astype(np.uint32),
            counts=np.diff(starts, append=stop),
            at=at,
            forms=forms,
        )


def _summed(deltas: Numbers, firsts: Numbers, lengths: Integers) -> Numbers:
    """Return documents from differences; the first of each block is 0 and given apart."""
    if len(lengths) == 1:
        only: Numbers = np.cumsum(deltas, dtype=np.uint32) + firsts[0]
        return only
    if (lengths[:-1] == BLOCK).all():
        docs = np.empty_like(deltas)
        full = (len(lengths) - 1) * BLOCK
        rows = docs[:full].reshape(-1, BLOCK)
        np.cumsum(deltas[:full].reshape(-1, BLOCK), axis=1, dtype=np.uint32, out=rows)
        rows += firsts[:-1, None]
        docs[full:] = np.cumsum(deltas[full:], dtype=np.uint32) + firsts[-1]
        return docs
    sums = np.cumsum(deltas, dtype=np.uint32)
    return sums + np.repeat(firsts - sums[starts_of(lengths)], lengths)


def undelta(values: Numbers, lengths: Numbers) -> Numbers:
    """Return positions from differences; each of several runs in a row begins anew."""
    lengths = lengths[lengths > 0]
    if not len(lengths):
        return values
    sums = np.cumsum(values, dtype=np.uint32)
    starts = starts_of(lengths)
    return sums - np.repeat(sums[starts] - values[starts], lengths)


def distinct(lists: Iterable[Numbers], documents: int) -> Numbers:
    """Return the numbers that stand in any of the lists, ascending, each once."""
    every = np.concatenate([np.zeros(0, dtype=np.uint32), *lists])
    if len(every) * SORTED < documents:
        every.sort()
        return every[changes(every)]
    marks = np.zeros(documents, dtype=np.bool_)
    marks[every] = True
    return np.flatnonzero(marks).astype(np.uint32)
