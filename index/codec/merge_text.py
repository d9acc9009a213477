"""Merges the texts of several segments: stems with their postings, and the words as written.

Strategy: the written words of all segments are united first, since the postings of stems name
them. How long each document is stands beside the postings and is put in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Numbers
from index.codec.dictionary import TermDictionary
from index.codec.field import FieldReader
from index.codec.field_writer import write_words
from index.codec.invert_rows import classified
from index.codec.merge_fields import NONE, FieldMerge, FieldSource
from index.codec.merge_runs import document_numbers
from index.codec.merge_terms import TermSource, term_runs
from index.codec.postings import DocumentLengths
from index.codec.segment import Segment
from index.codec.terms import Terms, in_a_row
from index.codec.unmapped import UnmappedArrays
from index.schema import TEXT

__all__ = ["TextMerge", "term_at"]

RUN_WORDS = 1 << 16  # written words of one segment that are united at once


class _Words(NamedTuple):
    """The written words of segments.

    Attributes:
        terms: Each once.
        numbers: For each segment the number of each of its words.
    """

    terms: Terms
    numbers: Sequence[Numbers]


class TextMerge:
    """The texts of the live documents of segments on their way into one, as a whole or in parts.

    Args:
        file: The merged segment, or that of a part of it; where no live document has a word, it
            gets nothing.
        segments: All that are merged, in the order of their documents; one of them has texts.
        memory_bytes: What a run of terms may take; one term with more postings takes more.

    Raises:
        ArchiveDamagedError: One of the segments is not what it should be.
    """

    def __init__(
        self, file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int
    ) -> None:
        having = [segment for segment in segments if TEXT in segment.fields]
        documents = document_numbers(segments)
        self._file = file
        self._words = _words(having)
        sources = [
            FieldSource(
                segment, segment.fields[TEXT], documents[segment], own, len(self._words.terms)
            )
            for segment, own in zip(having, self._words.numbers, strict=True)
        ]
        self._field = FieldMerge(file, sources, memory_bytes, _lengths(segments))

    def write(self) -> None:
        """Write all."""
        self._field.add()
        self._close()

    def write_upper(self, low: bytes) -> None:
        """Write the terms from one on, for `write_lower` of a merge of the same segments."""
        self._field.add(low=low)
        self._field.close_part()

    def write_lower(self, stop: bytes, upper: Callable[[], UnmappedArrays]) -> None:
        """Write the terms before one, and those of another merge, which is asked for after that."""
        self._field.add(stop=stop)
        self._field.add_part(upper())
        self._close()

    def _close(self) -> None:
        merged = self._field.close()
        if merged.terms:
            is_used = merged.stems != NONE
            write_words(self._file, self._words.terms.kept(is_used), merged.stems[is_used])


def term_at(segments: Sequence[Segment], share: float) -> bytes:
    """Return a term of texts below which that share of their postings lies, or nearly so."""
    readers = [segment.fields[TEXT] for segment in segments if TEXT in segment.fields]
    largest = max(readers, key=FieldReader.postings_count)
    postings = max(int(largest.postings_count() * share), 1)
    return largest.terms[largest.run_end(0, postings) - 1]


def _words(segments: Sequence[Segment]) -> _Words:
    dictionaries = [_dictionary(segment) for segment in segments]
    runs, count = [], 0
    numbers: list[list[Numbers]] = [[] for _ in segments]
    for run in term_runs([_words_source(words) for words in dictionaries]):
        runs.append(run.terms)
        for known, own in zip(numbers, run.numbers, strict=True):
            known.append((own + count).astype(np.uint32))
        count += len(run.terms)
    return _Words(in_a_row(runs), [*map(np.concatenate, numbers)])


def _dictionary(segment: Segment) -> TermDictionary:
    if segment.words is None:
        raise segment.file.error("it has stems without written words")
    return segment.words.terms


def _words_source(words: TermDictionary) -> TermSource:
    return TermSource(words, partial(_words_end, words), (0, len(words)))


def _words_end(words: TermDictionary, first: int) -> int:
    return min(first + RUN_WORDS, len(words))


def _lengths(segments: Sequence[Segment]) -> DocumentLengths:
    """Return the lengths of the live documents, also of those without texts."""
    readers = [segment.fields.get(TEXT) for segment in segments]
    parts = max(reader.parts for reader in readers if reader)
    exact = [
        segment.live_rows(_exact_lengths(segment, reader, parts))
        for segment, reader in zip(segments, readers, strict=True)
    ]
    return classified(np.concatenate(exact))


def _exact_lengths(segment: Segment, reader: FieldReader | None, parts: int) -> Numbers:
    shape = (segment.doc_count, parts)
    if reader is None or reader.lengths is None:
        return np.zeros(shape, dtype=np.uint32)
    if reader.lengths.shape != shape:
        raise segment.file.error(f"the lengths of {reader.name} are not those of its documents")
    return reader.lengths.astype(np.uint32)
