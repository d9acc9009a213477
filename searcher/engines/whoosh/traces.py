"""Pages that are copies of an article and tell of it where or when else it was published.

Rule 1: Such a page is found as if it were an article by itself that has all of the one that it is
    a copy of, but the outlet, the day and the address that it tells. Where a query matches that,
    the article is found, as a copy that is kept would be in its place.
Rule 2: What only such a page matches adds to a score where all matches add the same, else nothing.

Strategy: what a page tells is indexed in its own document, so that a leaf of a plan answers for
pages as it does for articles. A part of a plan that asks for nothing that pages tell is left as it
is, and so is every plan where no page tells anything.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from index.codec.blocks import Numbers
from index.codec.field import distinct
from index.schema import MOMENT, exact
from searcher.engines.whoosh.collection import contained
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.leaves import MomentRange
from searcher.engines.whoosh.nodes import (
    AllOf,
    AnyOf,
    Excluding,
    Floats,
    Mask,
    Maybe,
    Node,
    Scored,
)
from searcher.engines.whoosh.pages import Pages

__all__ = ["ByTrace", "with_traces"]

TOLD = {"source", exact("source"), "url", "day", MOMENT}


def with_traces(node: Node, narrow: Node | None, pages: Pages) -> tuple[Node, Node | None]:
    """Return plans of a query, and of what narrows it, that match by what pages tell too.

    Args:
        node: The plan of the query.
        narrow: The plan of what narrows it; None: nothing.
        pages: The ledger.
    """
    if not pages.any_tells:
        return node, narrow
    if narrow is not None:
        # One page must tell what both ask for.
        both = AllOf((node, narrow)) if _asks(node) and _asks(narrow) else narrow
        narrow = _extended(both, pages)
    return _extended(node, pages), narrow


def _extended(node: Node, pages: Pages) -> Node:
    """Return what matches an article as a node does, or a page that tells of it."""
    if not _asks(node):
        return node
    match node:
        case AnyOf():
            return node.replaced(parts=tuple(_extended(part, pages) for part in node.parts))
        case Scored():
            return node.replaced(part=_extended(node.part, pages))
        case Maybe():
            return node.replaced(needed=_extended(node.needed, pages))
        case AllOf():
            asking = [part for part in node.wanted if _asks(part)]
            unwanted = [Excluding(part) for part in node.unwanted if _asks(part)]
            told = asking[0] if len(asking) == 1 and not unwanted else AllOf((*asking, *unwanted))
            return AllOf(
                (*(part for part in node.wanted if not _asks(part)), _extended_whole(told, pages)),
                tuple(part for part in node.unwanted if not _asks(part)),
            )
        case _:
            return _extended_whole(node, pages)


def _extended_whole(node: Node, pages: Pages) -> Node:
    return AnyOf((node, ByTrace(node, pages)))


def _parts(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node that tell whether an article matches."""
    match node:
        case AllOf():
            return (*node.wanted, *node.unwanted)
        case AnyOf():
            return node.parts
        case Excluding() | Scored():
            return (node.part,)
        case Maybe():
            return (node.needed,)
        case _:
            return ()


def _asks(node: Node) -> bool:
    """Tell whether what a node matches depends on something that pages tell."""
    return _asks_itself(node) or any(map(_asks, _parts(node)))


def _asks_itself(leaf: Node) -> bool:
    return isinstance(leaf, MomentRange) or getattr(leaf, "field", None) in TOLD


class ByTrace(Node):
    """Articles that do not match a part, while a page that tells of them does.

    Args:
        part: The part.
        pages: The ledger.
    """

    same_score = None

    def __init__(self, part: Node, pages: Pages) -> None:
        self.part = part
        self.pages = pages

    def matches(self, search: Search) -> Numbers:
        """Return the articles."""
        own = Search(self.pages.collection, search.statistics, search.ranking, search.foreign)
        told = self._told(self.part, search, own)
        found = distinct([self.pages.telling.articles[told]], search.collection.size)
        return found[~self.part.mask(search, found)]

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return what every match of the part scores; nothing where they differ."""
        return self.mask(search, docs).astype(np.float64) * (self.part.same_score or 0.0)

    def _told(self, node: Node, search: Search, own: Search) -> Mask:
        """Return which of the pages that tell match, each with its article; (pages,).

        Args:
            node: The part, or a part of it.
            search: Of the query, over articles.
            own: The same over pages.
        """
        rows, articles = self.pages.telling
        parts = [self._told(part, search, own) for part in _parts(node)] if _asks(node) else []
        match node:
            case AllOf() if parts:
                wanted, unwanted = parts[: len(node.wanted)], parts[len(node.wanted) :]
                return reduce(np.logical_and, [*wanted, *(~one for one in unwanted)])
            case AnyOf() if parts:
                return reduce(np.logical_or, parts)
            case Excluding() if parts:
                return ~parts[0]
            case _ if parts:
                return parts[0]
            case _ if _asks_itself(node):
                return contained(own.matches(node), rows, own.collection.size)
            case _:
                return node.mask(search, articles)
