"""The parts of BM25F that do not depend on the query.

A posting's *part* is how often the term stands in the document, each occurrence counted by
the weight of the part of the text it stands in and the less, the longer that is:

    part = sum over parts p of  weight_p * occurrences_p / norm_p
    norm_p = 1 - b + b * length_p / average_p

A score is idf * (k1 + 1) * part / (k1 + part): one saturation over all parts.

Segments keep for each term and block the highest part under the constants below and the
averages of the segment. `bound_factor` turns that into a bound under any other constants.

Source:
    Robertson, Zaragoza, Taylor: "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Numbers

__all__ = ["PartWeights", "bound_factor", "part_table", "reference_weights"]

Floats = npt.NDArray[np.float64]
REFERENCE_B = 0.6
REFERENCE_TITLE_WEIGHT = 4.0


class PartWeights(NamedTuple):
    """What the parts of a field count for.

    Attributes:
        weights: Weight of an occurrence in each part.
        averages: Average length of each part, at least 1.
        b: How much longer texts are held back, 0 to 1.
    """

    weights: tuple[float, ...]
    averages: tuple[float, ...]
    b: float

    def per_occurrence(self, classes: Numbers) -> Floats:
        """Return what one occurrence adds: shape (classes, parts)."""
        # A text without words has no occurrences; with b = 1 its norm would be 0.
        lengths = np.maximum(classes, 1)
        norms = 1 - self.b + self.b * lengths / np.array(self.averages)
        result: Floats = np.array(self.weights) / norms
        return result


def reference_weights(averages: tuple[float, ...]) -> PartWeights:
    """Return the constants that maxima in a segment are kept under."""
    if len(averages) == 1:  # names: lengths do not count
        return PartWeights(weights=(1.0,), averages=(1.0,), b=0.0)
    return PartWeights(weights=(REFERENCE_TITLE_WEIGHT, 1.0), averages=averages, b=REFERENCE_B)


def part_table(weights: PartWeights, book: Numbers, classes: Numbers) -> Floats:
    """Return the part of each code: shape (len(book) * len(classes),), float64.

    Args:
        weights: The constants.
        book: Occurrences in each part; shape (codes of occurrences, parts).
        classes: Length of each part; shape (classes, parts).
    """
    each = weights.per_occurrence(classes)
    table = np.zeros((len(book), len(classes)))
    for part in range(book.shape[1]):  # in this order everywhere: sums must be the same bit by bit
        table += book[:, part, None] * each[None, :, part]
    return table.ravel()


def bound_factor(weights: PartWeights, reference: PartWeights, classes: Numbers) -> float:
    """Return by how much a part may exceed the part under the reference, at most.

    The ratio of sums of positive numbers is at most the largest ratio of two of them.
    """
    if not len(classes):
        return 1.0
    return float((weights.per_occurrence(classes) / reference.per_occurrence(classes)).max())
