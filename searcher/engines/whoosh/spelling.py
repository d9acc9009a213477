"""The terms of a dictionary as code points, which is what patterns and distances count in.

Strategy: almost all terms of most archives are ASCII, whose bytes are their code points: they
stay in the file. The other terms are decoded once and kept with the dictionary. Both kinds look
the same to a search, which goes over one after the other. A term that is no UTF-8 has no code
points and no pattern matches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index.codec.arrays import Array
from index.codec.dictionary import TermDictionary

__all__ = ["BYTES", "Spelling", "merged", "portions", "spellings"]

ASCII = "".join(map(chr, range(128)))
ROWS_AT_ONCE = 1 << 14
BYTES = 1 << 8
FIRST_LEAD = -64  # as signed numbers, bytes 0x80 to 0xbf, which continue a character, are below
TWO_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Spelling:
    """The code points of some terms of one dictionary.

    Attributes:
        codes: Shape (code points,), uint8, uint16 or uint32; of other terms too, maybe.
        starts: Where each term begins in `codes`: shape (terms,), uint32 or uint64, ascending.
        stops: Where it ends; the same shape.
        numbers: Of the terms in the dictionary: shape (terms,), uint32, ascending.
        alphabet: Each character that is in a term, once.
    """

    codes: Array
    starts: Array
    stops: Array
    numbers: Array
    alphabet: str

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open range of the rows whose numbers are in a half-open range."""
        low, high = np.searchsorted(self.numbers, (first, last)).tolist()
        return low, high

    def members(self, expression: str) -> Array:
        """Return which characters a regular expression matches, alone.

        Args:
            expression: Matches one character at most.

        Returns:
            A truth value by code point, shape (at least highest in `codes` + 1,).
        """
        table: Array = np.zeros(max(ord(self.alphabet[-1]) + 1, BYTES), np.bool_)
        found = "".join(re.findall(expression, self.alphabet))
        table[np.frombuffer(found.encode("utf-32-le"), np.uint32)] = True
        return table


def portions(low: int, high: int) -> Iterator[tuple[int, int]]:
    """Cut a range of rows into ranges whose numbers stay in a processor's cache."""
    return ((at, min(at + ROWS_AT_ONCE, high)) for at in range(low, high, ROWS_AT_ONCE))


def merged(parts: Iterable[Array]) -> Array:
    """Return the numbers found in each spelling, as one: shape (found,), uint32, ascending."""
    found = [part for part in parts if part.size]
    if len(found) == 1:
        return found[0]
    return np.sort(np.concatenate([np.empty(0, np.uint32), *found]))


def spellings(dictionary: TermDictionary) -> tuple[Spelling, ...]:
    """Return the terms of a dictionary, ASCII and others apart; use through `derived`."""
    row, offsets = dictionary.blob(), dictionary.ends()
    starts, stops = offsets[:-1], offsets[1:]
    numbers: Array = np.arange(len(starts), dtype=np.uint32)
    row = row if row.size else np.zeros(1, np.uint8)  # so that there is something to take from
    if row.max() < len(ASCII):
        return (Spelling(row, starts, stops, numbers, ASCII),) if numbers.size else ()
    plain = _highest(row, starts, stops) < len(ASCII)
    lengths = stops - starts
    kinds = (
        Spelling(row, starts[plain], stops[plain], numbers[plain], ASCII),
        _decoded(row[np.repeat(~plain, lengths)], lengths[~plain], numbers[~plain]),
    )
    return tuple(kind for kind in kinds if kind.numbers.size)


def _highest(row: Array, starts: Array, stops: Array) -> Array:
    """Return the highest byte of each term, 0 for the empty one, which can only be the first."""
    highest: Array = np.zeros(len(starts), np.uint8)
    empty = int(stops[0] == 0)
    highest[empty:] = np.maximum.reduceat(row, starts[empty:].astype(np.int64))
    return highest


def _decoded(row: Array, lengths: Array, numbers: Array) -> Spelling:
    """Spell the terms that are UTF-8.

    Args:
        row: Bytes of the terms, each of which has some: shape (bytes,), uint8.
        lengths: In bytes: shape (terms,).
        numbers: Of the terms.
    """
    ends = np.cumsum(lengths, dtype=np.int64)
    begins = ends - lengths
    leads = row.view(np.int8) >= FIRST_LEAD
    text = _text(row.tobytes())
    if text is None or not leads[begins].all():
        is_text = [
            _text(row[begin:end].tobytes()) is not None
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]
        return _decoded(row[np.repeat(is_text, lengths)], lengths[is_text], numbers[is_text])
    counts = np.add.reduceat(leads, begins, dtype=np.uint32) if begins.size else begins
    stops = np.cumsum(counts, dtype=np.uint32)
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    if codes.size and codes.max() < TWO_BYTES:
        codes = codes.astype(np.uint16)
    return Spelling(codes, stops - counts, stops, numbers, "".join(sorted(set(text))))


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
