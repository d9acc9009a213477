"""Articles of about a day are lifted: news is asked for with a time in mind.

    score = score by words * (1 + time_weight * 0.5 ** (days from the day / half_life_days))

An article without a day keeps its score.

Source:
    Li and Croft, "Time-Based Language Models", CIKM 2003 (an exponential prior on dates).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from index.codec.blocks import Numbers
from index.schema import MISSING_MOMENT, moment_of
from searcher.engines.whoosh.nodes import Floats, Mask, Node
from searcher.settings import RankingSettings

if TYPE_CHECKING:
    from searcher.engines.whoosh.evaluate import Search

__all__ = ["NearInTime", "near_in_time"]

ONE_DAY = timedelta(days=1) // timedelta(microseconds=1)


def near_in_time(node: Node, ranking: RankingSettings) -> Node:
    """Return the plan whose scores count the time of an article too, where that is asked for."""
    if ranking.around is None or not ranking.time_weight:
        return node
    day = moment_of(ranking.around) // ONE_DAY
    return NearInTime(node, day, ranking.half_life_days, ranking.time_weight)


class NearInTime(Node):
    """What a part matches, with scores that grow towards a day.

    Args:
        part: The part.
        day: Days since 1970.
        half_life_days: Days after which half of the growth is left.
        weight: By what share the score of an article of the day grows.
    """

    same_score = None

    def __init__(self, part: Node, day: int, half_life_days: float, weight: float) -> None:
        self.part = part
        self.day = day
        self.half_life_days = half_life_days
        self.weight = weight

    def matches(self, search: Search) -> Numbers:
        """Return the matches of the part."""
        return search.matches(self.part)

    def mask(self, search: Search, docs: Numbers) -> Mask:
        """Return which match the part."""
        return self.part.mask(search, docs)

    def scores(self, search: Search, docs: Numbers) -> Floats:
        """Return the scores of the part, those near the day lifted."""
        return self.part.scores(search, docs) * self.factors(search, docs)

    def factors(self, search: Search, docs: Numbers) -> Floats:
        """Return what the scores of some articles are multiplied by; shape (docs,)."""
        moments = search.collection.moments[docs]
        days = np.abs(moments // ONE_DAY - self.day)
        factors: Floats = 1 + self.weight * 0.5 ** (days / self.half_life_days)
        factors[moments == MISSING_MOMENT] = 1.0
        return factors

    def size(self, search: Search) -> int:
        """Return the size of the part."""
        return self.part.size(search)
