"""Which terms a pattern with `*`, `?` and `[...]` matches.

Strategy: a pattern is pieces between stars. The first piece must stand where the term begins and
the last one where it ends; each of the others at the first place after the one before it, as a
later place could only leave less room. So nothing is tried twice, and each piece is one pass over
the numbers of all terms that are left, whatever the pattern.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from index.codec.arrays import Array
from index.codec.dictionary import TermDictionary
from searcher.engines.whoosh.spelling import Spelling, merged, portions, spellings

__all__ = ["wildcard"]

# One character of a pattern: a code point, an expression for a class of them, or any (None).
Element: TypeAlias = int | str | None
Piece: TypeAlias = tuple[Element, ...]


def wildcard(dictionary: TermDictionary, pattern: str) -> Array:
    """Return the numbers of the terms that a pattern matches as a whole.

    Args:
        dictionary: The terms.
        pattern: As `fnmatch.fnmatchcase` reads it: `*` is any run of characters, `?` any one,
            `[...]` one of a class.

    Returns:
        Shape (terms found,), uint32, ascending.
    """
    pieces = _pieces(pattern)
    beginning = _literal(pieces[0])
    first, last = dictionary.prefix(beginning.encode("utf-8", "surrogatepass"))
    if first == last:
        return np.empty(0, np.uint32)
    return merged(
        kind.numbers[low:high][_matching(kind, pieces, len(beginning), low, high)]
        for kind in dictionary.derived(spellings)
        for low, high in portions(*kind.rows(first, last))
    )


def _pieces(pattern: str) -> list[Piece]:
    pieces: list[list[Element]] = [[]]
    at = 0
    while at < len(pattern):
        end = _class_end(pattern, at)
        if pattern[at] == "*":
            pieces.append([])
        elif pattern[at] == "?":
            pieces[-1].append(None)
        elif end:
            pieces[-1].append(_class_expression(pattern[at:end]))
        else:
            pieces[-1].append(ord(pattern[at]))
        at = end or at + 1
    # Two stars in a row are one.
    return [tuple(piece) for piece in (pieces[0], *filter(None, pieces[1:-1]), *pieces[1:][-1:])]


def _class_end(pattern: str, at: int) -> int:
    """Return where the class that begins here ends, or 0 if none begins here."""
    if pattern[at] != "[":
        return 0
    content = at + 1 + pattern.startswith("!", at + 1)
    return pattern.find("]", content + 1) + 1  # a bracket that comes first is a member


def _class_expression(text: str) -> str:
    """Return the regular expression of a class, as the standard library reads it."""
    expression = fnmatch.translate(text)
    # It leaves a bracket after the exclamation mark bare, of which `re` warns.
    return expression[: expression.rindex(")") + 1].replace("(?s:[^[", r"(?s:[^\[", 1)


def _literal(piece: Piece) -> str:
    """Return the characters that a piece begins with, before a class or a question mark."""
    characters = []
    for element in piece:
        if not isinstance(element, int):
            break
        characters.append(chr(element))
    return "".join(characters)


def _matching(kind: Spelling, pieces: Sequence[Piece], known: int, low: int, high: int) -> Array:
    """Return which of the rows from low to high match; `known` elements they begin with."""
    starts = kind.starts[low:high].astype(np.int64)
    stops = kind.stops[low:high].astype(np.int64)
    needed = sum(map(len, pieces))
    lengths = stops - starts
    live = np.flatnonzero(lengths >= needed if len(pieces) > 1 else lengths == needed)
    live = _standing(kind, pieces[0], known, starts, live)
    if len(pieces) > 1:
        stops -= len(pieces[-1])
        live = _standing(kind, pieces[-1], 0, stops, live)
        live = _with_middle(kind, pieces[1:-1], (starts + len(pieces[0]), stops), live)
    return live


def _standing(kind: Spelling, piece: Piece, known: int, places: Array, live: Array) -> Array:
    """Return those of the live rows that have the piece at their place."""
    for step in range(len(piece) - 1, known - 1, -1):
        element = piece[step]
        if element is not None:
            live = live[_holds(kind, element, kind.codes[places[live] + step])]
    return live


def _with_middle(
    kind: Spelling, pieces: Sequence[Piece], room: tuple[Array, Array], live: Array
) -> Array:
    """Return those of the live rows that have the pieces, one after the other, in their room."""
    at, limit = (bound[live] for bound in room)
    for piece in pieces:
        if not live.size:
            break
        if any(element is not None for element in piece):
            places = _occurrences(kind, piece, int(at[0]), int(limit[-1]))
            row = np.searchsorted(at, places, "right") - 1
            fits = places + len(piece) <= limit[row]
            places, row = places[fits], row[fits]
            is_first = np.diff(row, prepend=-1) != 0
            kept, after = row[is_first], places[is_first] + len(piece)
        else:
            kept = np.flatnonzero(at + len(piece) <= limit)
            after = at[kept] + len(piece)
        live, at, limit = live[kept], after, limit[kept]
    return live


def _occurrences(kind: Spelling, piece: Piece, low: int, high: int) -> Array:
    """Return where a piece stands between two places, across the terms' ends too; ascending."""
    span = max(high - low - len(piece) + 1, 0)
    there: Array = np.ones(span, np.bool_)
    for start, element in enumerate(piece, low):
        if element is not None:
            there &= _holds(kind, element, kind.codes[start : start + span])
    return low + np.flatnonzero(there)


def _holds(kind: Spelling, element: int | str, codes: Array) -> Array:
    """Return which code points are those of an element."""
    if isinstance(element, str):
        return kind.members(element)[codes]
    return np.asarray(codes == element)
