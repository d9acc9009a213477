"""What a word, a phrase or a prefix means in each field: the leaves of a query tree.

Strategy: texts are cut into tokens as the index cuts them, and several tokens of one word
("AT&T", "covid-19") are looked for in a row, like a phrase.

Rule 1: Without a field, the title and the body are searched, by stems.
Rule 2: Names and addresses are searched by their words as written; a name in quotation
    marks is the whole name and nothing else.
Rule 3: In a script without spaces a lone character stands for all words it begins, because
    the index holds pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from whoosh.query import And, Or, Phrase, Prefix, Query, Term, TermRange

from index.schema import NAME_FIELDS, TEXT, TEXT_FIELDS, exact, written
from index.text import (
    Token,
    begins_pairs,
    is_unspaced,
    name_key,
    name_spelling,
    name_tokens,
    stem,
    tokens,
)
from searcher.query.dates import DaySpan, read_dates
from searcher.query.tokens import Kind, Piece, shown

__all__ = ["all_of", "any_of", "day_query", "value_query", "words_query"]

STEMMED = (TEXT, *TEXT_FIELDS)
MIN_PREFIX = 2  # shorter ones begin thousands of words and mean none of them
# A bare address is looked for in the addresses of articles. Its scheme is no part of it:
# archives hold both spellings of one address.
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
STORY = re.compile(r"[0-9a-f]{12}", re.IGNORECASE)
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?")
# Boosts and fuzzy words of other systems: word^2, word~, "two words"~5.
SUFFIX = re.compile(r'(?<=[\w)"”“»«])[~^][0-9.]*$')


def all_of(queries: Iterable[Query]) -> Query:
    """Return the query for what all the given ones match."""
    return _joined(And, queries)


def any_of(queries: Iterable[Query]) -> Query:
    """Return the query for what any of the given ones matches."""
    return _joined(Or, queries)


def _joined(kind: Callable[[list[Query]], Query], queries: Iterable[Query]) -> Query:
    """Join queries without one kind right inside itself; a single one stays as it is."""
    flat = list(chain.from_iterable(q if type(q) is kind else (q,) for q in queries))
    return flat[0] if len(flat) == 1 else kind(flat)


def value_query(piece: Piece, field: str | None, today: date | None) -> Query:
    """Return what a word, phrase or range means in a field.

    Args:
        piece: One of kind `WORD`, `PHRASE` or `RANGE`.
        field: The field; None: the title or the body.
        today: The day that "today" means; None: the day it is here.

    Raises:
        QuerySyntaxError: It cannot stand in this field, or holds no word.
    """
    if field == "date":
        return day_query(read_dates(piece, today))
    if piece.kind is Kind.RANGE:
        raise piece.error(
            "a range works only behind date:, as in date:[2025-11 TO 2026-01]", offset=-1
        )
    if field == "language":
        return language_query(piece)
    if field == "story":
        return _story_query(piece)
    if piece.kind is Kind.PHRASE and field in NAME_FIELDS:
        return _whole_name_query(piece, field)
    where = field or TEXT
    if field in (None, "url") and (scheme := ADDRESS.match(piece.text)):
        piece, where = piece.part(scheme.end(), len(piece.text)), "url"
    if piece.kind is Kind.WORD:
        if where != "url":  # where ? and ~ are ordinary characters
            _refuse_foreign_syntax(piece)
        if "*" in piece.text:
            return _prefix_query(piece, where)
    return words_query(piece, where)


def day_query(days: DaySpan) -> Query:
    """Return the query for articles published on these days."""
    ends = (day.isoformat() if day else None for day in (days.first, days.last))
    return TermRange("day", *ends)


def words_query(piece: Piece, field: str) -> Query:
    """Return the query for the words of a text, in a row, in a field.

    Raises:
        QuerySyntaxError: There is no word in the text.
    """
    is_name = field not in STEMMED
    terms = [token.term for token in _tokens(piece, is_name=is_name)]
    terms = terms if is_name else [stem(term) for term in terms]
    if len(terms) > 1:
        return Phrase(field, terms)
    if begins_pairs(terms[0]):
        return Prefix(field, terms[0])
    return Term(field, terms[0])


def _tokens(piece: Piece, *, is_name: bool = False) -> list[Token]:
    """Return the tokens to look for, less the last where the one before it implies it.

    The last character of an unspaced run is a token of its own, but an article may go on
    there with other characters. A run that other words follow ends where it ends.
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


def _prefix_query(piece: Piece, field: str) -> Query:
    star = piece.text.index("*")
    if star == 0 or star < len(piece.text) - 1:
        raise piece.error("a * works only at the end of a word, as in elect*", offset=star)
    word = piece.part(0, star)
    *others, last = _tokens(word)
    if last.end < star:
        raise piece.error(
            "a * works only right behind a letter or digit, as in elect*", offset=star
        )
    if is_unspaced(last.term):
        return words_query(word, field)  # where every word is the beginning of longer ones
    if others:
        raise piece.error(
            f"a * works only for a single word, and {shown(word.text)} is several; "
            "leave it out, or part the words by a space",
            offset=star,
        )
    if len(last.term) < MIN_PREFIX:
        raise piece.error(
            f"a * needs at least {MIN_PREFIX} characters before it, as in el*", offset=star
        )
    if field in STEMMED:
        return Prefix(written(field), last.term)
    return Prefix(field, name_spelling(last.term))


def _refuse_foreign_syntax(piece: Piece) -> None:
    """Refuse what other systems understand and we would read as something else."""
    if piece.text[0] == "!" and piece.text[1:2].isalnum():
        raise piece.error("a ! does not work here; to leave a word out, write -word")
    if suffix := SUFFIX.search(piece.query, piece.start, piece.start + len(piece.text)):
        raise piece.error(
            f"{shown(suffix[0])} does not work here; leave it out, or use elect* for words "
            "that begin so",
            offset=suffix.start() - piece.start,
        )
    wildcard = piece.text.rstrip("?")
    if "?" in wildcard and wildcard.replace("?", "").isalnum():
        raise piece.error(
            "a ? stands for no letter here; use elect* for words that begin so",
            offset=wildcard.index("?"),
        )


def _whole_name_query(piece: Piece, field: str) -> Query:
    _tokens(piece)  # there must be a word
    return Term(exact(field), name_key(piece.text))


def language_query(piece: Piece) -> Query:
    """Return the query for articles in a language.

    Raises:
        QuerySyntaxError: The piece is not the code of one.
    """
    match = LANGUAGE.fullmatch(piece.text.strip())
    if match is None:
        raise piece.error(
            f"{shown(piece.text)} is not the code of a language; write one such as en, de or ja"
        )
    return Term("language", match[1].lower())


def _story_query(piece: Piece) -> Query:
    if STORY.fullmatch(piece.text.strip()) is None:
        raise piece.error(
            f"{shown(piece.text)} is not the id of a story; "
            "it is the 12 digits and letters that --json shows as story"
        )
    return Term("story", piece.text.strip().lower())
