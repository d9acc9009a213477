"""Word lists and phrase lists written as text: one look shows them, one line changes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

__all__ = ["AnyCase", "any_of", "begins_with", "words"]


OPTIONAL_START = re.compile(r".[?*{]")
GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^]]*\]")
FIRST_GROUP = re.compile(r"\(\?:((?:[^()]|\([^()]*\))*)\)(\?)?(?![*+{])")
TOP_BAR = re.compile(r"\|(?![^(]*\))")


class AnyCase:
    """A pattern, written in lower case, for texts in any case.

    It is searched in the text in lower case: there `re` tries an alternative only where its first
    letter stands, else all of them at each place, which takes twenty times as long. What is found
    tells places in the text; its groups are in lower case.

    Example:
        >>> AnyCase("updated|modified").search("Last Updated: today").span()
        (5, 12)
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self._pattern.search(_lower(text))

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the start of a text."""
        return self._pattern.match(_lower(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match that is the whole text."""
        return self._pattern.fullmatch(_lower(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in a text."""
        return self._pattern.finditer(_lower(text))


def _lower(text: str) -> str:
    """Return a text in lower case, each letter at its place: only "İ" would become two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("İ", "i").lower()


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
    return re.compile(_joined(_lines(text)), re.IGNORECASE)


def begins_with(text: str) -> Callable[[str], bool]:
    """Return a test for texts, in any case, that begin with any alternative, in lower case.

    A pattern tries its alternatives one after the other; here only those are tried that have
    the first letter of the text, or begin with no letter but a class.

    Example:
        >>> is_read_on = begins_with('''
        ...     read (?:more|on)
        ...     (?:lies|lesen sie) weiter
        ... ''')
        >>> is_read_on("Read on"), is_read_on("Lies weiter"), is_read_on("Ready")
        (True, True, False)
    """
    by_letter: dict[str, list[str]] = {}
    for line in chain.from_iterable(map(_expanded, _lines(text))):
        by_letter.setdefault(line[0].lower() if _has_first_letter(line) else "", []).append(line)
    patterns = {letter: re.compile(_joined(lines)) for letter, lines in by_letter.items()}
    others = patterns.pop("", NOTHING)

    def begins(text: str) -> bool:
        lower = _lower(text)
        of_letter = patterns.get(lower[:1], NOTHING)
        return of_letter.match(lower) is not None or others.match(lower) is not None

    return begins


def _expanded(line: str) -> list[str]:
    """Return a line that begins with a group as one for each of the ways in which it begins."""
    group = FIRST_GROUP.match(line)
    if group is None:
        return [line]
    starts = [*TOP_BAR.split(group[1]), *([""] if group[2] else [])]
    rest = line[group.end() :]
    return [*chain.from_iterable(_expanded(start + rest) for start in starts)]


def _has_first_letter(line: str) -> bool:
    return line[0].isalpha() and not OPTIONAL_START.match(line) and "|" not in GROUP.sub("", line)


def _lines(text: str) -> list[str]:
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def _joined(lines: list[str]) -> str:
    return "|".join(f"(?:{line})" for line in lines)


NOTHING = re.compile("(?!)")
