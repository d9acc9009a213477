"""Texts are written the same by this process, by another one, and whatever was given up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import ArrayFile
from index.codec.merge import DEFAULT_MEMORY_BYTES, merge_segments
from index.codec.segment import DELETED, Segment
from index.codec.segment_writer import write_segment
from index.codec.text_process import ProcessTextWriter
from index.codec.text_writer import InlineTextWriter, TextWriter
from index.codec.toc import SegmentEntry
from index.documents import NO_TEXT, NewDocuments
from index.errors import ArchiveDamagedError
from plain_documents import Document, taken_apart, write_documents

WORDS = ("bank", "banks", "Banking", "Élysée", "flood's", "日本語", "—", "\ud800")
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
pairs = st.lists(st.tuples(texts, texts), max_size=9)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ProcessTextWriter]:
    """Return one process for all tests that leave it whole."""
    writer = ProcessTextWriter()
    yield writer
    writer.close()


def arrays_of(path: Path) -> dict[str, list[Any]]:
    with ArrayFile(path) as file:
        assert file.damaged() == []
        return {name: [file.array(name).dtype, file.array(name).tolist()] for name in file.names}


def write_texts(path: Path, text: TextWriter, added: Sequence[Any], numbers: list[int]) -> None:
    """Add texts in two turns, and write those documents."""
    half = len(added) // 2
    for some, first in ((added[:half], 0), (added[half:], half)):
        if some:
            assert text.add([part for both in some for part in both]) == first
    documents = [Document(keys={}, stored={"id": str(at)}) for at in range(len(numbers))]
    write_segment(path, NewDocuments(taken_apart(documents), numbers), text)


@given(pairs, st.data())
def test_documents_have_the_texts_whose_numbers_they_are_given(
    elsewhere: ProcessTextWriter, added: list[tuple[str, str]], data: st.DataObject
) -> None:
    known = range(NO_TEXT, len(added))
    numbers = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=9, unique=True))
    wanted = [None if number == NO_TEXT else added[number] for number in numbers]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(
            folder / "plain.seg",
            [
                Document(keys={}, stored={"id": str(at)}, texts=text)
                for at, text in enumerate(wanted)
            ],
        )
        for text, path in ((InlineTextWriter(), "inline.seg"), (elsewhere, "other.seg")):
            write_texts(folder / path, text, added, numbers)
            assert arrays_of(folder / path) == arrays_of(folder / "plain.seg")
        assert not [*folder.glob("*.tmp")]


@given(st.lists(pairs.filter(bool), min_size=1, max_size=4), st.integers(0, 3))
def test_segments_are_merged_the_same_elsewhere(
    elsewhere: ProcessTextWriter, batches: list[list[tuple[str, str]]], every: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, segments = Path(name), []
        for number, batch in enumerate(batches):
            documents = [Document(keys={}, stored={}, texts=text) for text in batch]
            write_documents(folder / f"MAIN_{number}.seg", documents)
            gone = [*range(0, len(batch), every)] if every else []
            deletions = f"MAIN_{number}.1.del" if gone else None
            if deletions:
                with ArrayFileWriter(folder / deletions) as file:
                    file.add(DELETED, np.array(gone, np.uint32))
                    file.close({})
            entry = SegmentEntry(
                name=f"MAIN_{number}",
                docs=len(batch),
                deleted=len(gone),
                deletions=deletions,
                kind="article",
            )
            segments.append(Segment(folder, entry))
        for text, path in ((InlineTextWriter(), "inline.seg"), (elsewhere, "other.seg")):
            merge_segments(folder / path, segments, text, DEFAULT_MEMORY_BYTES)
        assert arrays_of(folder / "inline.seg") == arrays_of(folder / "other.seg")
        for segment in segments:
            segment.close()


def test_what_fails_elsewhere_is_told_here(tmp_path: Path) -> None:
    folder = tmp_path / "archive.idx"
    folder.mkdir()
    with ArrayFileWriter(folder / "MAIN_a.seg") as file:
        writer = ProcessTextWriter()
        writer.add(["Flood", "The river rose."])
        (folder / "MAIN_a.seg.text.tmp").write_text("somebody else's")
        finish = writer.write(file, np.array([0]))
        with pytest.raises(FileExistsError, match=r"MAIN_a\.seg\.text\.tmp"):
            finish()
        writer.close()


def test_a_damaged_segment_is_told_of_by_name(tmp_path: Path) -> None:
    path = tmp_path / "MAIN_a.seg"
    write_documents(path, [Document(keys={}, stored={}, texts=("Flood", "The river rose."))])
    entry = SegmentEntry(name="MAIN_a", docs=1, deleted=0, deletions=None, kind="article")
    segment = Segment(tmp_path, entry)
    assert segment.fields
    path.write_bytes(path.read_bytes()[:-1])
    writer = ProcessTextWriter()
    with pytest.raises(ArchiveDamagedError, match=r"MAIN_a\.seg is damaged"):
        merge_segments(tmp_path / "MAIN_b.seg", [segment], writer)
    writer.close()
    assert not (tmp_path / "MAIN_b.seg").exists()
