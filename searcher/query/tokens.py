"""The pieces of a query: words, phrases, operators, each with its place.

Strategy: one regular expression cuts the query from left to right; what a piece means is
decided here only as far as its spelling goes, the grammar is `searcher.query.parser`'s.

Rule 1: A sign (- or +) is an operator only at the beginning of a word, and a colon makes a
    field only after plain letters, so that "well-known", "10:30" and addresses stay words.
Rule 2: An apostrophe is never a quotation mark. Each kind of quotation mark is closed by its
    own kind: straight by straight, and “ ” „ by one another, whatever the language.
Rule 3: AND, OR, NOT and NEAR are operators in capitals only.
Rule 4: The hyphens and short dashes that keyboards and word processors put for a minus are one.
    The long dash is not: many languages begin speech with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from searcher.errors import QuerySyntaxError

__all__ = ["FIELDS", "MINUS", "QUOTES", "Kind", "Piece", "pieces", "shown", "whole"]

# What users may write before the colon, and the field it means.
FIELDS = {
    "title": "title",
    "intitle": "title",
    "body": "body",
    "people": "people",
    "person": "people",
    "source": "source",
    "author": "authors",
    "authors": "authors",
    "url": "url",
    "site": "url",
    "inurl": "url",
    "language": "language",
    "lang": "language",
    "section": "section",
    "story": "story",
    "date": "date",
    "since": "since",
    "until": "until",
}
# The names to tell of: one a field.
FIELD_NAMES = (
    "title, body, people, source, author, url, language, section, story, date, since, until"
)
# Fields of other systems, whose days are counted in some with their ends and in some without.
DATE_FIELDS = {"after": "since", "from": "since", "before": "until", "to": "until"}

CLOSING = {
    '"': '"',
    **dict.fromkeys("“”„‟", "”“„‟"),
    **dict.fromkeys("«»", "»«"),
    **dict.fromkeys("‹›", "›‹"),
}
QUOTES = "".join(CLOSING)
MINUS = "-\u2010-\u2013\u2212"  # for the beginning of a class of characters
# The possessive \s*+ keeps a long blank from being tried at each of its lengths. The word
# is looked at in advance, for what begins like a range or a field and is none.
PIECE = re.compile(
    rf"""\s*+(?:
      (?P<symbol>[()]|\|\|?|(?<![^{MINUS}\s(|:+])[{MINUS}+](?=[^\s)|]))
    | (?P<quote>[{QUOTES}])
    | (?P<near>(?:NEAR(?:/[^\s()|{QUOTES}]*)?|W/[0-9]+|AROUND\([0-9]+\))(?![^\s()|{QUOTES}]))
    | (?=(?P<word>[^\s()|{QUOTES}]+))(?:
        (?P<range>\[[^][(){QUOTES}]*\])(?![^\s()|~^])
      | (?P<field>[^\W\d_]+:)(?!//)
      | .
      )
    )""",
    re.VERBOSE,
)
# "[2025-11 TO 2026-01]" is a range wherever it stands, "[Update]" only after a field.
RANGE = re.compile(r"\[\s*\S+\s+TO\s+\S+\s*\]")
# What stands right behind a word, a phrase or a group and says how it counts: ~2, ^3, ~1^2.
TAIL = re.compile(r"[~^][~^0-9.]*")
TAIL_SIGNS = "~^.0123456789"


class Kind(StrEnum):
    """What a piece is to the grammar."""

    WORD = "word"
    PHRASE = "phrase"
    RANGE = "range"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    PLUS = "+"
    NEAR = "NEAR"
    TAIL = "~"
    END = "end"


SYMBOLS = {
    "(": Kind.OPEN,
    ")": Kind.CLOSE,
    "|": Kind.OR,
    "||": Kind.OR,
    "+": Kind.PLUS,
}
TAILED = {Kind.WORD, Kind.PHRASE, Kind.RANGE, Kind.CLOSE}
OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT, "ANDNOT": Kind.NOT}
MAX_SHOWN = 40


class Piece(NamedTuple):
    """A part of a query that knows its place in it.

    Attributes:
        kind: What it is to the grammar.
        text: Its text, without quotation marks, brackets or the colon.
        start: Code points before `text` in the query.
        query: The query it is of.
    """

    kind: Kind
    text: str
    start: int
    query: str

    def part(self, start: int, end: int) -> Piece:
        """Return the part of the piece between two offsets into its text."""
        return Piece(self.kind, self.text[start:end], self.start + start, self.query)

    def stripped(self) -> Piece:
        """Return the piece without the white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def error(self, message: str, *, offset: int = 0) -> QuerySyntaxError:
        """Return the error that points at the piece, or at an offset into its text."""
        position = min(self.start + offset, len(self.query))
        return QuerySyntaxError(message, query=self.query, position=position)


def shown(text: str) -> str:
    """Return a text in quotes, fit for a message of one line.

    Example:
        >>> shown("flood")
        "'flood'"
    """
    short = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
    return "'" + "".join(c if c.isprintable() else "\ufffd" for c in short) + "'"


def whole(text: str) -> Piece:
    """Return a text that is one word, whatever is in it."""
    return Piece(Kind.WORD, text, 0, text)


def pieces(query: str) -> Iterator[Piece]:
    """Yield the pieces of a query in order, and one of kind `END` behind them.

    Raises:
        QuerySyntaxError: A quotation mark is not closed, or there is no such field.

    Example:
        >>> [str(piece.kind) for piece in pieces('people:roe -"flood plain"')]
        ['field', 'word', 'NOT', 'phrase', 'end']
    """
    at, after_field = 0, False
    while match := PIECE.match(query, at):
        piece, at = _piece(query, match, after_field=after_field)
        after_field = piece.kind is Kind.FIELD
        yield piece
        if piece.kind in TAILED and (tail := TAIL.match(query, at)):
            yield Piece(Kind.TAIL, tail[0], at, query)
            at = tail.end()
    yield Piece(Kind.END, "", len(query), query)


def _piece(query: str, match: re.Match[str], *, after_field: bool) -> tuple[Piece, int]:
    """Return the piece at the match, and where the next one may begin."""
    form = match.lastgroup or ""
    text, (start, end) = match[form], match.span(form)
    match form:
        case "symbol":
            return Piece(SYMBOLS.get(text, Kind.NOT), text, start, query), end
        case "near":
            return Piece(Kind.NEAR, text, start, query), end
        case "quote":
            return _phrase(query, start)
        case "range" if after_field or RANGE.fullmatch(text):
            return Piece(Kind.RANGE, text[1:-1], start + 1, query), end
        case "field" if _is_field(query, text[:-1], start, after_field=after_field):
            return Piece(Kind.FIELD, text[:-1], start, query), end
        case _:
            word = _without_tail(match["word"])
            return Piece(OPERATORS.get(word, Kind.WORD), word, start, query), start + len(word)


def _without_tail(word: str) -> str:
    """Return a word without its tail; in an address, a ~ is an ordinary character.

    Example:
        >>> _without_tail("roe~1^2"), _without_tail("~50"), _without_tail("x.example/~5")
        ('roe', '~50', 'x.example/~5')
    """
    bare = word.rstrip(TAIL_SIGNS)
    tail = TAIL.search(word, max(len(bare), 1))
    if tail is None or (tail[0][0] == "~" and "/" in bare):
        return word
    return word[: tail.start()]


def _phrase(query: str, start: int) -> tuple[Piece, int]:
    closing = CLOSING[query[start]]
    for end in range(start + 1, len(query)):
        if query[end] in closing:
            return Piece(Kind.PHRASE, query[start + 1 : end], start + 1, query), end + 1
    raise QuerySyntaxError(
        f"this quotation mark is not closed; write another {closing[0]} behind the last word "
        "of the phrase, or leave it out",
        query=query,
        position=start,
    )


def _is_field(query: str, name: str, start: int, *, after_field: bool) -> bool:
    """Tell whether a name before a colon is a field; "Note: flood" is plain text."""
    if name.lower() in FIELDS:
        return True
    behind = query[start + len(name) + 1 :][:1]
    if after_field or behind in {"", ")", "|"} or behind.isspace():
        return False
    if ours := DATE_FIELDS.get(name.lower()):
        raise QuerySyntaxError(
            f"there is no field {shown(name)}; write {ours}:2026-01, which includes that month",
            query=query,
            position=start,
        )
    raise QuerySyntaxError(
        f"there is no field {shown(name)}; the fields are {FIELD_NAMES} "
        "(in plain text, put a space behind the colon)",
        query=query,
        position=start,
    )
