"""The first places of an order, without sorting all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Key", "Rows", "first_places"]

RUN = 64  # values in a run
FEW = 128  # sorting them takes less time than choosing among them

Places = npt.NDArray[np.intp]
Values = npt.NDArray[Any]  # numbers
Rows = Places | slice
Key = Callable[[Rows], Values]

EVERY_ROW = slice(None)
NO_PLACES = np.zeros(0, dtype=np.intp)


def first_places(rows: int, keys: Sequence[Key], count: int) -> tuple[Places, Sequence[Values]]:
    """Return which rows come first, in order: by the first key, equal ones by the next.

    Rows that are equal in all keys come in the order given.

    Args:
        rows: How many there are.
        keys: Each returns the values of some rows, given ascending or as a slice of all;
            larger ones come first. It is asked only where the keys before it leave rows level.
        count: Rows at most.

    Returns:
        The rows, and their values of each key.

    Example:
        >>> values = np.array([1, 3, 2, 3])
        >>> first, (highest,) = first_places(4, [lambda rows: values[rows]], 3)
        >>> first.tolist(), highest.tolist()
        ([1, 3, 2], [3, 3, 2])
    """
    left: Rows = EVERY_ROW
    size, settled, wanted = rows, NO_PLACES, count
    for key in keys:
        if size <= max(count, FEW) or not count:
            break
        values = key(left)
        if values[0] == values[-1] and values.min() == values.max():
            continue
        places, values, last = _high(values, count)
        if len(places) > max(count, FEW):
            level = values == last
            above = _among(left, places[~level])
            settled = np.concatenate([settled, above])
            count, places = count - len(above), places[level]
        left, size = _among(left, places), len(places)
    chosen = np.arange(size) if isinstance(left, slice) else left
    chosen = chosen[: max(count, FEW)]
    if len(settled):
        chosen = np.sort(np.concatenate([settled, chosen]))
    found = [key(chosen) for key in keys]
    order = np.lexsort([_descending(values) for values in reversed(found)])[:wanted]
    return chosen[order], [values[order] for values in found]


def _among(rows: Rows, places: Places) -> Places:
    return places if isinstance(rows, slice) else rows[places]


def _high(values: Values, count: int) -> tuple[Places, Values, np.number]:
    """Return the places of the highest values and of those like the last of them, these, and it.

    The highest of each of many runs are looked at first: the last of the first of those is at
    most the value sought, and few are above it.
    """
    likely = None
    if len(values) > RUN * count:
        whole = len(values) // RUN * RUN
        tops = values[:whole].reshape(-1, RUN).max(axis=1)
        likely = (values >= _nth(tops, count)).nonzero()[0]
        values = values.take(likely)
    last = _nth(values, count)
    places = (values >= last).nonzero()[0]
    return places if likely is None else likely.take(places), values.take(places), last


def _nth(values: Values, count: int) -> np.number:
    """Return the last of so many highest values."""
    cut = len(values) - count
    nth: np.number = np.partition(values, cut)[cut]
    return nth


def _descending(values: Values) -> Values:
    # The lowest integer has no negative.
    return np.invert(values) if values.dtype.kind == "i" else -values
