"""A name as it stands in a text."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from index.people.lists import PARTICLES, section, word_classes
from index.text import fold, name_spelling

__all__ = [
    "HONORIFICS",
    "PAIR",
    "Mention",
    "distinct",
    "is_part",
    "name_keys",
    "named",
]

HONORIFICS = section("honorific")
SUFFIXES = section("suffix")
ARABIC_ARTICLES = ("al-", "el-", "as-", "ar-", "an-", "ad-", "az-", "ash-", "at-")
MARKS = ".,'’-"
MAX_KEPT = 1 << 14  # names
PAIR = 2  # words: a given name and a family name
COMMON_GIVEN, FAMILY, SMALL = "G", frozenset("sS"), "y"  # classes of words
QUOTES = "\"“”'‘’"


class Mention(NamedTuple):
    """A name in a line.

    Attributes:
        text: As printed, without title and possessive; capitals only at the front of words
            where the whole line is in capitals.
        keys: Its words as `name_keys` has them.
        line: Number of the line; 0 is the title.
        start: Its first code point in the line.
        end: One past its last.
        confidence: Probability that it names a person, in (0, 1].
        regnal: The title before it, where that is part of the name ("Pope"); else empty.
        headline: Every word of the line is capitalised, so that its form says little.
        linked: "and" and another capitalised word follow.
    """

    text: str
    keys: tuple[str, ...]
    line: int = 1
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    regnal: str = ""
    headline: bool = False
    linked: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it is a family name or a given name alone."""
        return is_part(self.keys)


@lru_cache(maxsize=MAX_KEPT)
def name_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return folded words of a name as they are compared: without nicknames and articles.

    Spellings of one name across alphabets are one.

    Example:
        >>> name_keys(("bashar", "al-assad")), name_keys(("edna", '"', "bo", '"', "lund"))
        (('bashar', 'assad'), ('edna', 'lund'))
        >>> name_keys(("kostanskiy",)) == name_keys(("kostanskyy",))
        True
    """
    keys = []
    quoted = False
    for word in words:
        if word in QUOTES:
            quoted = not quoted
        elif not quoted and word[:1].isalnum():
            has_article = word.startswith(ARABIC_ARTICLES)
            bare = word.partition("-")[2] if has_article else word.replace(".", "")
            keys.append(name_spelling(bare))
    return tuple(keys)


@lru_cache(maxsize=MAX_KEPT)
def is_part(keys: tuple[str, ...]) -> bool:
    """Tell a family name or a given name alone, by its words as `name_keys` has them.

    Example:
        >>> is_part(("quill",)), is_part(("de", "quill")), is_part(("ana", "quill"))
        (True, True, False)
    """
    if len(distinct(keys)) == 1:
        return True
    return keys[0] in PARTICLES and not _is_given_and_family(keys)


def _is_given_and_family(keys: tuple[str, ...]) -> bool:
    """Tell a name whose first word is a common given name as well as a particle: "Al Quill"."""
    given, family = word_classes(keys[0]), word_classes(keys[-1])
    is_given = COMMON_GIVEN in given and SMALL not in given
    return len(keys) == PAIR and is_given and bool(FAMILY & {*family})


@lru_cache(maxsize=MAX_KEPT)
def distinct(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that tell persons apart: no initials, no Jr., unless nothing is left.

    Example:
        >>> distinct(("donald", "j", "trump", "jr"))
        ('donald', 'trump')
    """
    keys = (*keys[:1], *(key for key in keys[1:] if key not in SUFFIXES))  # Xi is a name as well
    full = tuple(key for key in keys if len(key) > 1)
    return full if len(full) > 1 else keys


def named(text: str, line: int = 1, start: int = 0) -> Mention | None:
    """Return the mention that a printed name is; None: it has no word.

    Example:
        >>> named("Dr. Edna Lund").keys
        ('edna', 'lund')
    """
    words = text.split()
    while len(words) > 1 and fold(words[0]).rstrip(".") in HONORIFICS:
        words = words[1:]
    keys = name_keys(tuple(fold(word).strip(MARKS) for word in words))
    printed = " ".join(words)
    span = start, start + len(text)
    return Mention(printed, keys, line, *span) if keys else None
