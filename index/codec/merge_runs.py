"""Merges one run of terms: postings of several segments, put where they belong.

Strategy: how much each term has in each segment says where every posting goes, term by term and
in each the segments in their order. Then whole arrays are moved at once; positions move as the
bytes that they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Integers, Numbers, ranges, starts_of
from index.codec.merge_forms import SegmentForms, merged_listing
from index.codec.postings import Chunk, Places
from index.codec.segment import Segment
from index.codec.terms import Terms

__all__ = ["DocumentNumbers", "RunPart", "document_numbers", "joined", "live_chunk", "without"]

AnyNumber = TypeVar("AnyNumber", bound=np.generic)


class DocumentNumbers:
    """Which documents of a segment live on, and their numbers in the merged one.

    Args:
        segment: The segment.
        base: The number of its first live document.

    Attributes:
        live: Shape (documents,), bool; None: all.
        count: How many.
        stop: The number after its last.
    """

    def __init__(self, segment: Segment, base: int) -> None:
        self.live = segment.live
        self.count = segment.doc_count - len(segment.deleted)
        self.stop = base + self.count
        self._all = segment.doc_count
        self._base = np.uint32(base)
        self._numbers: Numbers | None = None
        if self.live is not None:
            self._numbers = (base + np.cumsum(self.live) - 1).astype(np.uint32)

    def of(self, docs: Numbers) -> Numbers:
        """Return the new numbers of live documents."""
        if self._numbers is not None:
            return self._numbers[docs]
        if len(docs) and int(docs.max()) >= self._all:
            raise IndexError("there are fewer documents than postings tell of")
        return docs + self._base


def document_numbers(segments: Sequence[Segment]) -> dict[Segment, DocumentNumbers]:
    """Return the new numbers of the documents of segments that become one, in their order."""
    numbers: dict[Segment, DocumentNumbers] = {}
    base = 0
    for segment in segments:
        numbers[segment] = DocumentNumbers(segment, base)
        base = numbers[segment].stop
    return numbers


class RunPart(NamedTuple):
    """What one segment has of a run: live postings only.

    Attributes:
        terms: The numbers in the run of its terms.
        frequencies: Postings of each, perhaps 0; the rest is as in `Chunk`.
        docs: As numbered in the merged segment.
        codes: As in the merged field.
        places: Positions.
        forms: Written forms.
    """

    terms: Numbers
    frequencies: Integers
    docs: Numbers
    codes: Numbers | None
    places: Places | None
    forms: SegmentForms | None


def live_chunk(chunk: Chunk, documents: DocumentNumbers) -> Chunk:
    """Return a chunk of a segment without the postings of deleted documents, and renumbered."""
    if documents.live is None:
        return replace(chunk, docs=documents.of(chunk.docs))
    keep = documents.live[chunk.docs]
    places, listing = chunk.places, chunk.listing
    if places is not None:
        places = Places(places.packed[np.repeat(keep, places.sizes)], places.sizes[keep])
    if listing is not None:
        number, entries = np.cumsum(keep) - 1, keep[listing.at]
        at = number[listing.at[entries]]
        listing = listing._replace(at=at, forms=listing.forms[entries])
    return replace(
        chunk,
        frequencies=np.add.reduceat(keep, starts_of(chunk.frequencies), dtype=np.int64),
        docs=documents.of(chunk.docs[keep]),
        codes=None if chunk.codes is None else chunk.codes[keep],
        places=places,
        listing=listing,
    )


def joined(terms: Terms, parts: Sequence[RunPart]) -> Chunk:
    """Return the postings of a run, as all segments have them together.

    Args:
        terms: Of the run; some may be left without postings.
        parts: What the segments have of it, in their order.
    """
    owners = [part.terms for part in parts]
    frequencies, at = _layout(len(terms), owners, [part.frequencies for part in parts])
    codes = [part.codes for part in parts if part.codes is not None]
    places = [part.places for part in parts if part.places is not None]
    forms = [part.forms for part in parts if part.forms is not None]
    return Chunk(
        terms=terms,
        frequencies=frequencies,
        docs=_placed(at, [part.docs for part in parts]),
        codes=_placed(at, codes) if codes else None,
        places=_joined_places(len(terms), parts, places, at) if places else None,
        listing=merged_listing(forms, at, len(terms)) if forms else None,
    )


def _joined_places(
    terms: int, parts: Sequence[RunPart], places: Sequence[Places], at: Sequence[Integers]
) -> Places:
    of_terms = []
    for part, own in zip(parts, places, strict=True):
        ends = np.append(0, np.cumsum(own.sizes, dtype=np.int64))
        of_terms.append(np.diff(ends[np.append(0, np.cumsum(part.frequencies))]))
    _, byte_at = _layout(terms, [part.terms for part in parts], of_terms)
    return Places(
        packed=_placed(byte_at, [own.packed for own in places]),
        sizes=_placed(at, [own.sizes for own in places]),
    )


def _layout(
    terms: int, owners: Sequence[Numbers], sizes: Sequence[Integers]
) -> tuple[Integers, list[Integers]]:
    """Return how much each term has of all parts, and where what each part has goes.

    Args:
        terms: How many.
        owners: The terms of each part.
        sizes: How much each of them has in the part.
    """
    table = np.zeros((terms, len(owners)), dtype=np.int64)
    for column, (own, size) in enumerate(zip(owners, sizes, strict=True)):
        table[own, column] = size
    starts = starts_of(table.ravel()).reshape(table.shape)
    at = [
        ranges(starts[own, column], size)
        for column, (own, size) in enumerate(zip(owners, sizes, strict=True))
    ]
    return table.sum(axis=1), at


def _placed(
    at: Sequence[Integers], arrays: Sequence[npt.NDArray[AnyNumber]]
) -> npt.NDArray[AnyNumber]:
    if len(arrays) == 1:
        return arrays[0]
    placed = np.empty(sum(map(len, arrays)), dtype=arrays[0].dtype)
    for own, array in zip(at, arrays, strict=True):
        placed[own] = array
    return placed


def without(chunk: Chunk, is_left: npt.NDArray[np.bool_]) -> Chunk:
    """Return a chunk without the terms that have no postings."""
    if is_left.all():
        return chunk
    listing = chunk.listing
    return replace(
        chunk,
        terms=chunk.terms.kept(is_left),
        frequencies=chunk.frequencies[is_left],
        listing=listing and listing._replace(counts=listing.counts[is_left]),
    )
