"""The first places of an order, without sorting all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Key", "first_places"]

RUN = 64  # values in a run

Places = npt.NDArray[np.intp]
Key = Callable[[Places], npt.NDArray[np.number]]


def first_places(rows: int, keys: Sequence[Key], count: int) -> Places:
    """Return which rows come first, in order: by the first key, equal ones by the next.

    Rows that are equal in all keys come in the order given.

    Args:
        rows: How many there are.
        keys: Each returns the values of some rows, given ascending; larger ones come first.
            It is asked only where the keys before it leave rows level.
        count: Rows at most.

    Example:
        >>> values = np.array([1, 3, 2, 3])
        >>> first_places(4, [lambda rows: values[rows]], 3).tolist()
        [1, 3, 2]
    """
    left = np.arange(rows)
    settled: list[Places] = []  # surely among the first, whatever the keys that follow say
    for key in keys:
        if len(left) <= count or not count:
            break
        high, last = _high(key(left), count)
        above = high[0][high[1] > last]
        settled.append(left[above])
        count -= len(above)
        left = left[high[0][high[1] == last]]
    chosen = np.sort(np.concatenate([*settled, left[:count]]))
    return chosen[np.lexsort([_descending(key(chosen)) for key in reversed(keys)])]


def _high(
    values: npt.NDArray[np.number], count: int
) -> tuple[tuple[Places, npt.NDArray[np.number]], np.number]:
    """Return where the highest values are and what they are, more than count, and the last.

    The highest of each of many runs are looked at first: the last of the first of those is at
    most the value sought, and few are above it.
    """
    places = np.arange(len(values))
    if len(values) > RUN * count:
        whole = len(values) // RUN * RUN
        tops = values[:whole].reshape(-1, RUN).max(axis=1)
        cut = len(tops) - count
        places = np.flatnonzero(values >= np.partition(tops, cut)[cut])
        values = values[places]
    cut = len(values) - count
    return (places, values), np.partition(values, cut)[cut]


def _descending(values: npt.NDArray[np.number]) -> npt.NDArray[np.number]:
    # The lowest integer has no negative.
    return np.invert(values) if values.dtype.kind == "i" else -values
