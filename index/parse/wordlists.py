"""Word lists and phrase lists written as text: one look shows them, one line changes them."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["any_of", "begins_with", "words"]


NOTHING = re.compile("(?!)")
OPTIONAL_START = re.compile(r".[?*{]")
GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^]]*\]")


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
    return _joined(_lines(text))


def begins_with(text: str) -> Callable[[str], bool]:
    """Return a test for texts that begin with any of the alternatives, in any case.

    A pattern tries its alternatives one after the other; here only those are tried that have
    the first letter of the text, or begin with no letter but a group or a class.

    Example:
        >>> is_read_on = begins_with('''
        ...     read (?:more|on)
        ...     (?:lies|lesen sie) weiter
        ... ''')
        >>> is_read_on("Read on"), is_read_on("Lies weiter"), is_read_on("Ready")
        (True, True, False)
    """
    by_letter: dict[str, list[str]] = {}
    for line in _lines(text):
        by_letter.setdefault(line[0].lower() if _has_first_letter(line) else "", []).append(line)
    patterns = {letter: _joined(lines) for letter, lines in by_letter.items()}
    others = patterns.pop("", NOTHING)

    def begins(text: str) -> bool:
        of_letter = patterns.get(text[:1].lower()[:1], NOTHING)
        return of_letter.match(text) is not None or others.match(text) is not None

    return begins


def _has_first_letter(line: str) -> bool:
    return line[0].isalpha() and not OPTIONAL_START.match(line) and "|" not in GROUP.sub("", line)


def _lines(text: str) -> list[str]:
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def _joined(lines: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)
