"""Posting lists of a segment as Whoosh's matchers walk them.

Strategy: a list is decoded whole, as everywhere in this package, and turned into Python numbers
once, because Whoosh asks for one posting at a time. Positions are decoded for the posting that
they are asked of.

Whoosh could skip blocks of postings by the highest score in them, and is told that it cannot:
the loops in which its unions and intersections do so lose hits where the blocks of two lists do
not begin at the same documents, and do not end where rounding gets in the way.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar

__all__ = ["PART_GAP", "PostingMatcher", "TermPostings", "WhooshField"]

# Positions between the last word of the title and the first of the body in the field `text`, so
# that no phrase reaches from one into the other, whatever slop people type.
PART_GAP = 100

Docs = npt.NDArray[np.unsignedinteger]


class WhooshField(Protocol):
    """A field as Whoosh knows it: one of a segment, or a view of one."""

    def postings(self, term: int) -> tuple[Docs, npt.NDArray[np.float64]]:
        """Return the documents with a term, ascending, and how often it stands in each."""

    def lengths(self) -> npt.NDArray[np.int64] | None:
        """Return the length of the field in each document; None where it does not count."""

    def positions(self, term: int, doc: int) -> list[int]:
        """Return where the term stands in a document that has it, ascending."""


class TermPostings:
    """The posting list of one term, read when something of it is asked for."""

    def __init__(self, field: WhooshField, term: int) -> None:
        self._field = field
        self._term = term

    @cached_property
    def _columns(self) -> tuple[Docs, npt.NDArray[np.float64]]:
        return self._field.postings(self._term)

    @cached_property
    def docs(self) -> list[int]:
        """The documents, ascending."""
        found: list[int] = self._columns[0].tolist()
        return found

    @cached_property
    def weights(self) -> list[float]:
        """How often the term stands in each of them."""
        found: list[float] = self._columns[1].tolist()
        return found

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How long the field is in each of them; 1 where lengths do not count."""
        docs, lengths = self._columns[0], self._field.lengths()
        return np.ones(len(docs), dtype=np.int64) if lengths is None else lengths[docs]

    def positions(self, at: int) -> list[int]:
        """Return where the term stands in the document of posting number `at`."""
        return self._field.positions(self._term, self.docs[at])


class PostingMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Walks the posting list of one term.

    Args:
        postings: The list; not empty.
        term: Name of the field, and the term.
        format_: What the field keeps of a posting, as the schema says.
        scorer: Whoosh's scorer of that term; None if nobody asks for scores.
    """

    def __init__(
        self, postings: TermPostings, term: tuple[str, bytes], format_: Format, scorer: Any = None
    ) -> None:
        self._postings = postings
        self._ids = postings.docs
        self._term = term
        self._at = 0
        self.format = format_
        self.scorer = scorer

    # Walking

    def is_active(self) -> bool:
        """Tell whether there is a current posting."""
        return self._at < len(self._ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> PostingMatcher:
        """Return a matcher at the same posting that moves on its own."""
        copied = PostingMatcher(self._postings, self._term, self.format, self.scorer)
        copied._at = self._at
        return copied

    def next(self) -> bool:
        """Go to the next posting; tell Whoosh that it is in no other block."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return False

    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's signature)
        """Go to the first posting of that document or a later one; never back."""
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, id, self._at)

    def supports_block_quality(self) -> bool:
        """Tell Whoosh to skip no blocks."""
        return False

    # The current posting

    def id(self) -> int:
        """Return its document."""
        return self._ids[self._at]

    def weight(self) -> float:
        """Return how often the term stands in the document."""
        return self._postings.weights[self._at]

    def value(self) -> bytes:
        """Return what Whoosh's own codec would keep of it."""
        encoded: bytes = b""
        if self.supports("positions"):
            encoded = self.format.encode(self._postings.positions(self._at))
        return encoded

    def value_as(self, astype: str) -> Any:
        """Return its weight, frequency or positions."""
        match astype:
            case "positions":
                return self._postings.positions(self._at)
            case "weight":
                return self.weight()
            case "frequency":
                return int(self.weight())
            case _:
                return super().value_as(astype)
