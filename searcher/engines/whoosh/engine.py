"""An archive on Whoosh's files, open for searching.

Whoosh's readers must not be used by two threads at once: they share the place in a file,
and answer wrongly without a sign. One lock is held for each call; under Python's own lock
two evaluations would not run side by side anyway.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any

from whoosh.query import Query
from whoosh.reading import IndexReader

from index.codec import documents_with, open_archive, reading, stored_with
from index.errors import ArchiveError
from index.model import Article, Copy, Outcome, PageRecord
from index.schema import (
    NAME_FIELDS,
    PAGE,
    article_from_document,
    exact,
    page_from_document,
)
from index.text import name_key
from searcher.engines.base import Matches, Problem
from searcher.engines.whoosh.check import find_problems
from searcher.engines.whoosh.evaluate import Evaluator
from searcher.engines.whoosh.postings import frequencies, terms_from
from searcher.model import Sort
from searcher.settings import RankingSettings

__all__ = ["WhooshEngine"]


class WhooshEngine:
    """An `Engine` on a Whoosh index.

    Args:
        folder: The archive.

    Raises:
        ArchiveError: There is no archive there, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()
        self._closed = False
        with reading(folder):
            self._reader: IndexReader = open_archive(folder).reader()

    def match(self, query: Query, narrow: Query | None, ranking: RankingSettings) -> Matches:
        """Return all articles that match the query and, where given, `narrow`."""
        with self._reading():
            evaluator = Evaluator(self._reader, ranking)
            scores = evaluator.evaluate(query)
            if narrow is not None:
                kept = evaluator.evaluate(narrow)
                scores = {doc: score for doc, score in scores.items() if doc in kept}
            return Matches(scores)

    def ranked(self, matches: Matches, sort: Sort, start: int, stop: int) -> list[int]:
        """Return the documents at places start to stop of the order."""
        with self._reading():
            day_order = _DayOrder(self._reader)
            scores = matches.scores

            def place(document: int) -> tuple[Any, ...]:
                undated, moment = day_order.of(document)
                match sort:
                    case Sort.RELEVANCE:
                        return -scores[document], undated, -moment, document
                    case Sort.NEWEST:
                        return undated, -moment, -scores[document], document
                    case Sort.OLDEST:
                        return undated, moment, -scores[document], document

            return heapq.nsmallest(stop, scores, key=place)[start:]

    def article(self, document: int) -> Article:
        """Return an article, with its location and copies."""
        with self._reading():
            article = article_from_document(self._reader.stored_fields(document))
            stored = stored_with(self._reader, "article", article.id)
            lead, copies = _lead_and_copies([page_from_document(fields) for fields in stored])
            return _placed(article, lead, copies)

    def find(self, article_id: str) -> int | None:
        """Return the document of the article with that id."""
        with self._reading():
            return next(documents_with(self._reader, "id", article_id), None)

    def counts(self, field: str, matches: Matches) -> Counter[str]:
        """Return how many of the matches have each value of a field."""
        with self._reading():
            wanted = matches.scores.keys()
            counts: Counter[str] = Counter()
            for term in terms_from(self._reader, _value_field(field), ""):
                having = frequencies(self._reader, _value_field(field), term)
                if count := len(having.keys() & wanted):
                    counts[term.decode()] = count
            return counts

    def printed(self, field: str, key: str) -> str:
        """Return a value that `counts` named as it is printed in one of the articles."""
        if field not in NAME_FIELDS:
            return key
        with self._reading():
            names = (
                str(name)
                for fields in stored_with(self._reader, exact(field), key)
                for name in fields[field]
                if name_key(name) == key
            )
            return next(names, key)

    def page_records(self) -> list[PageRecord]:
        """Return what the ledger says of each page, in no order."""
        with self._reading():
            return [*map(page_from_document, stored_with(self._reader, "kind", PAGE))]

    def check(self) -> list[Problem]:
        """Read everything there is and return what is wrong."""
        with self._reading():
            return find_problems(self._folder, self._reader)

    def size_bytes(self) -> int:
        """Return the bytes on disk of the archive."""
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def close(self) -> None:
        """Let go of all files; using the engine afterwards is an error."""
        with self._lock:
            self._closed = True
            self._reader.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, reading(self._folder):
            if self._closed:
                raise ArchiveError(f"the archive {self._folder} was closed")
            yield


def _value_field(field: str) -> str:
    return exact(field) if field in NAME_FIELDS else field


def _lead_and_copies(records: list[PageRecord]) -> tuple[PageRecord | None, list[PageRecord]]:
    # The page that the text is from; then, as after an error overwrote it, any that is left.
    order = (Outcome.ARTICLE, Outcome.DUPLICATE, Outcome.REJECTED)
    ordered = sorted(records, key=lambda record: (order.index(record.outcome), record.location))
    copies = [record for record in ordered[1:] if record.outcome is Outcome.DUPLICATE]
    return (ordered[0] if ordered else None), copies


def _placed(article: Article, lead: PageRecord | None, copies: list[PageRecord]) -> Article:
    return replace(
        article,
        location=lead.location if lead else "",
        copies=tuple(Copy(location=copy.location, url=copy.url) for copy in copies),
    )


class _DayOrder:
    """When each document was published, as a number to sort by."""

    def __init__(self, reader: IndexReader) -> None:
        self._undated = reader.schema["published"].default
        self._columns = [
            (base, segment.column_reader("published", translate=False))
            for segment, base in reader.leaf_readers()
            if segment.doc_count_all()
        ]

    def of(self, document: int) -> tuple[bool, int]:
        """Return whether the document has no day, and its moment."""
        base, column = next(
            (base, column) for base, column in reversed(self._columns) if base <= document
        )
        moment = column[document - base]
        return moment == self._undated, moment
