"""The weights of the model as a file.

    line 1      JSON: format, scale, transitions of either stage, licence, attribution
    the rest    zlib: the number of bytes of the features (8 bytes, little endian), the features
                in UTF-8 parted by line feeds, then four rows of int16, little endian: for each
                feature the weights of labels 1 and 2 in the first stage and in the second, less
                the weight of label 0, times the scale.

The texts of the features are those that `index.people.features` makes.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from index.people.decoder import Transitions

__all__ = ["BITS", "FIELDS", "SCALE", "Weights", "pack", "read_weights", "write_weights"]

FORMAT = 1
SCALE = 256
FIELDS = 4  # scores: labels 1 and 2 of stage 1, labels 1 and 2 of stage 2
BITS = 20  # of a sum of scores: 60 weights of the largest size


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


def read_weights(content: bytes) -> Weights:
    """Return the weights that a file holds."""
    header, _, packed = content.partition(b"\n")
    about = json.loads(header)
    raw = zlib.decompress(packed)
    size = int.from_bytes(raw[:8], "little")
    features = raw[8 : 8 + size].decode().split("\n")
    numbers = array("h", raw[8 + size :])
    if sys.byteorder == "big":
        numbers.byteswap()
    rows = [numbers[at * len(features) : (at + 1) * len(features)] for at in range(FIELDS)]
    sums = [
        a + (b << BITS) + (c << 2 * BITS) + (d << 3 * BITS)
        for a, b, c, d in zip(*rows, strict=True)
    ]
    first, second = (Transitions(*scores) for scores in about["transitions"])
    return Weights(dict(zip(features, sums, strict=True)), (first, second))


def write_weights(
    features: Mapping[str, Sequence[float]],
    transitions: tuple[Transitions, Transitions],
    about: Mapping[str, str],
) -> bytes:
    """Return the file of weights: four for each feature, as `pack` orders them."""
    texts = sorted(features)
    blob = "\n".join(texts).encode()
    limit = 2**15 - 1
    numbers = array(
        "h",
        (
            max(-limit, min(limit, round(features[text][field] * SCALE)))
            for field in range(FIELDS)
            for text in texts
        ),
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
