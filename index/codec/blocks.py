"""Numbers in blocks: each block as narrow as its largest value allows.

Strategy: postings are cut into blocks of 128. What each posting has is kept in one of two
ways, both decoded for many blocks at once, without a loop over them:

    packed    every value, in 0, 1, 2 or 4 bytes, one width for a block (0: all are zero)
    sparse    only the values that are not zero: their places in the block, then the values

A block's width (and for sparse ones its count) stands in arrays of its own, so a run of
blocks needs only the byte where the run begins. Bytes are little endian.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = [
    "BLOCK",
    "AnyIntegers",
    "Bytes",
    "Numbers",
    "block_lengths",
    "changes",
    "narrowed",
    "owners_of",
    "pack",
    "pack_sparse",
    "ranges",
    "starts_of",
    "unpack",
    "unpack_sparse",
]

BLOCK = 128

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]

WIDTHS = (1, 2, 4)
UNSIGNED: dict[int, np.dtype[np.unsignedinteger]] = {
    1: np.dtype("<u1"),
    2: np.dtype("<u2"),
    4: np.dtype("<u4"),
    8: np.dtype("<u8"),
}

AnyIntegers = npt.NDArray[np.integer]


def narrowed(values: AnyIntegers) -> npt.NDArray[np.unsignedinteger]:
    """Return unsigned integers in the narrowest type that holds them all."""
    top = int(values.max(initial=0))
    width = next(width for width in UNSIGNED if top < 1 << (8 * width))
    narrow: npt.NDArray[np.unsignedinteger] = values.astype(UNSIGNED[width], copy=False)
    return narrow


def starts_of(lengths: AnyIntegers) -> Integers:
    """Return where each of several runs in a row begins: shape (n,), int64."""
    return lengths.cumsum(dtype=np.int64) - lengths.astype(np.int64, copy=False)


def changes(values: AnyIntegers) -> npt.NDArray[np.bool_]:
    """Return which values differ from the one before; the first does."""
    changed = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def ranges(starts: Integers, lengths: AnyIntegers) -> Integers:
    """Return the numbers of several runs, one run after the other.

    Example:
        >>> ranges(np.array([7, 2]), np.array([2, 3])).tolist()
        [7, 8, 2, 3, 4]
    """
    begins = starts_of(lengths)
    total = int(begins[-1] + lengths[-1]) if len(begins) else 0
    numbers: Integers = (starts - begins).repeat(lengths) + np.arange(total)
    return numbers


def owners_of(places: Integers, lengths: AnyIntegers) -> npt.NDArray[np.int32]:
    """Return in which of several runs in a row some places lie: shape of places."""
    # Quicker than a binary search for each, as long as places are no small part of the runs.
    return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths).take(places)


def block_lengths(frequencies: AnyIntegers) -> tuple[Integers, Integers]:
    """Return how many blocks each posting list has, and how many postings each block.

    Args:
        frequencies: Postings of each list, at least 1; shape (lists,).

    Returns:
        Blocks, shape (lists,), and postings, shape (blocks of all lists,).
    """
    blocks = (frequencies.astype(np.int64) + BLOCK - 1) // BLOCK
    lengths = np.full(int(blocks.sum()), BLOCK, dtype=np.int64)
    lengths[np.cumsum(blocks) - 1] = frequencies - (blocks - 1) * BLOCK
    return blocks, lengths


def pack(values: Numbers, lengths: Integers) -> tuple[Bytes, Bytes]:
    """Return values as bytes, and the width of each block.

    Args:
        values: Shape (sum of lengths,).
        lengths: Values of each block; a block may be empty.
    """
    widths = np.zeros(len(lengths), dtype=np.uint8)
    filled = np.flatnonzero(lengths)
    if len(filled):
        tops = np.maximum.reduceat(values, starts_of(lengths)[filled])
        widths[filled] = np.select([tops == 0, tops < 1 << 8, tops < 1 << 16], [0, 1, 2], 4)
    packed = np.empty(int((widths * lengths).sum()), dtype=np.uint8)
    for width in WIDTHS:
        chosen = widths == width
        if chosen[filled].all():
            return values.astype(UNSIGNED[width]).view(np.uint8), widths
        if chosen.any():
            taken = values[np.repeat(chosen, lengths)].astype(UNSIGNED[width])
            packed[np.repeat(chosen, widths * lengths)] = taken.view(np.uint8)
    return packed, widths


def unpack(packed: Bytes, widths: Bytes, lengths: Integers) -> Numbers:
    """Return the values of a run of blocks: what `pack` was given."""
    first = int(widths[0]) if len(widths) else 0
    if len(widths) == 1 or (widths == first).all():
        if not first:
            return np.zeros(int(lengths.sum()), dtype=np.uint32)
        return packed.view(UNSIGNED[first]).astype(np.uint32)
    values = np.zeros(int(lengths.sum()), dtype=np.uint32)
    of_values, of_bytes = np.repeat(widths, lengths), np.repeat(widths, widths * lengths)
    for width in WIDTHS:
        chosen = of_values == width
        if chosen.any():
            values[chosen] = packed[of_bytes == width].view(UNSIGNED[width])
    return values


def pack_sparse(
    places: Integers, values: Numbers, lengths: Integers
) -> tuple[Bytes, npt.NDArray[np.uint16], Bytes]:
    """Return entries of postings as bytes, with the count and the width of each block.

    Args:
        places: Which postings have an entry, ascending; one may have several.
        values: The entries; shape of places.
        lengths: Postings of each block, at most `BLOCK`.
    """
    begins = starts_of(lengths)
    owners = owners_of(places, lengths)
    counts = np.bincount(owners, minlength=len(lengths)).astype(np.int64)
    packed, widths = pack(values, counts)
    sizes = np.stack([counts, counts * widths], axis=1).ravel()
    is_place = np.repeat(np.arange(len(sizes)) % 2 == 0, sizes)
    mixed = np.empty(len(is_place), dtype=np.uint8)
    mixed[is_place] = (places - begins.take(owners)).astype(np.uint8)
    mixed[~is_place] = packed
    return mixed, counts.astype(np.uint16), widths


def unpack_sparse(
    mixed: Bytes, counts: npt.NDArray[np.uint16], widths: Bytes, lengths: Integers
) -> tuple[Integers, Numbers]:
    """Return the entries of a run of blocks: places, counted from its first posting, and values."""
    entries = counts.astype(np.int64)
    if len(entries) == 1:
        count = int(entries[0])
        return mixed[:count].astype(np.int64), unpack(mixed[count:], widths, entries)
    sizes = np.stack([entries, entries * widths], axis=1).ravel()
    is_place = np.repeat(np.arange(len(sizes)) % 2 == 0, sizes)
    begins = np.repeat(starts_of(lengths), entries)
    return begins + mixed[is_place], unpack(mixed[~is_place], widths, entries)
