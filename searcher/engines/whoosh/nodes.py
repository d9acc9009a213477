"""The plan of a query: nodes that know what they match and what it scores.

    matches(search)        the articles that match, ascending
    mask(search, docs)     which of some articles match
    scores(search, docs)   what each of some articles scores, 0 where it does not match
    size(search)           roughly how many match, to ask for the rarest first

Every node answers all four; what a class leaves out follows from the others. Who wants the
matches of a node asks `Search.matches`, which keeps them. The leaves are in
`searcher.engines.whoosh.leaves`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Numbers
from index.codec.field import distinct
from searcher.engines.whoosh.collection import NO_ARTICLES, contained, looked_up
from searcher.values import Value

if TYPE_CHECKING:
    from searcher.engines.whoosh.evaluate import Search

__all__ = [
    "All",
    "AllOf",
    "AnyOf",
    "Best",
    "Excluding",
    "Floats",
    "Foreign",
    "Mask",
    "Maybe",
    "Node",
    "Nothing",
    "Scored",
]

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Node(Value):
    """A part of a plan; a class defines `matches` or `mask`, or both.

    Attributes:
        same_score: What every match scores; None: they differ.
    """

    same_score: ClassVar[float | None] = 1.0

    def matches(self, search: Search) -> Numbers:
        """Return the articles that match, ascending; shape (matches,), uint32."""
        everything = search.collection.everything()
        return everything[self.mask(search, everything)]

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which of some articles, ascending, match; shape (docs,)."""
        return contained(search.matches(self), docs, search.collection.size)

    def narrowed(self, search: Search, docs: Numbers) -> Numbers:
        """Return those of some articles, ascending, that match."""
        return docs[self.mask(search, docs)]

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return what each of some articles scores, 0 where it does not match; (docs,)."""
        return self.mask(search, docs).astype(np.float64)

    def size(self, search: Search) -> int:
        """Return how many articles may match; more than all: never make the list of them."""
        return len(search.matches(self))


class Nothing(Node):
    """No article."""

    def matches(self, search: Search) -> Numbers:  # noqa: ARG002 (a node's)
        """Return nothing."""
        return NO_ARTICLES


class All(Node):
    """Every article, or every one with something in a field; score 1.

    Args:
        field: The field; None: every article.
    """

    def __init__(self, field: str | None = None) -> None:
        self.field = field

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which have something in the field."""
        if self.field is None:
            return np.ones(len(docs), dtype=np.bool_)
        return search.having(self.field)[docs]

    def size(self, search: Search) -> int:
        """Return more than all."""
        return search.collection.size + 1


class AllOf(Node):
    """What all wanted parts match and no unwanted one; the sum of the wanted scores."""

    same_score = None

    def __init__(self, wanted: tuple[Node, ...], unwanted: tuple[Node, ...] = ()) -> None:
        self.wanted = wanted
        self.unwanted = unwanted

    def matches(self, search: Search) -> Numbers:
        """Return the matches of the rarest part that the others match too."""
        first, *others = sorted(self.wanted, key=lambda node: node.size(search))
        docs = search.matches(first)
        for other in others:
            docs = other.narrowed(search, docs)
        for other in self.unwanted:
            docs = docs[~other.mask(search, docs)]
        return docs

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which match every wanted part and no other."""
        kept = np.ones(len(docs), dtype=np.bool_)
        for part in self.wanted:
            kept &= part.mask(search, docs)
        for part in self.unwanted:
            kept &= ~part.mask(search, docs)
        return kept

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return the sums of the wanted scores."""
        return search.only(self, docs, _sum(self.wanted, search, docs))

    def size(self, search: Search) -> int:
        """Return the size of the rarest part."""
        return min(node.size(search) for node in self.wanted)


class AnyOf(Node):
    """What any part matches; the sum of the scores."""

    same_score = None

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self.parts = parts

    def matches(self, search: Search) -> Numbers:
        """Return the matches of all parts together."""
        return distinct(map(search.matches, self.parts), search.collection.size)

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which match any part."""
        found = np.zeros(len(docs), dtype=np.bool_)
        for part in self.parts:
            found |= part.mask(search, docs)
        return found

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return the sums of the scores."""
        return _sum(self.parts, search, docs)

    def size(self, search: Search) -> int:
        """Return the sum of the sizes."""
        return sum(node.size(search) for node in self.parts)


class Best(AnyOf):
    """What any part matches; the highest score, and a share of the others'."""

    def __init__(self, parts: tuple[Node, ...], share: float) -> None:
        super().__init__(parts)
        self.share = share

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return the highest of the scores, and the share."""
        each = np.stack([part.scores(search, docs) for part in self.parts])
        highest = each.max(axis=0)
        best: Floats = highest + self.share * (each.sum(axis=0) - highest)
        return best


class Maybe(Node):
    """What one part matches; another adds its score where it matches too."""

    same_score = None

    def __init__(self, needed: Node, optional: Node) -> None:
        self.needed = needed
        self.optional = optional

    def matches(self, search: Search) -> Numbers:
        """Return the matches of the part that is needed."""
        return search.matches(self.needed)

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which match the part that is needed."""
        return self.needed.mask(search, docs)

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return the sums of both scores."""
        both = _sum((self.needed, self.optional), search, docs)
        return search.only(self.needed, docs, both)

    def size(self, search: Search) -> int:
        """Return the size of the part that is needed."""
        return self.needed.size(search)


class Excluding(Node):
    """Every article that a part does not match; score 0."""

    same_score = 0.0

    def __init__(self, part: Node) -> None:
        self.part = part

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which do not match the part."""
        return ~self.part.mask(search, docs)

    def scores(self, search: Search, docs: Numbers) -> Floats:  # noqa: ARG002 (a node's)
        """Return nothing but zeros."""
        return np.zeros(len(docs))

    def size(self, search: Search) -> int:
        """Return more than all."""
        return search.collection.size + 1


class Scored(Node):
    """What a part matches, with another score.

    Args:
        part: The part.
        factor: Its score is multiplied by this.
        constant: Added to that.
    """

    same_score = None

    def __init__(self, part: Node, factor: float, constant: float = 0.0) -> None:
        self.part = part
        self.factor = factor
        self.constant = constant

    def matches(self, search: Search) -> Numbers:
        """Return the matches of the part."""
        return search.matches(self.part)

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which match the part."""
        return self.part.mask(search, docs)

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return the new scores."""
        scores = np.zeros(len(docs))
        if self.factor:
            scores += self.part.scores(search, docs) * self.factor
        if self.constant:
            scores += self.part.mask(search, docs) * self.constant
        return scores

    def size(self, search: Search) -> int:
        """Return the size of the part."""
        return self.part.size(search)


class Foreign(Node):
    """A query of a class that has no plan: Whoosh's own matchers answer it."""

    same_score = None

    def __init__(self, query: object) -> None:
        self.query = query

    def matches(self, search: Search) -> Numbers:
        """Return what Whoosh finds."""
        return search.foreign(self)[0]

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return what Whoosh scores."""
        found, their_scores = search.foreign(self)
        slots, there = looked_up(found, docs)
        scores = np.zeros(len(docs))
        scores[there] = their_scores[slots]
        return scores


def _sum(parts: tuple[Node, ...], search: Search, docs: Numbers) -> Floats:
    first, *others = parts
    total = first.scores(search, docs)
    for part in others:
        total = total + part.scores(search, docs)
    return total
