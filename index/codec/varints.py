"""Positions as bytes: differences in variable-length integers.

A number takes seven bits of each byte, the lowest first; the highest bit says that more
bytes follow (LEB128, as in DWARF and Protocol Buffers). Most differences of positions in
a news text take one byte.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Bytes, Integers, Numbers, starts_of

__all__ = ["decode", "encode"]

MORE = 0x80
MAX_BYTES = 5  # of 32 bits


def encode(values: Numbers) -> tuple[Bytes, npt.NDArray[np.uint8]]:
    """Return numbers as bytes, and how many bytes each takes, both uint8."""
    sizes = np.ones(len(values), dtype=np.uint8)
    packed = values.astype(np.uint8)
    longer = np.flatnonzero(values >= MORE)
    if not len(longer):
        return packed, sizes
    packed[longer] |= MORE
    rest = values[longer] >> np.uint32(7)
    more = np.ones(len(rest), dtype=np.uint8)
    for step in range(1, MAX_BYTES - 1):
        more += rest >= 1 << (7 * step)
    sizes[longer] += more
    # Where the further bytes of each long number go; all others keep their order.
    starts = longer + starts_of(more) + 1
    is_first = np.ones(len(values) + int(more.sum(dtype=np.int64)), dtype=np.bool_)
    spread = np.empty(len(is_first), dtype=np.uint8)
    for byte in range(MAX_BYTES - 1):
        having = np.flatnonzero(more > byte)
        bits = (rest[having] >> np.uint32(7 * byte) & (MORE - 1)).astype(np.uint8)
        bits[more[having] > byte + 1] |= MORE
        is_first[starts[having] + byte] = False
        spread[starts[having] + byte] = bits
    spread[is_first] = packed
    return spread, sizes


def decode(packed: Bytes) -> Numbers:
    """Return the numbers that bytes hold; bytes that break off in one give no number for it."""
    is_last = packed < MORE
    if is_last.all():
        return packed.astype(np.uint32)
    ends: Integers = np.flatnonzero(is_last)
    starts = np.empty_like(ends)
    starts[:1] = 0
    starts[1:] = ends[:-1] + 1
    values = (packed[starts] & (MORE - 1)).astype(np.uint32)
    for byte in range(1, MAX_BYTES):
        having = np.flatnonzero(ends - starts >= byte)
        if not len(having):
            break
        low = packed[starts[having] + byte] & (MORE - 1)
        values[having] |= low.astype(np.uint32) << np.uint32(7 * byte)
    return values
