"""Merges segments into one, without the deleted documents.

Strategy: documents keep their order, segment by segment, and get new numbers. Field by field, a
run of terms at a time is brought together (`index.codec.merge_fields`); columns are put in a
row, and stored documents are copied in the blocks that they are in. The result answers as a
segment written anew from the live documents does.

Memory is what a run of postings takes, plus what is kept for each document and term until it
can be written: about 60 bytes a document and 100 a term of the largest field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Integers, Numbers, narrowed
from index.codec.dictionary import TermDictionary, dictionary_arrays
from index.codec.field import FieldReader
from index.codec.invert_rows import classified
from index.codec.merge_fields import (
    NONE,
    FieldSource,
    merge_field,
)
from index.codec.merge_prints import merge_stories
from index.codec.merge_runs import DocumentNumbers
from index.codec.merge_terms import TermSource, term_runs
from index.codec.postings import DocumentLengths
from index.codec.segment import Segment
from index.codec.stored_writer import StoredWriter
from index.codec.terms import Terms, in_a_row
from index.schema import MISSING_MOMENT, MOMENT, ORDINAL_FIELDS, STORED_FIELDS, WORDS

__all__ = ["DEFAULT_MEMORY_BYTES", "merge_segments"]

DEFAULT_MEMORY_BYTES = 64 * 1024 * 1024  # with half of it, merging takes a sixth longer
POSTING_BYTES = 128  # what a posting of a run takes at most, as measured with news texts
RUN_WORDS = 1 << 16  # written words of one segment that are united at once

AnyNumber = TypeVar("AnyNumber", bound=np.generic)


def merge_segments(
    path: Path, segments: Sequence[Segment], memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> int:
    """Write the live documents of segments into a new segment file.

    Args:
        path: The file; nothing is left of it where merging fails.
        segments: In the order of their documents; at least one.
        memory_bytes: What a run of terms may take; one term with more postings takes more.

    Returns:
        How many documents were written.

    Raises:
        ArchiveDamagedError: One of the segments is not what it should be.
    """
    with ArrayFileWriter(path) as file:
        merge = _Merge(file, segments, memory_bytes // POSTING_BYTES)
        merge.write()
        file.close({"documents": merge.documents, "stored": list(STORED_FIELDS)})
    return merge.documents


@dataclass(frozen=True, slots=True)
class _Words:
    """The written words of all segments.

    Attributes:
        terms: Each once.
        numbers: For each segment with texts the number of each of its words.
    """

    terms: Terms
    numbers: Mapping[Segment, Numbers]


class _Merge:
    """Segments being merged."""

    def __init__(
        self, file: ArrayFileWriter, segments: Sequence[Segment], run_postings: int
    ) -> None:
        self._file = file
        self._segments = segments
        self._run_postings = max(run_postings // len(segments), 1)
        self._numbers: dict[Segment, DocumentNumbers] = {}
        self.documents = 0
        for segment in segments:
            self._numbers[segment] = DocumentNumbers(segment, self.documents)
            self.documents = self._numbers[segment].stop

    def write(self) -> None:
        """Write everything."""
        self._write_stored()
        for name in sorted({name for segment in self._segments for name in segment.fields}):
            self._write_field(name)
        self._write_moments()
        merge_stories(self._file, self._numbers, self.documents)

    def _write_stored(self) -> None:
        stored = StoredWriter(self._file, STORED_FIELDS)
        for segment in self._segments:
            stored.copy(segment.stored, segment.live)
        stored.close()

    def _write_field(self, name: str) -> None:
        having = [segment for segment in self._segments if name in segment.fields]
        words = _words(having) if having[0].fields[name].has_forms else None
        sources = [self._source(segment, name, words) for segment in having]
        merged = merge_field(self._file, sources, self._lengths(name), self._run_postings)
        if words is not None and merged.terms:
            self._write_words(words, merged.stems)
        if name in ORDINAL_FIELDS.values() and merged.terms:
            self._write_ordinals(name, dict(zip(having, merged.numbers, strict=True)))

    def _source(self, segment: Segment, name: str, words: _Words | None) -> FieldSource:
        return FieldSource(
            segment=segment,
            reader=segment.fields[name],
            documents=self._numbers[segment],
            words=None if words is None else words.numbers[segment],
            word_count=0 if words is None else len(words.terms),
        )

    def _lengths(self, name: str) -> DocumentLengths | None:
        """Return the lengths of the live documents; None: they do not count in the field."""
        readers = [segment.fields.get(name) for segment in self._segments]
        parts = max(reader.parts for reader in readers if reader)
        if not any(reader and reader.lengths is not None for reader in readers):
            return None
        exact = [
            _live(segment, _exact_lengths(segment, reader, parts))
            for segment, reader in zip(self._segments, readers, strict=True)
        ]
        return classified(np.concatenate(exact))

    def _write_words(self, words: _Words, stems: Numbers) -> None:
        is_used = stems != NONE
        row, ends = dictionary_arrays(words.terms.kept(is_used))
        self._file.add(f"{WORDS}/terms", row)
        self._file.add(f"{WORDS}/term_ends", ends)
        self._file.add(f"{WORDS}/stems", narrowed(stems[is_used]))

    def _write_ordinals(self, key: str, numbers: Mapping[Segment, Numbers]) -> None:
        counts, values = [], []
        for segment in self._segments:
            own_counts, own_values = _ordinals(segment, key, numbers.get(segment))
            counts.append(own_counts)
            values.append(own_values)
        starts = np.append(0, np.cumsum(np.concatenate(counts)))
        self._file.add(f"columns/{key}/starts", narrowed(starts))
        self._file.add(f"columns/{key}/values", narrowed(np.concatenate(values)))

    def _write_moments(self) -> None:
        moments = np.concatenate([_live(segment, _moments(segment)) for segment in self._segments])
        if (moments != MISSING_MOMENT).any():
            self._file.add(f"columns/{MOMENT}", moments)


def _words(segments: Sequence[Segment]) -> _Words:
    dictionaries = [_dictionary(segment) for segment in segments]
    runs, count = [], 0
    numbers: list[list[Numbers]] = [[] for _ in segments]
    for run in term_runs([TermSource(words, partial(_words_end, words)) for words in dictionaries]):
        runs.append(run.terms)
        for known, own in zip(numbers, run.numbers, strict=True):
            known.append((own + count).astype(np.uint32))
        count += len(run.terms)
    return _Words(
        terms=in_a_row(runs),
        numbers={
            segment: np.concatenate(own) for segment, own in zip(segments, numbers, strict=True)
        },
    )


def _dictionary(segment: Segment) -> TermDictionary:
    if segment.words is None:
        raise segment.file.error("it has stems without written words")
    return segment.words.terms


def _words_end(words: TermDictionary, first: int) -> int:
    return min(first + RUN_WORDS, len(words))


def _exact_lengths(segment: Segment, reader: FieldReader | None, parts: int) -> Numbers:
    shape = (segment.doc_count, parts)
    if reader is None or reader.lengths is None:
        return np.zeros(shape, dtype=np.uint32)
    if reader.lengths.shape != shape:
        raise segment.file.error(f"the lengths of {reader.name} are not those of its documents")
    return reader.lengths.astype(np.uint32)


def _moments(segment: Segment) -> npt.NDArray[np.int64]:
    moments = segment.moments()
    if moments is None:
        return np.full(segment.doc_count, MISSING_MOMENT)
    if moments.shape != (segment.doc_count,):
        raise segment.file.error(f"its column {MOMENT} is not that of its documents")
    return moments


def _ordinals(segment: Segment, key: str, numbers: Numbers | None) -> tuple[Integers, Numbers]:
    """Return how many values each live document has, and the values, as new numbers of terms."""
    if numbers is None:
        count = segment.doc_count - len(segment.deleted)
        return np.zeros(count, dtype=np.int64), np.zeros(0, dtype=np.uint32)
    starts = segment.file.array(f"columns/{key}/starts").astype(np.int64)
    counts = starts[1:] - starts[:-1]
    values = segment.file.array(f"columns/{key}/values")
    try:
        kept = numbers[values[np.repeat(_all_live(segment), counts)]]
    except (IndexError, ValueError) as error:
        raise segment.file.error(f"its column {key} does not fit together ({error})") from error
    if (kept == NONE).any():
        raise segment.file.error(f"its column {key} has values that no live document has")
    return _live(segment, counts), kept


def _all_live(segment: Segment) -> npt.NDArray[np.bool_]:
    return np.ones(segment.doc_count, dtype=np.bool_) if segment.live is None else segment.live


def _live(segment: Segment, values: npt.NDArray[AnyNumber]) -> npt.NDArray[AnyNumber]:
    """Return the rows of live documents."""
    return values if segment.live is None else values[segment.live]
