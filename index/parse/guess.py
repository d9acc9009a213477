"""Which encoding is a page in that does not say so?

Strategy: Japanese gives itself away by kana. A page that tells its language was written in one
of the few encodings that were used for it: the one in which it reads least strangely. What has
only letters of Western texts is one. Only the rest goes to the detector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from charset_normalizer import from_bytes

__all__ = ["BROKEN_SHARE", "guesses", "is_mislabelled", "read_as"]

# Of the characters beyond ASCII, one in ten may be broken before an encoding is disbelieved:
# pages cut in the middle of a character or put together from two encodings exist.
BROKEN_SHARE = 0.1
GUESS_BYTES = 16_384
KANA_SHARE = 0.2  # Japanese news has about a half
LANGUAGE_BYTES = 4096

# What pages of a language were written in before UTF-8, the usual one first (HTML Standard,
# table of default encodings by locale; then what Unix and DOS systems used).
PAGE_LANGUAGE = re.compile(rb"""<html[^>]{0,300}?\slang\s*=\s*["']?([a-z]{2})""", re.IGNORECASE)
CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866")
LEGACY_ENCODINGS = {
    **dict.fromkeys(("bg", "ru", "sr", "mk", "be"), CYRILLIC),
    "uk": ("cp1251", "koi8-u", "iso8859-5"),
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr", "ro"), ("cp1250", "iso8859-2")),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256", "iso8859-6")),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257", "iso8859-13")),
    **dict.fromkeys(("da", "de", "en", "es", "fr", "it", "nl", "pt", "sv"), ("cp1252",)),
    **dict.fromkeys(("fi", "no", "nb", "nn", "is", "ca"), ("cp1252",)),
    "el": ("cp1253", "iso8859-7"),
    "he": ("cp1255", "iso8859-8"),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "th": ("cp874",),
    "tr": ("cp1254",),
    "vi": ("cp1258",),
}
# Letters of the large languages of western Europe; not those that give Czech (ì, ò), Hungarian
# (õ), Turkish or Baltic (ð, þ, ý) texts away which are read in the wrong encoding.
WESTERN = frozenset("äöüßéèêëàâîïôûùçñáíóúãåæøœÄÖÜÉÈÊÀÂÎÔÇÑÁÍÓÚÅÆØŒªº")
# In no language that is written in Latin letters do so many with accents follow each other; words
# in Cyrillic, Greek, Hebrew, Arabic or Chinese are made of such bytes.
FOREIGN_RUN = re.compile(rb"[\xc0-\xff]{4,}")
FEWEST_RUNS = 12
APOSTROPHES = "'\u2019"


def guesses(body: bytes) -> Iterator[str]:
    """Yield the encodings that the text of a page looks like, by Python's names, best first."""
    # Only lines with bytes beyond ASCII: markup and scripts tell nothing, and cost time.
    telling = (line for line in body.split(b"\n") if not line.isascii())
    sample = re.sub(rb"<[^<>]{0,2000}>", b" ", b"\n".join(telling)[: 4 * GUESS_BYTES])
    sample = sample[:GUESS_BYTES]
    yield from (name for name in ("euc_jp", "cp932") if _is_japanese(sample, name))
    language = PAGE_LANGUAGE.search(body[:LANGUAGE_BYTES])
    legacy = LEGACY_ENCODINGS.get(language[1].decode().lower(), ()) if language else ()
    yield from sorted(legacy, key=lambda encoding: _strangeness(sample, encoding))
    if _is_western(sample):
        yield "cp1252"
    yield from (match.encoding for match in from_bytes(sample))


def is_mislabelled(body: bytes, encoding: str) -> bool:
    """Return whether a page that says to be in Latin letters is not: old servers said so of all."""
    return encoding == "cp1252" and len(FOREIGN_RUN.findall(body)) >= FEWEST_RUNS


def read_as(body: bytes, encoding: str) -> tuple[str, float]:
    """Return the text, and which share of its characters beyond ASCII is broken."""
    text = body.decode(encoding, "replace")
    broken = text.count("\ufffd")
    beyond = broken and sum(character > "\x7f" for character in text)
    return text, broken / beyond if beyond else 0.0


def _is_japanese(sample: bytes, encoding: str) -> bool:
    """Whether the bytes read so are full of kana, which no other text gives by chance."""
    text, broken_share = read_as(sample, encoding)
    beyond = sum(character > "\x7f" for character in text)
    kana = sum("\u3041" <= character <= "\u30ff" for character in text)
    return broken_share <= BROKEN_SHARE and kana >= KANA_SHARE * max(beyond, 1)


def _is_western(sample: bytes) -> bool:
    """Whether all letters are such as Western texts are written with, and all in their place."""
    letters = {letter for letter in sample.decode("cp1252", "replace") if letter > "\x7f"}
    telling = {letter for letter in letters if letter.isalpha()}
    return bool(telling) and telling <= WESTERN and _strangeness(sample, "cp1252") == 0


def _strangeness(sample: bytes, encoding: str) -> int:
    """Return how many characters stand where no writer would put them.

    Capitals and symbols within words come from another encoding of the same script, Latin
    letters beside others from an encoding that has both.
    """
    text = sample.decode(encoding, "replace")
    return text.count("\ufffd") + sum(
        before.isalpha()
        and after > "\x7f"
        and (
            after.isupper()
            or (not after.isalpha() and not after.isspace() and after not in APOSTROPHES)
            or (after.isalpha() and _is_latin(before) != _is_latin(after))
        )
        for before, after in pairwise(text)
    )


def _is_latin(letter: str) -> bool:
    return letter < "\u0370"
