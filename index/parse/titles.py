"""How are titles compared, and what in them is the outlet's name?

Strategy: titles that have the same letters and digits are the same, whatever signs and spaces
part them. Sites put their name, and rubrics, in front of the headline or behind it, with a sign
between: such a part goes if it is known to be that name or if the rest is known to be a headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.parse.head import Head, one_line
from index.parse.slugs import plain_letters

__all__ = [
    "BARE_SIGN",
    "MAX_TITLE_CHARS",
    "SEPARATOR",
    "folded",
    "folded_lines",
    "from_spelled",
    "headlines",
    "without_outlet",
]


SEPARATOR = re.compile(r"\s+(?:[|·•»«›‹<>:–—-]|::|//|ǀ|&raquo;)\s+|\s*[|｜ㅣ]\s*|:\s+|\s+[»«]\s*")
BARE_SIGN = re.compile(r"[–—_-]+")
SIGNS = re.compile(r"[\W_]+")
ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
LOWER_CASE = bytes(range(256)).lower()
# In UTF-8 quotation marks, dashes and others up to U+203F, which are no letters, begin so.
PUNCTUATION = "“".encode()[:2]
NO_BREAK_SPACE = "\xa0".encode()
NAME_LETTERS = 4  # a shorter name of an outlet is found inside too many words
BAR = re.compile(r"[|｜ㅣ·•»]")  # parts no sentence, as a dash or a colon does
SURE_LETTERS = 6  # of a name that a longer part begins with
RUBRIC_LETTERS = 12  # of what stands with the name: "News", "Magazine", "online"
MAX_TITLE_CHARS = 400
MAX_HEADING_CHARS = 4000  # before spaces are taken out; an unclosed h1 holds the page
MAX_PARTS = 5


def folded(text: str) -> str:
    """Return the letters and digits of a text, by which titles are compared."""
    return _folded(text) if len(text) <= MAX_TITLE_CHARS else _fold(text)


def folded_lines(lines: Sequence[str]) -> list[str]:
    """Return the letters and digits of each line of a text; faster than line by line."""
    whole = _without_frequent_signs("\n".join(lines), ASCII_SIGNS.replace(b"\n", b""))
    keys = whole.split("\n")
    if not whole.isascii():
        keys = [key if key.isascii() or key.isalnum() else SIGNS.sub("", key) for key in keys]
    return keys if len(keys) == len(lines) else [*map(folded, lines)]


def _fold(text: str) -> str:
    letters = _without_frequent_signs(text, ASCII_SIGNS)
    return letters if letters.isascii() else SIGNS.sub("", letters)


def _without_frequent_signs(text: str, ascii_signs: bytes) -> str:
    """Return a text in lower case without these signs and those frequent beyond ASCII.

    In bytes they go fastest, and most texts are ASCII by then, whose case is a table's.
    """
    utf8 = text.encode("utf-8", "surrogatepass").translate(LOWER_CASE, ascii_signs)
    if utf8.isascii():
        return utf8.decode("ascii")
    first, *rest = utf8.replace(NO_BREAK_SPACE, b"").split(PUNCTUATION)
    letters = b"".join([first, *[part[1:] for part in rest]]).decode("utf-8", "surrogatepass")
    return letters if letters.isascii() else letters.casefold()


# The same names and headlines are compared again and again.
_folded = lru_cache(maxsize=1 << 10)(_fold)


def headlines(head: Head) -> list[str]:
    """Return the texts of the page's h1 elements, at most ten, empty ones left out."""
    texts = (one_line(node.text(separator=" ")[:MAX_HEADING_CHARS]) for node in head.headings[:10])
    return [text for text in texts if text]


def without_outlet(title: str, names: set[str], whole: set[str]) -> str:
    """Return a title without the parts in front or behind that name the outlet.

    A part goes if it is the outlet's name, or if what is left is, as it stands, the text
    of another place.

    Example:
        >>> without_outlet("Flood | Sport | The Example", {"example"}, {"flood"})
        'Flood'
    """
    separators, others = list(SEPARATOR.finditer(title)), whole - names
    # What stands before it is known to be a headline: a sign without spaces will do.
    for found in (*separators, *BARE_SIGN.finditer(title)):
        if ":" not in found[0] and folded(title[: found.start()]) in others:
            return title[: found.start()]
    for found in separators:
        if folded(title[found.end() :]) in whole and folded(title[: found.start()]) in names:
            return title[found.end() :]
    for found in separators[:1]:
        if folded(title[: found.start()]) in names and ":" not in found[0]:
            return title[found.end() :]
    return _without_end(title, separators, names)


def _without_end(title: str, separators: list[re.Match[str]], names: set[str]) -> str:
    """Return a title without the parts at its end that name the outlet."""
    for found in separators:
        if BAR.search(found[0]) and _begins_with_outlet(title[found.end() :], names):
            return title[: found.start()]
    for _ in range(MAX_PARTS):
        if not separators or not _is_outlet(title[separators[-1].end() :], names):
            break
        title = title[: separators.pop().start()]
    return title


def from_spelled(title: str, spelled: str) -> str:
    """Return a title from where the address spells the rest: "Example » Blog Archive » Flood"."""
    ends = (found.end() for found in SEPARATOR.finditer(title) if ":" not in found[0])
    own = (title[end:] for end in ends if spelled and plain_letters(title[end:]) == spelled)
    return next(own, title)


def _begins_with_outlet(rest: str, names: set[str]) -> bool:
    """Return whether what stands behind a bar is the outlet's name and what it says of itself."""
    letters = folded(rest)
    return any(len(name) >= SURE_LETTERS and letters.startswith(name) for name in names)


def _is_outlet(part: str, names: set[str]) -> bool:
    name = folded(part)
    return not name or any(
        name in known
        or (
            len(known) >= NAME_LETTERS and known in name and len(name) < len(known) + RUBRIC_LETTERS
        )
        for known in names
    )
