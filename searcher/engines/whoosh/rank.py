"""BM25: how much a term says about a document."""

from __future__ import annotations

import math

from searcher.settings import RankingSettings

__all__ = ["inverse_frequency", "saturation"]


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


def saturation(frequency: int, relative_length: float, ranking: RankingSettings) -> float:
    """Return what the occurrences of a term in a document count for, 0 to k1 + 1.

    Args:
        frequency: Occurrences, at least 1.
        relative_length: Length of the field in this document by its average.
        ranking: The constants.
    """
    k1, b = ranking.k1, ranking.b
    return frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * relative_length))
