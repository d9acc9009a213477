"""The documents of a segment as Whoosh reads them: stored fields, lengths, deletions, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from index.codec.segment import Segment
from index.codec.whoosh_terms import TEXT_PARTS
from index.schema import MISSING_MOMENT, MOMENT, TEXT

__all__ = ["ColumnarDocuments", "PublishedColumn"]

# Whoosh counts microseconds from the year 1, we from 1970.
EPOCH_MICROSECONDS = (date(1970, 1, 1) - date.min).days * 86_400_000_000
# Whoosh's value of a date field for documents without one; it comes behind all dates.
NO_DATE = 2**64 - 1
BEHIND_ALL_REVERSED = 1


class PublishedColumn(ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """The dates of articles as Whoosh's column of a DATETIME field gives them.

    Where Whoosh's own puts articles without a date first when the order is reversed by the
    column, this one keeps them last.

    Args:
        moments: Microseconds since 1970, `MISSING_MOMENT` where unknown: shape (documents,), int64.
    """

    def __init__(self, moments: npt.NDArray[np.int64]) -> None:
        self._moments = moments
        self._reverse = False

    def __len__(self) -> int:
        return len(self._moments)

    def __getitem__(self, docnum: int) -> int:
        moment = int(self._moments[docnum])
        return NO_DATE if moment == MISSING_MOMENT else moment + EPOCH_MICROSECONDS

    def __iter__(self) -> Iterator[int]:
        return map(self.__getitem__, range(len(self)))

    def sort_key(self, docnum: int) -> int:
        """Return a number that sorts as the document shall."""
        key = self[docnum]
        if not self._reverse:
            return key
        return BEHIND_ALL_REVERSED if key == NO_DATE else -key

    def set_reverse(self) -> None:
        """Let `sort_key` sort the latest first."""
        self._reverse = True


class ColumnarDocuments(PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """The documents of a segment; it closes the segment that it was given."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._deleted: frozenset[int] = frozenset(segment.deleted.tolist())
        self._lengths: dict[str, npt.NDArray[np.int64]] = {}

    def close(self) -> None:
        """Close the file."""
        self._segment.close()

    # Which there are

    def doc_count(self) -> int:
        """Return how many documents are not deleted."""
        return self.doc_count_all() - len(self._deleted)

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self._segment.doc_count

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return docnum in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        """Return the deleted documents."""
        return self._deleted  # frozen: Whoosh freezes it once more for each term, at no cost

    # What they hold

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return self._segment.stored[docnum]

    def supports_columns(self) -> bool:
        """Tell Whoosh that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether a field has a column.

        Segments without articles have one too: Whoosh's readers of several segments ask the
        wrong one where a segment has none.
        """
        return fieldname == MOMENT

    def list_columns(self) -> list[str]:
        """Return the fields that have columns."""
        return [MOMENT]

    def column_reader(self, fieldname: str, _column: object) -> ColumnReader:
        """Return the column of a field, which must have one."""
        if not self.has_column(fieldname):
            raise KeyError(fieldname)
        moments = self._segment.moments()
        if moments is None:
            moments = np.full(self.doc_count_all(), MISSING_MOMENT)
        return PublishedColumn(moments)

    # How long they are

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the words in a field of a document; the default where lengths do not count."""
        if fieldname not in TEXT_PARTS:
            return default
        return int(self._lengths_of(fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        """Return the words in a field of all documents, deleted ones included."""
        return int(self._lengths_of(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the words in the shortest of all documents."""
        return int(self._lengths_of(fieldname).min(initial=NO_DATE)) if self.doc_count_all() else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the words in the longest of all documents."""
        return int(self._lengths_of(fieldname).max(initial=0))

    def _lengths_of(self, fieldname: str) -> npt.NDArray[np.int64]:
        if fieldname not in self._lengths:
            self._lengths[fieldname] = self._summed(fieldname)
        return self._lengths[fieldname]

    def _summed(self, fieldname: str) -> npt.NDArray[np.int64]:
        parts, text = TEXT_PARTS.get(fieldname), self._segment.fields.get(TEXT)
        if parts is None or text is None or text.lengths is None:
            return np.zeros(self.doc_count_all(), dtype=np.int64)
        summed: npt.NDArray[np.int64] = text.lengths[:, list(parts)].sum(axis=1, dtype=np.int64)
        return summed
