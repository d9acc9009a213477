"""Fingerprints of a segment: written, looked up, and merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import ArchiveDamagedError, Article
from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import ArrayFile
from index.codec.merge import merge_segments
from index.codec.prints import ALL_PRINTS, MIN_SPLIT, PrintsReader, PrintsSlice, write_prints
from index.codec.segment import DELETED, Segment
from index.codec.segment_writer import write_segment
from index.codec.text_writer import InlineTextWriter
from index.codec.toc import SegmentEntry
from index.documents import NewDocuments, StoryPlace, article_documents
from index.identity import article_keys
from index.schema import CLUSTER_COLUMN, STORY_COLUMN

MANY_DOCUMENTS = 70_000  # more than two bytes number


def drawn(count: int, documents: int, values: int = ALL_PRINTS) -> PrintsSlice:
    random = np.random.default_rng(count)
    prints = random.integers(0, values, count, dtype=np.uint64).astype(np.uint32)
    docs = random.integers(0, max(documents, 1), count).astype(np.uint32)
    order = np.lexsort((docs, prints))
    return PrintsSlice(prints[order], docs[order])


def written(path: Path, whole: PrintsSlice, documents: int, slices: int = 1) -> ArrayFile:
    parts = zip(
        np.array_split(whole.prints, slices), np.array_split(whole.documents, slices), strict=True
    )
    with ArrayFileWriter(path) as file:
        write_prints(file, len(whole.prints), documents, [PrintsSlice(*part) for part in parts])
        file.close({})
    return ArrayFile(path)


@pytest.mark.parametrize("documents", [1, 300, MANY_DOCUMENTS])
@pytest.mark.parametrize(
    ("count", "values"),
    [(1, ALL_PRINTS), (3_000, ALL_PRINTS), (3_000, 200), (MIN_SPLIT, ALL_PRINTS), (MIN_SPLIT, 900)],
)
def test_holders_are_those_written(count: int, values: int, documents: int, tmp_path: Path) -> None:
    whole = drawn(count, documents, values)
    asked = np.array([0, 1, 77, 2**16, 2**32 - 1, *whole.prints[:: count // 50 + 1].tolist()])
    np.random.default_rng(1).shuffle(asked)
    with written(tmp_path / "a", whole, documents, slices=3) as file:
        reader = PrintsReader(file, documents)
        counts, docs = reader.holders(asked.astype(np.uint32), most=20)
    ends = np.cumsum(np.where(counts > 20, 0, counts)).tolist()
    for value, held, start, end in zip(
        asked.tolist(), counts.tolist(), [0, *ends], ends, strict=False
    ):
        expected = whole.documents[whole.prints == value].tolist()
        assert held == min(len(expected), 21)
        assert docs[start:end].tolist() == (expected if len(expected) <= 20 else [])


@pytest.mark.parametrize("count", [5, 3_000, MIN_SPLIT])
def test_all_are_between_the_bounds(count: int, tmp_path: Path) -> None:
    whole = drawn(count, 100)
    with written(tmp_path / "a", whole, 100) as file:
        reader = PrintsReader(file, 100)
        parts = [reader.between(first, first + 2**30) for first in range(0, ALL_PRINTS, 2**30)]
    assert np.concatenate([part.prints for part in parts]).tolist() == whole.prints.tolist()
    assert np.concatenate([part.documents for part in parts]).tolist() == whole.documents.tolist()


def test_none_are_not_written(tmp_path: Path) -> None:
    with written(tmp_path / "a", drawn(0, 3), 3) as file:
        assert not file.names


def test_numbers_that_cannot_be_are_damage(tmp_path: Path) -> None:
    with written(tmp_path / "a", drawn(50, 9), 9) as file:
        reader = PrintsReader(file, 3)
        with pytest.raises(ArchiveDamagedError):
            reader.documents(0, 50)


Place = tuple[int, int, list[int]]


@pytest.fixture
def make_segment(tmp_path: Path, make_article: Callable[..., Article]) -> Callable[..., Segment]:
    """Write a segment of articles with these places, some of them deleted."""

    def make(name: str, places: list[Place], deleted: tuple[int, ...] = ()) -> Segment:
        articles = [make_article(f"{name} {number}") for number in range(len(places))]
        given = [StoryPlace(s, c, np.array(prints, dtype=np.uint32)) for s, c, prints in places]
        documents = article_documents(articles, [*map(article_keys, articles)], given)
        count = write_segment(
            tmp_path / f"{name}.seg", NewDocuments([documents]), InlineTextWriter()
        )
        deletions = f"{name}.1.del" if deleted else None
        if deletions:
            with ArrayFileWriter(tmp_path / deletions) as file:
                file.add(DELETED, np.array(deleted, dtype=np.uint32))
                file.close({})
        entry = SegmentEntry(
            name=name, docs=count, deleted=len(deleted), deletions=deletions, kind="article"
        )
        return Segment(tmp_path, entry)

    return make


def told(segment: Segment) -> list[Place]:
    """Return what a segment says of each of its documents."""
    prints: list[list[int]] = [[] for _ in range(segment.doc_count)]
    if segment.prints is not None:
        for value, document in zip(*segment.prints.between(0, ALL_PRINTS), strict=True):
            prints[document].append(int(value))
    columns = (segment.story_column(name).tolist() for name in (STORY_COLUMN, CLUSTER_COLUMN))
    return [*zip(*columns, prints, strict=True)]


FIRST: list[Place] = [(2**48 - 1, 2**32 - 1, [3, 900]), (5, 6, []), (7, 8, [3, 4, 2**32 - 1])]
SECOND: list[Place] = [(7, 8, [3]), (9, 9, [0, 5])]


def test_places_are_those_written(make_segment: Callable[..., Segment]) -> None:
    assert told(make_segment("MAIN_a", FIRST)) == FIRST


@pytest.mark.parametrize("deleted", [(), (0,), (0, 1, 2)])
def test_merged_places_are_those_of_live_documents(
    deleted: tuple[int, ...],
    make_segment: Callable[..., Segment],
    tmp_path: Path,
) -> None:
    segments = [make_segment("MAIN_a", FIRST, deleted), make_segment("MAIN_b", SECOND)]
    count = merge_segments(tmp_path / "MAIN_c.seg", segments, InlineTextWriter())
    entry = SegmentEntry(name="MAIN_c", docs=count, deleted=0, deletions=None, kind="article")
    left = [place for number, place in enumerate(FIRST) if number not in deleted]
    assert told(Segment(tmp_path, entry)) == left + SECOND


def test_segments_from_before_there_were_stories_merge(
    make_segment: Callable[..., Segment], make_article: Callable[..., Article], tmp_path: Path
) -> None:
    article = make_article("old")
    documents = article_documents([article], [article_keys(article)])
    write_segment(tmp_path / "MAIN_o.seg", NewDocuments([documents]), InlineTextWriter())
    entry = SegmentEntry(name="MAIN_o", docs=1, deleted=0, deletions=None, kind="article")
    old = Segment(tmp_path, entry)
    assert told(old) == [(0, 0, [])]
    merge_segments(
        tmp_path / "MAIN_c.seg", [old, make_segment("MAIN_b", SECOND)], InlineTextWriter()
    )
    entry = SegmentEntry(name="MAIN_c", docs=3, deleted=0, deletions=None, kind="article")
    assert told(Segment(tmp_path, entry)) == [(0, 0, []), *SECOND]
