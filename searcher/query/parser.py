"""The query language: from the text that a user types to a query tree.

    query     either
    either    all ( OR all )*
    all       near ( [AND] near )*
    near      operand ( NEAR operand )*
    operand   ( NOT | - | + )* ( value | field: value | [field:] "(" either ")" ) [^boost]
    value     word | pattern | word~edits | "phrase" | "phrase"~words | date | [date TO date]

Strategy: recursive descent over the pieces of `searcher.query.tokens`; each rule above is
one function below. The tree says what matches, and of ranks only the boosts. It holds And, Or,
Not, Term, Phrase, Prefix, Wildcard, FuzzyTerm, Near and TermRange only; no And stands right
inside an And and no Or inside an Or, but where it has a boost, and no Not inside a Not. Words
without an operator are an And of their leaves; a + changes nothing, since all are required.

Rule 1: Every text is either understood in full or refused with a `QuerySyntaxError` that
    points at the place; nothing is dropped silently.
    Punctuation that stands by itself behind a word is not: it means nothing to a search.
Rule 2: What only news text can mean ("10:30", "well-known", an address) is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from index.text import tokens
from searcher.errors import QuerySyntaxError
from searcher.query.expansions import is_pattern
from searcher.query.near import near_query
from searcher.query.tails import NO_TAIL, Tail, read_tail, times
from searcher.query.terms import value_query
from searcher.query.tokens import FIELDS, Kind, Piece, pieces, shown, whole
from searcher.query.words import all_of, any_of
from searcher.tree import Not, Query

__all__ = ["MAX_CHARS", "parse_query", "within_limits"]

# Far more than a person types, so that a program that pastes an article is told so. Lucene
# refuses more than 1,024 clauses (`IndexSearcher.maxClauseCount`); each word here makes two.
MAX_CHARS = 10_000
MAX_WORDS = 512
MAX_DEPTH = 50
# Categories of Unicode: punctuation, signs such as emoji, and what says how one is drawn.
SIGN = re.compile("P|So|M|Cf")
# Each is looked for among all words of the archive.
MAX_PATTERNS = 32
EXAMPLES = {
    Kind.AND: "flood AND storm",
    Kind.OR: "flood OR storm",
    Kind.NOT: "flood -storm",
    Kind.PLUS: "flood +storm",
    Kind.NEAR: "flood NEAR storm",
}
OPERAND_ENDS = {Kind.WORD, Kind.PHRASE, Kind.RANGE, Kind.CLOSE, Kind.TAIL}
VALUES = {Kind.WORD, Kind.PHRASE, Kind.RANGE}


def parse_query(text: str, *, today: date | None = None) -> Query:
    """Return the query that a text of the query language means.

    Args:
        text: What the user typed.
        today: The day that `date:today` means; None: the day it is here.

    Raises:
        QuerySyntaxError: The text is no query; says where and what would work.

    Example:
        >>> parse_query("title:floods -river^2")
        And((Term('title', 'flood'), Not(Term('text', 'river', boost=2.0))))
    """
    cursor = _Cursor(_checked(text), today)
    query = _either(cursor, None, 0)
    if cursor.next.kind is Kind.CLOSE:
        raise _unopened(cursor.next)
    return query


def _checked(text: str) -> Iterator[Piece]:
    if len(text) > MAX_CHARS:
        raise whole(text).error(
            f"a query has at most {MAX_CHARS:,} characters, and this one {len(text):,}; "
            "search for the words that matter",
            offset=MAX_CHARS,
        )
    return within_limits(pieces(text))


def within_limits(found: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces while their words and patterns are not too many."""
    words = patterns = 0
    before = Kind.END
    for piece in found:
        may_pass = before in OPERAND_ENDS or (before is Kind.END and _has_more_behind(piece))
        if may_pass and _is_punctuation(piece):
            continue
        patterns += _is_expanded(piece, before)
        before = piece.kind
        if piece.kind in VALUES:
            words += sum(1 for _ in tokens(piece.text))
        if words > MAX_WORDS:
            raise piece.error(
                f"a query has at most {MAX_WORDS} words, and here it has more; "
                "search for the words that matter"
            )
        if patterns > MAX_PATTERNS:
            raise piece.error(
                f"a query has at most {MAX_PATTERNS} words with *, ? or ~, and here it has more; "
                "leave some out"
            )
        yield piece


def _is_expanded(piece: Piece, before: Kind) -> bool:
    """Tell whether a piece is a pattern, or what makes the word before it stand for many."""
    if piece.kind is Kind.TAIL:
        return before is Kind.WORD and piece.text.startswith("~")
    return piece.kind is Kind.WORD and is_pattern(piece.text)


def _has_more_behind(piece: Piece) -> bool:
    return bool(piece.query[piece.start + len(piece.text) :].strip())


def _is_punctuation(piece: Piece) -> bool:
    """Tell whether a piece is a dash, an ampersand or an emoji as in a pasted title.

    A hyphen is not: who writes it by itself may mean that what follows is unwanted.
    """
    return piece.kind is Kind.WORD and all(
        SIGN.match(unicodedata.category(char)) and char not in "*-" for char in piece.text
    )


