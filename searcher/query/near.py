"""Words near one another, in any order: flood NEAR bridge, (flood OR storm) NEAR/3 "old bridge".

Rule 1: NEAR/5 is at most five other words between the two, NEAR ten; W/5 of legal databases and
    AROUND(5) of web search are the same.
Rule 2: In a NEAR b NEAR c, a is near b, and b near c.
Rule 3: What is near is a word, a phrase, or any of several of these, in one field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from index.schema import WORD_FIELDS
from index.text import begins_pairs
from searcher.query.tails import MAX_BETWEEN
from searcher.query.tokens import Piece
from searcher.query.words import STEMMED
from searcher.tree import FuzzyTerm, Near, Or, Phrase, Prefix, Query, Term, Wildcard

__all__ = ["near_query"]

DEFAULT_BETWEEN = 10  # about half a sentence
NUMBER = re.compile(r"(?:NEAR|W/|AROUND\()(?:/?([0-9]{1,6})\)?)?")
POSITIONED = {*STEMMED, *WORD_FIELDS}


def near_query(left: Query, operator: Piece, right: Query) -> Query:
    """Return the query for two things near each other.

    Raises:
        QuerySyntaxError: The operator has no number that is meant, or a side is nothing that
            stands in one place.
    """
    between = _between(operator)
    fields = {field for side in (left, right) for field in _fields(side, operator)}
    if len(fields) > 1:
        raise operator.error(
            "NEAR works within one field; write the field once, as in title:(flood NEAR bridge)"
        )
    return Near(left, right, slop=between + 1)


def _between(operator: Piece) -> int:
    match = NUMBER.fullmatch(operator.text)
    between = int(match[1] or DEFAULT_BETWEEN) if match else -1
    if not 0 <= between <= MAX_BETWEEN:
        raise operator.error(
            f"write NEAR, or NEAR/5 for at most 5 other words between (0 to {MAX_BETWEEN})"
        )
    return between


def _fields(side: Query, operator: Piece) -> Iterator[str]:
    """Yield the fields of what stands on a side."""
    match side:
        case Or() if side.boost == 1.0:
            yield from chain.from_iterable(_fields(part, operator) for part in side.subqueries)
        case Term() if side.fieldname in POSITIONED and side.boost == 1.0:
            yield side.fieldname
        case Phrase() if side.slop == 1 and side.boost == 1.0:
            yield side.fieldname
        case Prefix() if begins_pairs(side.text) and side.fieldname in POSITIONED:
            yield side.fieldname  # a lone character of a script without spaces
        case _:
            if isinstance(side, Prefix | Wildcard | FuzzyTerm):
                raise operator.error(
                    "what stands for many words has no place beside NEAR, where the index knows "
                    "words in any form; write these words, as in (flood OR storm) NEAR river"
                )
            raise operator.error(
                'NEAR stands between words, "phrases" and groups of them with OR, and joins '
                "nothing else: no patterns, weights, AND or NOT"
            )
