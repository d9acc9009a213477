"""The stored fields of a segment: documents as rows of JSON, compressed in blocks.

    stored/blocks      uint8    Zstandard frames, one after the other
    stored/block_ends  uint64   end of each frame in `stored/blocks`
    stored/block_docs  uint32   first document of each block
    stored/doc_ends    narrowest unsigned integers: end of each row in its block, uncompressed

A row is an array of values in the order of the field names, null where the document has none,
without the nulls at its end. Strategy: one block is read and decompressed for a document, and
the last few blocks are kept. `index.codec.stored_writer` says how large blocks are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import orjson
import zstandard

from index.codec.arrays import Array, ArrayFile

__all__ = [
    "BLOCKS",
    "BLOCK_DOCS",
    "BLOCK_ENDS",
    "DOC_ENDS",
    "MAX_BLOCK_BYTES",
    "UTF8",
    "StoredBlock",
    "StoredBlocks",
    "StoredReader",
]

BLOCKS = "stored/blocks"
BLOCK_ENDS = "stored/block_ends"
BLOCK_DOCS = "stored/block_docs"
DOC_ENDS = "stored/doc_ends"
DTYPES = {
    BLOCKS: (np.uint8,),
    BLOCK_ENDS: (np.uint64,),
    BLOCK_DOCS: (np.uint32,),
    DOC_ENDS: (np.uint8, np.uint16, np.uint32),
}

# What a block may claim to be. A page has at most 16 MiB by default (`BuildSettings`).
MAX_BLOCK_BYTES = 256 * 1024 * 1024
CACHED_BLOCKS = 16  # a page of ten results, and some for the next
MAX_CACHED_BYTES = 1024 * 1024  # a larger block would push out too much of everything else

# Lone halves of surrogate pairs are no UTF-8, and yet what a page may have said.
UTF8 = ("utf-8", "surrogatepass")


class StoredBlock(NamedTuple):
    """The rows of one block.

    Attributes:
        first: Its first document.
        ends: End of each row in `text`.
        text: The rows, one after the other.
    """

    first: int
    ends: tuple[int, ...]
    text: bytes

    def row(self, doc: int) -> bytes:
        """Return the row of a document that is in the block."""
        place = doc - self.first
        start = self.ends[place - 1] if place else 0
        return self.text[start : self.ends[place]]


class StoredBlocks:
    """The blocks of a segment, as they lie in its file: what is said of them is checked here.

    Nothing here holds on to the mapped file, so that `ArrayFile.close` is the end of it.

    Attributes:
        doc_count: Documents in all blocks.
    """

    def __init__(self, file: ArrayFile) -> None:
        for name, kinds in DTYPES.items():
            if file.part(name, 0, 0).dtype not in kinds:
                raise file.error(f"{name} has numbers of a wrong kind")
        self._file = file
        self.doc_count = file.length(DOC_ENDS)
        if not self._fits_together(file.array(BLOCK_DOCS), file.array(BLOCK_ENDS)):
            raise file.error("its blocks of stored fields do not fit together")

    def _fits_together(self, firsts: Array, ends: Array) -> bool:
        if not self.doc_count:
            return len(firsts) == len(ends) == self._file.length(BLOCKS)
        return bool(
            len(firsts) == len(ends) > 0
            and firsts[0] == 0
            and _ascends(firsts)
            and firsts[-1] < self.doc_count
            and _ascends(ends)
            and ends[-1] == self._file.length(BLOCKS)
        )

    def __len__(self) -> int:
        return self._file.length(BLOCK_DOCS)

    def find(self, doc: int) -> int:
        """Return the number of the block with a document."""
        firsts = self._file.array(BLOCK_DOCS)
        # A scalar of another type would have NumPy convert the whole array first.
        return int(firsts.searchsorted(firsts.dtype.type(doc), side="right")) - 1

    def span(self, number: int) -> tuple[int, int]:
        """Return the first document of a block, and the one after its last."""
        firsts, following = self._file.array(BLOCK_DOCS), number + 1
        stop = firsts[following] if following < len(firsts) else self.doc_count
        return int(firsts[number]), int(stop)

    def doc_ends(self, first: int, stop: int) -> Array:
        """Return where the rows of the blocks [first, stop) end, each in its block.

        Returns:
            Shape (documents,), unsigned integers.
        """
        begins, last = self.firsts(first, stop), self.span(stop - 1)[1]
        ends = self._file.part(DOC_ENDS, begins[0], last)
        goes_up = np.append(True, ends[1:] > ends[:-1])
        goes_up[begins - begins[0]] = True
        if not goes_up.all() or int(ends.max()) > MAX_BLOCK_BYTES:
            raise self._file.error("a block of its stored fields has no such rows")
        return ends

    def firsts(self, first: int, stop: int) -> Array:
        """Return the first document of each of the blocks [first, stop); uint32."""
        return self._file.array(BLOCK_DOCS)[first:stop]

    def sizes(self) -> Array:
        """Return the bytes of each block, decompressed; shape (blocks,), unsigned integers."""
        firsts = self._file.array(BLOCK_DOCS)
        lasts = np.append(firsts[1:], self.doc_count) - 1
        return self._file.array(DOC_ENDS).take(lasts)

    def frame_ends(self, first: int, stop: int) -> Array:
        """Return where the blocks [first, stop) end in `frames`; shape (blocks,), uint64."""
        ends = self._file.array(BLOCK_ENDS)
        own: Array = ends[first:stop].copy()
        own -= ends[first - 1] if first else np.uint64(0)
        return own

    def frames(self, first: int, stop: int) -> Array:
        """Return the blocks [first, stop) as they are compressed; shape (bytes,), uint8."""
        ends = self._file.array(BLOCK_ENDS)
        return self._file.part(BLOCKS, ends[first - 1] if first else 0, ends[stop - 1])

    def read(self, number: int) -> StoredBlock:
        """Return a block, decompressed."""
        following = number + 1
        frame = self.frames(number, following).data
        ends = tuple(self.doc_ends(number, following).tolist())
        try:
            # Before memory is asked for: a frame of some bytes may claim to hold terabytes.
            if zstandard.frame_content_size(frame) == ends[-1]:
                # Not shared, for no two threads may use one at a time.
                decompressor = zstandard.ZstdDecompressor()
                text = decompressor.decompress(frame, ends[-1], allow_extra_data=False)
                return StoredBlock(self.span(number)[0], ends, text)
        except zstandard.ZstdError as error:
            raise self._file.error(f"block {number} of its stored fields: {error}") from error
        raise self._file.error(f"block {number} of its stored fields has another length")


class StoredReader:
    """The documents of a segment by number, for any number of threads.

    Attributes:
        names: Of the fields, in the order of the rows.
        blocks: Where the rows are.

    Raises:
        ArchiveDamagedError: The file is not what it should be; every other method too.
    """

    def __init__(self, file: ArrayFile, names: tuple[str, ...]) -> None:
        self.names = names
        self.blocks = StoredBlocks(file)
        self._file = file
        self._cache: dict[int, StoredBlock] = {}  # the one used last is the last
        self._lock = Lock()

    def __len__(self) -> int:
        return self.blocks.doc_count

    def __getitem__(self, doc: int) -> dict[str, Any]:
        if not 0 <= doc < len(self):
            raise IndexError(f"there is no document {doc} among {len(self)}")
        return self._values(self._block(self.blocks.find(doc)).row(doc))

    def rows(self, first: int, stop: int) -> Iterator[dict[str, Any]]:
        """Yield the documents [first, stop) in order; each block is read once, and not kept."""
        if not 0 <= first <= stop <= len(self):
            raise IndexError(f"there are no documents {first} to {stop} among {len(self)}")
        while first < stop:
            number = self.blocks.find(first)
            block = self.blocks.read(number)
            end = min(stop, self.blocks.span(number)[1])
            for doc in range(first, end):
                yield self._values(block.row(doc))
            first = end

    def _block(self, number: int) -> StoredBlock:
        with self._lock:
            if block := self._cache.pop(number, None):
                self._cache[number] = block
                return block
        block = self.blocks.read(number)
        if len(block.text) <= MAX_CACHED_BYTES:
            with self._lock:
                self._cache[number] = block
                if len(self._cache) > CACHED_BLOCKS:
                    del self._cache[next(iter(self._cache))]
        return block

    def _values(self, row: bytes) -> dict[str, Any]:
        try:
            values = _decoded(row)
        except (ValueError, RecursionError) as error:
            raise self._file.error(f"a row of its stored fields is not JSON: {error}") from error
        if not isinstance(values, list) or len(values) > len(self.names):
            raise self._file.error("a row of its stored fields is no row of its fields")
        named = zip(self.names, values, strict=False)  # the nulls at the end were cut
        return {name: value for name, value in named if value is not None}


def _decoded(row: bytes) -> object:
    try:
        return orjson.loads(row)
    except orjson.JSONDecodeError:  # half a surrogate pair, or no JSON at all
        return json.loads(row.decode(*UTF8))


def _ascends(numbers: Array) -> bool:
    return bool((numbers[1:] > numbers[:-1]).all())
