"""Stored fields: every document comes back as it was put, through merges too, or not at all."""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import Array, ArrayFile
from index.codec.stored import StoredReader
from index.codec.stored_writer import StoredWriter
from index.errors import ArchiveDamagedError

NAMES = ("id", "title", "body", "people")
Document = dict[str, Any]

# Also lone halves of surrogate pairs, control characters, and bodies longer than a block.
texts = st.text(st.characters(exclude_categories=()))
long_texts = st.builds(lambda text, times: text * times, texts, st.sampled_from([1, 1, 500, 9000]))
values = st.one_of(
    st.none(),
    texts,
    long_texts,
    st.lists(texts, max_size=3),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dictionaries(texts, texts, max_size=2),
)
documents = st.dictionaries(st.sampled_from([*NAMES, "unknown"]), values)
segments = st.lists(documents, max_size=30)


def as_stored(document: Document, names: Sequence[str] = NAMES) -> Document:
    return {name: document[name] for name in names if document.get(name) is not None}


@contextmanager
def new_folder() -> Iterator[Path]:
    """Hypothesis runs one test many times, and each run needs a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def add(writer: StoredWriter, document: Document) -> None:
    writer.add(1, {name: [value] for name, value in document.items()})


def write(
    path: Path, fill: Callable[[StoredWriter], object], names: tuple[str, ...] = NAMES
) -> Path:
    with ArrayFileWriter(path) as file:
        writer = StoredWriter(file, names)
        fill(writer)
        writer.close()
        file.close({"stored": list(writer.names)})
    return path


def write_all(path: Path, stored: Sequence[Document], names: tuple[str, ...] = NAMES) -> Path:
    return write(path, lambda writer: [add(writer, document) for document in stored], names)


def read_all(path: Path, names: tuple[str, ...] = NAMES) -> list[Document]:
    with ArrayFile(path) as file:
        reader = StoredReader(file, names)
        one_by_one = [reader[doc] for doc in range(len(reader))]
        assert list(reader.rows(0, len(reader))) == one_by_one
        return one_by_one


def some_documents(count: int, chars: int = 900) -> list[Document]:
    return [
        {
            "id": f"a{number}",
            "title": f"Title {number}",
            "body": f"{number} ünïcode " * (chars // 9),
        }
        for number in range(count)
    ]


@given(segments)
def test_documents_come_back(stored: list[Document]) -> None:
    with new_folder() as folder:
        path = write_all(folder / "a.seg", stored)
        assert read_all(path) == [as_stored(document) for document in stored]


@given(segments, st.data())
def test_a_range_of_documents(stored: list[Document], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(stored)))
    stop = data.draw(st.integers(first, len(stored)))
    with new_folder() as folder, ArrayFile(write_all(folder / "a.seg", stored)) as file:
        rows = StoredReader(file, NAMES).rows(first, stop)
        assert list(rows) == [as_stored(document) for document in stored[first:stop]]


@given(
    st.lists(st.tuples(segments, st.booleans()), max_size=3),
    segments,
    st.sampled_from([NAMES, NAMES[::-1], NAMES[:2], ("body", "other", "id")]),
    st.data(),
)
def test_a_copy_is_what_writing_the_kept_documents_anew_would_be(
    others: list[tuple[list[Document], bool]],
    before: list[Document],
    names: tuple[str, ...],
    data: st.DataObject,
) -> None:
    masks = [
        None if is_whole else data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
        for size, is_whole in ((len(stored), is_whole) for stored, is_whole in others)
    ]
    with new_folder() as folder:
        paths = [
            write_all(folder / f"{number}.seg", stored) for number, (stored, _) in enumerate(others)
        ]

        def fill(writer: StoredWriter) -> None:
            for document in before:
                add(writer, document)
            for path, mask in zip(paths, masks, strict=True):
                with ArrayFile(path) as file:
                    keep = None if mask is None else np.array(mask, np.bool_)
                    writer.copy(StoredReader(file, NAMES), keep)

        expected = [as_stored(document, names) for document in before]
        for (stored, _), mask in zip(others, masks, strict=True):
            kept = [as_stored(document) for document in stored]
            if mask is not None:
                kept = [document for document, keep in zip(kept, mask, strict=True) if keep]
            expected += [as_stored(document, names) for document in kept]
        assert read_all(write(folder / "merged.seg", fill, names), names) == expected


def frames(path: Path) -> list[bytes]:
    with ArrayFile(path) as file:
        blocks = StoredReader(file, NAMES).blocks
        return [blocks.frames(number, number + 1).tobytes() for number in range(len(blocks))]


def copied(target: Path, source: Path, keep: Array | None) -> Path:
    with ArrayFile(source) as file:
        return write(target, lambda writer: writer.copy(StoredReader(file, NAMES), keep))


def test_whole_blocks_are_copied_as_they_are(tmp_path: Path) -> None:
    stored = some_documents(200)
    path = write_all(tmp_path / "a.seg", stored)
    assert frames(copied(tmp_path / "b.seg", path, None)) == frames(path)
    keep = np.ones(200, np.bool_)
    keep[100] = False
    merged = copied(tmp_path / "c.seg", path, keep)
    assert read_all(merged) == stored[:100] + stored[101:]
    changed = set(frames(path)) - set(frames(merged))
    assert len(frames(path)) > 4
    assert len(changed) == 1


def test_merged_crumbs_become_one_block(tmp_path: Path) -> None:
    stored = some_documents(20, chars=90)
    paths = [write_all(tmp_path / f"{doc['id']}.seg", [doc]) for doc in stored]

    def fill(writer: StoredWriter) -> None:
        for path in paths:
            with ArrayFile(path) as file:
                writer.copy(StoredReader(file, NAMES), None)

    merged = write(tmp_path / "merged.seg", fill)
    assert len(frames(merged)) == 1
    assert read_all(merged) == stored


def test_a_mask_of_another_length_is_refused(tmp_path: Path) -> None:
    path = write_all(tmp_path / "a.seg", some_documents(3))
    with pytest.raises(ValueError, match="3 documents"):
        copied(tmp_path / "b.seg", path, np.ones(4, np.bool_))
    assert list(tmp_path.iterdir()) == [path]


def test_blocks_leave_memory_while_more_are_written(tmp_path: Path) -> None:
    with ArrayFileWriter(tmp_path / "a.seg") as file:
        writer = StoredWriter(file, NAMES)
        random = np.random.default_rng(7)
        tracemalloc.start()
        for number in range(1000):  # 20 MB that nothing makes smaller
            add(writer, {"id": f"a{number}", "body": random.bytes(20_000).hex()})
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert held < 6_000_000


def test_the_ends_of_rows_take_two_bytes_each(tmp_path: Path) -> None:
    stored = some_documents(50)
    with ArrayFile(write_all(tmp_path / "a.seg", stored)) as file:
        assert file.array("stored/doc_ends").dtype == np.uint16
    stored[7]["body"] = "long " * 20_000
    path = write_all(tmp_path / "b.seg", stored)
    with ArrayFile(path) as file:
        assert file.array("stored/doc_ends").dtype == np.uint32
    assert read_all(path) == stored


def test_a_value_that_is_not_json_is_refused(tmp_path: Path) -> None:
    with ArrayFileWriter(tmp_path / "a.seg") as file:
        writer = StoredWriter(file, NAMES)
        with pytest.raises(TypeError):
            add(writer, {"id": object()})


@pytest.mark.parametrize("doc", [-1, 3, 2**32])
def test_a_document_that_is_not_there(tmp_path: Path, doc: int) -> None:
    with ArrayFile(write_all(tmp_path / "a.seg", some_documents(3))) as file:
        reader = StoredReader(file, NAMES)
        with pytest.raises(IndexError, match="among 3"):
            reader[doc]


@pytest.mark.parametrize(("first", "stop"), [(-1, 2), (2, 1), (0, 4), (4, 4), (2**32, 2**33)])
def test_a_range_that_is_not_there(tmp_path: Path, first: int, stop: int) -> None:
    with ArrayFile(write_all(tmp_path / "a.seg", some_documents(3))) as file:
        rows = StoredReader(file, NAMES).rows(first, stop)
        with pytest.raises(IndexError, match="among 3"):
            list(rows)


def test_many_threads_read_one_segment(tmp_path: Path) -> None:
    stored = some_documents(900)
    with ArrayFile(write_all(tmp_path / "a.seg", stored)) as file, ThreadPoolExecutor(8) as threads:
        reader = StoredReader(file, NAMES)
        docs = np.random.default_rng(7).integers(0, len(stored), 3000).tolist()
        for doc, document in zip(docs, threads.map(reader.__getitem__, docs), strict=True):
            assert document == stored[doc]


def test_a_closed_file_is_let_go(tmp_path: Path) -> None:
    with ArrayFile(write_all(tmp_path / "a.seg", some_documents(100))) as file:
        reader = StoredReader(file, NAMES)
        list(map(reader.__getitem__, range(100)))
    assert file._map.closed
    with pytest.raises(ValueError, match="closed"):
        reader[0]


# What is not as it was written


def is_refused(path: Path, stored: list[Document]) -> bool:
    try:
        assert read_all(path) == stored
    except ArchiveDamagedError as error:
        return str(path) in str(error)
    return False


def test_no_flipped_byte_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    stored = some_documents(3, chars=18)
    whole = write_all(path, stored).read_bytes()
    with ArrayFile(path) as file:
        padding = 32 + sum(-file.array(name).nbytes % 64 for name in file.names)
    refused = 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        refused += is_refused(path, stored)
    assert refused == len(whole) - padding


def test_no_file_cut_short_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    stored = some_documents(3, chars=18)
    whole = write_all(path, stored).read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert is_refused(path, stored)


TWO_ROWS = b'["a1"]["a2"]'
GOOD: dict[str, Any] = {
    "blocks": zstandard.compress(TWO_ROWS),
    "block_ends": [len(zstandard.compress(TWO_ROWS))],
    "block_docs": [0],
    "doc_ends": [6, 12],
}
DTYPES = {"blocks": "u1", "block_ends": "u8", "block_docs": "u4", "doc_ends": "u4"}


def forge(path: Path, arrays: dict[str, Any], dtypes: dict[str, str] | None = None) -> None:
    """Write a file whose checksums are right, whatever is in it."""
    with ArrayFileWriter(path) as file:
        for name, content in arrays.items():
            plain = list(content) if isinstance(content, bytes) else content
            file.add(f"stored/{name}", np.array(plain, (DTYPES | (dtypes or {}))[name]))
        file.close({})


def forged_block(frame: bytes, size: int) -> dict[str, Any]:
    """Say that a frame holds one document of a size."""
    return {"blocks": frame, "block_ends": [len(frame)], "block_docs": [0], "doc_ends": [size]}


def row(text: bytes) -> dict[str, Any]:
    return forged_block(zstandard.compress(text), len(text))


def test_the_forged_file_would_be_read_if_it_were_right(tmp_path: Path) -> None:
    forge(tmp_path / "a.seg", GOOD)
    assert read_all(tmp_path / "a.seg") == [{"id": "a1"}, {"id": "a2"}]


BOMB = zstandard.compress(bytes(1 << 20))
UNSIZED = zstandard.ZstdCompressor(write_content_size=False).compress(TWO_ROWS)
# Magic, a descriptor of eight bytes of content size, and that size: 3 GiB.
GREEDY = b"\x28\xb5\x2f\xfd\xe0" + (3 << 30).to_bytes(8, "little")

LENGTH = "block 0 of its stored fields has another length"
FRAME = "block 0 of its stored fields: "
ROWS = "a block of its stored fields has no such rows"
JSON = "a row of its stored fields is not JSON"
FIELDS = "a row of its stored fields is no row of its fields"
BLOCKS = "its blocks of stored fields do not fit together"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(forged_block(BOMB, 12), LENGTH, id="a bomb"),
        pytest.param(forged_block(GREEDY, 3 << 30), ROWS, id="a bomb that is announced"),
        pytest.param(forged_block(UNSIZED, 12), LENGTH, id="a frame of unknown size"),
        pytest.param(forged_block(GOOD["blocks"], 11), LENGTH, id="rows end too early"),
        pytest.param(forged_block(GOOD["blocks"], 13), LENGTH, id="rows end too late"),
        pytest.param(forged_block(GOOD["blocks"][:-3], 12), FRAME, id="a frame cut short"),
        pytest.param(forged_block(GOOD["blocks"] * 2, 12), FRAME, id="two frames in a block"),
        pytest.param(forged_block(b"no frame at all", 12), FRAME, id="no frame"),
        pytest.param(row(b'{"id":"a1"}'), FIELDS, id="not a row"),
        pytest.param(row(json.dumps([1] * 5).encode()), FIELDS, id="more values than names"),
        pytest.param(row(b'["a1"'), JSON, id="half a row"),
        pytest.param(row(b'["\xff"]'), JSON, id="not UTF-8"),
        pytest.param(row(b"[" * 100_000), JSON, id="too deep"),
        pytest.param(row(b"[" + b"9" * 5000 + b"]"), JSON, id="too large a number"),
        pytest.param({"doc_ends": [0, 12]}, JSON, id="a row without bytes"),
        pytest.param({"doc_ends": [12, 6]}, ROWS, id="rows that go back"),
        pytest.param({"doc_ends": [6, 6, 12]}, ROWS, id="two rows in one place"),
        pytest.param({"doc_ends": []}, BLOCKS, id="no documents"),
        pytest.param({"block_docs": [1]}, BLOCKS, id="documents before the first block"),
        pytest.param({"block_docs": []}, BLOCKS, id="no first documents"),
        pytest.param({"block_docs": [0, 0], "block_ends": [9, 21]}, BLOCKS, id="an empty block"),
        pytest.param({"block_docs": [0, 2], "block_ends": [9, 21]}, BLOCKS, id="a block too many"),
        pytest.param({"block_ends": []}, BLOCKS, id="no ends"),
        pytest.param({"block_ends": [2**63]}, BLOCKS, id="an end beyond the blocks"),
        pytest.param({"block_ends": [3]}, BLOCKS, id="an end before that of the blocks"),
        pytest.param({"block_docs": [0, 1], "block_ends": [21, 21]}, BLOCKS, id="no bytes"),
        pytest.param({"block_docs": [0, 1], "block_ends": [30, 21]}, BLOCKS, id="blocks go back"),
        pytest.param({"doc_ends": [[6, 12]]}, "it has no stored/doc_ends", id="another shape"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = tmp_path / "a.seg"
    forge(path, GOOD | change)
    expected = rf"a\.seg is damaged: {reason}.*; index the pages again"
    with pytest.raises(ArchiveDamagedError, match=expected):
        read_all(path)


@pytest.mark.parametrize(
    ("name", "dtype"),
    [("blocks", "u2"), ("block_ends", "f8"), ("block_docs", "u1"), ("doc_ends", "i4")],
)
def test_numbers_of_another_kind_are_refused(tmp_path: Path, name: str, dtype: str) -> None:
    path = tmp_path / "a.seg"
    forge(path, GOOD, {name: dtype})
    with pytest.raises(ArchiveDamagedError, match="wrong kind"):
        read_all(path)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_an_array_that_is_missing_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.seg"
    forge(path, {other: content for other, content in GOOD.items() if other != name})
    with pytest.raises(ArchiveDamagedError, match=f"it has no stored/{name}"):
        read_all(path)
