"""Merges segments into one, without the deleted documents.

Strategy: documents keep their order, segment by segment, and get new numbers. Field by field, a
run of terms at a time is brought together (`index.codec.merge_fields`); columns are put in a
row, and stored documents are copied in the blocks that they are in. Texts, most of the work, are
left to a `TextWriter`. The result answers as a segment written anew from the live documents does.

Memory is what a run of postings takes, plus what is kept for each document and term until it
can be written: about 60 bytes a document and 100 a term of the largest field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Integers, Numbers, narrowed
from index.codec.merge_fields import NONE, FieldMerge, FieldSource
from index.codec.merge_prints import merge_stories
from index.codec.merge_runs import document_numbers
from index.codec.segment import Segment
from index.codec.stored_writer import StoredWriter
from index.codec.text_writer import TextWriter
from index.schema import MISSING_MOMENT, MOMENT, ORDINAL_FIELDS, STORED_FIELDS, TEXT

__all__ = ["DEFAULT_MEMORY_BYTES", "merge_segments"]

DEFAULT_MEMORY_BYTES = 64 * 1024 * 1024  # with half of it, merging takes a sixth longer


def merge_segments(
    path: Path,
    segments: Sequence[Segment],
    text: TextWriter,
    memory_bytes: int = DEFAULT_MEMORY_BYTES,
) -> int:
    """Write the live documents of segments into a new segment file.

    Args:
        path: The file; nothing is left of it where merging fails.
        segments: In the order of their documents; at least one.
        text: Merges their texts.
        memory_bytes: What a run of terms may take; one term with more postings takes more.

    Returns:
        How many documents were written.

    Raises:
        ArchiveDamagedError: One of the segments is not what it should be.
    """
    with ArrayFileWriter(path) as file:
        finish_text = text.merge(file, segments, memory_bytes)
        merge = _Merge(file, segments, memory_bytes)
        merge.write()
        finish_text()
        file.close({"documents": merge.documents, "stored": list(STORED_FIELDS)})
    return merge.documents


class _Merge:
    """Segments being merged."""

    def __init__(
        self, file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int
    ) -> None:
        self._file = file
        self._segments = segments
        self._memory_bytes = memory_bytes
        self._numbers = document_numbers(segments)
        self.documents = self._numbers[segments[-1]].stop

    def write(self) -> None:
        """Write everything but the texts."""
        self._write_stored()
        fields = {name for segment in self._segments for name in segment.fields}
        for name in sorted(fields - {TEXT}):
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
        sources = [
            FieldSource(segment, segment.fields[name], self._numbers[segment]) for segment in having
        ]
        merge = FieldMerge(self._file, sources, self._memory_bytes)
        merge.add()
        merged = merge.close()
        if name in ORDINAL_FIELDS.values() and merged.terms:
            self._write_ordinals(name, dict(zip(having, merged.numbers, strict=True)))

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
        moments = np.concatenate(
            [segment.live_rows(_moments(segment)) for segment in self._segments]
        )
        if (moments != MISSING_MOMENT).any():
            self._file.add(f"columns/{MOMENT}", moments)


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
    return segment.live_rows(counts), kept


def _all_live(segment: Segment) -> npt.NDArray[np.bool_]:
    return np.ones(segment.doc_count, dtype=np.bool_) if segment.live is None else segment.live
