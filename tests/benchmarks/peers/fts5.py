"""SQLite's FTS5 with its Porter stemmer: one table that stores and indexes all fields.

It has no fuzzy search. Every ranked search scores all matches, then sorts them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from searches import Kind, Search

from index import Article
from peers import LIMIT, Peer

__all__ = ["PEER"]

DATABASE = "articles.sqlite"
TABLE = (
    "CREATE VIRTUAL TABLE articles USING fts5("
    "title, body, people, id UNINDEXED, published UNINDEXED, source UNINDEXED, "
    "tokenize='porter unicode61')"
)
WHERE = "FROM articles WHERE articles MATCH ?"
BEST = f"SELECT rowid, rank {WHERE} ORDER BY rank LIMIT {LIMIT}"
STATEMENTS = {
    Kind.DATED: (
        f"SELECT rowid, rank {WHERE} AND published BETWEEN ? AND ? ORDER BY rank LIMIT {LIMIT}"
    ),
    Kind.NEWEST: f"SELECT rowid, published {WHERE} ORDER BY published DESC LIMIT {LIMIT}",
    Kind.FACET: f"SELECT source, count(*) {WHERE} GROUP BY source",
    Kind.TIMELINE: f"SELECT substr(published, 1, 7) AS month, count(*) {WHERE} GROUP BY month",
}
COUNT = f"SELECT count(*) {WHERE}"
SHOW = (
    "SELECT id, published, source, people, body, rank, highlight(articles, 0, '<b>', '</b>'), "
    f"snippet(articles, 1, '<b>', '</b>', '…', 32) {WHERE} ORDER BY rank LIMIT {LIMIT}"
)


class Fts5Writer:
    """One transaction for all."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / DATABASE)
        self._database.execute(TABLE)

    def add(self, articles: Sequence[Article]) -> None:
        """Index some articles."""
        self._database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", map(_row, articles)
        )

    def close(self) -> None:
        """Commit and close."""
        self._database.commit()
        self._database.close()


def _row(article: Article) -> tuple[str | None, ...]:
    day = article.day.isoformat() if article.day else None
    people = "; ".join(article.people)
    return article.title, article.body, people, article.id, day, article.source


class Fts5Searcher:
    """A connection."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / DATABASE)

    def plan(self, search: Search) -> Callable[[], object]:
        """Return a search ready to run."""
        statement, values = STATEMENTS.get(search.kind, BEST), _values(search)
        return lambda: self._database.execute(statement, values).fetchall()

    def total(self, search: Search) -> int:
        """Return how many articles match."""
        statement, values = COUNT, _values(search)
        if search.kind is Kind.DATED:
            statement += " AND published BETWEEN ? AND ?"
        return int(self._database.execute(statement, values).fetchone()[0])

    def find(self, search: Search) -> Callable[[], Sequence[object]]:
        """Return a search from text to hits with snippets, without a total."""
        values = _values(search)
        return lambda: self._database.execute(SHOW, values).fetchall()

    def close(self) -> None:
        """Let go of the archive."""
        self._database.close()


def _values(search: Search) -> tuple[str, ...]:
    if search.kind is Kind.PHRASE:
        words = f'"{" ".join(search.words)}"'
    elif search.kind is Kind.PREFIX:
        words = f'"{search.words[0]}"*'
    else:
        joiner = " OR " if search.kind is Kind.OR else " AND "
        words = joiner.join(f'"{word}"' for word in search.words)
    dates = (search.since, search.until) if search.kind is Kind.DATED else ()
    return f"{{title body}}: ({words})", *(day.isoformat() for day in dates)


PEER = Peer(
    name="SQLite FTS5",
    write=Fts5Writer,
    searchers={"SQLite FTS5": Fts5Searcher},
    kinds=frozenset(Kind) - {Kind.FUZZY},
)
