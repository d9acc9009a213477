"""Texts written by another process, while this one writes the rest of a segment.

Strategy: texts are sent as they come, and the other process numbers their words while this one
packs what is stored. It writes its arrays into a file of its own beside the segment, from which
they are copied in the end. Texts that are merged take so much longer than the rest that this
process does some of their terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Integers
from index.codec.merge_text import TextMerge, term_at
from index.codec.segment import Segment, opened
from index.codec.text_writer import Finish, InlineTextWriter
from index.codec.toc import SegmentEntry
from index.codec.unmapped import UnmappedArrays
from index.errors import NewsArchiveError
from index.process import Process
from index.schema import TEXT

__all__ = ["ProcessTextWriter"]

# Answers that are left waiting. They are small, and so many do not fill a pipe.
MOST_WAITING = 64
# Of the postings of texts that are merged; all else there is to merge takes as long again.
OWN_SHARE = 1 / 3


class _Add(NamedTuple):
    texts: Sequence[str]


class _Write(NamedTuple):
    path: Path
    numbers: Integers


class _MergeUpper(NamedTuple):
    path: Path
    entries: Sequence[SegmentEntry]
    low: bytes
    memory_bytes: int


class ProcessTextWriter:
    """A `TextWriter` that has it done by another process.

    Whatever its methods or what they return raise, it is of no more use afterwards:
        WorkerDiedError: The process is gone, as where memory ran out.
        OSError, ArchiveDamagedError: As in this process.

    Raises:
        NoWorkerError: The process cannot be started.
    """

    def __init__(self) -> None:
        self._process = Process(_Texts())
        self._waiting = 1  # it says that it is ready
        self._count = 0

    def add(self, texts: Sequence[str]) -> int:
        """See `TextWriter`."""
        self._send(_Add(texts))
        first, self._count = self._count, self._count + len(texts) // 2
        return first

    def write(self, file: ArrayFileWriter, numbers: Integers) -> Finish:
        """See `TextWriter`."""
        self._send(_Write(_path_beside(file), numbers))
        self._count = 0
        return partial(self._finish, file)

    def merge(
        self, file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int
    ) -> Finish:
        """See `TextWriter`."""
        if not any(TEXT in segment.fields for segment in segments):
            return _nothing
        path, low = _path_beside(file), term_at(segments, OWN_SHARE)
        self._send(_MergeUpper(path, [one.entry for one in segments], low, memory_bytes))
        return partial(self._merge_lower, file, segments, low, memory_bytes)

    def _merge_lower(
        self, file: ArrayFileWriter, segments: Sequence[Segment], stop: bytes, memory_bytes: int
    ) -> None:
        merge = TextMerge(file, segments, memory_bytes)
        merge.write_lower(stop, partial(self._written, file))
        _path_beside(file).unlink()

    def _finish(self, file: ArrayFileWriter) -> None:
        file.take_in(self._written(file))
        _path_beside(file).unlink()

    def _written(self, file: ArrayFileWriter) -> UnmappedArrays:
        """Wait for what goes into a file."""
        while self._waiting:
            self._receive()
        return UnmappedArrays(_path_beside(file))

    def _send(self, request: _Add | _Write | _MergeUpper) -> None:
        while self._waiting >= MOST_WAITING:
            self._receive()
        self._process.send(request)
        self._waiting += 1

    def _receive(self) -> None:
        error = self._process.receive()
        self._waiting -= 1
        if error:
            raise error

    def close(self) -> None:
        """See `TextWriter`."""
        self._process.kill()
        self._process.end()


class _Texts:
    """What the other process does; returns what is to be raised in this one.

    Of anything else it dies. Then this one does it all and meets the error itself.
    """

    @cached_property
    def _writer(self) -> InlineTextWriter:
        return InlineTextWriter()

    def __call__(self, request: _Add | _Write | _MergeUpper) -> OSError | NewsArchiveError | None:
        try:
            match request:
                case _Add(texts):
                    self._writer.add(texts)
                case _Write(path, numbers):
                    with ArrayFileWriter(path) as file:
                        self._writer.write(file, numbers)()
                        file.close({}, is_durable=False)
                case _MergeUpper(path, entries, low, memory_bytes):
                    with opened(path.parent, entries) as segments, ArrayFileWriter(path) as file:
                        TextMerge(file, segments, memory_bytes).write_upper(low)
                        file.close({}, is_durable=False)
        except (OSError, NewsArchiveError) as error:
            return error
        return None


def _path_beside(file: ArrayFileWriter) -> Path:
    return file.path.with_name(f"{file.path.name}.text.tmp")


def _nothing() -> None:
    """Finish what was not begun."""
