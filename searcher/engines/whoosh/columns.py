"""Columns to count by: the values of a field, and periods of time, of all articles.

Strategy: each value is a number, the same in all segments, so that the matches of a query
are counted in one pass over their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from index.codec import Segment
from index.codec.blocks import AnyIntegers, Integers, Numbers, ranges
from index.schema import EPOCH, MISSING_MOMENT
from searcher.model import Period
from searcher.periods import period_name, week_number

__all__ = ["Periods", "Unit", "Values"]

Unit = Literal["D", "W", "M", "Y"]  # as NumPy names days, weeks, months and years

MISSING = 0  # the number of the period of an article without a time
FIRST_DAY = EPOCH.toordinal()


Groups = npt.NDArray[np.int64]


class Periods:
    """The day, week, month or year of each article.

    Args:
        moments: When each article was published; microseconds since 1970.
        unit: The length of the periods.
    """

    def __init__(self, moments: npt.NDArray[np.int64], unit: Unit) -> None:
        times = moments.view("datetime64[us]")
        if unit == "W":  # NumPy's begin on a Thursday, as 1970 did
            dates = week_number(times.astype("datetime64[D]").astype(np.int64) + FIRST_DAY)
        else:
            dates = times.astype(f"datetime64[{unit}]").astype(np.int64)
        is_dated = moments != MISSING_MOMENT
        self._first = int(dates[is_dated].min(initial=0)) - 1
        self._unit = unit
        self._numbers = np.where(is_dated, dates - self._first, MISSING).astype(np.int32)

    def counts(self, articles: Numbers, groups: Groups | None = None) -> Counter[str]:
        """Return how many of some articles are of each period, in ISO 8601.

        Args:
            articles: The articles: shape (n,).
            groups: The group of each; of those of a period, each group is counted once. None:
                articles are counted. Shape (n,).
        """
        numbers: AnyIntegers = self._numbers[articles]
        if groups is not None:
            numbers = _once_a_group(numbers, groups)
        counts = np.bincount(numbers, minlength=1)
        counts[MISSING] = 0
        found = np.flatnonzero(counts)
        return Counter(dict(zip(self._labels(found), counts[found].tolist(), strict=True)))

    def _labels(self, numbers: npt.NDArray[np.int64]) -> list[str]:
        dates = numbers + self._first
        if self._unit == "W":
            return [period_name(number, Period.WEEK) for number in dates.tolist()]
        labels = np.datetime_as_string(dates.astype(f"datetime64[{self._unit}]"))
        return [*map(str, labels)]


class Values:
    """The values that articles have of a field.

    Args:
        segments: The segments of articles, and the articles before each.
        field: One of `index.schema.ORDINAL_FIELDS`.
    """

    def __init__(self, segments: Sequence[tuple[Segment, int]], field: str) -> None:
        numbers: dict[bytes, int] = {}
        lengths: list[Integers] = []
        values: list[Numbers] = []
        for segment, _ in segments:
            ordinals = segment.ordinals(field)
            if ordinals is None:
                lengths.append(np.zeros(segment.doc_count, dtype=np.int64))
                continue
            keys = ordinals.keys.slice(0, len(ordinals.keys))
            shared = [numbers.setdefault(key, len(numbers)) for key in keys]
            values.append(np.array(shared, dtype=np.uint32)[ordinals.values])
            starts = ordinals.starts.astype(np.int64)
            lengths.append(starts[1:] - starts[:-1])
        self._names = [key.decode() for key in numbers]
        self._values = np.concatenate([np.zeros(0, dtype=np.uint32), *values])
        every_length = np.concatenate([np.zeros(1, dtype=np.int64), *lengths])
        self._is_single = bool((every_length[1:] == 1).all())
        self._starts = np.cumsum(every_length).astype(np.uint32)

    def counts(self, articles: Numbers, groups: Groups | None = None) -> Counter[str]:
        """Return how many of some articles have each value; the arguments as for `Periods`."""
        if self._is_single:
            chosen: AnyIntegers = self._values[articles]
        else:
            begins = self._starts[articles].astype(np.int64)
            lengths = self._starts[1:][articles].astype(np.int64) - begins
            chosen = self._values[ranges(begins, lengths)]
            groups = None if groups is None else groups.repeat(lengths)
        if groups is not None:
            chosen = _once_a_group(chosen, groups)
        counts = np.bincount(chosen)
        found = np.flatnonzero(counts).tolist()
        names = self._names
        return Counter(
            {names[at]: count for at, count in zip(found, counts[found].tolist(), strict=True)}
        )


def _once_a_group(values: AnyIntegers, groups: Groups) -> AnyIntegers:
    """Return each value as often as there are groups that have it."""
    order = np.lexsort((groups, values))
    values, groups = values[order], groups[order]
    is_other = np.ones(len(values), dtype=np.bool_)
    is_other[1:] = (values[1:] != values[:-1]) | (groups[1:] != groups[:-1])
    return values[is_other]
