"""Where composed text stands in the text as it was written.

The model reads text with composed accents (NFC), as most pages write it; some write letters and
accents apart, so that places count differently.
"""

from __future__ import annotations

import unicodedata

__all__ = ["places_as_written"]

# Vowels and endings of Korean syllables: no marks, yet they compose with the letter before.
JAMO = ("\u1161", "\u11c2")


def places_as_written(text: str) -> list[int]:
    """Return where each code point of a text, once composed, begins in it; and where it ends.

    Example:
        >>> places_as_written("Zoe\u0308 L.")
        [0, 1, 2, 4, 5, 6, 7]
    """
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _goes_on(text[end]):
            places += [start] * len(unicodedata.normalize("NFC", text[start:end]))
            start = end
    return [*places, len(text)]


def _goes_on(char: str) -> bool:
    """Tell a code point that may compose with the one before it."""
    return unicodedata.category(char).startswith("M") or JAMO[0] <= char <= JAMO[1]
