"""The engines that are compared, each behind the same few functions.

A peer that is not installed is left out, and the report says so. What each one stores and
how it is set up stands at the top of its module and in the README.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from searches import Kind, Search

from index import Article

__all__ = ["LIMIT", "MODULES", "OURS", "Peer", "Searcher", "Writer", "find_peers"]

LIMIT = 10  # hits of a search
OURS = "ours"
MODULES = {OURS: "whoosh", "tantivy": "tantivy", "fts5": "sqlite3", "whoosh": "whoosh"}


class Writer(Protocol):
    """Makes an archive; everything it does is measured."""

    def add(self, articles: Sequence[Article]) -> None:
        """Index some articles."""
        ...

    def close(self) -> None:
        """Commit what was added, finish merging, let go of the files."""
        ...


class Searcher(Protocol):
    """An archive open for searching."""

    def plan(self, search: Search) -> Callable[[], object]:
        """Return a search ready to run: query tree in, ids and scores (or counts) out."""
        ...

    def total(self, search: Search) -> int:
        """Return how many articles match; not measured, it shows that peers find the same."""
        ...

    def find(self, search: Search) -> Callable[[], Sequence[object]]:
        """Return a search from the text that a user types to ten hits with snippets."""
        ...

    def close(self) -> None:
        """Let go of the archive."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One engine.

    Attributes:
        name: What the report calls it.
        write: Opens a writer on an empty folder.
        searchers: Ways to search its archive; the first is compared end to end too.
        kinds: What it can search for.
    """

    name: str
    write: Callable[[Path], Writer]
    searchers: Mapping[str, Callable[[Path], Searcher]]
    kinds: frozenset[Kind] = frozenset(Kind)


def find_peers(names: Sequence[str]) -> tuple[dict[str, Peer], tuple[str, ...]]:
    """Return those of the peers that are installed, and the names of those missing."""
    missing = tuple(name for name in names if find_spec(MODULES[name]) is None)
    there = (name for name in names if name not in missing)
    return {name: import_module(f"peers.{name}").PEER for name in there}, missing
