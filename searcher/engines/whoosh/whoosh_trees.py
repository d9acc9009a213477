"""From a tree of Whoosh's query classes to our own.

Rule 1: A class means here what it means there. What has no class of ours, or an option that
    ours does not have, is `Foreign`: Whoosh's matchers answer it.
Rule 2: Ranges of times, in whatever form, become moments as the index has them.
"""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import Any

from whoosh import query as q

from index.schema import FIRST_MOMENT, LAST_MOMENT, MOMENT, moment_of, moment_term
from searcher import tree
from searcher.engines.whoosh.near_sides import near_sides

__all__ = ["own_tree"]


def own_tree(query: q.Query) -> tree.Query:
    """Return the tree that a query of Whoosh is."""
    own, boost = _unboosted(query), getattr(query, "boost", 1.0)
    return own if boost == 1.0 or isinstance(own, tree.Foreign) else own.times(boost)


@singledispatch
def _unboosted(query: q.Query) -> tree.Query:
    return tree.Foreign(query)


@_unboosted.register(type(q.NullQuery))
def _(_query: q.Query) -> tree.Query:
    return tree.Or([])


@_unboosted.register
def _(query: q.Term) -> tree.Query:
    text: Any = query.text
    if query.fieldname == MOMENT and isinstance(text, date):
        text = moment_term(moment_of(text))
    return tree.Term(query.fieldname, text)


@_unboosted.register
def _(query: q.Prefix) -> tree.Query:
    return tree.Prefix(query.fieldname, query.text)


@_unboosted.register
def _(query: q.Wildcard) -> tree.Query:
    return tree.Wildcard(query.fieldname, query.text)


@_unboosted.register
def _(query: q.Regex) -> tree.Query:
    return tree.Regex(query.fieldname, query.text)


@_unboosted.register
def _(query: q.FuzzyTerm) -> tree.Query:
    return tree.FuzzyTerm(
        query.fieldname,
        query.text,
        maxdist=int(query.maxdist),
        prefixlength=query.prefixlength,
    )


@_unboosted.register
def _(query: q.Phrase) -> tree.Query:
    return tree.Phrase(query.fieldname, query.words, query.slop)


@_unboosted.register
def _(query: q.SpanNear) -> tree.Query:
    near = tree.Near(own_tree(query.a), own_tree(query.b), query.slop)
    is_ours = not query.ordered and query.mindist == 1 and near_sides(near)
    return near if is_ours else tree.Foreign(query)


@_unboosted.register
def _(query: q.TermRange) -> tree.Query:
    return tree.TermRange(
        query.fieldname,
        query.start,
        query.end,
        startexcl=query.startexcl,
        endexcl=query.endexcl,
    )


@_unboosted.register
def _(query: q.NumericRange) -> tree.Query:
    return _times(query, query.start, query.end)


@_unboosted.register
def _(query: q.DateRange) -> tree.Query:
    return _times(query, query.startdate, query.enddate)


def _times(query: q.NumericRange, start: Any, end: Any) -> tree.Query:
    if query.fieldname != MOMENT:
        return tree.Foreign(query)
    first = FIRST_MOMENT if start is None else _moment(start) + bool(query.startexcl)
    last = LAST_MOMENT if end is None else _moment(end) - bool(query.endexcl)
    return tree.TimeRange(first, last)


def _moment(value: Any) -> int:
    """Return what Whoosh's date fields take as microseconds since 1970."""
    if isinstance(value, date):
        return moment_of(value)
    return int(value) + FIRST_MOMENT  # Whoosh counts from the year 1


@_unboosted.register
def _(query: q.Every) -> tree.Query:
    return tree.Every(None if query.fieldname == "*" else query.fieldname)


@_unboosted.register
def _(query: q.And) -> tree.Query:
    return tree.And(map(own_tree, query.subqueries))


@_unboosted.register
def _(query: q.Or) -> tree.Query:
    if query.minmatch or query.scale:
        return tree.Foreign(query)
    return tree.Or(map(own_tree, query.subqueries))


@_unboosted.register
def _(query: q.DisjunctionMax) -> tree.Query:
    return tree.DisjunctionMax(map(own_tree, query.subqueries), query.tiebreak)


@_unboosted.register
def _(query: q.Not) -> tree.Query:
    return tree.Not(own_tree(query.query))


@_unboosted.register
def _(query: q.AndNot) -> tree.Query:
    return tree.And([own_tree(query.a), tree.Not(own_tree(query.b))])


@_unboosted.register
def _(query: q.AndMaybe) -> tree.Query:
    return tree.AndMaybe(own_tree(query.a), own_tree(query.b))


@_unboosted.register
def _(query: q.Require) -> tree.Query:
    return tree.And([own_tree(query.a), tree.ConstantScore(own_tree(query.b), 0.0)])


@_unboosted.register
def _(query: q.ConstantScoreQuery) -> tree.Query:
    return tree.ConstantScore(own_tree(query.child), query.score)
