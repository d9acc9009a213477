"""What the score of an article is made of: the plan walked through for one article.

Rule: the parts add up to the score, whatever the plan; a node that is no sum is one part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch

import numpy as np

from index.codec.blocks import Numbers
from index.schema import TEXT
from searcher.engines.whoosh.closeness import Closeness
from searcher.engines.whoosh.evaluate import Search
from searcher.engines.whoosh.leaves import (
    KeyLeaf,
    NearLeaf,
    PatternLeaf,
    PhraseLeaf,
    PlacedLeaf,
    TermLeaf,
)
from searcher.engines.whoosh.nodes import AllOf, AnyOf, Best, Maybe, Node, Scored
from searcher.engines.whoosh.times import NearInTime
from searcher.engines.whoosh.traces import ByTrace
from searcher.model import ScorePart

__all__ = ["closeness_parts", "score_parts"]


@singledispatch
def score_parts(node: Node, search: Search, docs: Numbers) -> list[ScorePart]:
    """Return the parts of the score of one article.

    Args:
        node: The plan, or a part of it.
        search: Of the query.
        docs: The article; shape (1,).
    """
    return [ScorePart(what=_name(node), score=float(node.scores(search, docs)[0]))]


def closeness_parts(close: Closeness, docs: Numbers) -> list[ScorePart]:
    """Return what the closeness of words adds to one article; shape (1,)."""
    each = close.each(docs)[:, 0].tolist()
    return [
        ScorePart(what=f"{_text(pair.words)} close together", score=score)
        for pair, score in zip(close.pairs, each, strict=True)
    ]


@score_parts.register
def _(node: TermLeaf, search: Search, docs: Numbers) -> list[ScorePart]:
    score = float(node.scores(search, docs)[0])
    name = _text([node.term])
    what = name if node.field == TEXT and node.part is None else f"{_field(node)}:{name}"
    part = ScorePart(what=what, score=score, idf=search.statistics.weight(node))
    field, found = search.collection.field(node.field), search.term(node)
    slot = int(found.docs.searchsorted(docs[0]))
    if field is None or not score:
        return [part]
    row, length = divmod(int(found.codes[slot]) - 1, len(field.length_classes))
    return [_counted(part, node, field.book[row].tolist(), field.length_classes[length].tolist())]


@score_parts.register
def _(node: PlacedLeaf, search: Search, docs: Numbers) -> list[ScorePart]:
    score = float(node.scores(search, docs)[0])
    part = ScorePart(what=_placed(node), score=score, idf=node.weight(search))
    field, found = search.collection.field(node.field), node.found(search)
    if field is None or not score:
        return [part]
    own = found.parts[found.rows == found.docs.searchsorted(docs[0])]
    counts = np.bincount(own, minlength=field.parts)
    lengths = field.length_classes[field.class_of_articles[docs[0]]]
    return [_counted(part, node, counts.tolist(), lengths.tolist())]


@score_parts.register
def _(node: AllOf, search: Search, docs: Numbers) -> list[ScorePart]:
    return _sum(node, node.wanted, search, docs)


@score_parts.register
def _(node: AnyOf, search: Search, docs: Numbers) -> list[ScorePart]:
    return _sum(node, node.parts, search, docs)


@score_parts.register
def _(node: Best, search: Search, docs: Numbers) -> list[ScorePart]:
    return [ScorePart(what="the best of several", score=float(node.scores(search, docs)[0]))]


@score_parts.register
def _(node: Maybe, search: Search, docs: Numbers) -> list[ScorePart]:
    return _sum(node, (node.needed, node.optional), search, docs)


def _sum(node: Node, parts: Sequence[Node], search: Search, docs: Numbers) -> list[ScorePart]:
    if not node.mask(search, docs)[0]:
        return []
    return [one for part in parts for one in score_parts(part, search, docs)]


@score_parts.register
def _(node: Scored, search: Search, docs: Numbers) -> list[ScorePart]:
    parts = [
        replace(one, score=one.score * node.factor)
        for one in (score_parts(node.part, search, docs) if node.factor else ())
    ]
    if node.constant and node.part.mask(search, docs)[0]:
        parts.append(ScorePart(what="a fixed score", score=node.constant))
    return parts


@score_parts.register
def _(node: NearInTime, search: Search, docs: Numbers) -> list[ScorePart]:
    parts = score_parts(node.part, search, docs)
    growth = float(node.factors(search, docs)[0]) - 1
    lifted = growth * float(node.part.scores(search, docs)[0])
    return [*parts, ScorePart(what="near in time", score=lifted)]


def _counted(
    part: ScorePart, node: TermLeaf | PlacedLeaf, counts: list[int], lengths: list[int]
) -> ScorePart:
    if node.field != TEXT:
        return replace(part, in_body=sum(counts))
    title, body = (count if node.part in {None, at} else 0 for at, count in enumerate(counts))
    return replace(
        part, in_title=title, in_body=body, title_length=lengths[0], body_length=lengths[1]
    )


def _name(node: Node) -> str:
    if isinstance(node, ByTrace):
        return f"{_name(node.part)} of a copy"
    if isinstance(node, KeyLeaf):
        return f"{node.field}:{_text([node.term])}"
    return str(node.query) if isinstance(node, PatternLeaf) else type(node).__name__


def _placed(node: PlacedLeaf) -> str:
    if isinstance(node, PhraseLeaf):
        return f'"{_text(node.words)}"'
    sides = node.sides if isinstance(node, NearLeaf) else ()
    return " near ".join(" or ".join(f'"{_text(row)}"' for row in side) for side in sides)


def _field(node: TermLeaf) -> str:
    return node.field if node.part is None else ("title", "body")[node.part]


def _text(words: tuple[bytes, ...] | list[bytes]) -> str:
    return b" ".join(words).decode("utf-8", "replace")
