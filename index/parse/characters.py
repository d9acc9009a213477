"""Text as people read and search it: no characters that are not seen, ligatures as letters.

Strategy: Python knows what is printable, and nearly all texts are; only the others are gone
through. Joiners stay: in Persian, in Indian scripts and in emoji they spell. So do soft hyphens:
they are the writer's, do not show, and part no word of the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

__all__ = ["readable", "readable_lines"]

# Control characters, marks of direction and width, byte order marks.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LIGATURE = re.compile("[ﬀ-ﬆ]")
# What is left of entities that were escaped twice.
ENTITY = re.compile(
    r"&(?:amp|quot|apos|nbsp|shy|lt|gt|[lr][ds]?quo|[mn]dash|hellip|#\d{2,6}|#x\w{2,5});"
)


def readable(text: str) -> str:
    r"""Return a line of text without what is not seen.

    Example:
        >>> readable("Rock &amp; Roll of\u200b\ufb01ce")
        'Rock & Roll office'
    """
    if "&" in text and ENTITY.search(text):
        text = " ".join(unescape(text).split())
    if not text.isprintable():
        text = " ".join(UNSEEN.sub("", text).split())
    if not text.isascii() and LIGATURE.search(text):
        text = LIGATURE.sub(lambda found: LIGATURES[found[0]], text)
    return text


def readable_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text without what is not seen, and none that is empty then."""
    whole = "".join(lines)
    is_clean = whole.isprintable() and "&" not in whole
    if is_clean and (whole.isascii() or not any(sign in whole for sign in LIGATURES)):
        return [*filter(None, lines)]
    return [readable_line for line in lines if (readable_line := readable(line))]
