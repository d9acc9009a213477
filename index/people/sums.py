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
    evidence_features,
    frame_features,
    kind_features,
    near_word_features,
    part_features,
    triple_features,
)
from index.people.tokens import Token
from index.people.weights import HALF, MIDDLE, SCALE, apart

__all__ = ["Exponentials", "Sums"]

MAX_KEPT = 200_000  # sums of a kind: about 30 MB
HIGHEST = 30.0  # of a score, so that no product of twelve exponentials overflows
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


class Exponentials(Kept[int, float]):
    """The exponentials of scores as `index.people.weights.fields` gives them."""

    def __init__(self) -> None:
        super().__init__(lambda score: exp(min((score - HALF) / SCALE, HIGHEST)))


class Sums:
    """The sums of the weights of features.

    What is known of a token: what it adds to the sum of itself, of the token that stands two
    behind it, of the next one, of the one before it, of the one two before it (as `AROUND` orders
    them); its kind; its word.

    Args:
        weights: Packed weights of each feature.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights = weights
        self.known = Kept(self._known)
        self.kinds = Kept(self._of_kind)
        self.triples = self._by(lambda kinds: triple_features(*kinds))
        self.frames = self._by(lambda own: frame_features(*own[:2], lower=own[2]))
        self.evidence = self._by(evidence_features)

    def of(
        self, columns: Sequence[Sequence[Token]], places: Iterable[str], lower: Iterable[bool]
    ) -> list[int]:
        """Return the sum of each token of a document, without evidence.

        Args:
            columns: For each token itself, then the tokens `NEAR` it.
            places: Where each stands in its segment, see `index.people.features.place`.
            lower: Whether the document has its word in small letters.
        """
        known = ([*map(self.known.__getitem__, column)] for column in columns)
        weight, triples, frames = self.weights.get, self.triples, self.frames
        # Pairs of words hardly repeat. What is known is taken apart by place: names take longer.
        return [
            MIDDLE
            + own[0]
            + two_before[1]
            + before[2]
            + behind[3]
            + two_behind[4]
            + weight(f"<{before[6]}|{own[6]}", 0)
            + weight(f">{own[6]}|{behind[6]}", 0)
            + triples[before[5], own[5], behind[5]]
            + frames[place, own[5], is_lower]
            for own, two_before, before, behind, two_behind, place, is_lower in zip(
                *known, places, lower, strict=True
            )
        ]

    def _known(self, token: Token) -> tuple[int, int, int, int, int, str, str]:
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
        return own, two_before, before, behind, two_behind, kind, key

    def _of_kind(self, kind: str) -> tuple[int, ...]:
        return tuple([own - MIDDLE for own in apart(self._sum(kind_features(kind)))])

    def _sum(self, features: Iterable[str]) -> int:
        return sum(map(self.weights.get, features, repeat(0)))

    def _by(self, features: Callable[..., Iterable[str]]) -> Kept[Any, int]:
        return Kept(lambda key: self._sum(features(key)))
