"""An archive on Whoosh's files, open for searching.

Segments are read-only and mapped, so any number of threads search side by side; what is
worked out once for all of them (statistics, score tables, decoded postings) is kept behind
locks of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.codec import open_archive, reading
from index.errors import ArchiveError
from index.model import Article, Copy, Outcome, PageRecord
from index.schema import (
    MISSING_MOMENT,
    NAME_FIELDS,
    PAGE,
    article_from_document,
    exact,
    page_from_document,
)
from index.text import name_key
from searcher.engines.base import MAX_COPIES, Problem
from searcher.engines.whoosh.answer import WhooshAnswer
from searcher.engines.whoosh.closeness import closeness_of
from searcher.engines.whoosh.collection import Collection, looked_up
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.neighbours import frequency, neighbours
from searcher.engines.whoosh.pages import Pages
from searcher.engines.whoosh.plan import plan
from searcher.engines.whoosh.rank import inverse_frequency
from searcher.engines.whoosh.statistics import Statistics
from searcher.engines.whoosh.times import near_in_time
from searcher.engines.whoosh.traces import with_traces
from searcher.model import StoryMember
from searcher.settings import RankingSettings
from searcher.tree import Query

if TYPE_CHECKING:
    from whoosh.query import Query as WhooshQuery

    from searcher.engines.whoosh.foreign import ForeignSearcher

__all__ = ["WhooshEngine"]

MAX_COUNTED = 100  # articles whose pages are counted one by one; of more, by those of the archive
MAX_RANKINGS = 16  # a program may try out constants; what was worked out for each is kept


class WhooshEngine:
    """An `Engine` on a Whoosh index.

    Args:
        folder: The archive.

    Raises:
        ArchiveError: There is no archive there, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._closed = False
        self._snapshot = open_archive(folder)
        self._collection = Collection(self._snapshot)
        self._pages = Pages(self._snapshot, self._collection)
        self._statistics: dict[RankingSettings, Statistics] = {}
        self._foreign: ForeignSearcher | None = None
        self._lock = Lock()

    def answer(
        self,
        query: Query | WhooshQuery,
        narrow: Query | WhooshQuery | None,
        ranking: RankingSettings,
        neighbours: Sequence[tuple[str, str]] = (),
    ) -> WhooshAnswer:
        """Return all articles that match the query and, where given, `narrow`.

        Either may be a tree of Whoosh's classes as well.
        """
        search = Search(
            self._collection,
            self._statistics_for(ranking),
            ranking,
            lambda node: self._whoosh().answer(node.query, self._collection),
        )
        node, filtering = with_traces(
            plan(query), None if narrow is None else plan(narrow), self._pages
        )
        node = near_in_time(node, ranking)
        close = closeness_of(neighbours, search)
        return WhooshAnswer(
            node, filtering, search, self._pages, reading=self._reading, close=close
        )

    def _statistics_for(self, ranking: RankingSettings) -> Statistics:
        found = self._statistics.get(ranking)
        if found is None:
            if len(self._statistics) >= MAX_RANKINGS:
                self._statistics.clear()
            words = ranking.of_words()
            found = self._statistics.get(words) or Statistics(self._collection, words)
            self._statistics[words] = self._statistics[ranking] = found
        return found

    def _whoosh(self) -> ForeignSearcher:
        from searcher.engines.whoosh.foreign import ForeignSearcher  # rarely asked for

        with self._lock:
            if self._foreign is None:
                self._foreign = ForeignSearcher(self._snapshot)
            return self._foreign

    def article(self, document: int) -> Article:
        """Return an article, with its location and copies."""
        with self._reading():
            article = article_from_document(self._snapshot.stored(document))
            lead, copies = _lead_and_copies(self.pages(article.id))
        return replace(article, location=lead.location if lead else "", copies=copies)

    def pages(self, article_id: str) -> list[PageRecord]:
        """Return what the ledger says of the pages that hold an article; of very many, some."""
        with self._reading():
            return self._pages_of(article_id)

    def _pages_of(self, article_id: str) -> list[PageRecord]:
        snapshot = self._snapshot
        found = [*islice(snapshot.documents_with("article", article_id), MAX_COPIES + 1)]
        if len(found) > MAX_COPIES:  # the one that the text is from is among all of them
            lead = snapshot.documents_with_both(
                ("article", article_id), ("outcome", Outcome.ARTICLE.value)
            )
            found = [*dict.fromkeys((*lead, *found))]
        return [page_from_document(snapshot.stored(document)) for document in found]

    def outline(self, document: int) -> StoryMember:
        """Return the little of an article that a list of members shows."""
        with self._reading():
            article = article_from_document(self._snapshot.stored(document))
            copies = self._copies_of(article.id)
        return StoryMember(
            id=article.id,
            title=article.title,
            source=article.source,
            day=article.day,
            copies=copies,
        )

    def _copies_of(self, article_id: str) -> tuple[Copy, ...]:
        if self._pages.any_copies and self._pages.count(article_id) > 1:
            return _lead_and_copies(self._pages_of(article_id))[1]
        return ()

    def copy_count(self, documents: Sequence[int]) -> int:
        """Return how many pages hold any of some articles, beside the one of each."""
        with self._reading():
            pages = self._pages
            if not pages.any_copies:
                return 0
            if len(documents) > MAX_COUNTED:
                articles = [*map(self._collection.article, documents)]
                return int(pages.copy_counts[articles].sum())
            ids = (self._snapshot.stored(document)["id"] for document in documents)
            return sum(max(pages.count(one) - 1, 0) for one in ids)

    def members(self, document: int) -> Sequence[int]:
        """Return the documents of the story of an article, the earliest first."""
        with self._reading():
            collection = self._collection
            articles = collection.members(collection.article(document))
            if len(articles) > 1:
                moments = collection.moments[articles]
                articles = articles[np.lexsort([moments, moments == MISSING_MOMENT])]
            return collection.documents(articles)

    def find(self, article_id: str) -> int | None:
        """Return the document of the article with that id."""
        with self._reading():
            return next(self._snapshot.documents_with("id", article_id), None)

    def rarities(self, field: str, terms: Sequence[str], without: Sequence[int]) -> list[float]:
        """Return how much each term tells articles apart, 0 where none that counts has it."""
        with self._reading():
            reader, articles = self._collection.field(field), self._collection.count - len(without)
            passed = np.array(sorted(map(self._collection.article, without)), dtype=np.uint32)
            if reader is None:
                return [0.0] * len(terms)
            lists = [reader.term(term.encode("utf-8", "replace")).docs for term in terms]
            having = [len(docs) - int(looked_up(docs, passed)[1].sum()) for docs in lists]
            return [inverse_frequency(articles, one) if one else 0.0 for one in having]

    def printed(self, field: str, key: str) -> str:
        """Return a value that `counts` named as it is printed in one of the articles."""
        if field not in NAME_FIELDS:
            return key
        with self._reading():
            names = (
                str(name)
                for fields in self._snapshot.stored_with(exact(field), key)
                for name in fields[field]
                if name_key(name) == key
            )
            return next(names, key)

    def frequency(self, field: str, word: str) -> int:
        """Return how many articles have a word, in texts in any form of it."""
        with self._reading():
            return frequency(self._collection, field, word)

    def neighbours(self, field: str, word: str, edits: int) -> dict[str, int]:
        """Return the words within so many edits of a word, with roughly their frequencies."""
        with self._reading():
            return neighbours(self._collection, field, word, edits)

    def page_records(self) -> list[PageRecord]:
        """Return what the ledger says of each page, in no order."""
        with self._reading():
            return [*map(page_from_document, self._snapshot.stored_with("kind", PAGE))]

    def check(self) -> list[Problem]:
        """Read everything there is and return what is wrong."""
        from searcher.engines.whoosh.check import find_problems  # rarely asked for

        with self._reading():
            return find_problems(self._snapshot)

    def size_bytes(self) -> int:
        """Return the bytes on disk of the archive."""
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def is_current(self) -> bool:
        """Return whether the commit is the last one; also of a closed engine."""
        return self._closed or self._snapshot.is_current()

    def close(self) -> None:
        """Let go of all files; using the engine afterwards is an error."""
        if not self._closed:
            self._closed = True
            self._snapshot.close()

    def _reading(self) -> reading:
        if self._closed:
            raise ArchiveError(f"the archive {self._folder} was closed")
        return reading(self._folder)


def _lead_and_copies(records: list[PageRecord]) -> tuple[PageRecord | None, tuple[Copy, ...]]:
    # The page that the text is from; then, as after an error overwrote it, any that is left.
    order = (Outcome.ARTICLE, Outcome.DUPLICATE, Outcome.REJECTED)
    ordered = sorted(records, key=lambda record: (order.index(record.outcome), record.location))
    copies = tuple(
        Copy(location=record.location, url=record.url, source=record.source, day=record.day)
        for record in ordered[1:]
        if record.outcome is Outcome.DUPLICATE
    )
    return (ordered[0] if ordered else None), copies
