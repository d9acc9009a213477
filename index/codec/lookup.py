"""From a term to the documents that have it: what the ledger and its readers ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh.reading import IndexReader, TermNotFound

__all__ = ["documents_with", "stored_with"]


def documents_with(reader: IndexReader, field: str, term: str) -> Iterator[int]:
    """Yield the numbers of the documents that have the term, in ascending order.

    Deleted documents are left out. Numbers count through all segments of the reader.
    """
    for segment, base in reader.leaf_readers():
        try:
            matcher = segment.postings(field, term)
        except TermNotFound:
            continue
        for docnum in matcher.all_ids():
            yield base + docnum


def stored_with(reader: IndexReader, field: str, term: str) -> Iterator[Mapping[str, Any]]:
    """Yield the stored fields of the documents that have the term."""
    return (reader.stored_fields(docnum) for docnum in documents_with(reader, field, term))
