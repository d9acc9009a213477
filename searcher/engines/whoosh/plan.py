"""From a tree of Whoosh's query classes to a plan.

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
from datetime import date, datetime, timedelta
from functools import singledispatch
from math import isfinite
from typing import Any

from whoosh import query as q
from whoosh.query import Query

from index.schema import (
    KEY_FIELDS,
    MOMENT,
    TEXT,
    WORD_FIELDS,
    moment_of,
    moment_term,
)
from index.text import begins_pairs
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

__all__ = ["plan"]

DAY = "day"
ID = "id"
FIRST_MOMENT, LAST_MOMENT = moment_of(datetime.min), moment_of(datetime.max)  # noqa: DTZ901 (the publisher's clock)
ONE_DAY = timedelta(days=1) // timedelta(microseconds=1)


def plan(query: Query) -> Node:
    """Return the plan of a query.

    Raises:
        SearchError: It has a score that is no number, or is nested too deeply.
    """
    try:
        return _boosted(query)
    except RecursionError as error:
        raise SearchError("the query is nested too deeply; write it with fewer levels") from error


def _boosted(query: Query) -> Node:
    node, boost = _planned(query), _finite(getattr(query, "boost", 1.0))
    if boost == 1.0 or isinstance(node, Nothing | Foreign):
        return node
    return Scored(node, boost)


def _finite(number: float) -> float:
    if not isfinite(number):
        raise SearchError(f"a score is worked out with a finite number, not {number}")
    return float(number)


@singledispatch
def _planned(query: Query) -> Node:
    """Return the plan of a query without its boost."""
    return Nothing() if query == q.NullQuery else Foreign(query)


@_planned.register
def _(query: q.Term) -> Node:
    return _term(query.fieldname, query.text)


@_planned.register
def _(query: q.Phrase) -> Node:
    words, field = tuple(map(_bytes, query.words)), query.fieldname
    if not words or not _has_words(field):
        return Nothing()
    if len(words) == 1:
        return _term(field, words[0])
    return PhraseLeaf(*text_part(field), words, query.slop)


@_planned.register
def _(query: q.SpanNear) -> Node:
    sides = _rows(query.a), _rows(query.b)
    fields = {field for rows in sides for field, _ in rows}
    if query.ordered or query.mindist != 1 or not all(sides) or len(fields) > 1:
        return Foreign(query)
    left, right = (tuple(row for _, row in rows) for rows in sides)
    return NearLeaf(*text_part(fields.pop()), (left, right), query.slop)


def _rows(query: Query) -> list[tuple[str, tuple[bytes, ...]]]:
    """Return the fields and the terms of rows any of which a query is; none if it is no such."""
    if getattr(query, "boost", 1.0) != 1.0:
        return []
    match query:
        case q.Or() if not (query.minmatch or query.scale):
            parts = [_rows(part) for part in query.subqueries]
            return [row for rows in parts for row in rows] if all(parts) else []
        case q.Term() if _has_words(query.fieldname):
            return [(query.fieldname, (_bytes(query.text),))]
        case q.Prefix() if _has_words(query.fieldname) and begins_pairs(query.text):
            return [(query.fieldname, (_bytes(query.text),))]  # as the last word of a phrase
        case q.Phrase() if _has_words(query.fieldname) and query.words and query.slop == 1:
            return [(query.fieldname, tuple(map(_bytes, query.words)))]
        case _:
            return []


@_planned.register
def _(query: q.And) -> Node:
    nodes = [*map(_boosted, query.subqueries)]
    unwanted = tuple(node.part for node in nodes if isinstance(node, Excluding))
    return _conjunction(tuple(n for n in nodes if not isinstance(n, Excluding)), unwanted)


@_planned.register
def _(query: q.Or) -> Node:
    if query.minmatch or query.scale:
        return Foreign(query)
    if ids := _different_ids(query):
        return AnyKeyLeaf(ID, ids)
    return _any_of(map(_boosted, query.subqueries))


@_planned.register
def _(query: q.DisjunctionMax) -> Node:
    tiebreak = _finite(query.tiebreak)
    left = tuple(node for node in map(_boosted, query.subqueries) if not _is_empty(node))
    if not left:
        return Nothing()
    return left[0] if len(left) == 1 else Best(left, tiebreak)


@_planned.register
def _(query: q.Not) -> Node:
    return Excluding(_boosted(query.query))


@_planned.register
def _(query: q.AndNot) -> Node:
    return _conjunction((_boosted(query.a),), (_boosted(query.b),))


@_planned.register
def _(query: q.AndMaybe) -> Node:
    needed, optional = _boosted(query.a), _boosted(query.b)
    return needed if _is_empty(needed) or _is_empty(optional) else Maybe(needed, optional)


@_planned.register
def _(query: q.Require) -> Node:
    return _conjunction((_boosted(query.a), Scored(_boosted(query.b), 0.0)), ())


@_planned.register(q.Prefix)
@_planned.register(q.Wildcard)
@_planned.register(q.FuzzyTerm)
@_planned.register(q.Regex)
def _(query: Query) -> Node:
    return PatternLeaf(query.fieldname, query)


@_planned.register
def _(query: q.TermRange) -> Node:
    if query.fieldname == DAY:
        with suppress(ValueError):  # not days, but terms may be compared with anything
            return _days(query)
    low, high = (None if end is None else _bytes(end) for end in (query.start, query.end))
    return RangeLeaf(query.fieldname, low, high, query.startexcl, query.endexcl)


@_planned.register
def _(query: q.NumericRange) -> Node:
    return _moments(query.start, query.end, query)


@_planned.register
def _(query: q.DateRange) -> Node:
    return _moments(query.startdate, query.enddate, query)


@_planned.register
def _(query: q.Every) -> Node:
    return All(None if query.fieldname in {None, "*"} else query.fieldname)


@_planned.register
def _(query: q.ConstantScoreQuery) -> Node:
    return Scored(_boosted(query.child), 0.0, _finite(query.score))


def _different_ids(query: q.Or) -> frozenset[bytes]:
    """Return the ids of articles, many perhaps, where a query asks for any of these; else none."""
    parts = query.subqueries
    if not all(type(part) is q.Term and part.fieldname == ID for part in parts):
        return frozenset()
    ids = frozenset(_bytes(part.text) for part in parts)
    return ids if len(ids) == len(parts) and all(part.boost == 1 for part in parts) else frozenset()


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "replace")


def _term(field: str, text: Any) -> Node:
    if _has_words(field):
        return TermLeaf(*text_part(field), _bytes(text))
    if field == MOMENT and isinstance(text, date):
        return KeyLeaf(field, moment_term(_moment(text)))
    if field in KEY_FIELDS or written_part(field) or field == MOMENT:
        return KeyLeaf(field, _bytes(text))
    return Nothing()  # no article has anything in a field that there is not


def _has_words(field: str) -> bool:
    return text_part(field)[0] == TEXT or field in WORD_FIELDS


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


def _days(query: q.TermRange) -> Node:
    """Return the range of times that a range of days, as terms, is."""
    first, last = FIRST_MOMENT, LAST_MOMENT
    if query.start is not None:
        first = _midnight(query.start) + ONE_DAY * bool(query.startexcl)
    if query.end is not None:
        last = _midnight(query.end) + ONE_DAY * (not query.endexcl) - 1
    return _between(first, last)


def _midnight(day: str | bytes) -> int:
    text = day.decode() if isinstance(day, bytes) else day
    found = date.fromisoformat(text)
    if found.isoformat() != text:  # Python reads other forms too, which no term has
        raise ValueError(text)
    return moment_of(found)


def _moments(start: Any, end: Any, query: q.NumericRange) -> Node:
    if query.fieldname != MOMENT:
        return Foreign(query)
    first = FIRST_MOMENT if start is None else _moment(start) + bool(query.startexcl)
    last = LAST_MOMENT if end is None else _moment(end) - bool(query.endexcl)
    return _between(first, last)


def _between(first: int, last: int) -> Node:
    first, last = max(first, FIRST_MOMENT), min(last, LAST_MOMENT)
    return Nothing() if first > last else MomentRange(first, last)


def _moment(value: Any) -> int:
    """Return what Whoosh's date fields take as microseconds since 1970."""
    if isinstance(value, date):
        return moment_of(value)
    return int(value) + FIRST_MOMENT  # Whoosh counts from the year 1
