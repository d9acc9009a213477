"""Word lists and phrase lists written as text: one look shows them, one line changes them."""

from __future__ import annotations

import re

__all__ = ["any_of", "words"]


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text.

    Example:
        >>> sorted(words("menu nav"))
        ['menu', 'nav']
    """
    return frozenset(text.split())


def any_of(text: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the alternatives, one on each line, in any case.

    Example:
        >>> bool(any_of('''
        ...     not found
        ...     no longer (?:exists|available)
        ... ''').search("Page Not Found"))
        True
    """
    alternatives = filter(None, (line.strip() for line in text.splitlines()))
    return re.compile("|".join(f"(?:{line})" for line in alternatives), re.IGNORECASE)
