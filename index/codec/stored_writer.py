"""Writes the stored fields of a segment; `index.codec.stored` tells of their form.

Strategy: a block is about 32 KiB of rows, large enough to compress well and small enough to read
one document from. A merge copies blocks whose documents all live on as they are; it neither
decompresses nor parses them.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import orjson
import zstandard

from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import JSON, Array
from index.codec.stored import (
    BLOCK_DOCS,
    BLOCK_ENDS,
    BLOCKS,
    DOC_ENDS,
    MAX_BLOCK_BYTES,
    UTF8,
    StoredBlocks,
    StoredReader,
)

__all__ = ["StoredWriter"]

LEVEL = 1  # level 3 takes half as long again and makes the archive 2 % smaller
BLOCK_BYTES = 32 * 1024
# A copied block with less in it is filled up, or merges of small segments would leave crumbs.
MIN_COPIED_BYTES = BLOCK_BYTES // 2


class StoredWriter:
    """Writes the documents of a segment, in order.

    Attributes:
        names: Of the fields that are stored, in the order of the rows; for the file's meta.
    """

    def __init__(self, file: ArrayFileWriter, names: tuple[str, ...]) -> None:
        self.names = names
        self._file = file
        self._blocks = file.stream(BLOCKS, np.uint8)
        # A thread of its own for it cost more CPU time and gained no wall time.
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._open_block = bytearray()
        self._closed_docs = 0
        self._doc_ends = array("I")
        self._block_docs = array("I")
        self._block_ends = array("Q")

    def add(self, count: int, values: Mapping[str, Sequence[JSON]]) -> None:
        """Write the next documents.

        Args:
            count: How many.
            values: By field, one for each document; None is as good as absent, and fields not
                in `names` are left out.
        """
        absent = [None] * count
        # Fields behind the last that any of them has would only be cut from each row again.
        last = max((at for at, name in enumerate(self.names, 1) if name in values), default=1)
        for row in zip(*(values.get(name, absent) for name in self.names[:last]), strict=True):
            self._add_row(_encoded(row))

    def copy(self, reader: StoredReader, keep: Array | None) -> None:
        """Write the documents of another segment after those that are there.

        Args:
            reader: The other segment.
            keep: Which of its documents; shape (len(reader),), bool. None: all.
        """
        if keep is not None and keep.shape != (len(reader),):
            raise ValueError(f"{keep.shape} says nothing of {len(reader)} documents")
        kept = np.ones(len(reader), np.bool_) if keep is None else keep
        if self.names != reader.names:
            self._copy_values(reader, np.flatnonzero(kept))
        elif len(reader):
            self._copy_blocks(reader.blocks, kept)

    def close(self) -> None:
        """Write what remains, and the tables."""
        self._close_block()
        ends = np.array(self._doc_ends, np.uint32)
        self._file.add(DOC_ENDS, ends.astype(np.min_scalar_type(ends.max(initial=0))))
        self._file.add(BLOCK_DOCS, np.array(self._block_docs, np.uint32))
        self._file.add(BLOCK_ENDS, np.array(self._block_ends, np.uint64))

    def _add_row(self, row: bytes) -> None:
        if len(row) > MAX_BLOCK_BYTES:
            raise ValueError(f"a document of {len(row)} bytes is too long to be stored")
        if self._open_block and len(self._open_block) + len(row) > BLOCK_BYTES:
            self._close_block()
        self._open_block += row
        self._doc_ends.append(len(self._open_block))

    def _close_block(self) -> None:
        if self._open_block:
            self._block_docs.append(self._closed_docs)
            self._closed_docs = len(self._doc_ends)
            frame = self._compressor.compress(self._open_block)
            self._blocks.append(np.frombuffer(frame, np.uint8))
            self._block_ends.append(self._blocks.length)
            self._open_block = bytearray()

    def _copy_blocks(self, blocks: StoredBlocks, kept: Array) -> None:
        whole = np.logical_and.reduceat(kept, blocks.firsts(0, len(blocks)))
        whole &= blocks.sizes() >= MIN_COPIED_BYTES
        begins = np.flatnonzero(np.append(True, whole[1:] != whole[:-1])).tolist()
        for first, stop in pairwise([*begins, len(blocks)]):
            if whole[first]:
                self._copy_frames(blocks, first, stop)
            else:
                for number in range(first, stop):
                    self._copy_rows(blocks, number, kept[slice(*blocks.span(number))])

    def _copy_frames(self, blocks: StoredBlocks, first: int, stop: int) -> None:
        self._close_block()
        firsts, frame_ends = blocks.firsts(first, stop), blocks.frame_ends(first, stop)
        _extend(self._block_docs, firsts.astype(np.int64) - int(firsts[0]) + len(self._doc_ends))
        _extend(self._block_ends, frame_ends + np.uint64(self._blocks.length))
        _extend(self._doc_ends, blocks.doc_ends(first, stop))
        self._blocks.append(blocks.frames(first, stop))
        self._closed_docs = len(self._doc_ends)

    def _copy_rows(self, blocks: StoredBlocks, number: int, kept: Array) -> None:
        if kept.any():
            block = blocks.read(number)
            for doc in (block.first + np.flatnonzero(kept)).tolist():
                self._add_row(block.row(doc))

    def _copy_values(self, reader: StoredReader, docs: Array) -> None:
        for doc in docs.tolist():
            self.add(1, {name: [value] for name, value in reader[doc].items()})


def _extend(numbers: array[int], more: Array) -> None:
    numbers.frombytes(more.astype(numbers.typecode).tobytes())


def _encoded(row: tuple[JSON, ...]) -> bytes:
    size = len(row)
    while size and row[size - 1] is None:
        size -= 1
    row = row[:size]
    try:
        return orjson.dumps(row)
    except TypeError:  # half a surrogate pair, which it refuses
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode(*UTF8)
