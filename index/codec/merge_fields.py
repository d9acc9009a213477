"""Merges an inverted field of several segments, run by run of terms.

Strategy: the postings of a run of terms are decoded in each segment, those of deleted documents
dropped, and the rest brought together (`index.codec.merge_runs`). What is merged goes to the
file before the next run is read, so memory is bounded by the run. Two processes may share a
field: one writes a part with the upper terms, and the other takes it over behind its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Numbers
from index.codec.field import FieldReader
from index.codec.field_writer import FieldWriter
from index.codec.invert_rows import book_of
from index.codec.merge_forms import segment_forms
from index.codec.merge_runs import DocumentNumbers, RunPart, joined, live_chunk, without
from index.codec.merge_terms import TermRun, TermSource, term_runs
from index.codec.postings import DocumentLengths
from index.codec.segment import Segment
from index.codec.unmapped import UnmappedArrays

__all__ = ["NONE", "FieldMerge", "FieldSource", "MergedField"]

NONE = 2**32 - 1  # a number that no term has
PART_STEMS = "part_stems"  # an array of the file of a part
POSTING_BYTES = 128  # what a posting of a run takes at most, as measured with news texts


@dataclass(frozen=True, slots=True)
class FieldSource:
    """The field in one of the segments.

    Attributes:
        segment: The segment.
        reader: The field.
        documents: The numbers of its documents.
        words: The number among those of all segments of each of its written words; None: the
            field keeps none.
        word_count: How many written words there are in all segments.
    """

    segment: Segment
    reader: FieldReader
    documents: DocumentNumbers
    words: Numbers | None = None
    word_count: int = 0


@dataclass(frozen=True, slots=True)
class MergedField:
    """What became of the terms.

    Attributes:
        terms: How many there are; 0: the field is not in the merged segment.
        numbers: For each source the number of each of its terms, `NONE` where it has vanished.
        stems: For each written word of all segments the number of its stem, `NONE` if vanished.
    """

    terms: int
    numbers: tuple[Numbers, ...]
    stems: Numbers


def _check_kinds(sources: Sequence[FieldSource]) -> None:
    def kind(reader: FieldReader) -> tuple[int, bool, bool, bool]:
        return reader.parts, reader.has_positions, reader.has_forms, reader.lengths is not None

    for source in sources:
        if kind(source.reader) != kind(sources[0].reader):
            reason = f"its field {source.reader.name} is not as in other segments"
            raise source.segment.file.error(reason)


class FieldMerge:
    """A field of several segments on its way into one, run by run of terms.

    Args:
        file: The merged segment, or that of a part of it.
        sources: The field in each segment that has it, at least one.
        memory_bytes: What a run of terms may take; one term with more postings takes more.
        lengths: Lengths of all documents of the merged segment; None: they do not count.
    """

    def __init__(
        self,
        file: ArrayFileWriter,
        sources: Sequence[FieldSource],
        memory_bytes: int,
        lengths: DocumentLengths | None = None,
    ) -> None:
        _check_kinds(sources)
        self._file = file
        self._sources = sources
        self._run_postings = max(memory_bytes // POSTING_BYTES // len(sources), 1)
        self._lengths = lengths
        self._name = sources[0].reader.name
        self._book, self._codes = _common_book(sources)
        self._writer: FieldWriter | None = None  # a field without terms has no arrays
        self._terms = 0
        self._numbers = [
            np.full(len(source.reader.terms), NONE, dtype=np.uint32) for source in sources
        ]
        words = max((source.word_count for source in sources), default=0)
        self._stems = np.full(words, NONE, dtype=np.uint32)

    def add(self, low: bytes | None = None, stop: bytes | None = None) -> None:
        """Merge the terms from one up to another, or all; they come behind those before."""
        for run in term_runs([self._span(source.reader, low, stop) for source in self._sources]):
            self._add(run)

    def _span(self, reader: FieldReader, low: bytes | None, stop: bytes | None) -> TermSource:
        first = 0 if low is None else reader.terms.range(low, None)[0]
        last = len(reader.terms) if stop is None else reader.terms.range(stop, None)[0]
        run_end = partial(reader.run_end, postings=self._run_postings)
        return TermSource(reader.terms, run_end, (first, last))

    def _add(self, run: TermRun) -> None:
        parts = [
            _part(source, codes, span, numbers)
            for source, codes, span, numbers in zip(
                self._sources, self._codes, run.spans, run.numbers, strict=True
            )
            if span[0] < span[1]
        ]
        chunk = joined(run.terms, parts)
        is_left = chunk.frequencies > 0
        numbers = np.where(is_left, np.cumsum(is_left) - 1 + self._terms, NONE)
        for known, span, own in zip(self._numbers, run.spans, run.numbers, strict=True):
            known[slice(*span)] = numbers[own]
        if chunk.listing is not None:
            self._stems[chunk.listing.words] = np.repeat(numbers, chunk.listing.counts)
        chunk = without(chunk, is_left)
        if len(chunk.terms):
            self._needed_writer().add(chunk)
            self._terms += len(chunk.terms)

    def _needed_writer(self) -> FieldWriter:
        if self._writer is None:
            self._writer = FieldWriter(self._file, self._name, self._book, self._lengths)
        return self._writer

    def close(self) -> MergedField:
        """Write what remains."""
        is_used = self._stems != NONE
        if self._writer is not None:
            numbers = (np.cumsum(is_used) - 1).astype(np.uint32)
            self._writer.close(words=None if is_used.all() else numbers)
        return MergedField(self._terms, tuple(self._numbers), self._stems)

    def close_part(self) -> None:
        """Write what remains for `add_part` of a merge of the same sources."""
        if self._writer is not None:
            self._writer.close_part()
        self._file.add(f"{self._name}/{PART_STEMS}", self._stems)

    def add_part(self, part: UnmappedArrays) -> None:
        """Take over what another merge of the same sources has of the terms behind those here."""
        stems = part.array(f"{self._name}/{PART_STEMS}")
        is_there = stems != NONE
        self._stems[is_there] = stems[is_there] + np.uint32(self._terms)
        if f"{self._name}/terms" in part.entries:
            self._terms += self._needed_writer().add_part(part)


def _common_book(
    sources: Sequence[FieldSource],
) -> tuple[Numbers | None, list[Numbers | None]]:
    """Return the occurrences that codes stand for in the merged field, and each code's new one.

    How often a code is used is not known, but those of each segment come by it, and Zipf's law
    says about the rest.
    """
    if not sources[0].reader.parts:
        return None, [None] * len(sources)
    books = [source.reader.book for source in sources]
    weights = [
        source.reader.postings_count() / np.arange(1, len(book) + 1)
        for source, book in zip(sources, books, strict=True)
    ]
    book, codes = book_of(np.concatenate(books), np.concatenate(weights))
    return book, list(np.split(codes, np.cumsum([len(own) for own in books])[:-1]))


def _part(
    source: FieldSource, codes: Numbers | None, span: tuple[int, int], terms: Numbers
) -> RunPart:
    try:
        chunk = live_chunk(source.reader.chunk(*span), source.documents)
        listing, words = chunk.listing, source.words
        return RunPart(
            terms=terms,
            frequencies=chunk.frequencies,
            docs=chunk.docs,
            codes=None if codes is None or chunk.codes is None else codes[chunk.codes],
            places=chunk.places,
            forms=None
            if listing is None or words is None
            else segment_forms(listing, words, terms, chunk.frequencies),
        )
    except (IndexError, ValueError) as error:
        reason = f"its field {source.reader.name} does not fit together ({error})"
        raise source.segment.file.error(reason) from error
