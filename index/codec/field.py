"""Reads an inverted field of a segment file.

Strategy: a term is found in the dictionary, its entry tells which bytes are its postings,
and they are decoded whole: NumPy decodes a list faster than Python could skip in it. What
was decoded is cached. Positions and written forms lie apart and are read where asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.arrays import ArrayFile
from index.codec.blocks import BLOCK, Integers, Numbers, ranges, starts_of
from index.codec.cache import ByteCache
from index.codec.dictionary import TermDictionary
from index.codec.field_postings import FieldPostings, distinct, undelta
from index.codec.postings import Chunk, FormListing, Places, Postings
from index.codec.scoring import PartWeights, reference_weights
from index.codec.varints import decode

__all__ = ["FieldReader", "distinct"]

SMALL_CODES = 1 << 16
RUN_POSTINGS = 1 << 20  # decoded at once where documents of many terms are united


class FieldReader:
    """One inverted field of a segment.

    Args:
        file: The segment file.
        name: The field.
        documents: Documents of the segment, deleted ones included.
        cache: Where decoded postings are kept.
    """

    def __init__(self, file: ArrayFile, name: str, documents: int, cache: ByteCache) -> None:
        self.name = name
        self.documents = documents
        self._path = str(file.path)  # its hash is kept, unlike that of a Path
        self._cache = cache
        self.terms = TermDictionary(file, name)
        self._data = FieldPostings(file, name)
        self.has_positions = "positions" in self._data

    # What a code means

    @cached_property
    def parts(self) -> int:
        """Parts of the text that occurrences are counted in; 0: documents only are kept."""
        return int(self._data.array("tf_book").shape[1]) if "tf_book" in self._data else 0

    @cached_property
    def book(self) -> Numbers:
        """Occurrences in each part that a code of occurrences stands for; (codes, parts)."""
        return self._data.array("tf_book").astype(np.uint32)

    @cached_property
    def length_classes(self) -> Numbers:
        """Length of each part that a length class stands for; (classes, parts)."""
        if "length_classes" in self._data:
            return self._data.array("length_classes").astype(np.uint32)
        return np.zeros((1, self.parts), dtype=np.uint32)

    @cached_property
    def lengths(self) -> npt.NDArray[np.unsignedinteger] | None:
        """Tokens in each part of each document; None: lengths do not count here."""
        return self._data.array("lengths") if "lengths" in self._data else None

    @cached_property
    def class_of_documents(self) -> npt.NDArray[np.unsignedinteger] | None:
        """The length class of each document; None: there is but one."""
        return self._data.array("length_class") if len(self.length_classes) > 1 else None

    @cached_property
    def reference(self) -> PartWeights:
        """The constants that `maximum` and `block_maxima` hold under."""
        return reference_weights(tuple(self._data.array("reference_averages").tolist()))

    # What is known of a term

    def frequency(self, term: int) -> int:
        """Return how many documents have the term, deleted ones included."""
        return self._data.one("frequencies", term)

    def occurrences(self, term: int) -> Numbers:
        """Return how often the term stands in each part of all documents; (parts,)."""
        return self._data.row("occurrences", term)

    def part_frequencies(self, term: int) -> Numbers:
        """Return how many documents have the term in each part; (parts,)."""
        if "part_frequencies" in self._data:
            return self._data.row("part_frequencies", term)
        return np.array([self.frequency(term)])

    def extreme_lengths(self, term: int) -> tuple[int, int]:
        """Return the lengths of the shortest and the longest text with the term."""
        if "shortest" not in self._data:
            return 1, 1
        return self._data.one("shortest", term), self._data.one("longest", term)

    def maximum(self, term: int) -> float:
        """Return a bound on the parts of all postings of the term, under the reference."""
        return float(self.block_maxima(term).max())

    def block_firsts(self, term: int) -> Numbers:
        """Return the first document of each block of 128 postings."""
        run = self._data.run(term, term + 1)
        return self._data.part("block_firsts", run.first, run.last)

    def block_maxima(self, term: int) -> npt.NDArray[np.float32]:
        """Return a bound on the parts in each block, under the reference; float32."""
        maxima: npt.NDArray[np.float32] = self._kept("maxima", term, self._block_maxima)[0]
        return maxima

    def _block_maxima(self, term: int) -> tuple[npt.NDArray[np.float32]]:
        run = self._data.run(term, term + 1)
        return (self._data.part("block_maxima", run.first, run.last),)

    # Postings

    def postings(self, term: int) -> Postings:
        """Return the posting list of a term."""
        found: Postings = self._kept("postings", term, self.decode)
        return found

    def _kept(self, what: str, term: int, make: Callable[[int], Any]) -> Any:
        key = (self._path, self.name, what, term)
        return self._cache.get(key, lambda: make(term))

    def decode(self, term: int) -> Postings:
        """Return the posting list of a term, read anew and not kept."""
        run = self._data.run(term, term + 1)
        docs = self._data.docs(term, run)
        if not self.parts:
            return Postings(docs, None)
        codes = self._data.codes(term, run)
        classes = len(self.length_classes)
        kind = np.uint16 if classes * len(self.book) <= SMALL_CODES else np.uint32
        codes = codes.astype(kind, copy=False)
        if self.class_of_documents is not None:
            codes *= kind(classes)
            codes += self.class_of_documents[docs]
        return Postings(docs, codes)

    def documents_with(self, terms: npt.NDArray[np.integer], part: int | None = None) -> Numbers:
        """Return the documents that have any of several terms, ascending, each once.

        Args:
            terms: Their numbers, in any order.
            part: The part of the text in which the term must stand; None: any.
        """
        if len(terms) == 1 and part is None:
            return self.postings(int(terms[0])).docs
        wanted = np.sort(terms).astype(np.int64)
        begins = np.flatnonzero(np.diff(wanted, prepend=-2) > 1)
        lasts = wanted[np.append(begins[1:], len(wanted)) - 1] if len(wanted) else wanted
        spans = zip(wanted[begins].tolist(), lasts.tolist(), strict=True)
        lists = [docs for first, last in spans for docs in self._spans(first, last + 1, part)]
        return lists[0] if len(lists) == len(wanted) == 1 else distinct(lists, self.documents)

    def _spans(self, first: int, last: int, part: int | None) -> Iterator[Numbers]:
        """Yield the documents of the terms [first, last), so many at once as memory allows."""
        while first < last:
            end = min(self.run_end(first, RUN_POSTINGS), last)
            run = self._data.run(first, end)
            docs = self._data.docs(first, run)
            if part is not None and self.parts:
                docs = docs[(self.book[:, part] > 0)[self._data.codes(first, run)]]
            yield docs
            first = end

    def positions(self, term: int, at: Integers) -> tuple[Numbers, Numbers]:
        """Return where the term stands in some of its documents.

        Args:
            term: The term.
            at: Numbers of postings in its list, ascending.

        Returns:
            Occurrences in each part, shape (len(at), parts), and positions, those of the
            first posting first, each part counted from 0.
        """
        run = self._data.run(term, term + 1)
        blocks = at // BLOCK
        blocks = blocks[np.diff(blocks, prepend=-1) > 0]
        sizes = self._data.part("position_block_sizes", run.first, run.last).astype(np.int64)
        starts = starts_of(sizes) + self._data.one("position_starts", term)
        packed = self._data.pieces("positions", starts[blocks], sizes[blocks])
        codes = self.postings(term).codes
        assert codes is not None  # noqa: S101 (a field with positions has codes)
        if len(at) == len(codes):  # all of them: nothing to choose
            counts = self.book[codes // len(self.length_classes)]
            return counts, undelta(decode(packed), counts.ravel())
        read = ranges(blocks * BLOCK, run.lengths[blocks])
        codes_of_occurrences = codes[read] // len(self.length_classes)
        ends = np.cumsum(self._totals[codes_of_occurrences])
        wanted = np.searchsorted(read, at)
        counts = self.book[codes_of_occurrences[wanted]]
        lengths = self._totals[codes_of_occurrences[wanted]]
        chosen = decode(packed)[ranges(ends[wanted] - lengths, lengths)]
        return counts, undelta(chosen, counts.ravel())

    @cached_property
    def _totals(self) -> Integers:
        totals: Integers = self.book.sum(axis=1, dtype=np.int64)
        return totals

    # For merging

    @property
    def has_forms(self) -> bool:
        """Whether the written forms of terms are kept."""
        return "form_starts" in self._data

    def run_end(self, first: int, postings: int) -> int:
        """Return where a run of terms from `first` ends that has at most so many postings.

        A run has one term at least, and that may have more.
        """
        last = min(first + postings, len(self.terms))
        sums = np.cumsum(self._data.part("frequencies", first, last), dtype=np.int64)
        return min(first + max(int(np.searchsorted(sums, postings, side="right")), 1), last)

    def postings_count(self) -> int:
        """Return how many postings all terms have."""
        return int(self._data.array("frequencies").sum(dtype=np.int64))

    def chunk(self, first: int, last: int) -> Chunk:
        """Return the posting lists of the terms [first, last)."""
        run = self._data.run(first, last)
        codes = self._data.codes(first, run) if self.parts else None
        return Chunk(
            terms=self.terms.terms(first, last),
            frequencies=run.frequencies,
            docs=self._data.docs(first, run),
            codes=codes,
            places=None
            if codes is None or not self.has_positions
            else self._places(first, last, codes),
            listing=self._data.listing(first, last, run) if self.has_forms else None,
        )

    def _places(self, first: int, last: int, codes: Numbers) -> Places:
        start, stop = self._data.span("position_starts", first, last, "positions")
        packed = self._data.part("positions", start, stop)
        ends = np.flatnonzero(packed < 128)  # noqa: PLR2004 (the last byte of a number)
        of_postings = self._totals[codes]
        stops = ends[np.cumsum(of_postings) - 1] + 1
        return Places(packed=packed, sizes=np.diff(stops, prepend=0).astype(np.uint32))

    def forms(self, term: int) -> FormListing:
        """Return the written forms of a stem, and which of them its postings have."""
        return FormListing(*self._kept("forms", term, self._forms))

    def _forms(self, term: int) -> tuple[Numbers, Integers, Integers, Numbers]:
        listing = self._data.listing(term, term + 1, self._data.run(term, term + 1))
        return listing.words, listing.counts, listing.at, listing.forms

    def form_counts(self, terms: Integers) -> Integers:
        """Return how many written forms each of some stems has."""
        starts = self._data.array("form_starts")
        ends = starts.take(terms + 1, mode="clip").astype(np.int64)
        ends[terms == len(starts) - 1] = self._data.length("forms")
        return ends - starts[terms]
