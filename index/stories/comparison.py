"""Two articles compared: how much of the smaller is in the other, and what speaks against it.

Strategy: fingerprints tell that two texts share passages. That is not enough to call them one
story: reports made from a template share nearly everything, roundups and quotations share a
passage. So a fingerprint counts for less the more clusters of copies hold it, and where texts
are alike, their numbers, dates, titles and beginnings are asked.

Rule 1: Short texts must agree in most numbers, and in nearly all where their titles differ;
    long ones in half of them, where both have several.
Rule 2: Short texts are of the same days. Long ones months apart must be nearly the same.
Rule 3: Two texts with different titles, of which neither has the beginning of the other, must
    share most of the smaller one, and be of like size: else one quotes the other.
Rule 4: Of a text of one sentence or two the title must agree.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.stories.fingerprints import Hashes
from index.stories.profile import Profile

__all__ = [
    "MIN_SCORE",
    "MIN_SHARED",
    "Match",
    "Weights",
    "alike_titles",
    "compare",
    "is_same_story",
    "may_be_same_story",
]

Weights = npt.NDArray[np.float64]

# Chosen on labelled articles, by the F1 over pairs; steps of .03 in either score lose up to .003.
MIN_SCORE = 0.48
MIN_SHARED = 3  # fingerprints; two may be a phrase that everyone uses
SHORT_BYTES = 560  # letters of some 120 words: what templates fill
TINY_BYTES = 190  # of some 40
SHORT_NUMBERS = 0.6
SHORT_NUMBERS_OTHER_TITLE = 0.9
SAME_TITLE = 0.6
LONG_NUMBERS = 0.6
SEVERAL_NUMBERS = 8
SHORT_DAYS = 3
NEAR_DAYS = 7
NEAR_RESEMBLANCE = 0.6
FAR_DAYS = 60
FAR_SCORE = 0.8
ALIKE_TITLE = 0.5
BEGUN_SCORE = 0.55
UNKNOWN_SCORE = 0.7
EXCERPT_SIZE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How much two texts share, by the weights of their fingerprints.

    Attributes:
        score: Share of the smaller text that is in the other, from 0 to 1.
        resemblance: What both have by what either has (Jaccard), from 0 to 1.
        titles: Share of the words of the shorter title that the other has, from 0 to 1.
        shares_beginning: Whether the beginning of one of them is in the other.
    """

    score: float
    resemblance: float
    titles: float
    shares_beginning: bool


def compare(
    new: Profile, weights: Weights, known: Profile, weights_of: Callable[[Hashes], Weights]
) -> Match | None:
    """Return how much two texts share; None: next to nothing.

    Args:
        new: One article.
        weights: What each of its hashes counts, from 0 to 1: shape (n,).
        known: The other.
        weights_of: Tells the same for some of its hashes, those that the first does not have.
    """
    hashes = new.sketch.hashes
    cutoff = min(new.sketch.cutoff, known.sketch.cutoff)
    others = known.sketch.hashes[: _count_below(cutoff, known.sketch.hashes)]
    places = np.searchsorted(hashes, others)
    places[places == len(hashes)] = 0
    is_shared = hashes[places] == others if len(hashes) else np.zeros(len(others), dtype=np.bool_)
    if np.count_nonzero(is_shared) < MIN_SHARED:
        return None
    shared = float(weights[places[is_shared]].sum())
    own = float(weights[: _count_below(cutoff, hashes)].sum())
    if shared == 0:
        return None
    other = shared + float(weights_of(others[~is_shared]).sum())
    beginnings = {*new.sketch.leading.tolist(), *known.sketch.leading.tolist()}
    return Match(
        score=shared / min(own, other),
        resemblance=shared / (own + other - shared),
        titles=_overlap(new.title, known.title),
        shares_beginning=not beginnings.isdisjoint(others[is_shared].tolist()),
    )


def alike_titles(one: Profile, other: Profile) -> bool:
    """Tell whether the titles of two articles have most words in common."""
    return _overlap(one.title, other.title) >= ALIKE_TITLE


def may_be_same_story(one: Profile, other: Profile) -> bool:
    """Tell whether nothing beside the texts speaks against one story; quick to say."""
    titles = _overlap(one.title, other.title)
    size = min(one.sketch.size, other.sketch.size)
    if size < TINY_BYTES and titles < ALIKE_TITLE:
        return False
    if size < SHORT_BYTES and (_days_between(one, other) or 0) > SHORT_DAYS:
        return False
    fewest = min(len(one.numbers), len(other.numbers))
    if size >= SHORT_BYTES:
        wanted = LONG_NUMBERS if fewest >= SEVERAL_NUMBERS else 0.0
    elif fewest:
        wanted = SHORT_NUMBERS if titles >= SAME_TITLE else SHORT_NUMBERS_OTHER_TITLE
    else:
        wanted = 0.0
    return _overlap(one.numbers, other.numbers) >= wanted


def is_same_story(one: Profile, other: Profile, match: Match) -> bool:
    """Tell whether two articles that may be of one story share enough to be."""
    if match.score < MIN_SCORE:
        return False
    is_alike = match.titles >= ALIKE_TITLE
    days = _days_between(one, other)
    if days is not None:
        if days > FAR_DAYS and match.score < FAR_SCORE:
            return False
        if days > NEAR_DAYS and not is_alike and match.resemblance < NEAR_RESEMBLANCE:
            return False
    if is_alike or (match.shares_beginning and match.score >= BEGUN_SCORE):
        return True
    small, large = sorted((one.sketch.size, other.sketch.size))
    return small >= EXCERPT_SIZE * large and match.score >= UNKNOWN_SCORE


def _days_between(one: Profile, other: Profile) -> int | None:
    if one.day is None or other.day is None:
        return None
    return abs(one.day - other.day)


def _overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return the share of the smaller set that is in the other; 0 where one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _count_below(cutoff: int, hashes: Hashes) -> int:
    if not len(hashes) or cutoff > int(hashes[-1]):
        return len(hashes)
    return int(np.searchsorted(hashes, np.uint64(cutoff)))
