"""What stands for many words: beginnings, patterns and words with other letters.

Rule 1: They are looked for among words as written, not among stems: elect* is what begins so.
Rule 2: Each says enough to be answered fast and to mean something: two letters of a pattern,
    two more letters than may be wrong.
Rule 3: A ? at the end of a word is a question mark.
"""

from __future__ import annotations

import re

from index.schema import written
from index.text import fold, is_unspaced, name_spelling, tokens
from searcher.query.tails import Tail
from searcher.query.tokens import Piece, shown
from searcher.query.words import STEMMED, tokens_of, words_query
from searcher.tree import FuzzyTerm, Prefix, Query, Wildcard

__all__ = ["fuzzy_query", "is_pattern", "pattern_query"]

MIN_LETTERS = 2  # fewer stand for thousands of words and mean none of them
MAX_EDITS = 2  # as Lucene: with three, most short words are like one another
PARTS = re.compile(r"\*+|\?|[^*?]+")


def is_pattern(text: str) -> bool:
    """Tell whether a word is a pattern; "what?!" and "a?b=1" are text.

    Example:
        >>> is_pattern("elect*"), is_pattern("w?rd"), is_pattern("why?")
        (True, True, False)
    """
    bare = text.rstrip("?")
    return "*" in text or ("?" in bare and bare.replace("?", "").isalnum())


def pattern_query(piece: Piece, field: str) -> Query:
    """Return the query for the words that a pattern with * and ? stands for.

    Raises:
        QuerySyntaxError: It says too little, or is of several words.
    """
    piece = piece.part(0, len(piece.text.rstrip("?")))
    parts = list(PARTS.finditer(piece.text))
    literals = [piece.part(*part.span()) for part in parts if part[0][0] not in "*?"]
    stars = [part.start() for part in parts if part[0][0] == "*"]
    first_sign = next(part.start() for part in parts if part[0][0] in "*?")
    for literal in literals:
        _check_literal(piece, literal, first_sign)
    if any(is_unspaced(literal.text) for literal in literals):
        return _unspaced(piece, literals, field)
    if sum(len(fold(literal.text)) for literal in literals) < MIN_LETTERS:
        raise piece.error(
            f"a pattern needs at least {MIN_LETTERS} letters or digits, as in el*, *ing or w?rd",
            offset=first_sign,
        )
    if len(parts) == 2 and stars == [len(literals[0].text)]:  # noqa: PLR2004 (a word, a star)
        return _beginning(literals[0], field)
    pattern = "".join(part[0][0] if part[0][0] in "*?" else fold(part[0]) for part in parts)
    return Wildcard(written(field) if field in STEMMED else field, pattern)


def _check_literal(piece: Piece, literal: Piece, sign: int) -> None:
    """Refuse what stands between the signs of a pattern and is not a part of one word."""
    if is_unspaced(literal.text):
        return
    found = list(tokens(literal.text))
    if len(found) > 1:
        raise piece.error(
            f"a * or ? works only in a single word, and {shown(literal.text)} is several; "
            "leave it out, or part the words by a space",
            offset=sign,
        )
    if not found or found[0].end - found[0].start < len(literal.text):
        raise literal.error(
            f"a pattern is of letters, digits, * and ?, as in elect* or w?rd, and not of "
            f"{shown(literal.text)}"
        )


def _unspaced(piece: Piece, literals: list[Piece], field: str) -> Query:
    if len(literals) > 1 or "?" in piece.text:
        raise piece.error(
            "a * or ? does not work inside words of a script without spaces; "
            "leave it out, as every part of a longer word is found"
        )
    return words_query(literals[0], field)  # every word is found inside longer ones


def _beginning(literal: Piece, field: str) -> Query:
    term = fold(literal.text)
    if field in STEMMED:
        return Prefix(written(field), term)
    return Prefix(field, name_spelling(term))


def fuzzy_query(piece: Piece, tail: Tail, field: str) -> Query:
    """Return the query for the words that are like one, with a few letters other than in it.

    Raises:
        QuerySyntaxError: It is too short, several words, or too many letters may be wrong.
    """
    edits = 1 if tail.distance is None else tail.distance
    if not 1 <= edits <= MAX_EDITS:
        raise tail.error(f"one or {MAX_EDITS} letters may be wrong, as in roe~1 or ellison~2")
    found = tokens_of(piece)
    if len(found) > 1 or is_unspaced(found[0].term):
        raise tail.error(
            f"a ~ works only for a single word of a script with spaces, and not for "
            f'{shown(piece.text)}; words close together are written "two words"~5'
        )
    term = found[0].term
    if len(term) < edits + MIN_LETTERS:
        raise tail.error(
            f"with so few letters any word would do: {shown(term)} needs at least "
            f"{edits + MIN_LETTERS} for ~{edits}"
        )
    if field in STEMMED:
        return FuzzyTerm(written(field), term, maxdist=edits, prefixlength=0)
    return FuzzyTerm(field, name_spelling(term), maxdist=edits, prefixlength=0)
