"""Words in a row, as the index has them: the plainest leaves of a query tree.

Strategy: texts are cut into tokens as the index cuts them, and several tokens of one word
("AT&T", "covid-19") are looked for in a row, like a phrase.

Rule 1: In a script without spaces a lone character stands for all words it begins, because
    the index holds pairs of characters.
Rule 2: A number with marks between its thousands is that number without them, and the other
    way round: 12,000 and 12000. Plain numbers of four digits are years, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.schema import TEXT, TEXT_FIELDS
from index.text import Token, bare, begins_pairs, name_tokens, stem, tokens
from searcher.query.tokens import Piece, shown
from searcher.tree import And, Or, Phrase, Prefix, Query, Term

__all__ = ["STEMMED", "all_of", "any_of", "tokens_of", "words_query"]

STEMMED = (TEXT, *TEXT_FIELDS)
THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,'’\u00a0\u202f][0-9]{3}){1,6}")
LONG_NUMBER = re.compile(r"[0-9]{5,21}")
AROUND_NUMBER = " \t\n.,;:!?%$£€¥+±()[]"  # what is no part of a number at its ends


def all_of(queries: Iterable[Query]) -> Query:
    """Return the query for what all the given ones match."""
    return _joined(And, queries)


def any_of(queries: Iterable[Query]) -> Query:
    """Return the query for what any of the given ones matches."""
    return _joined(Or, queries)


def _joined(kind: type[And | Or], queries: Iterable[Query]) -> Query:
    """Join queries without one kind right inside itself, but where it has a weight of its own.

    A single one stays as it is.
    """
    flat: list[Query] = []
    for query in queries:
        if isinstance(query, kind) and query.boost == 1.0:
            flat.extend(query.subqueries)
        else:
            flat.append(query)
    return flat[0] if len(flat) == 1 else kind(flat)


def words_query(piece: Piece, field: str, *, between: int = 0) -> Query:
    """Return the query for the words of a text, in a row, in a field.

    Args:
        piece: The text.
        field: The field.
        between: Other words that may stand between the first and the last.

    Raises:
        QuerySyntaxError: There is no word in the text.
    """
    is_name = field not in STEMMED
    terms = [token.term for token in tokens_of(piece, is_name=is_name)]
    terms = terms if is_name else [stem(term) for term in terms]
    row = _row(terms, field, between)
    if not is_name and (other := _other_number(piece.text)):
        return any_of([row, _row(other, field)])
    return row


def _row(terms: list[str], field: str, between: int = 0) -> Query:
    if len(terms) > 1:
        return Phrase(field, terms, slop=between + 1)
    if begins_pairs(terms[0]):
        return Prefix(field, terms[0])
    return Term(field, terms[0])


def _other_number(text: str) -> list[str]:
    """Return the terms of a number as it may be written as well; none for other texts.

    Example:
        >>> _other_number("$12,000"), _other_number("12000"), _other_number("2026")
        (['12000'], ['12', '000'], [])
    """
    number = bare(text).strip(AROUND_NUMBER)
    if THOUSANDS.fullmatch(number):
        return ["".join(re.findall("[0-9]", number))]
    if LONG_NUMBER.fullmatch(number):
        first = len(number) % 3
        groups = [number[at : at + 3] for at in range(first, len(number), 3)]
        return [number[:first], *groups] if first else groups
    return []


def tokens_of(piece: Piece, *, is_name: bool = False) -> list[Token]:
    """Return the tokens to look for, less the last where the one before it implies it.

    The last character of an unspaced run is a token of its own, but an article may go on
    there with other characters. A run that other words follow ends where it ends.

    Raises:
        QuerySyntaxError: There is none.
    """
    found = list((name_tokens if is_name else tokens)(piece.text))
    if not found:
        lack = (
            "is longer than any word in an archive"
            if any(character.isalnum() for character in piece.text)
            else "holds no letter and no digit to search for"
        )
        raise piece.error(f"{shown(piece.text)} {lack}; leave it out")
    if len(found) > 1 and found[-1].end == found[-2].end:
        found.pop()
    return found
