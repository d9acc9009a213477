"""Which matches of patterns stand close to others, as a query asks.

Strategy: the words of the text are numbered from the first match to the last, as the index
numbers them; then each match looks at those that begin within reach behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.text import MAX_WORD, spaced, tokens
from searcher.patterns import Match, Pattern, Together

__all__ = ["close_matches"]


class _Placed(NamedTuple):
    """A match by its place among the words: that of its first, and one past its last."""

    start: int
    end: int
    match: Match


def close_matches(
    text: str, wanted: Together, patterns: Sequence[Pattern], found: Sequence[Match]
) -> Iterator[Match]:
    """Yield the matches that stand together as wanted; some may come more than once.

    Args:
        text: The text.
        wanted: What should be close to what.
        patterns: The patterns by their numbers.
        found: Where they stand in the text, by start.
    """
    numbers = [{patterns.index(pattern) for pattern in side} for side in wanted.sides]
    relevant = [match for match in found if any(match.pattern in side for side in numbers)]
    if not relevant:
        return
    placed = _placed(text, patterns, relevant)
    sides = [[one for one in placed if one.match.pattern in side] for side in numbers]
    if wanted.ordered:
        yield from _in_order(sides, wanted.between)
    else:
        first, second = sides
        yield from _next_to(first, second, wanted.between)
        yield from _next_to(second, first, wanted.between)


def _placed(text: str, patterns: Sequence[Pattern], matches: Sequence[Match]) -> list[_Placed]:
    begin, last = matches[0].start, max(match.end for match in matches)
    starts = sorted({match.start - begin for match in matches})
    number_of = dict(zip(starts, _numbers(text[begin:last], starts), strict=True))
    return [
        _Placed(number, number + len(patterns[match.pattern].words), match)
        for match in matches
        for number in [number_of[match.start - begin]]
    ]


def _numbers(text: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the number of the word that begins at each of some places, ascending."""
    plain = spaced(text).decode("utf-8", "surrogatepass")
    number = at = 0
    for start in starts:
        gap = plain[at:start]
        if gap.isascii():  # each piece is a word unless it is too long
            lengths = [*map(len, gap.split())]
            number += len(lengths) - sum(map(MAX_WORD.__lt__, lengths))
        else:
            number += sum(1 for _ in tokens(gap))
        yield number
        at = start


def _next_to(first: Sequence[_Placed], second: Sequence[_Placed], between: int) -> Iterator[Match]:
    """Yield the matches of both where the second is behind the first and close to it."""
    starts = [one.start for one in second]
    for one in first:
        low = bisect_right(starts, one.end - 1)
        for other in second[low : bisect_right(starts, one.end + between)]:
            yield one.match
            yield other.match


def _in_order(sides: Sequence[Sequence[_Placed]], between: int) -> Iterator[Match]:
    """Yield the words of each phrase, from each place of the first the nearest of the next."""
    starts = [[one.start for one in side] for side in sides]
    for first in sides[0]:
        row = [first]
        for side, places in zip(sides[1:], starts[1:], strict=True):
            at = bisect_right(places, row[-1].end - 1)
            if at == len(side):
                break
            row.append(side[at])
        if len(row) == len(sides) and row[-1].end - first.start - len(sides) <= between:
            yield from (one.match for one in row)
