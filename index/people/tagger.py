"""The two stages of the model on the lines of a document: which tokens are names, how surely.

Strategy: the score of a label is a sum of weights over features that depend on a token, on two
neighbours, on three kinds. Texts repeat them, so each such sum is made once and kept
(`index.people.sums`). A document is read column by column: what all its tokens before a token in
question say, what all those behind say, and so on, are looked up in one go each. Stage 1 reads
each segment by itself; stage 2 knows besides what stage 1 made of the rest of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from math import exp
from operator import add
from typing import NamedTuple

from index.people.decoder import (
    BEGIN,
    INSIDE,
    OUTSIDE,
    Transitions,
    best_labels,
    least_scores,
    likelihoods,
)
from index.people.evidence import document_evidence, roles_alone, roles_of
from index.people.features import EvidenceValues, place
from index.people.segments import PADDING, QUOTES, Line, Segment, lower_words
from index.people.sums import Sums, exponentials
from index.people.tokens import Token
from index.people.weights import HALF, SCALE, Weights, fields, read_weights

__all__ = ["Found", "Reading", "Tagger", "shipped_tagger"]


NO_PLACE = [""] * PADDING


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
    evidence: Sequence[EvidenceValues]


class Tagger:
    """Finds names in documents.

    Args:
        weights: Of both stages.
    """

    def __init__(self, weights: Weights) -> None:
        self.sums = Sums(weights.features)
        first, self.second = weights.transitions
        self.first = Transitions(*map(exp, astuple(first)))
        self.least_begin, self.least_inside = (
            least * SCALE + HALF for least in least_scores(self.second)
        )

    def find(self, lines: Sequence[Line]) -> Iterator[Found]:
        """Yield the names of a document in reading order."""
        reading = self.read(lines)
        evidence = map(self.sums.evidence.__getitem__, reading.evidence)
        _, _, begin, inside = fields([*map(add, reading.sums, evidence)])
        at = 0
        for number, (start, stop) in reading.segments:
            first, at = at, at + stop - start
            if stop - start == 1:
                labels, margin = [BEGIN], (begin[first] - HALF) / SCALE
            else:
                labels, margin = self._labels(begin[first:at], inside[first:at])
            if margin > 0.0:
                confidence = 1.0 / (1.0 + exp(-margin))
                whole = _with_nicknames(labels, lines[number].tokens[start:stop])
                for left, right in _spans(whole):
                    yield Found(number, start + left, start + right, confidence)

    def _labels(self, begin: Sequence[int], inside: Sequence[int]) -> tuple[list[int], float]:
        """Return the best labels of a segment, and by how much they are better than no name."""
        if max(begin) < self.least_begin and max(inside) < self.least_inside:
            return [], 0.0  # as most segments
        return best_labels(
            [(score - HALF) / SCALE for score in begin],
            [(score - HALF) / SCALE for score in inside],
            self.second,
        )

    def read(self, lines: Sequence[Line]) -> Reading:
        """Return what the first stage says of a document."""
        segments = [
            (number, segment) for number, line in enumerate(lines) for segment in line.segments
        ]
        sums, keys = self._sums(lines)
        begin, inside, _, _ = fields(sums)
        odds_begin, odds_inside = exponentials(begin), exponentials(inside)
        likely = [odds / (1.0 + odds) for odds in odds_begin]  # as if each stood alone
        roles = roles_alone(likely)
        at = 0
        for _, (start, stop) in segments:
            first, at = at, at + stop - start
            if stop - start > 1:
                several = likelihoods(odds_begin[first:at], odds_inside[first:at], self.first)
                likely[first:at] = several
                roles[first:at] = roles_of(several)
        return Reading(segments, sums, likely, document_evidence(keys, likely, roles))

    def _sums(self, lines: Sequence[Line]) -> tuple[list[int], list[str]]:
        """Return the sums of weights of all tokens in segments, without evidence; their words."""
        own: list[Token] = []
        around: list[Token] = []
        places: list[str] = []
        for line in lines:
            tokens = line.tokens
            for start, end in line.segments:
                own += tokens[start:end]
                around += tokens[start - PADDING : end + PADDING]
                places += _places(line.kind, end - start)
        return self.sums.of(around, places, lower_words(lines)), [token.key for token in own]


@cache
def _places(kind: str, size: int) -> list[str]:
    """Return for each token of a segment and those around it, where it stands, see `Sums.of`."""
    own = [place(kind, at, size - 1 - at) for at in range(size)]
    return [*NO_PLACE, *own, *NO_PLACE]


def _with_nicknames(labels: Sequence[int], tokens: Sequence[Token]) -> Sequence[int]:
    """Return the labels of a segment so that no name ends at or in a nickname: `Edna "Bo" Lund`."""
    marks = [at for at, token in enumerate(tokens) if token.key in QUOTES]
    if not marks:
        return labels
    whole = [*labels]
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        goes_on = whole[closing + 1] != OUTSIDE
        if whole[closing + 1] == INSIDE and whole[opening - 1] == OUTSIDE:
            whole[opening - 1] = BEGIN  # not in the nickname
        if whole[opening - 1] != OUTSIDE:
            behind = closing + 1 + goes_on
            whole[opening:behind] = [INSIDE if goes_on else OUTSIDE] * (behind - opening)
    return whole


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
