"""The file of a segment: named arrays of numbers, mapped into memory and under checksums.

    header   64 bytes: magic, version, CRC-32, offset and size of the table, zeros
    arrays   each at a multiple of 64 bytes, little endian, in C order
    table    JSON: what the writer wants to say (`meta`), and name, dtype, shape, offset and
             checksums of each array; the last bytes of the file

Strategy: opening reads the header and the table, whose own checksum comes first. An array has a
CRC-32 for each 64 KiB of its bytes, and these are compared when the bytes are first used: a
query that reads a hundredth of a file pays for a hundredth, and no flipped byte becomes an
answer. `index.codec.array_writer` writes such files.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import struct
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from operator import attrgetter, index
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np

from index.errors import ArchiveDamagedError

__all__ = [
    "ALIGNMENT",
    "CHUNK_BYTES",
    "DTYPES",
    "HEADER",
    "JSON",
    "MAGIC",
    "MAX_DIMENSIONS",
    "VERSION",
    "Array",
    "ArrayEntry",
    "ArrayFile",
    "raw_bytes",
]

JSON: TypeAlias = bool | int | float | str | Sequence["JSON"] | Mapping[str, "JSON"] | None
Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Gap: TypeAlias = tuple[int, int]  # first byte, and the first behind

MAGIC = b"NEWSCOLS"
VERSION = 1
HEADER = struct.Struct("<8sIIQQ32x")
HEADER_END = 32  # of what means something in it
ALIGNMENT = 64  # a cache line, and enough for any number
CHUNK_SHIFT = 16
CHUNK_BYTES = 1 << CHUNK_SHIFT
MAX_DIMENSIONS = 2
# Numbers only: `object` would be unpickled, and text has no fixed width.
DTYPES: Mapping[str, np.dtype[Any]] = {
    np.dtype(name).str: np.dtype(name)
    for name in ("u1", "i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f4", "<f8")
}


class ArrayEntry(NamedTuple):
    """One array in the table.

    Attributes:
        name: As the readers call it, such as `text/docs`.
        dtype: One of `DTYPES`.
        shape: One or two dimensions.
        offset: Of its first byte in the file, a multiple of `ALIGNMENT`.
        checksums: CRC-32 of each `CHUNK_BYTES` of it; the last chunk may be shorter.
    """

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    offset: int
    checksums: tuple[int, ...]

    @property
    def size(self) -> int:
        """Bytes."""
        return math.prod(self.shape) * self.dtype.itemsize

    def to_json(self) -> dict[str, JSON]:
        """Return what the table says of the array."""
        return {
            "name": self.name,
            "dtype": self.dtype.str,
            "shape": self.shape,
            "offset": self.offset,
            "crc32": self.checksums,
        }


class _Column:
    """An array of an open file, and which of its chunks were found to be as written."""

    __slots__ = ("data", "entry", "verified", "view")

    def __init__(self, file: mmap.mmap, entry: ArrayEntry) -> None:
        count = math.prod(entry.shape)
        flat = np.frombuffer(file, entry.dtype, count, entry.offset)
        self.view = flat.reshape(entry.shape)
        self.data = raw_bytes(flat)
        self.entry = entry
        self.verified = bytearray(len(entry.checksums))

    def is_intact(self, chunk: int) -> bool:
        """Read one chunk, and tell whether it is as written."""
        start = chunk << CHUNK_SHIFT
        return zlib.crc32(self.data[start : start + CHUNK_BYTES]) == self.entry.checksums[chunk]


class ArrayFile:
    """A segment file open for reading, by any number of threads.

    Arrays are views of the mapped file and cannot be written; those in use outlive `close`.

    Attributes:
        path: The file.
        size_bytes: Of the file.
        meta: What its writer said.
        names: Of its arrays.

    Raises:
        ArchiveDamagedError: The file is not what it should be.
        OSError: It cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.size_bytes = os.fstat(file.fileno()).st_size
            if self.size_bytes < HEADER.size:
                raise self.error("it is cut short")
            self._map = mmap.mmap(file.fileno(), self.size_bytes, access=mmap.ACCESS_READ)
        self._columns: dict[str, _Column] = {}
        try:
            self.meta, entries, self._gaps = _read_table(self._map)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            self.close()
            raise self.error(str(error) or type(error).__name__) from error
        self._columns.update((entry.name, _Column(self._map, entry)) for entry in entries)
        self.names = frozenset(self._columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def array(self, name: str) -> Array:
        """Return a whole array, of the shape and dtype that it was written with."""
        column = self._columns.get(name) or self._missing(name)
        if column.verified.find(0) >= 0:
            self._verify(name, column, 0, len(column.verified))
        return column.view

    def part(self, name: str, start: int, stop: int) -> Array:
        """Return some elements of an array of one dimension: shape (stop - start,)."""
        column = self._columns.get(name) or self._missing(name)
        view = column.view
        # As Python's integers: those of NumPy would wrap around below.
        start, stop = index(start), index(stop)
        if not 0 <= start <= stop <= len(view) or view.ndim != 1:
            raise self.error(f"it has no {name}[{start}:{stop}]")
        first = start * view.itemsize >> CHUNK_SHIFT
        last = stop * view.itemsize + CHUNK_BYTES - 1 >> CHUNK_SHIFT
        if column.verified.find(0, first, last) >= 0:
            self._verify(name, column, first, last)
        return view[start:stop]

    def entries(self) -> list[ArrayEntry]:
        """Return what the table says of each array."""
        return [column.entry for column in self._columns.values()]

    def length(self, name: str) -> int:
        """Return how many elements an array has."""
        column = self._columns.get(name) or self._missing(name)
        return column.view.size

    def damaged(self) -> list[str]:
        """Return the names of the arrays that are not as written; reads the whole file.

        Where bytes that mean nothing are no longer zeros, `padding` is one of the names.
        """
        names = [
            name
            for name, column in sorted(self._columns.items())
            if not all(map(column.is_intact, range(len(column.verified))))
        ]
        if any(any(self._map[start:end]) for start, end in self._gaps):
            names.append("padding")
        return names

    def close(self) -> None:
        """Let go of the file; what `array` and `part` returned stays readable."""
        self._columns.clear()
        with suppress(BufferError):  # the last of those views closes it
            self._map.close()

    def error(self, reason: str) -> ArchiveDamagedError:
        """Return the error that says what is wrong with this file."""
        return ArchiveDamagedError(
            f"{self.path} is damaged: {reason}; index the pages again into a new archive"
        )

    def _verify(self, name: str, column: _Column, first: int, last: int) -> None:
        # Two threads may do the same chunk; both find the same.
        for chunk in range(first, last):
            if not column.verified[chunk]:
                if not column.is_intact(chunk):
                    raise self.error(f"{name} is not what was written")
                column.verified[chunk] = 1

    def _missing(self, name: str) -> _Column:
        if name in self.names:
            raise ValueError(f"{self.path} is closed")
        raise self.error(f"it has no {name}")


def _read_table(file: mmap.mmap) -> tuple[Mapping[str, Any], list[ArrayEntry], list[Gap]]:
    magic, version, crc, offset, size = HEADER.unpack_from(file)
    if magic != MAGIC:
        raise ValueError("it is not a segment file, or was not finished")
    if version != VERSION:
        raise ValueError(f"it has version {version}, not {VERSION}")
    if offset + size != len(file):
        raise ValueError("it is cut short")
    table = file[offset:]
    if zlib.crc32(table) != crc:
        raise ValueError("its table is not what was written")
    decoded = json.loads(table)
    meta, entries = decoded["meta"], [_entry(item, offset) for item in decoded["arrays"]]
    if not isinstance(meta, dict):
        raise TypeError("its table says nothing of the file")
    return meta, entries, _gaps(entries, offset)


def _entry(item: Mapping[str, Any], limit: int) -> ArrayEntry:
    """Return what one item of a table says, if that can be; `limit` is the table's offset."""
    name, shape, offset = item["name"], tuple(item["shape"]), item["offset"]
    if not isinstance(name, str) or item["dtype"] not in DTYPES:
        raise ValueError(f"it has numbers of an unknown kind in {name}")
    entry = ArrayEntry(name, DTYPES[item["dtype"]], shape, offset, tuple(item["crc32"]))
    numbers = (*shape, offset)
    if not 1 <= len(shape) <= MAX_DIMENSIONS or not all(type(number) is int for number in numbers):
        raise ValueError(f"the shape of {name} is none")
    if not all(0 <= number <= limit for number in numbers) or offset % ALIGNMENT:
        raise ValueError(f"{name} is not inside it")
    if len(entry.checksums) != -(-entry.size // CHUNK_BYTES):
        raise ValueError(f"checksums of {name} are missing")
    return entry


def _gaps(entries: list[ArrayEntry], limit: int) -> list[Gap]:
    """Return where the bytes between the arrays are, if these can be where they are said to be."""
    if len({entry.name for entry in entries}) != len(entries):
        raise ValueError("two of its arrays have one name")
    gaps = [(HEADER_END, HEADER.size)]
    end = HEADER.size
    for entry in sorted(entries, key=attrgetter("offset", "size")):
        if entry.offset < end:
            raise ValueError(f"{entry.name} begins inside something else")
        gaps.append((end, entry.offset))
        end = entry.offset + entry.size
    if end > limit:
        raise ValueError("its arrays reach beyond their end")
    return [*gaps, (end, limit)]


def raw_bytes(array: Array) -> memoryview:
    """Return the bytes of an array in C order."""
    return array.reshape(-1).view(np.uint8).data
