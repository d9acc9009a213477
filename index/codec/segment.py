"""One segment, opened: its fields, columns, stored fields and deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from index.codec.arrays import ArrayFile
from index.codec.blocks import Numbers
from index.codec.cache import ByteCache
from index.codec.dictionary import TermDictionary
from index.codec.field import FieldReader
from index.codec.prints import PRINTS, PrintsReader
from index.codec.stored import StoredReader
from index.codec.toc import SEGMENT_SUFFIX, SegmentEntry
from index.codec.written import WrittenForms
from index.schema import MOMENT, ORDINAL_FIELDS, STORY_COLUMNS, TEXT, WORDS

__all__ = ["DELETED", "Ordinals", "Segment", "opened"]

AnyNumber = TypeVar("AnyNumber", bound=np.generic)

DELETED = "deleted"  # the array of a file of deletions


class Ordinals(NamedTuple):
    """The values that documents have of a field, as numbers of terms.

    Attributes:
        starts: Where the values of each document begin; shape (documents + 1,).
        values: Numbers of terms, in the order of the document.
        keys: The terms.
    """

    starts: npt.NDArray[np.unsignedinteger]
    values: npt.NDArray[np.unsignedinteger]
    keys: TermDictionary


class Segment:
    """A segment file and the deletions that an archive's table of contents gives it.

    Args:
        folder: The archive.
        entry: What the table of contents says of the segment.
        cache: Where decoded postings are kept; None: a cache of its own.

    Raises:
        ArchiveDamagedError: The file is not what it should be.
        FileNotFoundError: It is not there.
    """

    def __init__(self, folder: Path, entry: SegmentEntry, cache: ByteCache | None = None) -> None:
        self.entry = entry
        self.name = entry.name
        self.kind = entry.kind
        self.doc_count = entry.docs
        self._cache = cache or ByteCache()
        self.file = ArrayFile(folder / (entry.name + SEGMENT_SUFFIX))
        try:
            self.deleted = _deleted(folder, entry)
            self.stored = StoredReader(self.file, tuple(self.file.meta.get("stored", ())))
            _check_count(self, entry)
        except BaseException:
            self.file.close()
            raise

    @cached_property
    def live(self) -> npt.NDArray[np.bool_] | None:
        """Which documents are not deleted; None: all."""
        if not len(self.deleted):
            return None
        live = np.ones(self.doc_count, dtype=np.bool_)
        live[self.deleted] = False
        return live

    @cached_property
    def fields(self) -> Mapping[str, FieldReader]:
        """The inverted fields that any document has."""
        names = [
            name.removesuffix("/frequencies")
            for name in self.file.names
            if name.endswith("/frequencies")
        ]
        return MappingProxyType(
            {name: FieldReader(self.file, name, self.doc_count, self._cache) for name in names}
        )

    @cached_property
    def words(self) -> WrittenForms | None:
        """The words of texts as written; None: there are no texts."""
        return WrittenForms(self.file, self.fields[TEXT]) if f"{WORDS}/terms" in self.file else None

    @cached_property
    def prints(self) -> PrintsReader | None:
        """The fingerprints of texts; None: no document has any."""
        if f"{PRINTS}/documents" not in self.file:
            return None
        return PrintsReader(self.file, self.doc_count)

    def live_rows(self, rows: npt.NDArray[AnyNumber]) -> npt.NDArray[AnyNumber]:
        """Return those of the live documents: rows has one for each document."""
        return rows if self.live is None else rows[self.live]

    def story_column(self, name: str) -> npt.NDArray[np.unsignedinteger]:
        """Return one of `STORY_COLUMNS`: shape (documents,); 0 where there is none.

        Raises:
            ArchiveDamagedError: It is not that of the documents.
        """
        if f"columns/{name}" not in self.file:
            return np.zeros(self.doc_count, dtype=STORY_COLUMNS[name])
        column = self.file.array(f"columns/{name}")
        if column.shape != (self.doc_count,) or column.dtype != STORY_COLUMNS[name]:
            raise self.file.error(f"its column {name} is not that of its documents")
        return column

    def moments(self) -> npt.NDArray[np.int64] | None:
        """Return when each document was published; None: no document says so.

        Returns:
            Microseconds since 1970 on the publisher's clock, `MISSING_MOMENT` where unknown.
        """
        name = f"columns/{MOMENT}"
        return self.file.array(name) if name in self.file else None

    def ordinals(self, name: str) -> Ordinals | None:
        """Return the values of one of `ORDINAL_FIELDS`; None: no document has any."""
        key = ORDINAL_FIELDS[name]
        if key not in self.fields:
            return None
        column = f"columns/{key}"
        return Ordinals(
            starts=self.file.array(f"{column}/starts"),
            values=self.file.array(f"{column}/values"),
            keys=self.fields[key].terms,
        )

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()


@contextmanager
def opened(folder: Path, entries: Iterable[SegmentEntry]) -> Iterator[list[Segment]]:
    """Open segments of an archive, and close them on leaving."""
    with ExitStack() as stack:
        segments = []
        for entry in entries:
            segments.append(Segment(folder, entry))
            stack.callback(segments[-1].close)
        yield segments


def _check_count(segment: Segment, entry: SegmentEntry) -> None:
    if segment.file.meta.get("documents") != entry.docs or len(segment.stored) != entry.docs:
        raise segment.file.error("it has another number of documents than the archive says")


def _deleted(folder: Path, entry: SegmentEntry) -> Numbers:
    if entry.deletions is None:
        return np.zeros(0, dtype=np.uint32)
    with ArrayFile(folder / entry.deletions) as file:
        deleted = file.array(DELETED).astype(np.uint32)
        ascends = bool((deleted[1:] > deleted[:-1]).all())
        if len(deleted) != entry.deleted or not ascends or int(deleted[-1]) >= entry.docs:
            raise file.error("its deletions are not those of the segment")
        return deleted
