"""Stock Whoosh 2.7.4: its own codec, writer, analysis, parser and searcher; one process.

Its analyzer drops stop words, which is less work than indexing them as the others do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path

from searches import Kind, Search
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import DATETIME, ID, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import MultifieldParser
from whoosh.query import And, DateRange, FuzzyTerm, Or, Phrase, Prefix, Query, Term
from whoosh.sorting import Count

from index import Article
from peers import LIMIT, Peer

__all__ = ["PEER"]

HEAP_MB = 256
BOTH = ("title", "body")
FACETS = {Kind.FACET: "source", Kind.TIMELINE: "month"}


def _schema() -> Schema:
    stems = StemmingAnalyzer()
    return Schema(
        id=ID(stored=True, unique=True),
        title=TEXT(stems, stored=True),
        body=TEXT(stems, stored=True),
        people=TEXT(stored=True),
        source=ID(stored=True, sortable=True),
        published=DATETIME(stored=True, sortable=True),
        month=ID(sortable=True),  # for the timeline; its own date facet asks a query a month
    )


class WhooshWriter:
    """One commit for all."""

    def __init__(self, folder: Path) -> None:
        self._writer = create_in(str(folder), _schema()).writer(limitmb=HEAP_MB)

    def add(self, articles: Sequence[Article]) -> None:
        """Index some articles."""
        for article in articles:
            self._writer.add_document(
                id=article.id,
                title=article.title,
                body=article.body,
                people="; ".join(article.people),
                source=article.source,
                published=datetime.combine(article.day, time()) if article.day else None,
                month=f"{article.day:%Y-%m}" if article.day else None,
            )

    def close(self) -> None:
        """Commit."""
        self._writer.commit()


class WhooshSearcher:
    """Whoosh's searcher, and its parser for title and body."""

    def __init__(self, folder: Path) -> None:
        self._archive = open_dir(str(folder))
        self._searcher = self._archive.searcher()
        self._parser = MultifieldParser(BOTH, self._archive.schema)

    def plan(self, search: Search) -> Callable[[], object]:
        """Return a search ready to run."""
        found, tree = self._searcher, self._tree(search)
        if field := FACETS.get(search.kind):
            return lambda: found.search(tree, limit=LIMIT, groupedby=field, maptype=Count).groups()
        if search.kind is Kind.NEWEST:
            return lambda: found.search(tree, limit=LIMIT, sortedby="published", reverse=True).top_n
        return lambda: found.search(tree, limit=LIMIT).top_n

    def total(self, search: Search) -> int:
        """Return how many articles match."""
        return len(self._searcher.search(self._tree(search), limit=1))

    def find(self, search: Search) -> Callable[[], Sequence[object]]:
        """Return a search from text to hits with snippets, without a total."""
        text = _text(search)

        def shown() -> list[object]:
            results = self._searcher.search(self._parser.parse(text), limit=LIMIT)
            return [
                (hit.fields(), hit.highlights("title"), hit.highlights("body")) for hit in results
            ]

        return shown

    def close(self) -> None:
        """Let go of the archive."""
        self._searcher.close()
        self._archive.close()

    def _tree(self, search: Search) -> Query:
        words = search.words
        match search.kind:
            case Kind.OR:
                return Or([self._word(word) for word in words])
            case Kind.PHRASE:
                return Or([self._phrase(field, words) for field in BOTH])
            case Kind.PREFIX:
                return Or([Prefix(field, words[0]) for field in BOTH])
            case Kind.FUZZY:
                return Or([FuzzyTerm(field, words[0], prefixlength=0) for field in BOTH])
            case Kind.DATED:
                return And([self._word(words[0]), _days(search)])
            case _:
                return And([self._word(word) for word in words]).normalize()

    def _word(self, word: str) -> Query:
        return Or([Term(field, term) for field in BOTH for term in self._terms(field, word)])

    def _phrase(self, field: str, words: Sequence[str]) -> Query:
        return Phrase(field, self._terms(field, " ".join(words)))

    def _terms(self, field: str, text: str) -> list[str]:
        return [*self._archive.schema[field].process_text(text, mode="query")]


def _days(search: Search) -> DateRange:
    since, until = (datetime.combine(day, time()) for day in (search.since, search.until))
    return DateRange("published", since, until)


def _text(search: Search) -> str:
    joined = (" OR " if search.kind is Kind.OR else " ").join(search.words)
    return f'"{joined}"' if search.kind is Kind.PHRASE else joined


PEER = Peer(name="Whoosh", write=WhooshWriter, searchers={"Whoosh": WhooshSearcher})
