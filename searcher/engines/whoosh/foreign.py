"""Queries that have no plan, answered by Whoosh's own matchers: right as far as Whoosh is.

Strategy: Whoosh reads the segments that the archive has open. It must not look for their files:
a build may have merged the segments since, and deleted them.
"""

from __future__ import annotations

from threading import Lock

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.index import FileIndex
from whoosh.query import Query
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher

from index.codec import Segment, Snapshot
from index.codec.blocks import Numbers
from index.codec.toc import SegmentEntry
from index.codec.whoosh_codec import ColumnarCodec, ColumnarSegment
from index.codec.whoosh_columns import ColumnarDocuments
from index.codec.whoosh_terms import ColumnarTerms
from index.errors import NewsArchiveError
from index.schema import make_schema
from searcher.engines.whoosh.collection import Collection
from searcher.errors import SearchError

__all__ = ["ForeignSearcher"]


class ForeignSearcher:
    """Whoosh's searcher on an archive, made when the first such query comes.

    Args:
        snapshot: The archive at the commit to answer from.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lock = Lock()  # Whoosh's readers must not be used by two threads at once
        self._searcher: Searcher | None = None

    def answer(
        self, query: Query, collection: Collection
    ) -> tuple[Numbers, npt.NDArray[np.float64]]:
        """Return the articles that match, ascending, and their scores by Whoosh's BM25F.

        Raises:
            SearchError: Whoosh has no answer to such a query.
        """
        with self._lock:
            if self._searcher is None:
                self._searcher = Searcher(_reader(self._snapshot))
            try:
                found = _found(query, self._searcher, collection)
            except NewsArchiveError:
                raise
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise SearchError(f"cannot search {query!r} with Whoosh ({reason})") from error
        articles = np.array(sorted(found), dtype=np.uint32)
        return articles, np.array([found[article] for article in articles.tolist()])


class _OpenSegment(ColumnarSegment):
    """A segment in Whoosh's table of contents that is open already."""

    def __init__(self, entry: SegmentEntry, opened: Segment) -> None:
        super().__init__(entry)
        self._opened = opened

    def codec(self) -> ColumnarCodec:
        return _OpenCodec(self._opened)


class _OpenCodec(ColumnarCodec):
    """Makes the readers of a segment that is open already."""

    def __init__(self, opened: Segment) -> None:
        self._opened = opened

    def terms_reader(self, _storage: Storage, _segment: ColumnarSegment) -> ColumnarTerms:
        return ColumnarTerms(self._opened)

    def per_document_reader(
        self, _storage: Storage, _segment: ColumnarSegment
    ) -> ColumnarDocuments:
        return ColumnarDocuments(self._opened)


def _reader(snapshot: Snapshot) -> IndexReader:
    manifest = snapshot.manifest
    return FileIndex._reader(  # noqa: SLF001 (the way to a reader of a commit that is not the last)
        FileStorage(str(snapshot.folder), readonly=True),
        make_schema(),
        [*map(_OpenSegment, manifest.segments, snapshot.segments)],
        manifest.generation,
    )


def _found(query: Query, searcher: Searcher, collection: Collection) -> dict[int, float]:
    bases = collection.bases
    found: dict[int, float] = {}
    for leaf, offset in searcher.leaf_searchers():
        if offset in bases:
            found |= _matches(query, leaf, bases[offset])
    return found


def _matches(query: Query, searcher: Searcher, base: int) -> dict[int, float]:
    matcher = query.matcher(searcher, SearchContext(weighting=searcher.weighting))
    found = {}
    while matcher.is_active():
        found[base + matcher.id()] = float(matcher.score())
        matcher.next()
    return found
