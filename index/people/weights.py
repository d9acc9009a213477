"""The weights of the model as a file.

    line 1      JSON: format, scale, number of rows, transitions of either stage, licence,
                attribution
    the rest    zlib: the number of bytes of the features (8 bytes, little endian), the features
                in UTF-8 parted by line feeds, then their weights in 64-bit integers, little
                endian: rows of five for the first, as many as line 1 says, one for each other

A feature has four weights: of labels 1 and 2 in the first stage and in the second, less the
weight of label 0, times the scale; `pack` puts them into one number. What a token says of its
neighbours as well as of itself has such a number for each place that it may stand at, a row, so
that one look-up gives all. The texts of the features are those that `index.people.features`
makes, without the place.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from struct import Struct

from index.people.decoder import Transitions
from index.people.features import NEAR, standing

__all__ = [
    "AROUND",
    "FIELDS",
    "HALF",
    "MIDDLE",
    "SCALE",
    "Weights",
    "apart",
    "fields",
    "pack",
    "read_weights",
    "rows_of",
    "write_weights",
]

FORMAT = 3
FIELDS = 4  # scores: labels 1 and 2 of stage 1, labels 1 and 2 of stage 2
BITS = 16  # of a sum of scores
SCALE = 256  # so that no sum of the weights of one token reaches the 128 that there is room for
HALF = 1 << (BITS - 1)
AROUND = (0, *NEAR)  # where a token stands by the one in question: the order of a row
NUMBER_BITS = FIELDS * BITS
ROW = Struct(f"<{len(AROUND)}Q")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of both stages.

    Attributes:
        features: For each feature its four weights in one number, see `pack`, or a row of
            numbers as one: those of several features are added as numbers, and all sums are right.
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
MIDDLES = sum(MIDDLE << (NUMBER_BITS * at) for at in range(len(AROUND)))


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


def apart(row: int) -> tuple[int, int, int, int, int]:
    """Return the numbers of a row, or of a sum of rows, as `AROUND` orders them, each and `MIDDLE`.

    Example:
        >>> rows = rows_of({"wlund": [3.0, 0.0, 0.0, -1.0], "-1wlund": [0.0, -2.0, 0.0, 0.0]})
        >>> [number - MIDDLE == 0 for number in apart(rows["wlund"])]
        [False, True, False, True, True]
    """
    return ROW.unpack((row + MIDDLES).to_bytes(ROW.size, "little"))


def rows_of(table: Mapping[str, Sequence[float]]) -> dict[str, int]:
    """Return the numbers and rows of features by their texts, without where a token stands.

    Args:
        table: Four scores of each feature.
    """
    rows: dict[str, int] = {}
    for feature, scores in table.items():
        at, text = standing(feature)
        number = pack([round(score * SCALE) for score in scores])
        rows[text] = rows.get(text, 0) + (number << (NUMBER_BITS * AROUND.index(at)))
    return rows


def read_weights(content: bytes) -> Weights:
    """Return the weights that a file holds."""
    header, _, packed = content.partition(b"\n")
    about = json.loads(header)
    raw = zlib.decompress(packed)
    start = 8 + int.from_bytes(raw[:8], "little")
    end = start + about["rows"] * ROW.size
    rows = [
        int.from_bytes(raw[at : at + ROW.size], "little", signed=True)
        for at in range(start, end, ROW.size)
    ]
    numbers = array("q", raw[end:])
    if sys.byteorder == "big":
        numbers.byteswap()
    first, second = (Transitions(*scores) for scores in about["transitions"])
    features = raw[8:start].decode().split("\n")
    return Weights(dict(zip(features, [*rows, *numbers], strict=True)), (first, second))


def write_weights(
    table: Mapping[str, Sequence[float]],
    transitions: tuple[Transitions, Transitions],
    about: Mapping[str, str],
) -> bytes:
    """Return the file of weights of features, each with four scores as `pack` orders them."""
    weights = rows_of(table)
    near = {text for at, text in map(standing, table) if at}
    texts = [*sorted(near), *sorted(weights.keys() - near)]
    sizes = [ROW.size] * len(near) + [NUMBER_BITS // 8] * (len(texts) - len(near))
    header = {
        "format": FORMAT,
        "scale": SCALE,
        "rows": len(near),
        "transitions": [[round(score, 4) for score in astuple(own)] for own in transitions],
        **about,
    }
    blob = "\n".join(texts).encode()
    numbers = (
        weights[text].to_bytes(size, "little", signed=True)
        for text, size in zip(texts, sizes, strict=True)
    )
    raw = len(blob).to_bytes(8, "little") + blob + b"".join(numbers)
    return json.dumps(header).encode() + b"\n" + zlib.compress(raw, 9)
