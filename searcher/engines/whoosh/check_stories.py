"""What `check` finds wrong with what a segment knows of stories.

Strategy: fingerprints are read some of all values at a time. That those of an article are of its
text is asked the other way round: each that its text has is looked up, and so many are found as
the article holds in all. An article may hold none: of a cluster of copies a few do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from index.codec import Segment
from index.codec.blocks import Integers
from index.codec.prints import ALL_PRINTS, PrintsReader
from index.model import Article
from index.schema import STORY_COLUMN
from index.stories.fingerprints import prints_of, sketch
from searcher.engines.base import Problem

__all__ = ["StoryCheck"]

SLICE_PRINTS = 1 << 21


class StoryCheck:
    """The check of a segment: of all its fingerprints when made, then article by article."""

    def __init__(self, segment: Segment) -> None:
        self._name = segment.name
        self._reader = segment.prints
        self._doc_count = segment.doc_count
        self._stories = segment.story_column(STORY_COLUMN)
        self._held: Integers = np.zeros(segment.doc_count, dtype=np.int64)

    def wrong_order(self) -> Iterator[Problem]:
        """Yield what is wrong with the fingerprints as a whole; it is asked for first."""
        if self._reader is None:
            return
        for prints, documents in _slices(self._reader):  # slices are of values in order
            pairs = (prints.astype(np.uint64) << np.uint64(32)) | documents
            # Two hashes of a text may be one fingerprint, by which it is held twice.
            if (pairs[1:] < pairs[:-1]).any():
                message = "fingerprints, or those who hold one, are not in order"
                yield Problem(place=self._name, message=message)
            self._held += np.bincount(documents, minlength=self._doc_count)

    def wrong_article(self, document: int, article: Article) -> Iterator[Problem]:
        """Yield what is wrong with the story and the fingerprints of an article."""
        number = int(self._stories[document])
        if (f"{number:012x}" if number else None) != article.story:
            message = f"its story is {article.story} and {number:012x} in the column"
            yield Problem(place=article.id, message=message)
        if self._reader is not None and self._held[document]:
            own = np.unique(prints_of(sketch(article.body).hashes))
            _, holders = self._reader.holders(own, self._doc_count)
            if np.count_nonzero(holders == document) != self._held[document]:
                message = "it holds fingerprints that are not of its text"
                yield Problem(place=article.id, message=message)


def _slices(reader: PrintsReader) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    count = max(len(reader) // SLICE_PRINTS, 1)
    bounds = np.linspace(0, ALL_PRINTS, count + 1).astype(np.int64).tolist()
    for first, stop in pairwise(bounds):
        yield reader.between(first, stop)
