"""A commit: new segments, deletions and merges under one new table of contents.

Strategy: everything is written under names that no table of contents knows yet, and synced;
the new table of contents is renamed into place, and what it no longer names is deleted. A
commit that fails on the way leaves the old archive; what it wrote is deleted, if it was killed by
the next one before that writes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Integers
from index.codec.field_postings import distinct
from index.codec.merge import merge_segments
from index.codec.policy import due_merges
from index.codec.segment import DELETED, opened
from index.codec.segment_writer import write_segment
from index.codec.snapshot import Snapshot
from index.codec.text_writer import TextWriter
from index.codec.toc import (
    INDEX_NAME,
    SEGMENT_SUFFIX,
    Manifest,
    SegmentEntry,
    newest_generation,
    remove_unused,
    write_manifest,
)
from index.documents import NewDocuments

__all__ = ["commit"]


def commit(
    snapshot: Snapshot,
    *,
    deleted: Iterable[int],
    documents: Mapping[str, NewDocuments],
    text: TextWriter,
) -> None:
    """Delete documents from an archive and add others, all of it or nothing.

    Args:
        snapshot: The archive at its last commit; whoever calls holds its lock.
        deleted: Documents of the snapshot.
        documents: New documents by kind, one of `index.codec.toc.KINDS`.
        text: Has the texts of those, and merges others; closed where the commit fails.

    Raises:
        OSError: A file could not be written; the archive is as it was, unless the new
            table of contents is in place already.
    """
    folder, generation = snapshot.folder, snapshot.manifest.generation + 1
    remove_unused(folder, snapshot.manifest)  # of a commit that was killed: names would be taken
    try:
        entries = _with_deletions(
            snapshot, np.array(sorted(set(deleted)), dtype=np.int64), generation
        )
        for kind, new in documents.items():
            entries += _new_segment(folder, kind, partial(write_segment, new=new, text=text))
        for due in due_merges(entries):
            entries = _replaced(entries, due, _merged(folder, due, text))
        manifest = Manifest(generation=generation, segments=tuple(entries))
        write_manifest(folder, manifest)
    except BaseException:
        text.close()  # it may be writing
        if newest_generation(folder) != generation:
            with suppress(OSError):
                remove_unused(folder, snapshot.manifest)
        raise
    remove_unused(folder, manifest)


def _with_deletions(snapshot: Snapshot, deleted: Integers, generation: int) -> list[SegmentEntry]:
    """Return the entries of a snapshot's segments after more documents were deleted."""
    entries = []
    for entry, segment, base in zip(
        snapshot.manifest.segments, snapshot.segments, snapshot.bases, strict=True
    ):
        inside = deleted[(deleted >= base) & (deleted < base + segment.doc_count)] - base
        if len(inside):
            union = distinct([segment.deleted, inside.astype(np.uint32)], segment.doc_count)
            name = f"{entry.name}.{generation}.del"
            with ArrayFileWriter(snapshot.folder / name) as file:
                file.add(DELETED, union)
                file.close({})
            entry = replace(entry, deleted=len(union), deletions=name)  # noqa: PLW2901
        entries.append(entry)
    return entries


def _merged(folder: Path, entries: Sequence[SegmentEntry], text: TextWriter) -> list[SegmentEntry]:
    with opened(folder, entries) as segments:
        merge = partial(merge_segments, segments=segments, text=text)
        return _new_segment(folder, entries[0].kind, merge)


def _new_segment(folder: Path, kind: str, write: Callable[[Path], int]) -> list[SegmentEntry]:
    """Return the entry of a segment that something writes; none if it has no documents."""
    name = f"{INDEX_NAME}_{secrets.token_hex(8)}"
    path = folder / (name + SEGMENT_SUFFIX)
    if count := write(path):
        return [SegmentEntry(name=name, docs=count, deleted=0, deletions=None, kind=kind)]
    path.unlink()
    return []


def _replaced(
    entries: list[SegmentEntry], due: Sequence[SegmentEntry], merged: list[SegmentEntry]
) -> list[SegmentEntry]:
    """Put a merged segment where the first of those that it replaces was."""
    at = entries.index(due[0])
    gone = {entry.name for entry in due}
    before = [entry for entry in entries[:at] if entry.name not in gone]
    return before + merged + [entry for entry in entries[at:] if entry.name not in gone]
