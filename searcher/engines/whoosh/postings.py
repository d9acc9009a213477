"""Posting lists out of a Whoosh index, read whole.

Whoosh's own matchers walk several lists side by side and skip; random tests find wrong
results in how they do it. A list read whole into a dictionary cannot go wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

__all__ = ["frequencies", "positions", "terms_between", "terms_from"]


def frequencies(reader: IndexReader, field: str, term: str | bytes) -> dict[int, int]:
    """Return how often the term stands in each document that has it."""
    found: dict[int, int] = {}
    for matcher, base in _matchers(reader, field, term):
        while matcher.is_active():
            found[base + matcher.id()] = int(matcher.weight())
            matcher.next()
    return found


def positions(
    reader: IndexReader, field: str, term: str | bytes, wanted: AbstractSet[int]
) -> dict[int, frozenset[int]]:
    """Return at which positions the term stands in each of the wanted documents."""
    found: dict[int, frozenset[int]] = {}
    for matcher, base in _matchers(reader, field, term):
        while matcher.is_active():
            document = base + matcher.id()
            if document in wanted:
                found[document] = frozenset(matcher.value_as("positions"))
            matcher.next()
    return found


def _matchers(reader: IndexReader, field: str, term: str | bytes) -> Iterator[tuple[Matcher, int]]:
    for segment, base in reader.leaf_readers():
        try:
            yield segment.postings(field, term), base
        except TermNotFound:
            continue


def terms_from(reader: IndexReader, field: str, prefix: str) -> set[bytes]:
    """Return the terms of a field that begin with the prefix."""
    start = prefix.encode()
    return {
        term
        for segment, _ in reader.leaf_readers()
        if field in segment.indexed_field_names()
        for term in segment.expand_prefix(field, start)
    }


def terms_between(
    reader: IndexReader, field: str, first: str | None, last: str | None
) -> set[bytes]:
    """Return the terms of a field in a range, both ends included; None: open."""
    low = first.encode() if first else b""
    high = last.encode() if last else None
    found: set[bytes] = set()
    for segment, _ in reader.leaf_readers():
        for name, term in segment.terms_from(field, low):
            if name != field or (high is not None and term > high):
                break
            found.add(term)
    return found
