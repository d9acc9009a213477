"""Which headline does an address spell out? The one that the page was first saved with.

Strategy: of the parts of the path the one with most words, at least three, without the
number of the article and without the ending, letter by letter. Addresses write signs above
letters and joined letters in several ways; all count as the plain letter.
"""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import unquote

from index.identity import letters_of

__all__ = ["plain_letters", "spelled_headline"]

MAX_URL_CHARS = 2000
MIN_WORDS = 3  # two are a rubric or a name

BEHIND_PATH = re.compile(r"[?#]")
PART = re.compile(r"[/,]")
ENDING = re.compile(r"\.(?:[a-z]{0,2}html?|php\d?|aspx?|cms|ece|jsp)$", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"[-_.+~ ]+")
ARTICLE_NUMBER = re.compile(r"[a-z]?\d{5,}|[a-z]+\d{4,}", re.IGNORECASE)

PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "a", "œ": "o"})
# "für" is spelled "fuer" or "fur"; both become "fur", and so the "ue" of any word becomes "u".
JOINED = re.compile(r"(?<=[aou])e")


def plain_letters(text: str) -> str:
    """Return the letters and digits of a text in the spelling of addresses.

    Example:
        >>> plain_letters("Größe: «für alle»") == plain_letters("groesse-fur-alle")
        True
    """
    if text.isascii():  # most are, and these letters are found ten times as fast
        letters = letters_of(text).decode()
    else:
        marked = normalize("NFKD", text.casefold().translate(PLAIN))
        letters = "".join(filter(str.isalnum, marked))
    return JOINED.sub("", letters)


def spelled_headline(address: str | None) -> str:
    """Return the plain letters of the headline that an address spells out; empty: none.

    Example:
        >>> spelled_headline("https://example.org/2026/03/bridge-is-lost-104532.html")
        'bridgeislost'
    """
    path = unquote(BEHIND_PATH.split((address or "")[:MAX_URL_CHARS], maxsplit=1)[0])
    parts = [_words(part) for part in PART.split(path.partition("://")[2] or path)[1:]]
    longest = max(parts, key=len, default=[])
    return plain_letters("".join(longest)) if len(longest) >= MIN_WORDS else ""


def _words(part: str) -> list[str]:
    words = BETWEEN_WORDS.split(ENDING.sub("", part))
    return [word for word in words if word and not ARTICLE_NUMBER.fullmatch(word)]
