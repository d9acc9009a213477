"""Queries that have no plan, answered by Whoosh's own matchers: right as far as Whoosh is."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Query
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher

from index.codec.blocks import Numbers
from index.codec.toc import Manifest
from index.codec.whoosh_codec import ColumnarSegment
from index.schema import make_schema
from searcher.engines.whoosh.collection import Collection

__all__ = ["ForeignSearcher"]


class ForeignSearcher:
    """Whoosh's searcher on an archive, opened when the first such query comes.

    Args:
        folder: The archive.
        manifest: The commit to answer from.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._manifest = manifest
        self._lock = Lock()  # Whoosh's readers must not be used by two threads at once
        self._searcher: Searcher | None = None

    def answer(
        self, query: Query, collection: Collection
    ) -> tuple[Numbers, npt.NDArray[np.float64]]:
        """Return the articles that match, ascending, and their scores by Whoosh's BM25F."""
        with self._lock:
            if self._searcher is None:
                self._searcher = Searcher(self._reader())
            bases = {collection.document(base): base for _, base in collection.segments}
            found: dict[int, float] = {}
            for leaf, offset in self._searcher.leaf_searchers():
                if offset in bases:
                    found |= _matches(query, leaf, bases[offset])
        articles = np.array(sorted(found), dtype=np.uint32)
        return articles, np.array([found[article] for article in articles.tolist()])

    def _reader(self) -> IndexReader:
        return FileIndex._reader(  # noqa: SLF001 (the way to a reader of a commit that is not the last)
            FileStorage(str(self._folder), readonly=True),
            make_schema(),
            [ColumnarSegment(entry) for entry in self._manifest.segments],
            self._manifest.generation,
        )

    def close(self) -> None:
        """Let go of Whoosh's files."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None


def _matches(query: Query, searcher: Searcher, base: int) -> dict[int, float]:
    matcher = query.matcher(searcher, SearchContext(weighting=searcher.weighting))
    found = {}
    while matcher.is_active():
        found[base + matcher.id()] = float(matcher.score())
        matcher.next()
    return found
