"""What may stand near one another: words, phrases, and any of several of these."""

from __future__ import annotations

from index.schema import TEXT, WORD_FIELDS
from index.text import begins_pairs
from searcher.engines.whoosh.fields import text_part
from searcher.tree import Near, Or, Phrase, Prefix, Query, Term

__all__ = ["has_words", "near_sides", "term_bytes"]

Row = tuple[bytes, ...]


def near_sides(query: Near) -> tuple[str, tuple[tuple[Row, ...], tuple[Row, ...]]] | None:
    """Return the field of two things near each other, and the rows of terms each may be.

    Returns:
        None: one is something else, or they are of two fields.
    """
    left, right = _rows(query.a), _rows(query.b)
    fields = {field for field, _ in (*left, *right)}
    if not left or not right or len(fields) > 1:
        return None
    return fields.pop(), (tuple(row for _, row in left), tuple(row for _, row in right))


def _rows(query: Query) -> list[tuple[str, Row]]:
    """Return the fields and the terms of rows any of which a query is; none if it is no such."""
    if query.boost != 1.0:
        return []
    match query:
        case Or():
            parts = [_rows(part) for part in query.subqueries]
            return [row for rows in parts for row in rows] if all(parts) else []
        case Term() if has_words(query.fieldname):
            return [(query.fieldname, (term_bytes(query.text),))]
        case Prefix() if has_words(query.fieldname) and begins_pairs(query.text):
            return [(query.fieldname, (term_bytes(query.text),))]  # as the last word of a phrase
        case Phrase() if has_words(query.fieldname) and query.words and query.slop == 1:
            return [(query.fieldname, tuple(map(term_bytes, query.words)))]
        case _:
            return []


def has_words(field: str) -> bool:
    """Tell whether a field is known to have words at places."""
    return text_part(field)[0] == TEXT or field in WORD_FIELDS


def term_bytes(text: str | bytes) -> bytes:
    """Return a term as dictionaries have it; one that is no text may come as bytes."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "replace")
