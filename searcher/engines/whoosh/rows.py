"""One numbering for the rows of several tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.codec.blocks import Numbers

__all__ = ["distinct_rows"]


def distinct_rows(tables: Sequence[Numbers]) -> tuple[Numbers, list[Numbers]]:
    """Return the distinct rows of all tables, and the number there of each row of a table.

    Example:
        >>> one, other = np.array([[1, 0], [2, 5]]), np.array([[2, 5]])
        >>> rows, numbers = distinct_rows([one, other])
        >>> rows.tolist(), [each.tolist() for each in numbers]
        ([[1, 0], [2, 5]], [[0, 1], [1]])
    """
    if len(tables) == 1:
        return tables[0], [np.arange(len(tables[0]), dtype=np.uint32)]
    places: dict[tuple[int, ...], int] = {}
    numbers = [
        np.array(
            [places.setdefault(tuple(row), len(places)) for row in table.tolist()], dtype=np.uint32
        )
        for table in tables
    ]
    return np.array([*places], dtype=np.uint32).reshape(-1, tables[0].shape[1]), numbers
