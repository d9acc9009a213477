"""Writes documents as one segment file.

Strategy: documents come some hundred at a time, and one thing after the other is done with all of
them, so that what it needs (the words of texts, the tables of the compressor) stays in the caches
of the processor.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from pathlib import Path

import numpy as np

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Integers, Numbers, changes, narrowed
from index.codec.field_writer import write_field
from index.codec.invert import KeyBatch, WordBatch, inverted_keys
from index.codec.postings import Chunk
from index.codec.prints import PrintsSlice, write_prints
from index.codec.stored_writer import StoredWriter
from index.codec.terms import Terms
from index.codec.text_writer import TextWriter
from index.documents import Documents, NewDocuments, StoryPlace
from index.schema import (
    CLUSTER_COLUMN,
    MISSING_MOMENT,
    MOMENT,
    ORDINAL_FIELDS,
    STORED_FIELDS,
    STORY_COLUMN,
    STORY_COLUMNS,
    moment_term,
)

__all__ = ["write_segment"]


def write_segment(path: Path, new: NewDocuments, text: TextWriter) -> int:
    """Write documents into a new segment file.

    Args:
        path: The file; nothing is left of it where writing fails.
        new: The documents.
        text: Has their texts, and writes them.

    Returns:
        How many documents were written.
    """
    with ArrayFileWriter(path) as file:
        finish_text = text.write(file, np.array(new.texts)) if new.texts else None
        segment = _Segment(file)
        for documents in new.batches:
            segment.add(documents)
        segment.write()
        if finish_text:
            finish_text()
        file.close({"documents": segment.documents, "stored": list(STORED_FIELDS)})
    return segment.documents


class _Segment:
    """The documents of one segment, gathered by field; all but the texts."""

    def __init__(self, file: ArrayFileWriter) -> None:
        self._file = file
        self.documents = 0
        self._words: defaultdict[str, WordBatch] = defaultdict(WordBatch)
        self._keys: defaultdict[str, KeyBatch] = defaultdict(KeyBatch)
        self._moments = array("q")
        self._places: list[StoryPlace] = []
        self._stored = StoredWriter(file, STORED_FIELDS)

    def add(self, documents: Documents) -> None:
        """Take in the next documents."""
        for name, names in documents.words.items():
            if names.values:
                self._words[name].add(self.documents, names)
        for name, keys in documents.keys.items():
            if keys.values:
                self._keys[name].add(self.documents, keys)
        moments = documents.moments or [None] * documents.count
        self._moments.extend([MISSING_MOMENT if at is None else at for at in moments])
        self._places.extend(documents.places)
        self._stored.add(documents.count, documents.stored)
        self.documents += documents.count

    def write(self) -> None:
        """Invert and write everything."""
        self._stored.close()
        for name, words in sorted(self._words.items()):
            if inverted := words.invert(self.documents):
                write_field(self._file, name, inverted.chunks, inverted.book)
        for name, keys in sorted(self._keys.items()):
            self._write_keys(name, *keys.invert(self.documents))
        self._write_moments(np.frombuffer(self._moments, dtype=np.int64))
        if self._places:
            self._write_stories()

    def _write_keys(self, name: str, chunk: Chunk, starts: Integers, values: Numbers) -> None:
        write_field(self._file, name, [chunk])
        if name in ORDINAL_FIELDS.values():
            self._file.add(f"columns/{name}/starts", narrowed(starts))
            self._file.add(f"columns/{name}/values", narrowed(values))

    def _write_moments(self, moments: Integers) -> None:
        owners = np.flatnonzero(moments != MISSING_MOMENT)
        if not len(owners):
            return
        known = moments[owners]
        order = np.argsort(known, kind="stable")
        is_new = changes(known[order])
        ranks = np.empty(len(known), dtype=np.uint32)
        ranks[order] = np.cumsum(is_new) - 1
        terms = Terms.of([*map(moment_term, known[order][is_new].tolist())])
        inverted = inverted_keys(terms, ranks, owners.astype(np.uint32), self.documents)
        self._write_keys(MOMENT, *inverted)
        self._file.add(f"columns/{MOMENT}", moments)

    def _write_stories(self) -> None:
        columns = {
            STORY_COLUMN: [place.story for place in self._places],
            CLUSTER_COLUMN: [place.cluster for place in self._places],
        }
        for name, values in columns.items():
            self._file.add(f"columns/{name}", np.array(values, dtype=STORY_COLUMNS[name]))
        counts = [len(place.prints) for place in self._places]
        prints = np.concatenate([place.prints for place in self._places])
        docs = np.repeat(np.arange(self.documents, dtype=np.uint32), counts)
        write_prints(self._file, len(prints), self.documents, [PrintsSlice.of(prints, docs)])
