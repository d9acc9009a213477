"""Merges the texts of several segments: stems with their postings, and the words as written.

Strategy: the written words of all segments are united first, since the postings of stems name
them. How long each document is stands beside the postings and is put in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Numbers, narrowed
from index.codec.dictionary import TermDictionary, dictionary_arrays
from index.codec.field import FieldReader
from index.codec.invert_rows import classified
from index.codec.merge_fields import NONE, FieldSource, merge_field
from index.codec.merge_runs import document_numbers
from index.codec.merge_terms import TermSource, term_runs
from index.codec.postings import DocumentLengths
from index.codec.segment import Segment
from index.codec.terms import Terms, in_a_row
from index.schema import TEXT, WORDS

__all__ = ["merge_text"]

RUN_WORDS = 1 << 16  # written words of one segment that are united at once


class _Words(NamedTuple):
    """The written words of segments.

    Attributes:
        terms: Each once.
        numbers: For each segment the number of each of its words.
    """

    terms: Terms
    numbers: Sequence[Numbers]


def merge_text(file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int) -> None:
    """Write the texts of the live documents of segments into one file.

    Args:
        file: The merged segment; where no live document has a word, it gets nothing.
        segments: All that are merged, in the order of their documents.
        memory_bytes: What a run of terms may take; one term with more postings takes more.

    Raises:
        ArchiveDamagedError: One of the segments is not what it should be.
    """
    having = [segment for segment in segments if TEXT in segment.fields]
    if not having:
        return
    words, documents = _words(having), document_numbers(segments)
    sources = [
        FieldSource(segment, segment.fields[TEXT], documents[segment], own, len(words.terms))
        for segment, own in zip(having, words.numbers, strict=True)
    ]
    merged = merge_field(file, sources, memory_bytes, _lengths(segments))
    if merged.terms:
        is_used = merged.stems != NONE
        row, ends = dictionary_arrays(words.terms.kept(is_used))
        file.add(f"{WORDS}/terms", row)
        file.add(f"{WORDS}/term_ends", ends)
        file.add(f"{WORDS}/stems", narrowed(merged.stems[is_used]))


def _words(segments: Sequence[Segment]) -> _Words:
    dictionaries = [_dictionary(segment) for segment in segments]
    runs, count = [], 0
    numbers: list[list[Numbers]] = [[] for _ in segments]
    for run in term_runs([TermSource(words, partial(_words_end, words)) for words in dictionaries]):
        runs.append(run.terms)
        for known, own in zip(numbers, run.numbers, strict=True):
            known.append((own + count).astype(np.uint32))
        count += len(run.terms)
    return _Words(in_a_row(runs), [*map(np.concatenate, numbers)])


def _dictionary(segment: Segment) -> TermDictionary:
    if segment.words is None:
        raise segment.file.error("it has stems without written words")
    return segment.words.terms


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
