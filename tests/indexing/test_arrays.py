"""Segment files: what was written is what is read, or an error that names the file."""

from __future__ import annotations

import errno
import json
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from index.codec.array_sink import ArraySink
from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import CHUNK_BYTES, Array, ArrayFile
from index.errors import ArchiveDamagedError

Begun = Callable[[ArrayFileWriter, str, type], ArraySink]

DTYPES = ("u1", "i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f4", "<f8", ">u4", ">f8", "?")

numbers = st_numpy.arrays(
    st.sampled_from(DTYPES).map(np.dtype),
    st_numpy.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=9),
)


def write(path: Path, arrays: dict[str, Array], meta: Any = None) -> Path:
    with ArrayFileWriter(path) as writer:
        for name, array in arrays.items():
            writer.add(name, array)
        writer.close(meta or {})
    return path


@contextmanager
def new_path() -> Iterator[Path]:
    """Hypothesis runs one test many times, and each run needs a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "MAIN_a.seg")


@given(st.dictionaries(st.text(), numbers, max_size=5), st.dictionaries(st.text(), st.text()))
def test_arrays_are_read_as_they_were_written(
    arrays: dict[str, Array], meta: dict[str, str]
) -> None:
    with new_path() as path, ArrayFile(write(path, arrays, meta)) as file:
        assert file.meta == meta
        assert file.names == set(arrays)
        assert file.damaged() == []
        assert file.size_bytes == path.stat().st_size
        for name, array in arrays.items():
            read = file.array(name)
            np.testing.assert_array_equal(read, array)
            assert read.shape == array.shape
            assert read.dtype.itemsize == array.dtype.itemsize
            assert not read.flags.writeable
            assert file.length(name) == array.size


@given(st.lists(st.lists(st.lists(st.integers(0, 2**32 - 1))), max_size=4))
def test_arrays_grow_side_by_side(pieces: list[list[list[int]]]) -> None:
    with new_path() as path:
        with ArrayFileWriter(path) as writer:
            sinks = [writer.sink(str(number), np.uint32) for number in range(len(pieces))]
            for sink, parts in zip(sinks, pieces, strict=True):
                for part in parts:
                    sink.append(np.array(part, np.uint32))
                assert sink.length == sum(map(len, parts))
            writer.close({})
        with ArrayFile(path) as file:
            assert file.names == set(map(str, range(len(pieces))))
            for number, parts in enumerate(pieces):
                assert file.array(str(number)).tolist() == [*chain.from_iterable(parts)]
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("begun", [ArrayFileWriter.sink, ArrayFileWriter.stream])
@given(lengths=st.lists(st.integers(0, 3 * CHUNK_BYTES), max_size=6))
def test_pieces_and_a_whole_array_make_the_same_file(begun: Begun, lengths: list[int]) -> None:
    whole = np.arange(sum(lengths), dtype=np.uint64).astype(np.uint8)
    with new_path() as path:
        write(path, {"x": whole})
        other = path.with_name("MAIN_b.seg")
        with ArrayFileWriter(other) as writer:
            sink = begun(writer, "x", np.uint8)
            for piece in np.split(whole, np.cumsum(lengths)):
                sink.append(piece)
            writer.close({})
        assert other.read_bytes() == path.read_bytes()


def test_a_stream_ends_where_another_array_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    with ArrayFileWriter(path) as writer:
        waiting = writer.sink("waiting", np.uint8)
        first = writer.stream("first", np.uint16)
        first.append(np.array([1], np.uint16))
        with pytest.raises(ValueError, match="there is an array first already"):
            writer.add("first", np.zeros(1, np.uint8))
        waiting.append(np.array([5], np.uint8))  # in a file of its own
        first.append(np.array([2], np.uint16))
        second = writer.stream("second", np.uint8)
        writer.add("whole", np.array([3], np.uint8))
        for complete in (first, second):
            with pytest.raises(ValueError, match="complete"):
                complete.append(np.array([9], np.uint8))
        writer.close({})
    with ArrayFile(path) as file:
        held = {name: file.array(name).tolist() for name in file.names}
    assert held == {"waiting": [5], "first": [1, 2], "second": [], "whole": [3]}


@given(st.data())
def test_a_part_is_a_slice(data: st.DataObject) -> None:
    array = np.arange(3 * CHUNK_BYTES // 4 + 5, dtype=np.uint32)
    start = data.draw(st.integers(0, len(array)))
    stop = data.draw(st.integers(start, len(array)))
    with new_path() as path, ArrayFile(write(path, {"x": array})) as file:
        np.testing.assert_array_equal(file.part("x", start, stop), array[start:stop])


def test_every_array_begins_at_a_multiple_of_64(tmp_path: Path) -> None:
    arrays: dict[str, Array] = {str(size): np.ones(size, np.uint8) for size in (1, 63, 64, 65, 0)}
    data = write(tmp_path / "a.seg", arrays).read_bytes()
    offset = struct.unpack_from("<8sIIQQ", data)[3]
    offsets = [entry["offset"] for entry in json.loads(data[offset:])["arrays"]]
    assert len(offsets) == len(arrays)
    assert not any(offset % 64 for offset in offsets)


# What is not as it was written


def small_file(path: Path) -> dict[str, Array]:
    arrays: dict[str, Array] = {
        "words": np.arange(40, dtype=np.uint16),
        "parts": np.ones((3, 2), np.float64),
    }
    write(path, arrays, {"docs": 7})
    return arrays


def check_answers(path: Path, arrays: dict[str, Array]) -> None:
    with ArrayFile(path) as file:
        assert file.meta == {"docs": 7}
        assert file.names == set(arrays)
        np.testing.assert_array_equal(file.part("words", 5, 9), arrays["words"][5:9])
        for name, array in arrays.items():
            np.testing.assert_array_equal(file.array(name), array)


def is_refused(path: Path, arrays: dict[str, Array]) -> bool:
    try:
        check_answers(path, arrays)
    except ArchiveDamagedError as error:
        return str(path) in str(error)
    return False


def test_no_flipped_byte_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    arrays = small_file(path)
    whole = path.read_bytes()
    harmless = 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        if not is_refused(path, arrays):
            harmless += 1
            with ArrayFile(path) as file:
                assert file.damaged() == ["padding"]
    # What fills up the header and the space between arrays means nothing.
    assert harmless == 32 + (-80 % 64) + (-48 % 64)


def test_no_file_cut_short_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    small_file(path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(
            ArchiveDamagedError, match=r"a\.seg is damaged: .*index the pages again"
        ):
            ArrayFile(path)


def test_nothing_may_follow_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    small_file(path)
    with path.open("ab") as file:
        file.write(b"}")
    with pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged"):
        ArrayFile(path)


def test_only_what_is_read_is_checked(tmp_path: Path) -> None:
    per_chunk = CHUNK_BYTES // 4
    array = np.arange(3 * per_chunk, dtype=np.uint32)
    path = write(tmp_path / "a.seg", {"other": array, "docs": array})
    data = bytearray(path.read_bytes())
    data[64 + 4 * len(array) + CHUNK_BYTES + 8] ^= 1  # in the second chunk of docs
    path.write_bytes(data)
    with ArrayFile(path) as file:
        np.testing.assert_array_equal(file.array("other"), array)
        assert file.length("docs") == len(array)
        for start in (0, 2 * per_chunk):
            expected = array[start : start + per_chunk]
            np.testing.assert_array_equal(file.part("docs", start, start + per_chunk), expected)
        for start, stop in ((per_chunk, per_chunk + 1), (0, per_chunk + 1), (0, len(array))):
            with pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged: docs is not"):
                file.part("docs", start, stop)
        for _ in range(2):
            with pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged: docs is not"):
                file.array("docs")
        assert file.damaged() == ["docs"]


def test_a_check_reads_again_what_was_read_before(tmp_path: Path) -> None:
    path = write(tmp_path / "a.seg", {"docs": np.arange(9, dtype=np.uint8)})
    with ArrayFile(path) as file:
        file.array("docs")
        with path.open("r+b") as damage:
            damage.seek(64)
            damage.write(b"\xff")
        assert file.damaged() == ["docs"]


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"PK\x03\x04" * 100, bytes(64), bytes(4096), b"NEWSCOLS", b"NEWSCOLS" * 50],
)
def test_a_foreign_file_is_not_opened(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.seg"
    path.write_bytes(content)
    with pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged"):
        ArrayFile(path)


def test_a_later_version_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    small_file(path)
    data = bytearray(path.read_bytes())
    data[8] = 2
    path.write_bytes(data)
    with pytest.raises(ArchiveDamagedError, match="version 2, not 1"):
        ArrayFile(path)


def test_a_file_that_is_missing_is_the_callers_affair(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ArrayFile(tmp_path / "a.seg")


GOOD = {"name": "x", "dtype": "|u1", "shape": [8], "offset": 64, "crc32": [zlib.crc32(bytes(8))]}


def forge(path: Path, table: bytes) -> None:
    """Write a file with 64 zero bytes of arrays and that table, its checksum right."""
    header = struct.pack("<8sIIQQ32x", b"NEWSCOLS", 1, zlib.crc32(table), 128, len(table))
    path.write_bytes(header + bytes(64) + table)


def forged(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"meta": {}, "arrays": entries}).encode()


def test_the_forged_table_would_be_read_if_it_were_right(tmp_path: Path) -> None:
    forge(tmp_path / "a.seg", forged(GOOD))
    with ArrayFile(tmp_path / "a.seg") as file:
        assert file.array("x").tolist() == [0] * 8


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"meta":{}}',
        b'{"meta":[],"arrays":[]}',
        b'{"meta":{},"arrays":7}',
        b'{"meta":{},"arrays":["x"]}',
        forged({}),
        *(
            forged(GOOD | change)
            for change in (
                {"name": 7},
                {"name": ["x"]},
                {"dtype": "|O"},
                {"dtype": "<f2"},
                {"dtype": ">u4"},
                {"dtype": "<M8[us]"},
                {"dtype": "<U4"},
                {"dtype": [["a", "|u1"]]},
                {"shape": 8},
                {"shape": []},
                {"shape": [-8]},
                {"shape": [-2, -4]},
                {"shape": [2, 2, 2]},
                {"shape": [8.0]},
                {"shape": [True]},
                {"shape": ["8"]},
                {"shape": [2**70]},
                {"shape": [0, 2**70], "crc32": []},
                {"shape": [65]},
                {"shape": [129]},
                {"offset": -64},
                {"offset": 0},
                {"offset": 63},
                {"offset": 65},
                {"offset": 128},
                {"offset": 2**64},
                {"offset": "64"},
                {"crc32": []},
                {"crc32": [1, 2]},
                {"crc32": 7},
                {"crc32": {}},
            )
        ),
        forged(GOOD, GOOD | {"shape": [0], "offset": 128, "crc32": []}),
        forged(GOOD, GOOD | {"name": "y"}),
    ],
    ids=lambda table: table[:120].decode("latin-1"),
)
def test_a_table_that_cannot_be_is_refused(tmp_path: Path, table: bytes) -> None:
    path = tmp_path / "a.seg"
    forge(path, table)
    with pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged"):
        ArrayFile(path)


@pytest.mark.parametrize("checksum", [1, "x", None, [], 2**70])
def test_a_checksum_that_cannot_be_is_wrong(tmp_path: Path, checksum: object) -> None:
    path = tmp_path / "a.seg"
    forge(path, forged(GOOD | {"crc32": [checksum]}))
    with ArrayFile(path) as file, pytest.raises(ArchiveDamagedError, match="x is not what"):
        file.array("x")


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        (-1, 5),
        (5, 4),
        (0, 11),
        (11, 11),
        (0, 2**64),
        (np.uint32(2**32 - 1), np.uint32(2)),
        (np.uint64(2**64 - 1), np.uint64(2**64 - 1)),
        (np.int64(-3), np.int64(-1)),
    ],
)
def test_a_part_that_is_not_there(tmp_path: Path, start: int, stop: int) -> None:
    path = write(tmp_path / "a.seg", {"docs": np.arange(10, dtype=np.uint32)})
    with ArrayFile(path) as file, pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged"):
        file.part("docs", start, stop)


def test_narrow_integers_do_not_wrap_around_in_a_part(tmp_path: Path) -> None:
    array = np.arange(100_000, dtype=np.uint64)
    path = write(tmp_path / "a.seg", {"docs": array})
    data = bytearray(path.read_bytes())
    data[64 + 8 * 65_530] ^= 1
    path.write_bytes(data)
    with ArrayFile(path) as file, pytest.raises(ArchiveDamagedError):
        file.part("docs", np.uint16(65_530), np.uint16(65_531))  # type: ignore[arg-type]


def test_an_array_that_is_missing_or_of_another_shape(tmp_path: Path) -> None:
    path = write(tmp_path / "a.seg", {"docs": np.ones((2, 3), np.uint8)})
    with ArrayFile(path) as file:
        assert "docs" in file
        assert "codes" not in file
        for read in (file.array, file.length, lambda name: file.part(name, 0, 0)):
            with pytest.raises(ArchiveDamagedError, match=r"a\.seg is damaged: it has no codes"):
                read("codes")
        with pytest.raises(ArchiveDamagedError):
            file.part("docs", 0, 1)


def test_what_was_read_outlives_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.seg", {"docs": np.arange(10, dtype=np.uint32)})
    file = ArrayFile(path)
    docs, part = file.array("docs"), file.part("docs", 3, 5)
    file.close()
    file.close()
    assert docs.tolist() == list(range(10))
    assert part.tolist() == [3, 4]
    with pytest.raises(ValueError, match=r"a\.seg is closed"):
        file.array("docs")


def test_many_threads_read_one_file(tmp_path: Path) -> None:
    array = np.arange(40 * CHUNK_BYTES // 4, dtype=np.uint32)
    path = write(tmp_path / "a.seg", {"docs": array})
    with ArrayFile(path) as file, ThreadPoolExecutor(8) as threads:
        starts = np.random.default_rng(7).integers(0, len(array) - 9, 2000).tolist()
        parts = threads.map(lambda start: file.part("docs", start, start + 9), starts)
        for start, part in zip(starts, parts, strict=True):
            np.testing.assert_array_equal(part, array[start : start + 9])


# Writing that fails

BIG = np.zeros(1 << 23, np.uint8)


def begin(path: Path) -> ArrayFileWriter:
    writer = ArrayFileWriter(path)
    writer.add("x", np.arange(5, dtype=np.uint8))
    writer.sink("y", np.uint8).append(BIG)  # more than waits in memory
    writer.sink("z", np.uint8).append(np.arange(5, dtype=np.uint8))
    assert path.exists()
    assert all(file.name.startswith(path.name) for file in path.parent.iterdir())
    return writer


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), begin(tmp_path / "a.seg"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_closed_is_not_there(tmp_path: Path) -> None:
    with begin(tmp_path / "a.seg"):
        pass
    assert list(tmp_path.iterdir()) == []


def fail(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_failed_sync_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", fail)
    writer = begin(tmp_path / "a.seg")
    with pytest.raises(OSError, match="No space left"):
        writer.close({})
    assert list(tmp_path.iterdir()) == []


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """Let no file grow beyond some bytes, which is what writing to a full disk is like."""
    resource = pytest.importorskip("resource", reason="the limit is one of Unix")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    "step",
    [
        lambda writer: writer.add("big", BIG),
        lambda writer: writer.sink("big", np.uint8).append(BIG),
        lambda writer: writer.stream("big", np.uint8).append(BIG),
        lambda writer: writer.close({"big": "x" * len(BIG)}),
    ],
    ids=["add", "append", "stream", "close"],
)
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, step: Callable[[ArrayFileWriter], None]
) -> None:
    writer = begin(tmp_path / "a.seg")
    with full_disk(1 << 20), pytest.raises(OSError, match="too large"):
        step(writer)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        ArrayFileWriter(path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("array", "dtype", "kind"),
    [
        ([256], np.uint8, OverflowError),
        ([-1], np.uint64, OverflowError),
        (np.array([2**63], np.uint64), np.int64, OverflowError),
        ([0.5], np.uint8, TypeError),
        ([None], np.uint8, TypeError),
        (["1"], np.uint8, TypeError),
        ([1j], np.float64, TypeError),
    ],
)
def test_no_number_becomes_another(
    tmp_path: Path, array: Any, dtype: type, kind: type[Exception]
) -> None:
    with ArrayFileWriter(tmp_path / "a.seg") as writer:
        sink = writer.sink("x", dtype)
        with pytest.raises(kind):
            sink.append(np.array(array))
        assert sink.length == 0


@pytest.mark.parametrize("dtype", [object, "U3", "S3", "f2", "c8", "M8[us]", [("a", "u1")]])
def test_only_numbers_are_written(tmp_path: Path, dtype: Any) -> None:
    with ArrayFileWriter(tmp_path / "a.seg") as writer:
        with pytest.raises(TypeError, match="cannot write numbers"):
            writer.add("x", np.zeros(3, dtype))
        with pytest.raises(TypeError, match="cannot write numbers"):
            writer.sink("x", dtype)


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    with begin(tmp_path / "a.seg") as writer:
        for name in "xyz":
            with pytest.raises(ValueError, match="already"):
                writer.add(name, np.zeros(1, np.uint8))
            with pytest.raises(ValueError, match="already"):
                writer.sink(name, np.uint8)
        for shape in ((), (1, 1, 1)):
            with pytest.raises(ValueError, match="dimensions"):
                writer.add("new", np.zeros(shape, np.uint8))
