"""Merging: the merged segment answers as one written anew from the documents that live."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import BLOCK
from index.codec.field import FieldReader
from index.codec.merge import DEFAULT_MEMORY_BYTES, merge_segments
from index.codec.segment import DELETED, Segment
from index.codec.text_writer import InlineTextWriter
from index.codec.toc import SegmentEntry
from index.errors import ArchiveDamagedError
from index.schema import ORDINAL_FIELDS, TEXT
from plain_documents import Document, write_documents

# Few words, so that segments share some and miss others; several are forms of one stem, so that
# now one and now another of them is the most frequent.
SPELLINGS = ("bank", "banks", "banking", "elect", "elects", "elected", "flood", "Élysée", "日本語")
NAMES = ("Jane Roe", "Roe Jane Roe", "Tom Doe", "Élise Ångström")

texts = st.lists(st.sampled_from(SPELLINGS), max_size=7).map(" ".join)
long_texts = st.builds(lambda text, times: f"{text} " * times, texts, st.sampled_from([1, 1, 60]))
names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
documents = st.builds(
    Document,
    texts=st.none() | st.tuples(texts, long_texts),
    words=st.dictionaries(st.sampled_from(["people", "url"]), names),
    keys=st.dictionaries(st.sampled_from(["kind", *ORDINAL_FIELDS.values()]), names),
    moment=st.none() | st.integers(0, 3),
    stored=st.dictionaries(st.sampled_from(["id", "body"]), texts),
)
# Segments, each of documents with whether they are still there.
archives = st.lists(
    st.lists(st.tuples(documents, st.booleans() | st.just(value=True)), max_size=6),
    min_size=1,
    max_size=4,
)
Archive = list[list[tuple[Document, bool]]]


@pytest.fixture(autouse=True, scope="module")
def _without_syncing() -> Iterator[None]:
    """Many small files are written here, and none of them has to outlive a loss of power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _file: None)
        yield


@pytest.fixture
def opened() -> Iterator[Opened]:
    with tempfile.TemporaryDirectory() as folder:
        archive = Opened(Path(folder))
        yield archive
        archive.close()


