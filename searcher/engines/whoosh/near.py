"""Two things near each other in any order, from the places where they stand.

Strategy: of each side the places are found as those of a phrase. From each place of the first side
the nearest of the second is looked up, behind it and before it; no other could be nearer.

Rule 1: Both lie in one part of the text, and share no word.
Rule 2: At most slop - 1 words stand between the end of one and the beginning of the other.
Rule 3: An occurrence is a place of the first side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.codec.blocks import changes
from index.codec.field import distinct
from index.text import begins_pairs
from searcher.engines.whoosh.collection import CollectionField
from searcher.engines.whoosh.phrases import NOWHERE, Occurrences, occurrences_at, row_begins
from searcher.engines.whoosh.places import Places

__all__ = ["NOT_NEAR", "Closeness", "Near", "Rows", "near_occurrences"]

Rows = tuple[tuple[bytes, ...], ...]


class Near(Protocol):
    """What to look for: rows of terms, any of them on each side, and how close."""

    @property
    def sides(self) -> tuple[Rows, Rows]:
        """For each side, terms in a row, any of several."""
        ...

    @property
    def part(self) -> int | None:
        """The part of the text; None: any."""
        ...

    @property
    def slop(self) -> int:
        """Words that may stand between, and one."""
        ...


class Closeness(NamedTuple):
    """Where two things are near each other.

    Attributes:
        found: Places of the first that are near the second.
        having: How many articles have the first, and how many the second.
    """

    found: Occurrences
    having: tuple[int, int]


NOT_NEAR = Closeness(NOWHERE, (0, 0))


def near_occurrences(field: CollectionField, near: Near) -> Closeness:
    """Return where two things are near each other."""
    begins = [[row_begins(field, row) for row in rows] for rows in near.sides]
    first, second = map(_spans, near.sides, begins)
    close = _close(field, first, second, near.slop)
    return Closeness(
        found=occurrences_at(field, _distinct(first.begins[close]), near.part),
        having=(
            _articles(field, near.sides[0], begins[0], near.part),
            _articles(field, near.sides[1], begins[1], near.part),
        ),
    )


class _Spans(NamedTuple):
    """Places in rows: where each begins, ascending, and where its last word stands."""

    begins: Places
    ends: Places


def _spans(rows: Rows, begins: Sequence[Places]) -> _Spans:
    ends = [found + found.dtype.type(len(row) - 1) for found, row in zip(begins, rows, strict=True)]
    every: npt.NDArray[Any] = np.concatenate(begins)
    every_end: npt.NDArray[Any] = np.concatenate(ends)
    order = every.argsort(kind="stable")
    return _Spans(every[order], every_end[order])


def _close(
    field: CollectionField, first: _Spans, second: _Spans, slop: int
) -> npt.NDArray[np.bool_]:
    """Return which spans of the first are near one of the second."""
    behind = second.begins.searchsorted(first.ends, side="right")
    close = _within(field, first.ends, second.begins, behind, slop)
    ends = second.ends[second.ends.argsort(kind="stable")]
    before = ends.searchsorted(first.begins) - 1
    return close | _within(field, first.begins, ends, before, slop)


def _within(
    field: CollectionField,
    places: Places,
    others: Places,
    at: npt.NDArray[np.intp],
    slop: int,
) -> npt.NDArray[np.bool_]:
    """Return which places have the other at a number within the slop, in the same text."""
    there = np.flatnonzero((at >= 0) & (at < len(others)))
    one, other = places[there], others[at[there]]
    reached = np.flatnonzero(np.maximum(one, other) - np.minimum(one, other) <= slop)
    same = field.texts.of(one[reached]) == field.texts.of(other[reached])
    close = np.zeros(len(places), dtype=np.bool_)
    close[there[reached[same]]] = True
    return close


def _distinct(places: Places) -> Places:
    return places[changes(places)]


def _articles(
    field: CollectionField, rows: Rows, begins: Sequence[Places], part: int | None
) -> int:
    """Return how many articles have any of the rows."""
    lists = [
        field.term(row[0], part).docs
        if len(row) == 1 and not begins_pairs(row[0].decode("utf-8", "replace"))
        else occurrences_at(field, places, part).docs
        for row, places in zip(rows, begins, strict=True)
    ]
    return len(distinct(lists, field.texts.articles))
