"""An array on its way into a file, piece by piece, and the checksums of what passes."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from typing import IO, Any

import numpy as np

from index.codec.arrays import CHUNK_BYTES, DTYPES, Array, ArrayEntry, raw_bytes

__all__ = ["ArraySink", "Checksums", "fitted", "stored_dtype"]

COPY_BYTES = 1 << 20


class Checksums:
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
        self._checksums = Checksums()

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
        data = raw_bytes(fitted(array, self.dtype))
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


def stored_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return the dtype in which numbers are written: little endian, uint8 for truth values."""
    name = "|u1" if dtype.kind == "b" else dtype.newbyteorder("<").str
    if name not in DTYPES:
        raise TypeError(f"cannot write numbers of the kind {dtype}")
    return DTYPES[name]


def fitted(array: Array, dtype: np.dtype[Any]) -> Array:
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
