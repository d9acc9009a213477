"""From a query tree to a plan.

Rule 1: A part that cannot match anything makes its conjunction match nothing, and falls
    out of a disjunction.
Rule 2: A negation in a conjunction filters it; a conjunction of nothing but negations is
    what none of them matches.
Rule 3: Ranges of days and of times are answered from the column of times.
Rule 4: What has no rule here is answered by Whoosh's matchers.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import singledispatch
from math import isfinite
from typing import TYPE_CHECKING

from index.schema import FIRST_MOMENT, KEY_FIELDS, LAST_MOMENT, MOMENT, moment_of
from searcher import tree
from searcher.engines.whoosh.fields import text_part, written_part
from searcher.engines.whoosh.leaves import (
    AnyKeyLeaf,
    KeyLeaf,
    MomentRange,
    NearLeaf,
    PatternLeaf,
    PhraseLeaf,
    RangeLeaf,
    TermLeaf,
)
from searcher.engines.whoosh.near_sides import has_words, near_sides, term_bytes
from searcher.engines.whoosh.nodes import (
    All,
    AllOf,
    AnyOf,
    Best,
    Excluding,
    Foreign,
    Maybe,
    Node,
    Nothing,
    Scored,
)
from searcher.errors import SearchError

if TYPE_CHECKING:
    from whoosh.query import Query as WhooshQuery

__all__ = ["plan"]

DAY = "day"
ID = "id"
ONE_DAY = timedelta(days=1) // timedelta(microseconds=1)


def plan(query: tree.Query | WhooshQuery) -> Node:
    """Return the plan of a query, which may be a tree of Whoosh's classes as well.

    Raises:
        SearchError: It has a score that is no number, or is nested too deeply.
    """
    try:
        if not isinstance(query, tree.Query):
            from searcher.engines.whoosh.whoosh_trees import own_tree  # loads Whoosh

            query = own_tree(query)
        return _boosted(query)
    except RecursionError as error:
        raise SearchError("the query is nested too deeply; write it with fewer levels") from error


def _boosted(query: tree.Query) -> Node:
    node, boost = _planned(query), _finite(query.boost)
    if boost == 1.0 or isinstance(node, Nothing | Foreign):
        return node
    return Scored(node, boost)


def _finite(number: float) -> float:
    if not isfinite(number):
        raise SearchError(f"a score is worked out with a finite number, not {number}")
    return float(number)


@singledispatch
def _planned(query: tree.Query) -> Node:
    """Return the plan of a query without its boost."""
    raise SearchError(f"there is no way to search {query!r}")


@_planned.register
def _(query: tree.Foreign) -> Node:
    return Foreign(query.query)


@_planned.register
def _(query: tree.Term) -> Node:
    return _term(query.fieldname, term_bytes(query.text))


@_planned.register
def _(query: tree.Phrase) -> Node:
    words, field = tuple(map(term_bytes, query.words)), query.fieldname
    if not words or not has_words(field):
        return Nothing()
    if len(words) == 1:
        return _term(field, words[0])
    return PhraseLeaf(*text_part(field), words, query.slop)


@_planned.register
def _(query: tree.Near) -> Node:
    found = near_sides(query)
    if found is None:
        raise SearchError("what is near is a word, a phrase, or any of several, in one field")
    field, sides = found
    return NearLeaf(*text_part(field), sides, query.slop)


@_planned.register
def _(query: tree.And) -> Node:
    nodes = [*map(_boosted, query.subqueries)]
    unwanted = tuple(node.part for node in nodes if isinstance(node, Excluding))
    return _conjunction(tuple(n for n in nodes if not isinstance(n, Excluding)), unwanted)


@_planned.register
def _(query: tree.Or) -> Node:
    if ids := _different_ids(query):
        return AnyKeyLeaf(ID, ids)
    return _any_of(map(_boosted, query.subqueries))


@_planned.register
def _(query: tree.DisjunctionMax) -> Node:
    tiebreak = _finite(query.tiebreak)
    left = tuple(node for node in map(_boosted, query.subqueries) if not _is_empty(node))
    if not left:
        return Nothing()
    return left[0] if len(left) == 1 else Best(left, tiebreak)


@_planned.register
def _(query: tree.Not) -> Node:
    return Excluding(_boosted(query.query))


@_planned.register
def _(query: tree.AndMaybe) -> Node:
    needed, optional = _boosted(query.a), _boosted(query.b)
    return needed if _is_empty(needed) or _is_empty(optional) else Maybe(needed, optional)


@_planned.register(tree.Prefix)
@_planned.register(tree.Wildcard)
@_planned.register(tree.FuzzyTerm)
@_planned.register(tree.Regex)
def _(query: tree.Word) -> Node:
    return PatternLeaf(query.fieldname, query)


@_planned.register
def _(query: tree.TermRange) -> Node:
    if query.fieldname == DAY:
        with suppress(ValueError):  # not days, but terms may be compared with anything
            return _days(query)
    low, high = (None if end is None else term_bytes(end) for end in (query.start, query.end))
    return RangeLeaf(
        query.fieldname, low, high, without_low=query.startexcl, without_high=query.endexcl
    )


@_planned.register
def _(query: tree.TimeRange) -> Node:
    return _between(query.first, query.last)


@_planned.register
def _(query: tree.Every) -> Node:
    return All(query.fieldname)


@_planned.register
def _(query: tree.ConstantScore) -> Node:
    return Scored(_boosted(query.child), 0.0, _finite(query.score))


def _different_ids(query: tree.Or) -> frozenset[bytes]:
    """Return the ids of articles, many perhaps, where a query asks for any of these; else none."""
    ids: set[bytes] = set()
    for part in query.subqueries:
        if not isinstance(part, tree.Term) or part.fieldname != ID or part.boost != 1:
            return frozenset()
        ids.add(term_bytes(part.text))
    return frozenset(ids) if len(ids) == len(query.subqueries) else frozenset()


def _term(field: str, term: bytes) -> Node:
    if has_words(field):
        return TermLeaf(*text_part(field), term)
    if field in KEY_FIELDS or written_part(field) or field == MOMENT:
        return KeyLeaf(field, term)
    return Nothing()  # no article has anything in a field that there is not


def _conjunction(wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> Node:
    if any(_is_empty(node) for node in wanted) or not (wanted or unwanted):
        return Nothing()
    unwanted = tuple(node for node in unwanted if not _is_empty(node))
    if not wanted:
        return Excluding(_any_of(unwanted))
    return AllOf(wanted, unwanted) if unwanted or len(wanted) > 1 else wanted[0]


def _is_empty(node: Node) -> bool:
    return isinstance(node, Nothing) or (isinstance(node, Scored) and _is_empty(node.part))


def _any_of(nodes: Iterable[Node]) -> Node:
    left: list[Node] = []
    for node in nodes:
        if type(node) is AnyOf:
            left.extend(node.parts)
        elif not _is_empty(node):
            left.append(node)
    if not left:
        return Nothing()
    return left[0] if len(left) == 1 else AnyOf(tuple(left))


def _days(query: tree.TermRange) -> Node:
    """Return the range of times that a range of days, as terms, is."""
    first, last = FIRST_MOMENT, LAST_MOMENT
    if query.start is not None:
        first = _midnight(query.start) + ONE_DAY * query.startexcl
    if query.end is not None:
        last = _midnight(query.end) + ONE_DAY * (not query.endexcl) - 1
    return _between(first, last)


def _midnight(day: str | bytes) -> int:
    text = day.decode() if isinstance(day, bytes) else day
    found = date.fromisoformat(text)
    if found.isoformat() != text:  # Python reads other forms too, which no term has
        raise ValueError(text)
    return moment_of(found)


def _between(first: int, last: int) -> Node:
    first, last = max(first, FIRST_MOMENT), min(last, LAST_MOMENT)
    return Nothing() if first > last else MomentRange(first, last)