class _Cursor:
    """The piece that comes next, and the one before it."""

    def __init__(self, found: Iterator[Piece], today: date | None) -> None:
        self._found = found
        self.today = today
        self.last: Piece | None = None
        self.next = next(found)

    def take(self) -> Piece:
        """Step over the next piece, which is not the end."""
        self.last, self.next = self.next, next(self._found)
        return self.last


def _either(cursor: _Cursor, field: str | None, depth: int) -> Query:
    found = [_all(cursor, field, depth)]
    while cursor.next.kind is Kind.OR:
        cursor.take()
        found.append(_all(cursor, field, depth))
    return any_of(found)


def _all(cursor: _Cursor, field: str | None, depth: int) -> Query:
    found = [_near(cursor, field, depth)]
    while cursor.next.kind not in {Kind.OR, Kind.CLOSE, Kind.END}:
        if cursor.next.kind is Kind.AND:
            cursor.take()
        found.append(_near(cursor, field, depth))
    return all_of(found)


def _near(cursor: _Cursor, field: str | None, depth: int) -> Query:
    left = _operand(cursor, field, depth)
    found: list[Query] = []
    while cursor.next.kind is Kind.NEAR:
        operator, right = cursor.take(), _operand(cursor, field, depth)
        found.append(near_query(left, operator, right))
        left = right
    return all_of(found or [left])


def _operand(cursor: _Cursor, field: str | None, depth: int) -> Query:
    negated = False
    while cursor.next.kind in {Kind.NOT, Kind.PLUS}:
        negated ^= cursor.take().kind is Kind.NOT
    query = _value(cursor, field, depth)
    return _negation(query) if negated else query


def _negation(query: Query) -> Query:
    return query.query if isinstance(query, Not) else Not(query)


def _value(cursor: _Cursor, field: str | None, depth: int) -> Query:
    if cursor.next.kind is Kind.FIELD:
        return _fielded(cursor, field, depth)
    if cursor.next.kind is Kind.OPEN:
        return _group(cursor, field, depth)
    if cursor.next.kind in VALUES:
        value, tail = cursor.take(), _tail(cursor)
        return times(value_query(value, field, cursor.today, tail), tail.boost)
    raise _nothing_to_find(cursor)


def _tail(cursor: _Cursor) -> Tail:
    return read_tail(cursor.take()) if cursor.next.kind is Kind.TAIL else NO_TAIL


def _fielded(cursor: _Cursor, outer: str | None, depth: int) -> Query:
    name = cursor.take()
    if outer:
        raise name.error(
            f"{name.text}: stands inside a group that is for another field; close the group first"
        )
    field = FIELDS[name.text.lower()]
    behind = name.query[name.start + len(name.text) + 1 :][:1]
    if behind.isspace() or cursor.next.kind not in VALUES | {Kind.OPEN}:
        raise name.error(
            f"{name.text}: has no value; write it right behind the colon, as in {_example(field)}"
        )
    return _value(cursor, field, depth)


def _example(field: str) -> str:
    return {
        "date": "date:2026-01",
        "language": "language:en",
        "story": "story:5c1b09a7d2ee",
        "url": "url:news.example",
        "title": "title:flood",
        "body": "body:flood",
        "since": "since:2025",
        "until": "until:2026-01",
    }.get(field, f'{field}:roe or {field}:"Jane Roe"')


def _group(cursor: _Cursor, field: str | None, depth: int) -> Query:
    opening = cursor.take()
    if depth == MAX_DEPTH:
        raise opening.error(
            f"parentheses are at most {MAX_DEPTH} deep, and here they are deeper; leave some out"
        )
    query = _either(cursor, field, depth + 1)
    if cursor.next.kind is not Kind.CLOSE:
        raise _unclosed(opening)
    cursor.take()
    tail = _tail(cursor)
    if tail.close:
        raise tail.error('a ~ works behind a word or a "phrase", not behind a group; use NEAR')
    return times(query, tail.boost)


def _unclosed(opening: Piece) -> QuerySyntaxError:
    return opening.error("this ( has no ); write one behind the last word of the group")


def _unopened(closing: Piece) -> QuerySyntaxError:
    return closing.error("there is no ( for this ); leave it out")


def _nothing_to_find(cursor: _Cursor) -> QuerySyntaxError:
    """Return the error for a place where a word should be: after `(` or an operator, or first."""
    before, here = cursor.last, cursor.next
    if before and before.kind in EXAMPLES:
        return _operator_alone(before, "behind")
    if here.kind in EXAMPLES:
        return _operator_alone(here, "before")
    if here.kind is Kind.CLOSE:
        if before is None:
            return _unopened(here)
        return here.error("there is nothing between ( and ); write words there, or leave both out")
    if before is None:
        return here.error('the query is empty; write words such as flood "Jane Roe"')
    return _unclosed(before)


def _operator_alone(operator: Piece, side: str) -> QuerySyntaxError:
    return operator.error(
        f"a word is missing {side} {shown(operator.text)}; write it as in "
        f"{EXAMPLES[operator.kind]}, or put it in quotation marks to search for it"
    )
