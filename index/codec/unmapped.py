"""A file of arrays that is read piece by piece: what is mapped counts as memory of the process."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.codec.arrays import Array, ArrayFile

__all__ = ["UnmappedArrays"]

PIECE_BYTES = 1 << 20


class UnmappedArrays:
    """The arrays of a file that another process of ours has just written.

    Their checksums are not compared; they are compared when somebody reads what is made of them.

    Attributes:
        entries: What the table says of each, by name.

    Raises:
        ArchiveDamagedError: The file is not what it should be.
        OSError: It cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with ArrayFile(path) as file:
            self.entries = {entry.name: entry for entry in file.entries()}

    def array(self, name: str) -> Array:
        """Return a whole array."""
        entry = self.entries[name]
        count = math.prod(entry.shape)
        flat = np.fromfile(self._path, entry.dtype, count, offset=entry.offset)
        return flat.reshape(entry.shape)

    def pieces(self, name: str) -> Iterator[Array]:
        """Yield the bytes of an array, some at a time: shape (bytes,), uint8."""
        entry = self.entries[name]
        with self._path.open("rb") as file:
            file.seek(entry.offset)
            for start in range(0, entry.size, PIECE_BYTES):
                yield np.fromfile(file, np.uint8, min(PIECE_BYTES, entry.size - start))
