"""Sums of weights, each made when first asked for, and kept.

Strategy: what a token adds to a sum depends on its word and on its kind; there are few kinds, so
that a new word takes few look-ups. A sum holds the scores of both stages and both labels in one
number (`index.people.weights`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import repeat
from math import exp
from typing import Any, NamedTuple, TypeVar

from index.people.features import (
    evidence_features,
    frame_features,
    kind_features,
    near_kind_features,
    near_word_features,
    triple_features,
    word_features,
)
from index.people.tokens import Token
from index.people.weights import HALF, MIDDLE, SCALE

__all__ = ["Exponentials", "Sums"]

MAX_KEPT = 200_000  # sums of a kind: about 30 MB
HIGHEST = 30.0  # of a score, so that no product of twelve exponentials overflows
AROUND = (-2, -1, 0, 1, 2)  # the places of a token by those in question
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


class Known(NamedTuple):
    """What is known of a token.

    Attributes:
        two_before: What it adds to the sum of the token that stands two behind it.
        before: The same for the next token.
        own: The same for itself.
        behind: The same for the one before it.
        two_behind: The same for the one that stands two before it.
        kind: Its kind.
        key: Its word.
    """

    two_before: int
    before: int
    own: int
    behind: int
    two_behind: int
    kind: str
    key: str


class Sums:
    """The sums of the weights of features.

    Args:
        weights: Packed weights of each feature.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights = weights
        self.known = Kept[Token, Known](self._known)
        self.kinds = Kept[str, tuple[int, ...]](self._of_kind)
        self.triples = self._by(lambda kinds: triple_features(*kinds))
        self.frames = self._by(lambda own: frame_features(*own[:2], lower=own[2]))
        self.evidence = self._by(evidence_features)

    def of(
        self, columns: Sequence[Sequence[Token]], places: Iterable[str], lower: Iterable[bool]
    ) -> list[int]:
        """Return the sum of each token of a document, without evidence.

        Args:
            columns: For each token the one two before it, the one before it, the token itself,
                the one behind it and the one two behind it.
            places: Where each stands in its segment, see `index.people.features.place`.
            lower: Whether the document has its word in small letters.
        """
        known = ([*map(self.known.__getitem__, column)] for column in columns)
        weight, triples, frames = self.weights.get, self.triples, self.frames
        # Pairs of words hardly repeat. What is known is taken apart by place: names take longer.
        return [
            MIDDLE
            + two_before[0]
            + before[1]
            + own[2]
            + behind[3]
            + two_behind[4]
            + weight(f"<{before[6]}|{own[6]}", 0)
            + weight(f">{own[6]}|{behind[6]}", 0)
            + triples[before[5], own[5], behind[5]]
            + frames[place, own[5], is_lower]
            for two_before, before, own, behind, two_behind, place, is_lower in zip(
                *known, places, lower, strict=True
            )
        ]

    def _known(self, token: Token) -> Known:
        key, of_kind = token.key, self.kinds[token.kind]
        two_before, before, own, behind, two_behind = (
            of_kind[at] + (self._sum(near_word_features(key, offset)) if offset else 0)
            for at, offset in enumerate(AROUND)
        )
        if token.joins or not token.lower:  # all others are in no segment
            own += self._sum(word_features(key))
        return Known(two_before, before, own, behind, two_behind, token.kind, key)

    def _of_kind(self, kind: str) -> tuple[int, ...]:
        return tuple(
            self._sum(near_kind_features(kind, offset) if offset else kind_features(kind))
            for offset in AROUND
        )

    def _sum(self, features: Iterable[str]) -> int:
        return sum(map(self.weights.get, features, repeat(0)))

    def _by(self, features: Callable[..., Iterable[str]]) -> Kept[Any, int]:
        return Kept(lambda key: self._sum(features(key)))
