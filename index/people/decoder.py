"""The linear-chain model on one segment: how likely each token is in a name, and the best labels.

Labels: 0 in no name, 1 begins a name, 2 goes on with it. Scores are logarithms, those of label 0
are 0; label 2 follows 1 or 2 only. The code is written out for three labels: it runs for every
segment of every article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "BEGIN",
    "INSIDE",
    "OUTSIDE",
    "Transitions",
    "best_labels",
    "least_scores",
    "likelihoods",
]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Transitions:
    """Scores of label pairs; from 0 to 2 there is no way."""

    outside_outside: float
    outside_begin: float
    begin_outside: float
    begin_begin: float
    begin_inside: float
    inside_outside: float
    inside_begin: float
    inside_inside: float


def likelihoods(
    begin: Sequence[float], inside: Sequence[float], weights: Transitions
) -> list[float]:
    """Return the probability of each token to be in a name (labels 1 and 2).

    Args:
        begin: Exponential of the score of label 1 for each token, less that of label 0.
        inside: The same of label 2.
        weights: Exponentials of the scores of label pairs.

    Source:
        Lafferty, McCallum and Pereira, "Conditional Random Fields", ICML 2001 (forward-backward).
    """
    oo, ob = weights.outside_outside, weights.outside_begin
    bo, bb, bi = weights.begin_outside, weights.begin_begin, weights.begin_inside
    io, ib, ii = weights.inside_outside, weights.inside_begin, weights.inside_inside
    o, b, i = 1.0, begin[0], 0.0
    forward = [(o, b, i)]
    for at in range(1, len(begin)):
        o, b, i = (
            o * oo + b * bo + i * io,
            (o * ob + b * bb + i * ib) * begin[at],
            (b * bi + i * ii) * inside[at],
        )
        forward.append((o, b, i))
    total = o + b + i
    found = [(b + i) / total]
    o = b = i = 1.0
    for at in range(len(begin) - 2, -1, -1):
        b_next, i_next = b * begin[at + 1], i * inside[at + 1]
        o, b, i = (
            o * oo + b_next * ob,
            o * bo + b_next * bb + i_next * bi,
            o * io + b_next * ib + i_next * ii,
        )
        _, b_before, i_before = forward[at]
        found.append((b_before * b + i_before * i) / total)
    found.reverse()
    return found


def least_scores(weights: Transitions) -> tuple[float, float]:
    """Return what some token's label 1, or label 2, must score for a name to be better than none.

    Each pair of labels is counted at its second token, the way out of a name at its last one.
    """
    none = weights.outside_outside
    out = max(weights.begin_outside, weights.inside_outside, none) - none
    begin = max(weights.outside_begin, weights.begin_begin, weights.inside_begin, none) - none
    inside = max(weights.begin_inside, weights.inside_inside) - none
    return -begin - out, -inside - out


def best_labels(
    begin: Sequence[float], inside: Sequence[float], weights: Transitions
) -> tuple[list[int], float]:
    """Return the best labels of a segment, and by how much they are better than no name.

    Args:
        begin: Score of label 1 for each token, less that of label 0.
        inside: The same of label 2.
        weights: Scores of label pairs.

    Source:
        Viterbi, "Error bounds for convolutional codes", IEEE Trans. IT 13 (1967).
    """
    o, b, i = 0.0, begin[0], -1e9
    steps: list[tuple[int, int, int]] = []
    for at in range(1, len(begin)):
        oo, bo, io = (
            o + weights.outside_outside,
            b + weights.begin_outside,
            i + weights.inside_outside,
        )
        ob, bb, ib = o + weights.outside_begin, b + weights.begin_begin, i + weights.inside_begin
        bi, ii = b + weights.begin_inside, i + weights.inside_inside
        to_o = 0 if oo >= bo and oo >= io else 1 if bo >= io else 2
        to_b = 0 if ob >= bb and ob >= ib else 1 if bb >= ib else 2
        to_i = 1 if bi >= ii else 2
        steps.append((to_o, to_b, to_i))
        o = (oo, bo, io)[to_o]
        b = (ob, bb, ib)[to_b] + begin[at]
        i = (bi if to_i == 1 else ii) + inside[at]
    label = 0 if o >= b and o >= i else 1 if b >= i else 2
    margin = max(o, b, i) - (len(begin) - 1) * weights.outside_outside
    labels = [label]
    for step in reversed(steps):
        label = step[label]
        labels.append(label)
    labels.reverse()
    return labels, margin
