"""How far two words are apart, by definition."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def edits(one: str, other: str) -> int:
    """Return how many letters to put in, take out, change or exchange make one word the other.

    Neighbours are exchanged, and no letter is edited twice.
    """
    rows = [[*range(len(other) + 1)]]  # from nothing to each beginning of the other
    for end, letter in enumerate(one, start=1):
        row, above = [end], rows[-1]
        for at, wanted in enumerate(other):
            row.append(min(above[at] + (letter != wanted), above[at + 1] + 1, row[at] + 1))
            if at and end > 1 and one[end - 2 : end] == wanted + other[at - 1]:
                row[-1] = min(row[-1], rows[-2][at - 1] + 1)
        rows.append(row)
    return rows[-1][-1]
