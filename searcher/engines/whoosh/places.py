"""Where words stand: a number for each place of an archive.

Strategy: the texts of all articles lie one behind the other, with an empty place after each, and
places are counted through. So the places of a word ascend, what stands right behind a place is one
more, and what ends one text and begins the next are not neighbours. Whether a word stands at some
places is looked up in marks: a table with fewer entries than places, into which they are wrapped.
What is marked there is looked for among the places of the word, and that is one in some.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec import Segment
from index.codec.blocks import Integers, Numbers, ranges
from index.codec.field import FieldReader

__all__ = ["Places", "TermPlaces", "Texts", "term_places"]

# Ascending numbers: uint32 where that is enough, else int64.
Places = npt.NDArray[np.uint32] | npt.NDArray[np.int64]

# Of texts whose lengths are not kept, so far apart that no position reaches the next.
TEXT_PLACES = 1 << 32
SMALL_PLACES = 1 << 31  # what wraps around below 0 is above it
# Marks for each place of a word: of places without the word at most one in so many is looked for.
# Not more marks than would take some memory to make, though, as they do before they are packed.
MARKS = 8
MAX_MARKS = 1 << 26
# With fewer, looking for each takes less time than a look at the marks.
FEW = 32
ONE = np.uint8(1)
THIS_AND_NEXT = np.array([[0], [1]], dtype=np.uint32)


class Texts:
    """Where each text begins: those of the first article, part by part, then of the next.

    Attributes:
        articles: How many articles there are.
        starts: The first place of each text, and the end of all; shape (texts + 1,).
    """

    def __init__(
        self, readers: Sequence[tuple[Segment, FieldReader, int]], articles: int, parts: int
    ) -> None:
        """Lay out the texts of a field.

        Args:
            readers: Segments, the field in each, and the articles before each.
            articles: How many there are in all.
            parts: Parts of the text.
        """
        self.articles = articles
        self._parts = parts
        sizes = np.ones((articles, parts), dtype=np.int64)
        for segment, reader, base in readers:
            if reader.lengths is None:
                sizes[:] = TEXT_PLACES
                break
            sizes[base : base + segment.doc_count] += reader.lengths
        starts: Places = np.append(0, np.cumsum(sizes))
        self.starts = starts.astype(np.uint32) if starts[-1] < SMALL_PLACES else starts

    def of(self, places: Places) -> Integers:
        """Return the text that each place is in."""
        return self.starts.searchsorted(places, side="right") - 1

    def spans(self, articles: Numbers) -> Places:
        """Return where the texts of some articles begin, and where they end; (2, articles)."""
        spans: Places = self.starts.take((articles + THIS_AND_NEXT) * self._parts)
        return spans


class TermPlaces:
    """The places of a term, of all its articles.

    Attributes:
        flat: The places; shape (places,).
    """

    __slots__ = ("_marks", "flat")

    def __init__(self, flat: Places) -> None:
        self.flat = flat
        self._marks: npt.NDArray[np.uint8] | None = None

    @property
    def size_bytes(self) -> int:
        """Memory it takes, with what may be worked out later."""
        return self.flat.nbytes + self._mark_count // 8

    @property
    def _mark_count(self) -> int:
        return min(1 << (MARKS * len(self.flat)).bit_length(), MAX_MARKS)

    def between(self, spans: Places) -> Places:
        """Return the places in some ranges, which ascend.

        Args:
            spans: Where each begins, and where it ends; shape (2, ranges).
        """
        begins, ends = self.flat.searchsorted(spans)
        return self.flat.take(ranges(begins, ends - begins))

    def among(self, wanted: Places) -> Integers:
        """Return which of some places, ascending, the term stands at: their numbers."""
        if len(wanted) < FEW:
            return self._has(wanted).nonzero()[0]
        wrapped = self._wrapped(wanted)
        if self._marks is None:
            marks = np.zeros(self._mark_count, dtype=np.bool_)
            marks[self._wrapped(self.flat)] = True
            self._marks = np.packbits(marks, bitorder="little")
        bits = np.left_shift(ONE, (wrapped & 7).astype(np.uint8))
        maybe = ((self._marks.take(wrapped >> 3) & bits) != 0).nonzero()[0]
        found: Integers = maybe[self._has(wanted.take(maybe))]
        return found

    def _wrapped(self, places: Places) -> Places:
        return places & places.dtype.type(self._mark_count - 1)

    def _has(self, wanted: Places) -> npt.NDArray[np.bool_]:
        if not len(self.flat):
            return np.zeros(len(wanted), dtype=np.bool_)
        slots = self.flat.searchsorted(wanted)
        there: npt.NDArray[np.bool_] = self.flat.take(slots, mode="clip") == wanted
        return there


def term_places(
    readers: Sequence[tuple[Segment, FieldReader, int]],
    texts: Texts,
    term: bytes,
    articles: Numbers | None = None,
) -> TermPlaces:
    """Return where a term stands in the live articles.

    Args:
        readers: Segments, the field in each, and the articles before each.
        texts: Of the field.
        term: The term.
        articles: Those to look at, ascending; None: all.
    """
    flat: list[npt.NDArray[Any]] = [texts.starts[:0]]
    for segment, reader, base in readers:
        number = reader.terms.find(term)
        if number < 0:
            continue
        if articles is None:
            docs = reader.decode(number).docs
            at = np.arange(len(docs))
        else:
            docs = reader.postings(number).docs
            at = _among(docs, articles, base)
        kept = at if segment.live is None else at[segment.live[docs[at]]]
        if len(kept):
            of_parts, positions = reader.positions(number, kept)
            first = (docs[kept].astype(np.int64) + base) * of_parts.shape[1]
            of_texts = (first[:, None] + np.arange(of_parts.shape[1])).ravel()
            flat.append(np.repeat(texts.starts[of_texts], of_parts.ravel()) + positions)
    return TermPlaces(np.concatenate(flat))


def _among(docs: Numbers, articles: Numbers, base: int) -> Integers:
    """Return which postings of a segment are of some articles."""
    first = articles.searchsorted(base)
    inside = (articles[first:] - np.uint32(base)).astype(docs.dtype)
    slots = docs.searchsorted(inside)
    at: Integers = slots[docs.take(slots, mode="clip") == inside]
    return at
