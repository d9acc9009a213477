"""Writes the file of a segment: arrays as they come, the table behind them, the header last.

Strategy: whole arrays go to the file at once, and so do the pieces of one that grows alone. Those
that grow several at a time wait until the end, in memory while they are small and else in temporary
files beside it. The header is written last, so a file that was cut short is not taken for a whole
one. `index.codec.arrays` tells of the format.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Self

import numpy as np
from numpy.typing import DTypeLike

from index.codec.array_sink import ArraySink, Checksums, fitted, stored_dtype
from index.codec.arrays import (
    ALIGNMENT,
    HEADER,
    JSON,
    MAGIC,
    MAX_DIMENSIONS,
    VERSION,
    Array,
    ArrayEntry,
    raw_bytes,
)
from index.codec.unmapped import UnmappedArrays

__all__ = ["ArrayFileWriter"]

WAITING_BYTES = 1 << 22  # of one array in memory; those of few fields ever have so many


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
        plain = fitted(array, stored_dtype(array.dtype))
        data, checksums = raw_bytes(plain), Checksums()
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
        sink = ArraySink(self._file, stored_dtype(np.dtype(dtype)), self.discard)
        self._stream = name, offset, sink
        return sink

    def sink(self, name: str, dtype: DTypeLike) -> ArraySink:
        """Begin an array whose length is not known yet; several may grow at once.

        Where one grows large, it waits in a temporary file beside this one until `close`.
        """
        self._check_name(name)
        stored = stored_dtype(np.dtype(dtype))
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

    def take_in(self, other: UnmappedArrays) -> None:
        """Copy all arrays of another such file, under their names."""
        with self._discarding():
            for name, entry in other.entries.items():
                self._check_name(name)
                offset = self._align()
                for piece in other.pieces(name):
                    self._file.write(raw_bytes(piece))
                self._entries[name] = entry._replace(offset=offset)

    def close(self, meta: Mapping[str, JSON], *, is_durable: bool = True) -> None:
        """Take in the sinks, write table and header, and let go of the file.

        Args:
            meta: What the file is to say of itself.
            is_durable: Whether to return only when all is on the disk.
        """
        with self._discarding():
            for name, sink in self._sinks.items():
                offset = self._align()
                sink.move(self._file)
                self._entries[name] = sink.entry(name, offset)
            self._waiting.close()
            self._write_table(meta)
            self._file.flush()
            if is_durable:
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


def _remove(path: Path, file: IO[bytes]) -> None:
    with suppress(OSError):  # what could not be written cannot be flushed either
        file.close()
    with suppress(OSError):
        path.unlink(missing_ok=True)
