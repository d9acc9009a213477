r"""Undo a page's UTF-8 that was taken for windows-1252 and written as UTF-8 once more.

    Ãœberlingen â€“ â€œBrÃ¼ckeâ€\x9d   ->   Überlingen – “Brücke”

Strategy: characters that such an accident makes come in sequences that mirror UTF-8: a lead and
its continuations. Where nearly all that is beyond ASCII in a text is of that kind, it was one.

Rule 1: it is done for a whole title or paragraph or not at all, and not for a sequence or two in
    an article: "«AMANHÃ»" alone is Portuguese.
Rule 2: what an article holds is looked at, not the page, which is twenty times as long; and most
    are told clean by looking for a few characters.
Rule 3: letters of three bytes, such as those of Japanese, may hold what counts as a blank, which
    is made one with others when lines are read. So where a title has many, all of the page is
    put right before that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["encoded_once", "is_encoded_twice", "without_mojibake"]

# What windows-1252 makes of the bytes 80 to BF; five are no characters and stay as they are,
# and latin-1 leaves 80 to 9F.
BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
FIRST_LEAD = 0xC0
FOLLOWING = "".join(character for character, byte in BYTES.items() if byte < FIRST_LEAD)
T = f"[{re.escape(FOLLOWING)}]"
# Of "à" the second half is a blank, which was made one with the blank behind it.
SEQUENCE = re.compile(
    f"[\xc2-\xdf]{T}|[\xe0-\xef]{T}{T}|[\xf0-\xf4]{T}{T}{T}|\xc3(?= [^\\W\\d_]| ?$)", re.MULTILINE
)
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
# The leads of letters, punctuation, Greek, Cyrillic, Arabic, Japanese and Korean.
SIGNS = "\xc3\xe2\xce\xd0\xd8\xe3\xec"
MAX_LOOKS = 8
FEWEST_SEQUENCES = 3
NEARLY_ALL = 0.95
THREE_BYTES = re.compile(f"[\xe0-\xef]{T}{T}")
MOST = 0.6  # some have lost a blank


def without_mojibake(texts: Sequence[str]) -> Sequence[str]:
    r"""Return the texts of one page as they were before they were encoded twice, or unchanged.

    Example:
        >>> without_mojibake(["Br\xc3\xbccke", "Fl\xc3\xbcsse und M\xc3\xbchlen"])
        ['Brücke', 'Flüsse und Mühlen']
    """
    whole = "\n".join(texts)
    if whole.isascii() or not any(_begins_sequence(whole, sign) for sign in SIGNS):
        return texts
    if len(SEQUENCE.findall(whole)) < FEWEST_SEQUENCES:
        return texts
    return [SEQUENCE.sub(_decoded, text) if _is_encoded_twice(text) else text for text in texts]


def is_encoded_twice(title: str) -> bool:
    """Return whether a title is in letters of three bytes that were encoded twice."""
    if title.isascii() or len(found := THREE_BYTES.findall(title)) < FEWEST_SEQUENCES:
        return False
    return 3 * len(found) >= MOST * len(BEYOND_ASCII.findall(title))


def encoded_once(page: str | bytes) -> str:
    """Return a page with all that was encoded twice put right."""
    text = page if isinstance(page, str) else page.decode("utf-8", "replace")
    return SEQUENCE.sub(_decoded, text)


def _is_encoded_twice(text: str) -> bool:
    in_sequences = sum(map(len, SEQUENCE.findall(text)))
    return in_sequences >= NEARLY_ALL * len(BEYOND_ASCII.findall(text))


def _begins_sequence(text: str, sign: str) -> bool:
    """Whether one of the first places of a sign begins a sequence."""
    place = -1
    for _ in range(MAX_LOOKS):
        place = text.find(sign, place + 1)
        if place < 0:
            return False
        if SEQUENCE.match(text, place):
            return True
    return False


def _decoded(found: re.Match[str]) -> str:
    if found[0] == "\xc3":
        return "à"
    try:
        return bytes(BYTES[character] for character in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
