"""Lengths of texts in classes, so that few different ones are left to score.

Exact to 8 words, then four steps a doubling: 8, 10, 12, 14, 16, 20, 24, 28, 32 ... A text
counts as long as the shortest of its class. Lucene's `SmallFloat.intToByte4` rounds in
the same manner with eight steps a doubling.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["length_class"]

STEP_BITS = 2  # four steps a doubling


def length_class(lengths: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the length that each length counts as; same shape, uint32.

    Example:
        >>> length_class(np.array([0, 3, 8, 9, 11, 31, 1000], dtype=np.uint32)).tolist()
        [0, 3, 8, 8, 10, 28, 896]
    """
    _, bits = np.frexp(lengths.astype(np.float64))  # lengths < 2 ** bits
    dropped = np.maximum(bits - 1 - STEP_BITS, 0).astype(np.uint32)
    classes: npt.NDArray[np.uint32] = lengths >> dropped << dropped
    return classes
