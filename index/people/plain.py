"""Text as the model reads it, and where that stands in the text as it was written.

Read is composed text (NFC) with one kind of hyphen, as most pages write it. Some write letters and
accents apart, or hyphens that are seen at the end of a line only, so that places count differently.
"""

from __future__ import annotations

import unicodedata

__all__ = ["places_as_written", "plain"]

SOFT_HYPHEN = "\xad"
# Vowels and endings of Korean syllables: no marks, yet they compose with the letter before.
JAMO = ("\u1161", "\u11c2")


def plain(text: str) -> str:
    r"""Return a text as it is read.

    Example:
        >>> plain("Zoe\u0308 Jean\u2011Luc Brand\xadner")
        'Zoë Jean-Luc Brandner'
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "")
    return text.replace("\u2010", "-").replace("\u2011", "-")


def places_as_written(text: str) -> list[int]:
    """Return where each code point of a text, as it is read, begins in it; and where it ends.

    Example:
        >>> places_as_written("Zoe\u0308 L.")
        [0, 1, 2, 4, 5, 6, 7]
    """
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _goes_on(text[end]):
            places += [start] * len(plain(text[start:end]))
            start = end
    return [*places, len(text)]


def _goes_on(char: str) -> bool:
    """Tell a code point that may compose with the one before it, or is not read."""
    is_mark = unicodedata.category(char).startswith("M")
    return is_mark or char == SOFT_HYPHEN or JAMO[0] <= char <= JAMO[1]
