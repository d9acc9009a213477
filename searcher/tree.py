"""The query tree: what articles must match, and what that adds to their score.

The classes and their attributes are named as Whoosh's are, which say the same where both have
them; `searcher.engines.whoosh.whoosh_trees` reads Whoosh's own. They are not Whoosh's because
loading those takes a fifth of a search from the command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from searcher.values import Value

__all__ = [
    "And",
    "AndMaybe",
    "Compound",
    "ConstantScore",
    "DisjunctionMax",
    "Every",
    "Foreign",
    "FuzzyTerm",
    "Near",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Regex",
    "Term",
    "TermRange",
    "TimeRange",
    "Wildcard",
    "Word",
]


class Query(Value):
    """A part of a tree.

    Args:
        boost: What its score is multiplied by.
    """

    def __init__(self, boost: float = 1.0) -> None:
        self.boost = boost

    def times(self, factor: float) -> Self:
        """Return the same with its score multiplied."""
        return self.replaced(boost=self.boost * factor)

    def __repr__(self) -> str:
        values = [repr(value) for name, value in vars(self).items() if name != "boost"]
        if self.boost != 1.0:
            values.append(f"boost={self.boost}")
        return f"{type(self).__name__}({', '.join(values)})"


class Word(Query):
    """What one text in a field stands for."""

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.fieldname = fieldname
        self.text = text


class Term(Word):
    """Articles with a term in a field."""


class Prefix(Word):
    """Articles with a term that begins with the text."""


class Wildcard(Word):
    """Articles with a term that the text stands for, with * for any letters and ? for one."""


class Regex(Word):
    """Articles with a term that begins as the text, a regular expression, says."""


class FuzzyTerm(Word):
    """Articles with a term like the text.

    Args:
        fieldname: The field.
        text: The term.
        maxdist: Letters put in, left out or replaced, or neighbours that change places, at most.
        prefixlength: Letters at the beginning that are as they are.
        boost: What its score is multiplied by.
    """

    def __init__(
        self,
        fieldname: str,
        text: str,
        *,
        maxdist: int = 1,
        prefixlength: int = 1,
        boost: float = 1.0,
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.maxdist = maxdist
        self.prefixlength = prefixlength


class Phrase(Query):
    """Articles with terms in this order; the last is at most `slop` places per word on.

    Args:
        fieldname: The field.
        words: The terms.
        slop: 1: they stand side by side; with each one more, another word may stand between.
        boost: What its score is multiplied by.
    """

    def __init__(
        self, fieldname: str, words: Iterable[str], slop: int = 1, boost: float = 1.0
    ) -> None:
        super().__init__(boost)
        self.fieldname = fieldname
        self.words = tuple(words)
        self.slop = slop


class Near(Query):
    """Articles with two things near each other, in any order.

    Args:
        a: A word, a phrase, or any of several of these.
        b: The other, in the same field.
        slop: As for a phrase.
        boost: What its score is multiplied by.
    """

    def __init__(self, a: Query, b: Query, slop: int = 1, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.a = a
        self.b = b
        self.slop = slop


class TermRange(Query):
    """Articles with a term from one to another, ends included or not; None: there is no end."""

    def __init__(
        self,
        fieldname: str,
        start: str | None,
        end: str | None,
        *,
        startexcl: bool = False,
        endexcl: bool = False,
        boost: float = 1.0,
    ) -> None:
        super().__init__(boost)
        self.fieldname = fieldname
        self.start = start
        self.end = end
        self.startexcl = startexcl
        self.endexcl = endexcl


class TimeRange(Query):
    """Articles published between two moments (`index.schema.moment_of`), both included."""

    def __init__(self, first: int, last: int, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.first = first
        self.last = last


class Every(Query):
    """Every article, or every one with something in a field."""

    def __init__(self, fieldname: str | None = None, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.fieldname = fieldname


class Compound(Query):
    """What is made of several parts."""

    def __init__(self, subqueries: Iterable[Query], boost: float = 1.0) -> None:
        super().__init__(boost)
        self.subqueries = tuple(subqueries)


class And(Compound):
    """Articles that all parts match; their scores are added."""


class Or(Compound):
    """Articles that any part matches; their scores are added."""


class DisjunctionMax(Compound):
    """Articles that any part matches; the best score counts, and a share of the others."""

    def __init__(
        self, subqueries: Iterable[Query], tiebreak: float = 0.0, boost: float = 1.0
    ) -> None:
        super().__init__(subqueries, boost)
        self.tiebreak = tiebreak


class AndMaybe(Query):
    """Articles that one part matches; another adds its score where it does too."""

    def __init__(self, a: Query, b: Query, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.a = a
        self.b = b


class Not(Query):
    """Articles that a part does not match."""

    def __init__(self, query: Query, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.query = query


class ConstantScore(Query):
    """Articles that a part matches, all with the same score."""

    def __init__(self, child: Query, score: float = 1.0, boost: float = 1.0) -> None:
        super().__init__(boost)
        self.child = child
        self.score = score


class Foreign(Query):
    """What only another library has a class for: its own query."""

    def __init__(self, query: object) -> None:
        super().__init__()
        self.query = query
