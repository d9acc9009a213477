"""The words that a query asks for as they were typed, to look each up in the dictionary.

What is unwanted, stands for many words, or is a date, a code or an address is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.schema import NAME_FIELDS, TEXT, TEXT_FIELDS
from index.text import is_unspaced, name_tokens, tokens
from searcher.query.expansions import is_pattern
from searcher.query.tokens import FIELDS, Kind, Piece, pieces, whole

__all__ = ["AskedWord", "asked_words"]

OF_WORDS = {TEXT, *TEXT_FIELDS, *NAME_FIELDS}


class AskedWord(NamedTuple):
    """A word of a query.

    Attributes:
        term: The folded word.
        field: Where it is looked for.
        position: Code points before it in the query.
    """

    term: str
    field: str
    position: int


def asked_words(query: str, *, as_words: bool = False) -> Iterator[AskedWord]:
    """Yield the words of a query, in order.

    Args:
        query: A query that can be read, or that was taken for plain words.
        as_words: Whether it was.

    Example:
        >>> [word.term for word in asked_words("Floods -storm elect* people:(Roe OR -doe)")]
        ['floods', 'roe']
    """
    if as_words:
        yield from _words(whole(query), TEXT)
        return
    outer: list[tuple[str, bool]] = []
    field, wanted = TEXT, True  # of the group
    own, unwanted = "", False  # of the value that comes next
    for piece, following in pairwise(pieces(query)):
        match piece.kind:
            case Kind.FIELD:
                own = FIELDS[piece.text.lower()]
            case Kind.NOT:
                unwanted = not unwanted
            case Kind.OPEN:
                outer.append((field, wanted))
                field, wanted = own or field, wanted != unwanted
                own, unwanted = "", False
            case Kind.CLOSE:
                field, wanted = outer.pop()
            case Kind.WORD | Kind.PHRASE | Kind.RANGE:
                if wanted != unwanted and _is_plain(piece, following):
                    yield from _words(piece, own or field)
                own, unwanted = "", False
            case _:
                pass


def _is_plain(piece: Piece, following: Piece) -> bool:
    if piece.kind is Kind.WORD:
        is_fuzzy = following.kind is Kind.TAIL and following.text.startswith("~")
        return not (is_fuzzy or is_pattern(piece.text) or "://" in piece.text)
    return piece.kind is Kind.PHRASE


def _words(piece: Piece, field: str) -> Iterator[AskedWord]:
    if field in OF_WORDS:
        cut = name_tokens if field in NAME_FIELDS else tokens
        for token in cut(piece.text):
            if not is_unspaced(token.term):
                yield AskedWord(token.term, field, piece.start + token.start)
