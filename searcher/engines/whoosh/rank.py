"""BM25F: how much a term says about a document."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from searcher.settings import RankingSettings

__all__ = ["inverse_frequency", "saturated"]


def inverse_frequency(articles: int, having: int) -> float:
    """Return how much a term tells articles apart, above 0.

    Args:
        articles: How many there are.
        having: How many of them have the term.

    Source:
        Robertson and Zaragoza 2009, with the 1 that Lucene adds so that a term in more
        than half of the articles still counts for a little.

    Example:
        >>> round(inverse_frequency(1000, 1), 2), round(inverse_frequency(1000, 900), 2)
        (6.5, 0.11)
    """
    return math.log(1 + (max(articles, having) - having + 0.5) / (having + 0.5))


def saturated(parts: npt.NDArray[np.float64], ranking: RankingSettings) -> npt.NDArray[np.float64]:
    """Return what parts (`index.codec.scoring`) count for, 0 to k1 + 1; same shape.

    Example:
        >>> saturated(np.array([0.0, 1.5, 1e9]), RankingSettings(k1=1.5)).round(3).tolist()
        [0.0, 1.25, 2.5]
    """
    return parts * (ranking.k1 + 1) / (parts + ranking.k1)
