"""An archive opened at one commit: its segments, and documents numbered through all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from index.codec.blocks import Numbers
from index.codec.cache import ByteCache
from index.codec.segment import Segment
from index.codec.toc import READ_ATTEMPTS, Manifest, read_manifest, toc_name

__all__ = ["Snapshot"]


class Snapshot:
    """All segments of an archive, open for reading by any number of threads.

    A document is the number of documents in the segments before its own, deleted ones
    included, plus its number in the segment.

    Args:
        folder: The archive.

    Attributes:
        manifest: The commit.
        segments: In the order of the manifest.
        bases: Documents before each segment.
        cache: What was decoded, of all segments and by who searches them.

    Raises:
        ArchiveDamagedError: A file is not what it should be.
        FileNotFoundError: A file is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = ByteCache()
        self.manifest, self.segments = _open(folder, self.cache)
        self.bases = (0, *accumulate(segment.doc_count for segment in self.segments))[:-1]

    def of_kind(self, kind: str) -> Iterator[tuple[Segment, int]]:
        """Yield the segments with documents of a kind, and the documents before each."""
        for segment, base in zip(self.segments, self.bases, strict=True):
            if segment.kind == kind:
                yield segment, base

    def place(self, document: int) -> tuple[Segment, int]:
        """Return the segment of a document, and its number there."""
        at = bisect_right(self.bases, document) - 1
        return self.segments[at], document - self.bases[at]

    def documents_with(self, field: str, term: str) -> Iterator[int]:
        """Yield the documents that have a term, ascending; deleted ones are left out."""
        key = term.encode("utf-8", "replace")
        for segment, base in zip(self.segments, self.bases, strict=True):
            for document in live_documents_with(segment, field, key):  # a few may be enough
                yield base + int(document)

    def documents_with_both(self, one: tuple[str, str], other: tuple[str, str]) -> Iterator[int]:
        """Yield the documents that have two terms, each given with its field, ascending."""
        pairs = [(field, term.encode("utf-8", "replace")) for field, term in (one, other)]
        for segment, base in zip(self.segments, self.bases, strict=True):
            having, others = (live_documents_with(segment, *pair) for pair in pairs)
            for document in having[np.isin(having, others, assume_unique=True)].tolist():
                yield base + document

    def documents_with_any(self, field: str, terms: Iterable[str]) -> Iterator[int]:
        """Yield the documents that have any of many terms, as `documents_with` does for one."""
        keys = {term.encode("utf-8", "replace") for term in terms}
        for segment, base in zip(self.segments, self.bases, strict=True):
            if reader := segment.fields.get(field):
                docs = reader.documents_with(np.array(reader.terms.find_all(keys), dtype=np.int64))
                for document in _live(segment, docs).tolist():
                    yield base + document

    def stored(self, document: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        segment, number = self.place(document)
        return segment.stored[number]

    def stored_with(self, field: str, term: str) -> Iterator[dict[str, Any]]:
        """Yield the stored fields of the documents that have a term."""
        return map(self.stored, self.documents_with(field, term))

    def is_current(self) -> bool:
        """Return whether no commit came after: by two looks at the disk, in microseconds."""
        generation = self.manifest.generation
        here, next_one = (self.folder / toc_name(one) for one in (generation, generation + 1))
        # A commit gives its own table of contents its name, then deletes the one before it.
        return here.exists() and not next_one.exists()

    def close(self) -> None:
        """Let go of all files."""
        for segment in self.segments:
            segment.close()


def live_documents_with(segment: Segment, field: str, term: bytes) -> Numbers:
    """Return the documents of a segment that have a term and are not deleted."""
    reader = segment.fields.get(field)
    found = -1 if reader is None else reader.terms.find(term)
    if reader is None or found < 0:
        return np.zeros(0, dtype=np.uint32)
    return _live(segment, reader.postings(found).docs)


def _live(segment: Segment, docs: Numbers) -> Numbers:
    return docs if segment.live is None else docs[segment.live[docs]]


def _open(folder: Path, cache: ByteCache) -> tuple[Manifest, tuple[Segment, ...]]:
    # A commit deletes the segments that it merged; whoever read the table of contents just
    # before finds them gone, and a new one in place.
    for _ in range(READ_ATTEMPTS - 1):
        with suppress(FileNotFoundError):
            return _open_once(folder, cache)
    return _open_once(folder, cache)


def _open_once(folder: Path, cache: ByteCache) -> tuple[Manifest, tuple[Segment, ...]]:
    manifest = read_manifest(folder)
    with ExitStack() as opened:
        segments = []
        for entry in manifest.segments:
            segments.append(Segment(folder, entry, cache))
            opened.callback(segments[-1].close)
        opened.pop_all()
    return manifest, tuple(segments)
