"""The weights of the model as a file.

    line 1      JSON: format, scale, transitions of either stage, licence, attribution
    the rest    zlib: the number of bytes of the features (8 bytes, little endian), the features
                in UTF-8 parted by line feeds, then a row of 64-bit integers, little endian: for
                each feature its weights as `pack` puts them into one number

A feature has four weights: of labels 1 and 2 in the first stage and in the second, less the
weight of label 0, times the scale. The texts of the features are those that
`index.people.features` makes.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from index.people.decoder import Transitions

__all__ = [
    "FIELDS",
    "HALF",
    "MIDDLE",
    "SCALE",
    "Weights",
    "fields",
    "pack",
    "read_weights",
    "write_weights",
]

FORMAT = 2
FIELDS = 4  # scores: labels 1 and 2 of stage 1, labels 1 and 2 of stage 2
BITS = 16  # of a sum of scores
SCALE = 256  # so that no sum of the weights of one token reaches the 128 that there is room for
HALF = 1 << (BITS - 1)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of both stages.

    Attributes:
        features: For each feature its four weights in one number, see `pack`: numbers of several
            features are added as numbers, and all four sums are right.
        transitions: Of either stage.
    """

    features: Mapping[str, int]
    transitions: tuple[Transitions, Transitions]


def pack(scores: Sequence[int]) -> int:
    """Return four scores as one number, `BITS` for each; they may be below 0.

    Example:
        >>> pack([1, 0, 0, 0]) + pack([1, -1, 0, 0]) == pack([2, -1, 0, 0])
        True
    """
    return sum(score << (BITS * at) for at, score in enumerate(scores))


MIDDLE = pack([HALF] * FIELDS)  # makes all sums positive, so that they can be cut out


def fields(sums: Sequence[int]) -> tuple[list[int], ...]:
    """Return the four scores in each sum, `HALF` added to each: four lists.

    Args:
        sums: Sums of packed scores and `MIDDLE`.

    Example:
        >>> [own[0] - HALF for own in fields([MIDDLE + pack([2, -1, 0, 7])])]
        [2, -1, 0, 7]
    """
    numbers = memoryview(array("Q", sums)).cast("B").cast("H")
    order = range(FIELDS) if sys.byteorder == "little" else reversed(range(FIELDS))
    return tuple(numbers[at::FIELDS].tolist() for at in order)


def read_weights(content: bytes) -> Weights:
    """Return the weights that a file holds."""
    header, _, packed = content.partition(b"\n")
    about = json.loads(header)
    raw = zlib.decompress(packed)
    size = int.from_bytes(raw[:8], "little")
    features = raw[8 : 8 + size].decode().split("\n")
    numbers = array("q", raw[8 + size :])
    if sys.byteorder == "big":
        numbers.byteswap()
    first, second = (Transitions(*scores) for scores in about["transitions"])
    return Weights(dict(zip(features, numbers, strict=True)), (first, second))


def write_weights(
    features: Mapping[str, Sequence[float]],
    transitions: tuple[Transitions, Transitions],
    about: Mapping[str, str],
) -> bytes:
    """Return the file of weights: four for each feature, as `pack` orders them."""
    texts = sorted(features)
    blob = "\n".join(texts).encode()
    numbers = array(
        "q", (pack([round(score * SCALE) for score in features[text]]) for text in texts)
    )
    if sys.byteorder == "big":
        numbers.byteswap()
    header = {
        "format": FORMAT,
        "scale": SCALE,
        "transitions": [[round(score, 4) for score in astuple(own)] for own in transitions],
        **about,
    }
    raw = len(blob).to_bytes(8, "little") + blob + numbers.tobytes()
    return json.dumps(header).encode() + b"\n" + zlib.compress(raw, 9)
