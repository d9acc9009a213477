"""Writes the file of a segment: arrays as they come, the table behind them, the header last.

Strategy: whole arrays go to the file at once, and so do the pieces of one that grows alone. Those
that grow several at a time wait until the end, in memory while they are small and else in temporary
files beside it. The header is written last, so a file that was cut short is not taken for a whole
one. `index.codec.arrays` tells of the format.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Self

import numpy as np
from numpy.typing import DTypeLike

from index.codec.arrays import (
    ALIGNMENT,
    CHUNK_BYTES,
    DTYPES,
    HEADER,
    JSON,
    MAGIC,
    MAX_DIMENSIONS,
    VERSION,
    Array,
    ArrayEntry,
    raw_bytes,
)

__all__ = ["ArrayFileWriter", "ArraySink"]

COPY_BYTES = 1 << 20
WAITING_BYTES = 1 << 22  # of one array in memory; those of few fields ever have so many


class _Checksums:
    """CRC-32 of each chunk of bytes that pass in pieces of any size."""

    __slots__ = ("_crc", "_done", "_filled")

    def __init__(self) -> None:
        self._done: list[int] = []
        self._crc = 0
        self._filled = 0

    def feed(self, data: memoryview) -> None:
        """Take the next bytes."""
        start, size = 0, len(data)
        while start < size:
            stop = min(size, start + CHUNK_BYTES - self._filled)
            self._crc = zlib.crc32(data[start:stop], self._crc)
            self._filled += stop - start
            start = stop
            if self._filled == CHUNK_BYTES:
                self._done.append(self._crc)
                self._crc = self._filled = 0

    def finish(self) -> tuple[int, ...]:
        """Return the checksums of all chunks, also of the last one."""
        return (*self._done, self._crc) if self._filled else tuple(self._done)


class ArraySink:
    """An array of one dimension that is written piece by piece; made by `ArrayFileWriter`.

    Attributes:
        length: Elements so far.
        dtype: Of the array.
    """

    __slots__ = ("_checksums", "_discard", "_file", "_is_complete", "dtype", "length")

    def __init__(self, file: IO[bytes], dtype: np.dtype[Any], discard: Callable[[], None]) -> None:
        self.dtype = dtype
        self.length = 0
        self._is_complete = False
        self._file = file
        self._discard = discard
        self._checksums = _Checksums()

    def append(self, array: Array) -> None:
        """Add elements at the end.

        Args:
            array: Shape (n,), of numbers that the dtype can hold.

        Raises:
            OverflowError: It cannot hold them.
            TypeError: They are of another kind.
            ValueError: The array is complete.
        """
        if self._is_complete:
            raise ValueError("nothing can be added to an array that is complete")
        data = raw_bytes(_fitted(array, self.dtype))
        self._checksums.feed(data)
        try:
            self._file.write(data)
        except OSError:
            self._discard()
            raise
        self.length += array.size

    def move(self, target: IO[bytes]) -> None:
        """Copy all bytes to the end of a file."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, target, COPY_BYTES)

    def entry(self, name: str, offset: int) -> ArrayEntry:
        """Return what the table says of the array, which is complete now."""
        self._is_complete = True
        return ArrayEntry(name, self.dtype, (self.length,), offset, self._checksums.finish())


