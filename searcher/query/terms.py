"""What a word, a phrase or a range means in each field: the leaves of a query tree.

Rule 1: Without a field, the title and the body are searched, by stems.
Rule 2: Names and addresses are searched by their words as written; a name in quotation
    marks is the whole name and nothing else.
"""

from __future__ import annotations

import re
from datetime import date

from index.schema import NAME_FIELDS, TEXT, exact
from index.text import name_key
from searcher.query.dates import DaySpan, read_date, read_dates
from searcher.query.expansions import fuzzy_query, is_pattern, pattern_query
from searcher.query.tails import MAX_BETWEEN, NO_TAIL, Tail
from searcher.query.tokens import QUOTES, Kind, Piece, shown
from searcher.query.words import tokens_of, words_query
from searcher.tree import Query, Term, TermRange

__all__ = ["day_query", "language_query", "value_query"]

# A bare address is looked for in the addresses of articles. Its scheme is no part of it:
# archives hold both spellings of one address.
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
KEYED = {"date", "since", "until", "language", "story"}
STORY = re.compile(r"[0-9a-f]{12}", re.IGNORECASE)
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?")
# Of other systems: a fuzzy word that begins alike (word~2/3), a regular expression (/fl.*d/).
ALIKE = re.compile(r"(?<=\w)~[0-9]+/[0-9]+$")
# One star by itself or behind a word; those of "f***" are text.
QUOTED_STAR = re.compile(r"(?<!\S)\*(?!\S)|(?<=\w)\*(?!\S)")
RANGE = re.compile(r"[$£€]?[0-9][0-9,-]*\.\.+[$£€]?[0-9][0-9,-]*")
WEIGHT = re.compile(r"\^[0-9.]+")
EXPRESSION_SIGNS = frozenset(r"[]*+?{}^$\\.")


def value_query(piece: Piece, field: str | None, today: date | None, tail: Tail = NO_TAIL) -> Query:
    """Return what a word, phrase or range means in a field.

    Args:
        piece: One of kind `WORD`, `PHRASE` or `RANGE`.
        field: The field; None: the title or the body.
        today: The day that "today" means; None: the day it is here.
        tail: How close it is meant; its boost is for others.

    Raises:
        QuerySyntaxError: It cannot stand in this field, or holds no word.
    """
    if tail.close and (field in KEYED or piece.kind is Kind.RANGE):
        raise tail.error("a ~ works only behind words of texts and names, as in roe~1")
    if field in {"date", "since", "until"}:
        return _dated(piece, field, today)
    if piece.kind is Kind.RANGE:
        raise piece.error(
            "a range works only behind date:, as in date:[2025-11 TO 2026-01]", offset=-1
        )
    if field in {"language", "story"}:
        return language_query(piece) if field == "language" else _story_query(piece)
    if piece.kind is Kind.PHRASE:
        return _phrase_query(piece, field or TEXT, tail)
    return _word_query(piece, field, tail)


def _word_query(piece: Piece, field: str | None, tail: Tail) -> Query:
    where = field or TEXT
    if field in (None, "url") and (scheme := ADDRESS.match(piece.text)):
        piece, where = piece.part(scheme.end(), len(piece.text)), "url"
    if where != "url":  # where ? and ~ are ordinary characters
        _refuse_foreign_syntax(piece)
    if "*" in piece.text if where == "url" else is_pattern(piece.text):
        if tail.close:
            raise tail.error("a word has either a * or ? or a ~; leave one of them out")
        return pattern_query(piece, where)
    return fuzzy_query(piece, tail, where) if tail.close else words_query(piece, where)


def _dated(piece: Piece, field: str, today: date | None) -> Query:
    if field == "date":
        return day_query(read_dates(piece, today))
    days = read_date(piece, today)
    return day_query(DaySpan(days.first, None) if field == "since" else DaySpan(None, days.last))


def _phrase_query(piece: Piece, field: str, tail: Tail) -> Query:
    if star := QUOTED_STAR.search(piece.text):
        raise piece.error(
            "a * in quotation marks stands for nothing; for other words between write "
            '"river authority"~1, and patterns outside, as in "river" author*',
            offset=star.start(),
        )
    if field in NAME_FIELDS and not tail.close:
        return _whole_name_query(piece, field)
    if tail.close and (tail.distance is None or tail.distance > MAX_BETWEEN):
        raise tail.error(
            "write how many other words may stand between, "
            f'0 to {MAX_BETWEEN}, as in "river authority"~5'
        )
    return words_query(piece, field, between=tail.distance or 0)


def day_query(days: DaySpan) -> Query:
    """Return the query for articles published on these days."""
    ends = (day.isoformat() if day else None for day in (days.first, days.last))
    return TermRange("day", *ends)


def _refuse_foreign_syntax(piece: Piece) -> None:
    """Refuse what other systems understand and we would read as something else."""
    if piece.text[0] == "!" and piece.text[1:2].isalnum():
        raise piece.error("a ! does not work here; to leave a word out, write -word")
    if alike := ALIKE.search(piece.text):
        raise piece.error(
            f"{shown(alike[0])} does not work here; write one number, as in roe~1",
            offset=alike.start(),
        )
    if piece.text == "ANDMAYBE":
        raise piece.error("ANDMAYBE does not work here; write flood OR (flood storm)")
    if piece.text.startswith("..") and piece.query[piece.start - 1 : piece.start] in {*QUOTES}:
        raise piece.error("in a range, write words with hyphens, as in date:last-month..today")
    if RANGE.fullmatch(piece.text):
        raise piece.error("a range works only behind date:, as in date:2025-11..2026-01")
    if WEIGHT.fullmatch(piece.text):
        raise piece.error("a weight stands right behind its word, as in flood^2")
    inside = piece.text.strip("/")
    if piece.text == f"/{inside}/" and EXPRESSION_SIGNS.intersection(inside):
        raise piece.error(
            "regular expressions do not work here; use * for any letters and ? for one, "
            "as in elect* or w?rd"
        )


def _whole_name_query(piece: Piece, field: str) -> Query:
    tokens_of(piece)  # there must be a word
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
