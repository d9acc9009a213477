"""Merges what segments know of stories: fingerprints, and the story and cluster of each document.

Strategy: fingerprints are brought together by value, some of all values at a time, so that the
memory it takes does not grow with the segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from index.codec.array_writer import ArrayFileWriter
from index.codec.merge_runs import DocumentNumbers
from index.codec.prints import ALL_PRINTS, PrintsReader, PrintsSlice, write_prints
from index.codec.segment import Segment
from index.schema import CLUSTER_COLUMN, STORY_COLUMN

__all__ = ["merge_stories"]

SLICE_PRINTS = 1 << 21  # fingerprints that are merged at once, at some 40 bytes each
Sources = Mapping[Segment, DocumentNumbers]


def merge_stories(file: ArrayFileWriter, segments: Sources, documents: int) -> None:
    """Write what the live documents of segments have of stories into one.

    Args:
        file: The file of the new segment.
        segments: In the order of their documents, with the new numbers of these.
        documents: How many there are in the new segment.

    Raises:
        ArchiveDamagedError: One of the segments is not what it should be.
    """
    _merge_columns(file, segments)
    readers = {segment: segment.prints for segment in segments}
    having = {segment: reader for segment, reader in readers.items() if reader is not None}
    count = sum(_live_count(segment, reader) for segment, reader in having.items())
    write_prints(file, count, documents, _slices(segments, having))


def _merge_columns(file: ArrayFileWriter, segments: Sources) -> None:
    for name in (STORY_COLUMN, CLUSTER_COLUMN):
        columns = [segment.live_rows(segment.story_column(name)) for segment in segments]
        merged = np.concatenate(columns)
        if merged.any():
            file.add(f"columns/{name}", merged)


def _live_count(segment: Segment, reader: PrintsReader) -> int:
    if segment.live is None:
        return len(reader)
    return sum(
        int(np.count_nonzero(segment.live[reader.documents(first, first + SLICE_PRINTS)]))
        for first in range(0, len(reader), SLICE_PRINTS)
    )


def _slices(segments: Sources, having: Mapping[Segment, PrintsReader]) -> Iterator[PrintsSlice]:
    count = sum(map(len, having.values()))
    bounds = np.linspace(0, ALL_PRINTS, max(count // SLICE_PRINTS, 1) + 1).astype(np.int64).tolist()
    for first, stop in pairwise(bounds):
        parts = [
            _renumbered(reader.between(first, stop), segment, segments[segment])
            for segment, reader in having.items()
        ]
        if parts:
            prints, docs = map(np.concatenate, zip(*parts, strict=True))
            yield PrintsSlice.of(prints, docs)


def _renumbered(part: PrintsSlice, segment: Segment, numbers: DocumentNumbers) -> PrintsSlice:
    if segment.live is None:
        return PrintsSlice(part.prints, numbers.of(part.documents))
    is_live = segment.live[part.documents]
    return PrintsSlice(part.prints[is_live], numbers.of(part.documents[is_live]))