class ArrayFileWriter:
    """A segment file in the making, as a context manager: without `close`, nothing is left of it.

    Attributes:
        path: Where the file will be; nothing may be there yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: dict[str, ArrayEntry] = {}
        self._sinks: dict[str, ArraySink] = {}
        self._stream: tuple[str, int, ArraySink] | None = None  # name and offset
        self._waiting = ExitStack()  # closes and deletes temporary files
        self._file: IO[bytes] = path.open("xb")
        self._file.write(bytes(HEADER.size))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._file.closed:
            self.discard()

    def add(self, name: str, array: Array) -> None:
        """Write a whole array.

        Args:
            name: Not taken by another array.
            array: One or two dimensions of integers, floats of 4 or 8 bytes, or truth values,
                which become uint8.
        """
        self._check_name(name)
        if not 1 <= array.ndim <= MAX_DIMENSIONS:
            raise ValueError(f"{name} has {array.ndim} dimensions")
        plain = _fitted(array, _stored_dtype(array.dtype))
        data, checksums = raw_bytes(plain), _Checksums()
        checksums.feed(data)
        with self._discarding():
            offset = self._align()
            self._file.write(data)
        self._entries[name] = ArrayEntry(name, plain.dtype, plain.shape, offset, checksums.finish())

    def stream(self, name: str, dtype: DTypeLike) -> ArraySink:
        """Begin an array that goes straight into the file; it is complete once another is added."""
        self._check_name(name)
        with self._discarding():
            offset = self._align()
        sink = ArraySink(self._file, _stored_dtype(np.dtype(dtype)), self.discard)
        self._stream = name, offset, sink
        return sink

    def sink(self, name: str, dtype: DTypeLike) -> ArraySink:
        """Begin an array whose length is not known yet; several may grow at once.

        Where one grows large, it waits in a temporary file beside this one until `close`.
        """
        self._check_name(name)
        stored = _stored_dtype(np.dtype(dtype))
        file = self._waiting.enter_context(
            SpooledTemporaryFile(  # noqa: SIM115 (the stack closes it)
                WAITING_BYTES,
                prefix=f"{self.path.name}.",
                suffix=".tmp",
                dir=str(self.path.parent),
            )
        )
        self._sinks[name] = sink = ArraySink(file, stored, self.discard)
        return sink

    def close(self, meta: Mapping[str, JSON]) -> None:
        """Take in the sinks, write table and header, and return when all is on the disk."""
        with self._discarding():
            for name, sink in self._sinks.items():
                offset = self._align()
                sink.move(self._file)
                self._entries[name] = sink.entry(name, offset)
            self._waiting.close()
            self._write_table(meta)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def discard(self) -> None:
        """Delete all that was written."""
        with suppress(OSError):  # what could not be written cannot be flushed either
            self._waiting.close()
        _remove(self.path, self._file)

    def _write_table(self, meta: Mapping[str, JSON]) -> None:
        offset = self._align()
        arrays = [entry.to_json() for entry in self._entries.values()]
        table = json.dumps({"meta": dict(meta), "arrays": arrays}, separators=(",", ":")).encode()
        self._file.write(table)
        self._file.seek(0)
        self._file.write(HEADER.pack(MAGIC, VERSION, zlib.crc32(table), offset, len(table)))

    def _align(self) -> int:
        """End the array that went to the file last, and return where the next begins."""
        if self._stream is not None:
            name, offset, sink = self._stream
            self._entries[name] = sink.entry(name, offset)
            self._stream = None
        end = self._file.tell()
        self._file.write(bytes(-end % ALIGNMENT))
        return end + -end % ALIGNMENT

    def _check_name(self, name: str) -> None:
        streamed = self._stream is not None and self._stream[0] == name
        if name in self._entries or name in self._sinks or streamed:
            raise ValueError(f"there is an array {name} already")

    @contextmanager
    def _discarding(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.discard()
            raise


def _stored_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return the dtype in which numbers are written: little endian, uint8 for truth values."""
    name = "|u1" if dtype.kind == "b" else dtype.newbyteorder("<").str
    if name not in DTYPES:
        raise TypeError(f"cannot write numbers of the kind {dtype}")
    return DTYPES[name]


def _fitted(array: Array, dtype: np.dtype[Any]) -> Array:
    """Return the array in C order as that dtype, where no integer may wrap around."""
    if array.dtype == dtype:
        return np.ascontiguousarray(array)
    if array.dtype.kind not in "biu" and not np.can_cast(array.dtype, dtype, "same_kind"):
        raise TypeError(f"cannot write {array.dtype} as {dtype}")
    if dtype.kind in "iu" and array.size:
        limits = np.iinfo(dtype)
        if array.min() < limits.min or array.max() > limits.max:
            raise OverflowError(f"{array.min()} to {array.max()} do not fit into {dtype}")
    return np.ascontiguousarray(array, dtype)


def _remove(path: Path, file: IO[bytes]) -> None:
    with suppress(OSError):  # what could not be written cannot be flushed either
        file.close()
    with suppress(OSError):
        path.unlink(missing_ok=True)
