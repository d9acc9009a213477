"""This project: all fields of an article, words as written too; a commit every batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from searches import Kind, Search

from index import Article
from index.engines.whoosh import open_writer
from index.text import stem
from peers import LIMIT, OURS, Peer
from searcher.engines.whoosh import WhooshEngine
from searcher.model import Sort
from searcher.query import date_filter
from searcher.search import Archive
from searcher.settings import RankingSettings
from searcher.tree import And, FuzzyTerm, Or, Phrase, Prefix, Query, Term

__all__ = ["PEER"]


class OurWriter:
    """Puts articles through the writer that a build uses; no peer finds stories."""

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self._writer = self._stack.enter_context(open_writer(folder, with_stories=False))

    def add(self, articles: Sequence[Article]) -> None:
        """Index some articles and commit them."""
        for article in articles:
            self._writer.put_article(article.id, article)
        self._writer.commit()

    def close(self) -> None:
        """Let go of the files."""
        self._stack.close()


class OurSearcher:
    """The engine for query trees, the archive for texts."""

    def __init__(self, folder: Path) -> None:
        self._engine = WhooshEngine(folder)
        self._archive = Archive(self._engine)

    def plan(self, search: Search) -> Callable[[], object]:
        """Return a search ready to run."""
        engine, ranking = self._engine, RankingSettings()
        tree, narrow = _tree(search), _narrow(search)
        plain = search.words if search.kind is Kind.CLOSE else ()
        near = [*pairwise(map(stem, plain))]
        match search.kind:
            case Kind.FACET:
                return lambda: engine.answer(tree, narrow, ranking).counts("source")
            case Kind.TIMELINE:
                return lambda: engine.answer(tree, narrow, ranking).counts("month")
            case kind:
                order = Sort.NEWEST if kind is Kind.NEWEST else Sort.RELEVANCE
                return lambda: engine.answer(tree, narrow, ranking, near).top(order, 0, LIMIT)

    def total(self, search: Search) -> int:
        """Return how many articles match."""
        answer = self._engine.answer(_tree(search), _narrow(search), RankingSettings())
        return int(answer.total())

    def find(self, search: Search) -> Callable[[], Sequence[object]]:
        """Return a search from text to hits with snippets and the exact total."""
        text = _text(search)
        return lambda: self._archive.search(text, limit=LIMIT).hits

    def close(self) -> None:
        """Let go of the archive."""
        self._archive.close()


def _tree(search: Search) -> Query:
    words = search.words
    terms = [Term("text", stem(word)) for word in words]
    match search.kind:
        case Kind.AND | Kind.CLOSE:
            return And(terms)
        case Kind.OR:
            return Or(terms)
        case Kind.PHRASE:
            return Phrase("text", [stem(word) for word in words])
        case Kind.PREFIX:
            return Prefix("words", words[0])
        case Kind.FUZZY:
            return FuzzyTerm("words", words[0], maxdist=1, prefixlength=0)
        case _:
            return terms[0]


def _narrow(search: Search) -> Query | None:
    if search.kind is not Kind.DATED:
        return None
    return date_filter(search.since.isoformat(), search.until.isoformat())


def _text(search: Search) -> str:
    joined = (" OR " if search.kind is Kind.OR else " ").join(search.words)
    return f'"{joined}"' if search.kind is Kind.PHRASE else joined


PEER = Peer(name=OURS, write=OurWriter, searchers={OURS: OurSearcher})
