"""Sums of weights, each made when first asked for, and kept.

Strategy: what a token adds to a sum depends on its word and on its kind; there are few kinds, so
that a new word takes few look-ups. A sum holds the scores of both stages and both labels in one
number (`index.people.weights`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import repeat
from math import exp
from typing import Any, TypeVar

from index.people.features import (
    PAIR_MARKS,
    evidence_features,
    frame_features,
    kind_features,
    near_word_features,
    part_features,
    triple_features,
    words_of_pair,
)
from index.people.tokens import Token
from index.people.weights import HALF, MIDDLE, SCALE, apart

__all__ = ["Sums", "exponentials"]

MAX_KEPT = 200_000  # sums of a kind: about 30 MB
HIGHEST = HALF + 30 * SCALE  # a score, so that no product of twelve exponentials overflows
Pairs = Mapping[str, int]  # by the other word
NO_PAIRS: Pairs = {}
Known = tuple[int, int, int, int, int, str, str, Pairs, Pairs]  # see `Sums`
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Kept(dict[Key, Made]):
    """Values by what they are made of; all are forgotten when there are too many."""

    def __init__(self, make: Callable[[Key], Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Key) -> Made:
        if len(self) >= MAX_KEPT:
            self.clear()
        value = self[key] = self.make(key)
        return value


def exponentials(scores: Sequence[int]) -> list[float]:
    """Return the exponentials of scores as `index.people.weights.fields` gives them."""
    if max(scores, default=0) > HIGHEST:
        scores = [min(score, HIGHEST) for score in scores]
    return [exp((score - HALF) / SCALE) for score in scores]


class Sums:
    """The sums of the weights of features.

    What is known of a token: what it adds to the sum of itself, of the token that stands two
    behind it, of the next one, of the one before it, of the one two before it (as `AROUND` orders
    them); its kind; its word; by the word right before it and right behind it, what the pair adds.

    Args:
        weights: Packed weights of each feature.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights = weights
        self.pairs_before = _pairs(weights, second_is_own=True)
        self.pairs_behind = _pairs(weights, second_is_own=False)
        self.known = Kept(self._known)
        self.kinds = Kept(self._of_kind)
        self.triples = self._by(lambda kinds: triple_features(*kinds))
        self.frames = self._by(lambda own: frame_features(*own[:2], lower=own[2]))
        self.evidence = self._by(evidence_features)

    def of(self, tokens: Sequence[Token], places: Sequence[str], lower: set[str]) -> list[int]:
        """Return the sums of tokens of a document, without evidence.

        Args:
            tokens: Those asked for, among those near them.
            places: Where each stands in its segment, see `index.people.features.place`; empty:
                it is not asked for.
            lower: The words that the document has in small letters.
        """
        known = [*map(self.known.__getitem__, tokens)]
        triples, frames = self.triples, self.frames
        # What is known is taken apart by place: names take longer.
        return [
            own[0]
            + two_before[1]
            + before[2]
            + behind[3]
            + two_behind[4]
            + own[7].get(before[6], 0)
            + own[8].get(behind[6], 0)
            + triples[before[5], own[5], behind[5]]
            + frames[place, own[5], own[6] in lower]
            for two_before, before, own, behind, two_behind, place in zip(
                known, known[1:], known[2:], known[3:], known[4:], places[2:], strict=False
            )
            if place
        ]

    def _known(self, token: Token) -> Known:
        key, kind = token.key, token.kind
        features = near_word_features(key)
        if token.joins or not token.lower:  # all others are in no segment
            features += part_features(key)
        # Of most words the weights say nothing at most places: one number of the kind serves all.
        of_word, of_kind = apart(self._sum(features)), self.kinds[kind]
        own, two_before, before, behind, two_behind = [
            other if number == MIDDLE else number - MIDDLE + other
            for number, other in zip(of_word, of_kind, strict=True)
        ]
        pairs = self.pairs_before.get(key, NO_PAIRS), self.pairs_behind.get(key, NO_PAIRS)
        return MIDDLE + own, two_before, before, behind, two_behind, kind, key, *pairs

    def _of_kind(self, kind: str) -> tuple[int, ...]:
        return tuple([own - MIDDLE for own in apart(self._sum(kind_features(kind)))])

    def _sum(self, features: Iterable[str]) -> int:
        return sum(map(self.weights.get, features, repeat(0)))

    def _by(self, features: Callable[..., Iterable[str]]) -> Kept[Any, int]:
        return Kept(lambda key: self._sum(features(key)))


def _pairs(weights: Mapping[str, int], *, second_is_own: bool) -> dict[str, dict[str, int]]:
    """Return the weights of pairs of words by the one in question, then by the other."""
    pairs: dict[str, dict[str, int]] = {}
    for text, weight in weights.items():
        if text[0] == PAIR_MARKS[second_is_own]:
            first, second = words_of_pair(text)
            own, other = (second, first) if second_is_own else (first, second)
            pairs.setdefault(own, {})[other] = weight
    return pairs
