"""How long is a text, whatever script it is written in?"""

from __future__ import annotations

import re

__all__ = ["width"]

IDEOGRAPH = re.compile("[\u2e80-\U0010ffff]")


def width(text: str, ideograph: int) -> int:
    """Return the characters of a text, where an ideograph counts as several.

    Args:
        text: The text.
        ideograph: What an ideograph, which is a word, counts.

    Example:
        >>> width("東京 2026", ideograph=3)
        11
    """
    if text.isascii():
        return len(text)
    return len(text) + (ideograph - 1) * len(IDEOGRAPH.findall(text))
