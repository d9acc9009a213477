"""The two stages of the model on the lines of a document: which tokens are names, how surely.

Strategy: the score of a label is a sum of weights over features that depend on a token, on two
neighbours, on three kinds. Texts repeat them, so each such sum is made once and kept: the sums of
both stages and both labels lie in one number (`index.people.weights`), and a token costs about ten
look-ups. Stage 1 reads each segment by itself; stage 2 knows besides what stage 1 made of the
rest of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, NamedTuple

from index.people.decoder import BEGIN, INSIDE, Transitions, best_labels, likelihoods
from index.people.evidence import document_evidence, roles_of
from index.people.features import (
    MAX_PLACE,
    Evidence,
    Frame,
    evidence_features,
    frame_features,
    neighbour_features,
    own_features,
    pair_feature,
    triple_features,
)
from index.people.segments import Line, Segment, lower_words
from index.people.tokens import Token
from index.people.weights import BITS, FIELDS, SCALE, Weights, pack, read_weights

__all__ = ["Found", "Reading", "Tagger", "shipped_tagger"]

MAX_KEPT = 200_000  # sums of a kind: about 30 MB
MASK = (1 << BITS) - 1
HALF = 1 << (BITS - 1)
MIDDLE = pack([HALF] * FIELDS)  # makes all sums positive, so that they can be cut out


class Found(NamedTuple):
    """A name that was found in a line: half-open range of its tokens.

    Attributes:
        line: Number of the line.
        start: Its first token.
        end: One past its last.
        confidence: Probability of it against no name in its segment.
    """

    line: int
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the first stage says of a document.

    Attributes:
        segments: Its segments, each with the number of its line.
        sums: The packed sums of weights of all their tokens in a row, without evidence.
        likely: How likely each of these tokens is in a name, for the first stage.
        evidence: What the document says of their words.
    """

    segments: Sequence[tuple[int, Segment]]
    sums: Sequence[int]
    likely: Sequence[float]
    evidence: Sequence[Evidence]


class _Sums(dict[Any, int]):
    """Sums of weights, each made when first asked for."""

    def __init__(self, weights: Weights, features: Callable[..., list[str]]) -> None:
        super().__init__()
        self.weights = weights.features
        self.kinds = _Kinds()
        self.features = features

    def __missing__(self, key: Any) -> int:
        if len(self) >= MAX_KEPT:
            self.clear()
        weight = self.weights.get
        total = self[key] = sum(weight(text, 0) for text in self.features(key))
        return total


class _Kinds(dict[Token, str]):
    """The kinds of tokens."""

    def __missing__(self, token: Token) -> str:
        if len(self) >= MAX_KEPT:
            self.clear()
        kind = self[token] = token.kind
        return kind


class Tagger:
    """Finds names in documents.

    Args:
        weights: Of both stages.
    """

    def __init__(self, weights: Weights) -> None:
        self.own = _Sums(weights, own_features)
        self.before2, self.before, self.behind, self.behind2 = (
            _Sums(weights, lambda token, offset=offset: neighbour_features(token, offset))
            for offset in (-2, -1, 1, 2)
        )
        self.weights = weights.features
        self.kinds = _Kinds()
        self.triples = _Sums(weights, lambda kinds: triple_features(*kinds))
        self.frames = _Sums(weights, lambda frame: frame_features(Frame(*frame)))
        self.evidence = _Sums(weights, evidence_features)
        first, self.second = weights.transitions
        self.first = Transitions(*map(exp, astuple(first)))

    def find(self, lines: Sequence[Line]) -> Iterator[Found]:
        """Yield the names of a document in reading order."""
        reading = self.read(lines)
        evidence = self.evidence
        full = [
            own + evidence[item] for own, item in zip(reading.sums, reading.evidence, strict=True)
        ]
        begin, inside = _scores(full, 2), _scores(full, 3)
        at = 0
        for number, segment in reading.segments:
            end = at + segment.end - segment.start
            labels, margin = best_labels(begin[at:end], inside[at:end], self.second)
            at = end
            if margin > 0.0:
                confidence = 1.0 / (1.0 + exp(-margin))
                for first, last in _spans(labels):
                    yield Found(number, segment.start + first, segment.start + last, confidence)

    def read(self, lines: Sequence[Line]) -> Reading:
        """Return what the first stage says of a document."""
        lower = lower_words(lines)
        segments = [
            (number, segment) for number, line in enumerate(lines) for segment in line.segments
        ]
        sums: list[int] = []
        keys: list[str] = []
        for number, segment in segments:
            line = lines[number]
            sums += self._sums(line, segment, lower)
            keys += [token.key for token in line.tokens[segment.start : segment.end]]
        begin, inside = _scores(sums, 0), _scores(sums, 1)
        likely: list[float] = []
        roles: list[int] = []
        at = 0
        for _, segment in segments:
            end = at + segment.end - segment.start
            own = likelihoods(begin[at:end], inside[at:end], self.first)
            likely += own
            roles += roles_of(own)
            at = end
        return Reading(segments, sums, likely, document_evidence(keys, likely, roles))

    def _sums(self, line: Line, segment: Segment, lower: frozenset[str]) -> list[int]:
        """Return the sums of weights of each token of a segment, without evidence."""
        tokens, first, last = line.tokens, segment.start, segment.end - 1
        weight, kinds = self.weights.get, self.kinds  # pairs of words hardly repeat
        sums = []
        for at in range(first, last + 1):
            two_before, before, token, behind, two_behind = tokens[at - 2 : at + 3]
            kind, left, right = kinds[token], at - first, last - at
            frame = (
                line.kind,
                min(MAX_PLACE, left),
                min(MAX_PLACE, right),
                token.key in lower,
                kind,
            )
            sums.append(
                MIDDLE
                + self.own[token]
                + self.before2[two_before]
                + self.before[before]
                + self.behind[behind]
                + self.behind2[two_behind]
                + weight(pair_feature(before, token, second_is_own=True), 0)
                + weight(pair_feature(token, behind, second_is_own=False), 0)
                + self.triples[kinds[before], kind, kinds[behind]]
                + self.frames[frame]
            )
        return sums


def _scores(sums: Sequence[int], field: int) -> list[float]:
    """Return one of the four scores of each sum."""
    shift = BITS * field
    return [((own >> shift & MASK) - HALF) / SCALE for own in sums]


def _spans(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = -1
    for at, label in enumerate(labels):
        if label != INSIDE and start >= 0:
            yield start, at
            start = -1
        if label == BEGIN:
            start = at
    if start >= 0:
        yield start, len(labels)


@cache
def shipped_tagger() -> Tagger:
    """Return the tagger with the weights of this package, read at the first call."""
    return Tagger(read_weights(files("index.people").joinpath("weights.bin").read_bytes()))