class Opened:
    """A folder of segments that are open until it is closed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._segments: list[Segment] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        for segment in self._segments:
            segment.close()

    def new_path(self) -> Path:
        return self.folder / f"MAIN_{len(self._segments)}.seg"

    def open(self, docs: int, deleted: Sequence[int] = ()) -> Segment:
        """Open the file that was written last."""
        name = self.new_path().stem
        deletions = f"{name}.1.del" if deleted else None
        if deletions:
            with ArrayFileWriter(self.folder / deletions) as file:
                file.add(DELETED, np.array(deleted, np.uint32))
                file.close({})
        entry = SegmentEntry(
            name=name, docs=docs, deleted=len(deleted), deletions=deletions, kind="article"
        )
        self._segments.append(Segment(self.folder, entry))
        return self._segments[-1]

    def write(self, batch: Sequence[tuple[Document, bool]]) -> Segment:
        docs = write_documents(self.new_path(), [document for document, _ in batch])
        return self.open(docs, [n for n, (_, lives) in enumerate(batch) if not lives])

    def merge(self, segments: Sequence[Segment], memory_bytes: int) -> Segment:
        return self.open(
            merge_segments(self.new_path(), segments, InlineTextWriter(), memory_bytes)
        )


def new_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def answers(segment: Segment) -> dict[str, Any]:
    """Return all that a segment can be asked."""
    words, moments = segment.words, segment.moments()
    return {
        "fields": {name: field_answers(reader) for name, reader in segment.fields.items()},
        "words": words
        and {
            word: words.documents_with(np.array([number])).tolist()
            for number, word in enumerate(words.terms)
        },
        "moments": None if moments is None else moments.tolist(),
        "ordinals": {name: ordinal_answers(segment, name) for name in ORDINAL_FIELDS},
        "stored": [segment.stored[doc] for doc in range(segment.doc_count)],
    }


def ordinal_answers(segment: Segment, name: str) -> list[list[bytes]] | None:
    ordinals = segment.ordinals(name)
    return ordinals and [
        [ordinals.keys[number] for number in ordinals.values[start:stop].tolist()]
        for start, stop in pairwise(ordinals.starts.tolist())
    ]


def field_answers(reader: FieldReader) -> dict[str, Any]:
    lengths = reader.lengths
    return {
        "lengths": None if lengths is None else lengths.tolist(),
        "reference": reader.reference if reader.parts else None,
        "terms": {
            term: term_answers(reader, number) | score_answers(reader, number)
            for number, term in enumerate(reader.terms)
        },
    }


def term_answers(reader: FieldReader, term: int) -> dict[str, Any]:
    docs = reader.postings(term).docs.tolist()
    answers = {"docs": docs, "frequency": reader.frequency(term)}
    if reader.has_positions:
        counts, flat = reader.positions(term, np.arange(len(docs)))
        answers |= {"counts": counts.tolist(), "positions": flat.tolist()}
    return answers


def score_answers(reader: FieldReader, term: int) -> dict[str, Any]:
    codes = reader.postings(term).codes
    if codes is None:
        return {}
    classes = len(reader.length_classes)
    return {
        "occurrences": reader.book[codes // classes].tolist(),
        "classes": reader.length_classes[codes % classes].tolist(),
        "all occurrences": reader.occurrences(term).tolist(),
        "part frequencies": reader.part_frequencies(term).tolist(),
        "extreme lengths": reader.extreme_lengths(term),
        "block firsts": reader.block_firsts(term).tolist(),
        "block maxima": reader.block_maxima(term).tolist(),
    }


def check(archive: Archive, memory_bytes: int, first_merges: int = 0) -> None:
    """Merge segments, some of them before the others, and ask the result everything."""
    with new_folder() as folder, Opened(Path(folder)) as opened:
        segments = [opened.write(batch) for batch in archive]
        if first_merges > 1:
            segments[:first_merges] = [opened.merge(segments[:first_merges], memory_bytes)]
        merged = opened.merge(segments, memory_bytes)
        anew = opened.write([each for batch in archive for each in batch if each[1]])
        assert merged.doc_count == anew.doc_count
        assert answers(merged) == answers(anew)
        assert not list(opened.folder.glob("*.tmp"))


@given(archives, st.sampled_from([0, 400, DEFAULT_MEMORY_BYTES]), st.integers(0, 3))
def test_a_merged_segment_answers_as_one_written_anew(
    archive: Archive, memory_bytes: int, first_merges: int
) -> None:
    check(archive, memory_bytes, first_merges)


@pytest.mark.parametrize("memory_bytes", [0, 100_000, DEFAULT_MEMORY_BYTES])
def test_posting_lists_of_many_blocks_are_merged(memory_bytes: int) -> None:
    def batch(first: int, count: int) -> list[tuple[Document, bool]]:
        return [
            (
                Document(
                    texts=(SPELLINGS[n % 5], f"{SPELLINGS[n % 7]} flood " * (1 + n % 11)),
                    words={"people": (NAMES[n % 3],)},
                    keys={"id": (f"{n * 7919 % 1000:03}",), "people_exact": (NAMES[n % 3],)},
                    moment=n // 4,
                    stored={"id": n},
                ),
                n % 9 != 0,
            )
            for n in range(first, first + count)
        ]

    check([batch(0, 3 * BLOCK), batch(400, 5), batch(500, 2 * BLOCK + 1)], memory_bytes)


def some_text(title: str, body: str = "") -> tuple[Document, bool]:
    return Document(texts=(title, body), keys={"kind": ("article",)}, stored={}), True


def test_the_form_most_frequent_in_all_documents_is_the_one_not_listed(opened: Opened) -> None:
    segments = [
        opened.write([some_text("bank"), some_text("bank"), some_text("bank banks")]),
        opened.write([some_text("banks"), some_text("banks"), some_text("banks")]),
    ]
    merged = opened.merge(segments, DEFAULT_MEMORY_BYTES)
    assert merged.words is not None
    listing = merged.fields[TEXT].forms(0)
    assert [merged.words.terms[word] for word in listing.words] == [b"banks", b"bank"]
    assert listing.at.tolist() == [0, 1, 2, 2]
    assert listing.forms.tolist() == [1, 1, 0, 1]


def test_words_of_which_no_document_is_left_vanish(opened: Opened) -> None:
    dead = Document(texts=("banks", "ebb"), keys={"kind": ("page",)}, stored={})
    merged = opened.merge(
        [opened.write([some_text("bank"), (dead, False)]), opened.write([some_text("flood")])],
        DEFAULT_MEMORY_BYTES,
    )
    assert list(merged.fields[TEXT].terms) == [b"bank", b"flood"]
    assert merged.words is not None
    assert list(merged.words.terms) == [b"bank", b"flood"]
    assert list(merged.fields["kind"].terms) == [b"article"]


def test_of_segments_without_live_documents_an_empty_one_is_left(opened: Opened) -> None:
    document, _ = some_text("flood")
    merged = opened.merge([opened.write([(document, False)])] * 1, DEFAULT_MEMORY_BYTES)
    assert merged.doc_count == 0
    assert not merged.fields


def flipped(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x10
    path.write_bytes(data)


def test_a_flipped_byte_is_never_merged(opened: Opened) -> None:
    intact = opened.write([some_text("flood", "The river rose.")])
    size = intact.file.size_bytes
    for at in range(64, size, 241):
        path = opened.new_path()
        write_documents(path, [some_text("bank", "A bank fell.")[0]])
        flipped(path, at % path.stat().st_size)
        target = opened.folder / "MAIN_merged.seg"
        try:
            damaged = opened.open(1)
        except ArchiveDamagedError:
            path.unlink()
            continue
        try:
            merge_segments(target, [intact, damaged], InlineTextWriter())
        except ArchiveDamagedError as error:
            assert str(path) in str(error)  # noqa: PT017 (a flip in the padding does no harm)
            assert not list(opened.folder.glob("MAIN_merged*"))
        else:
            target.unlink()
