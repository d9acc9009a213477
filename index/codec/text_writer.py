"""The texts of new documents as a field of a segment file, and those of segments being merged.

Strategy: texts take longer than all else together, and nothing else in a segment depends on them.
So they are written by themselves: by this process, in its turn (`InlineTextWriter`), or by
another one meanwhile (`index.codec.text_process`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import Integers
from index.codec.field_writer import write_field, write_words
from index.codec.invert import TextBatch
from index.codec.merge_text import TextMerge
from index.codec.segment import Segment
from index.codec.vocabulary import Vocabulary
from index.schema import TEXT

__all__ = ["Finish", "InlineTextWriter", "TextWriter"]

# Words are numbered for all segments of a build, until there are some hundred thousand of them.
MAX_VOCABULARY_BYTES = 64 * 1024 * 1024

Finish = Callable[[], None]


class TextWriter(Protocol):
    """What writes texts: first those of one segment, then those of the next.

    `write` and `merge` return what must be called before the file is closed, and only then are
    the texts in it. Between the two calls the rest of the file may be written.
    """

    def add(self, texts: Sequence[str]) -> int:
        """Take both parts of a document, both of the next ..., and return the first's number.

        The others have the next ones. Numbers begin at 0 again when what was added is written.
        """

    def write(self, file: ArrayFileWriter, numbers: Integers) -> Finish:
        """Begin to write what was added since the last time.

        Args:
            file: The segment.
            numbers: Those of the texts of each document, -1 where it has none: shape (documents,).
                Texts whose number is not there are forgotten.
        """

    def merge(
        self, file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int
    ) -> Finish:
        """Begin to write the texts of segments as one; see `index.codec.merge.merge_segments`."""

    def close(self) -> None:
        """Let go of everything; what was begun may be left unfinished."""


class InlineTextWriter:
    """A `TextWriter` that does it all in this process, when it is to be finished."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._vocabulary = Vocabulary()
        self._batch = TextBatch(self._vocabulary)

    def add(self, texts: Sequence[str]) -> int:
        """See `TextWriter`."""
        return self._batch.add(texts)

    def write(self, file: ArrayFileWriter, numbers: Integers) -> Finish:
        """See `TextWriter`."""
        return partial(self._write, file, numbers)

    def _write(self, file: ArrayFileWriter, numbers: Integers) -> None:
        batch, self._batch = self._batch, TextBatch(self._vocabulary)
        inverted = batch.invert(numbers)
        if inverted and inverted.words is not None and inverted.stems is not None:
            write_field(file, TEXT, inverted.chunks, inverted.book, inverted.lengths)
            write_words(file, inverted.words, inverted.stems)
        if self._vocabulary.size_bytes > MAX_VOCABULARY_BYTES:
            self._begin()

    def merge(
        self, file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int
    ) -> Finish:
        """See `TextWriter`."""
        return partial(_merge, file, segments, memory_bytes)

    def close(self) -> None:
        """See `TextWriter`."""


def _merge(file: ArrayFileWriter, segments: Sequence[Segment], memory_bytes: int) -> None:
    if any(TEXT in segment.fields for segment in segments):
        TextMerge(file, segments, memory_bytes).write()
