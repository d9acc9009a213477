"""Text to fingerprints: what two copies of a text share even where one is cut or edited.

Strategy: take the letters and digits of a text as UTF-8, hash all runs of 16 bytes (grams),
and keep the hashes that are small. Which grams are kept depends on the grams alone, so that
two texts that share a passage share its fingerprints, wherever it stands. No words are cut,
so scripts without spaces need no rule of their own; spaces, signs, case and accents do not
count, since copies differ in them.

Rule 1: A hash below `SAMPLED_BELOW` is kept: one gram in 32.
Rule 2: A short text keeps its `LEAST` smallest hashes, so that a teaser can be compared too.
Rule 3: A long text keeps its `MOST` smallest. Two sketches are comparable below the smaller
    of their cutoffs: there both have every gram of their text.

Source:
    Manber, "Finding Similar Files in a Large File System", USENIX Winter 1994 (sampling by
    the value of the hash); Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.codec.blocks import changes
from index.identity import letters_of
from index.text import bare

__all__ = [
    "EVERYTHING",
    "Hashes",
    "Prints",
    "Sketch",
    "fine_sketch",
    "prints_of",
    "sketch",
    "sketch_of_letters",
]

Hashes = npt.NDArray[np.uint64]
Prints = npt.NDArray[np.uint32]

GRAM_BYTES = 16  # some three words of English; with runs of 5 words fewer edited copies were found
EVERYTHING = 2**64
SAMPLED_BELOW = EVERYTHING // 32
LEAST = 32
MOST = 512  # 16,000 letters at one in 32: longer texts are told apart well enough
FINE = 16_384  # grams of a text that is looked at closely
# What counts as the beginning of a text: some 25 words of English.
LEADING_BYTES = 128
AT_ONCE_BYTES = 1 << 16  # letters that are hashed at once: the arrays stay in the caches
# Fingerprints in an archive have 32 bits: of the 37 highest the lower ones. Those below
# `SAMPLED_BELOW`, whose highest five are zero, lose nothing that tells them apart.
PRINT_SHIFT = np.uint64(64 - 32 - 5)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sketch:
    """The fingerprints of a text.

    Attributes:
        hashes: Hashes of its grams below the cutoff, ascending, each once: shape (n,), uint64.
        cutoff: 1 to 2**64; every hash of the text below it is in `hashes`.
        leading: Those of them that are of its beginning, in no order: shape (m,), uint64.
        size: Bytes of its letters and digits.
    """

    hashes: Hashes
    cutoff: int
    leading: Hashes
    size: int


def sketch(text: str) -> Sketch:
    """Return the fingerprints of a text, at most `MOST` whatever its length."""
    return sketch_of_letters(letters_of(text))


def sketch_of_letters(letters: bytes) -> Sketch:
    """Return the fingerprints of a text from its letters (`index.identity.letters_of`)."""
    return _sketch(letters, SAMPLED_BELOW, MOST)


def fine_sketch(letters: bytes) -> Sketch:
    """Return the same with all grams of a text, of those beyond 16,000 letters so many.

    They take as much longer to compare, and no other's fingerprints are looked up by them.
    """
    share = max(len(letters) // FINE, 1)
    return _sketch(letters, (EVERYTHING - 1) // share, 2 * FINE)


def _sketch(letters: bytes, below: int, most: int) -> Sketch:
    if not letters.isascii():
        letters = bare(letters.decode("utf-8", "surrogatepass")).encode("utf-8", "surrogatepass")
    first = next(_hashed(letters), np.empty(0, dtype=np.uint64))
    hashes = _distinct([some[some < below] for some in _hashed(letters, first)])
    cutoff = below
    if len(hashes) < LEAST:
        hashes = _distinct([_smallest(some) for some in _hashed(letters, first)])
        hashes = hashes[:LEAST]
        cutoff = int(hashes[-1]) + 1 if len(hashes) == LEAST else EVERYTHING
    elif len(hashes) > most:
        cutoff = int(hashes[most])
        hashes = hashes[:most]
    leading = first[: LEADING_BYTES - GRAM_BYTES + 1]
    if cutoff < EVERYTHING:
        leading = leading[leading < cutoff]
    return Sketch(hashes=hashes, cutoff=cutoff, leading=leading, size=len(letters))


def prints_of(hashes: Hashes) -> Prints:
    """Return hashes as an archive has them: shape (n,), uint32, in the same order."""
    return (hashes >> PRINT_SHIFT).astype(np.uint32)


def _hashed(letters: bytes, first: Hashes | None = None) -> Iterator[Hashes]:
    """Yield the hashes of all grams, in stretches; the first is worked out unless given."""
    for start in range(0, max(len(letters) - GRAM_BYTES + 1, 1), AT_ONCE_BYTES):
        if start == 0 and first is not None:
            yield first
        else:
            yield _gram_hashes(letters[start : start + AT_ONCE_BYTES + GRAM_BYTES - 1])


def _gram_hashes(letters: bytes) -> Hashes:
    """Return the hash of each gram; a text shorter than one has shorter grams."""
    hashes = BYTE_HASHES[np.frombuffer(letters, dtype=np.uint8)]
    width = 1
    for multiplier in MULTIPLIERS:
        if len(hashes) <= width:
            break
        # The hash of a run of 2n bytes from those of its halves.
        hashes = hashes[:-width] * multiplier + hashes[width:]
        width *= 2
    return _mixed(hashes)


def _mixed(values: Hashes) -> Hashes:
    """Spread what tells numbers apart over all of their bits (the finalizer of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _smallest(hashes: Hashes) -> Hashes:
    return np.unique(hashes)[:LEAST]


def _distinct(stretches: list[Hashes]) -> Hashes:
    hashes = np.sort(np.concatenate(stretches))
    return hashes[changes(hashes)]


# Fixed, since archives keep what was made with them: SplitMix64 of 1, 2, 3 ...
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
SEQUENCE = _mixed(np.arange(1, 256 + 4 + 1, dtype=np.uint64) * GOLDEN)
BYTE_HASHES = SEQUENCE[:256]
MULTIPLIERS = tuple(SEQUENCE[256:] | np.uint64(1))
