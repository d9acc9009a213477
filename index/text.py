"""Text to tokens: the one analysis that indexing, queries and snippets share.

Strategy: a token is a run of letters, digits and the marks that belong to them. Every
word is kept, stop words too, so that a phrase means what it says and needs no gaps.

Rule 1: Case, accents and width do not count: a term is the folded form of its token.
Rule 2: A possessive 's is no word; other apostrophes and all hyphens part words, so that
    "l'eau" has the word "eau", and a query for "well-known" asks for both words in a row.
Rule 3: Scripts written without spaces are cut into overlapping pairs of characters, as
    Lucene's CJKBigramFilter does; the last character of a run stands alone as well, so
    that each character begins some term.
Rule 4: Words in plain Latin letters are stemmed as English (Snowball); the same stemmer
    on both sides keeps other languages consistent, only coarser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import add
from threading import Lock
from typing import NamedTuple, Protocol

__all__ = [
    "Token",
    "bare",
    "begins_pairs",
    "fold",
    "is_unspaced",
    "name_key",
    "name_spelling",
    "name_terms",
    "name_tokens",
    "pieces",
    "spaced",
    "stem",
    "stems",
    "terms_of_piece",
    "tokens",
]


class Token(NamedTuple):
    """One word of a text.

    Attributes:
        term: The folded word, not stemmed.
        start: Code points before it.
        end: One past its last code point.
    """

    term: str
    start: int
    end: int


# Thai, Lao, Myanmar, Khmer, kana, ideographs, Hangul. Hangul has spaces, but its words carry
# particles that no English stemmer takes off.
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u109f\u1780-\u17d3"
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
# Marks that Python's \w leaves out though they are parts of words: combining accents, and
# the vowel signs and points of Hebrew, Arabic and the scripts of India; and soft hyphens.
MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56"
    "\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u200c\u200d\u00ad"
)
# "s" has three cases. Without the flag for cases, which nothing else here has, it is compiled in a
# third of the time.
TOKEN = re.compile(
    rf"(?<=\w)['’][sS\u017f]\b|(?P<run>[{UNSPACED}]+)|(?P<word>(?:[^\W{UNSPACED}]|[{MARKS}])+)"
)
# Longer ones are no words but encoded data (Lucene's StandardTokenizer has the same limit).
MAX_WORD = 255

# What parts words most often in news outside ASCII: worth one fast pass each, so that the pieces
# of a text are nearly always words. Any other sign may stay in a piece; tokens() cuts it there.
TYPOGRAPHIC = "\u00a0\u2013\u2014\u2018\u201c\u201d\u2022\u2026\u200b\u00ab\u00bb\u00a3\u20ac"
# As in TOKEN. The apostrophe stands first so that the search runs from one to the next, and the
# letter before it is looked at afterwards.
POSSESSIVE = re.compile(r"'(?<=\w')[sS\u017f]\b")
# For UTF-8: ASCII that is in no word becomes a space, capital letters small ones.
PIECE_BYTES = bytes(
    ord(chr(byte).lower()) if chr(byte).isalnum() or byte == ord("_") else ord(" ")
    for byte in range(0x80)
) + bytes(range(0x80, 0x100))

# Dropped when folding: accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, the
# Arabic lengthening stroke, joiners and soft hyphens. Kana and Indic marks stay: they make
# other letters.
FOLDED_AWAY = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640\u200c\u200d\u00ad]+")
LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order, as they are indexed.

    Example:
        >>> [token.term for token in tokens("Zoë’s café: AT&T, 日本語")]
        ['zoe', 'cafe', 'at', 't', '日本', '本語', '語']
    """
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "word":
            if end - start <= MAX_WORD and (term := fold(match[0])):
                yield Token(term, start, end)
        elif match.lastgroup == "run":
            for at in range(start, end):
                yield Token(fold(text[at : min(at + 2, end)]), at, min(at + 2, end))


def spaced(text: str) -> bytes:
    """Return the `pieces` of a text with spaces between them, as fast as C allows.

    Each code point becomes one, so that places stay the same.
    """
    if not text.isascii():
        for sign in TYPOGRAPHIC:
            text = text.replace(sign, " ")
        text = text.replace("’", "'")
    if "'" in text:
        text = POSSESSIVE.sub("  ", text)
    return text.encode("utf-8", "surrogatepass").translate(PIECE_BYTES)


def pieces(text: str) -> list[bytes]:
    """Cut a text into pieces of UTF-8, nearly always one word each.

    Plain letters are small in them already. `terms_of_piece` on each piece in order gives
    the terms of the text; pieces repeat, so a caller should keep what it gave.

    Example:
        >>> pieces("AT&T’s “Flood 2026”: well-known")
        [b'at', b't', b'flood', b'2026', b'well', b'known']
    """
    return spaced(text).split()


def terms_of_piece(piece: bytes) -> list[str]:
    """Return the terms of one of `pieces`: one where it is a word, none or many otherwise.

    Example:
        >>> terms_of_piece("zoë".encode()), terms_of_piece("東京。".encode())
        (['zoe'], ['東京', '京'])
    """
    if piece.isascii():
        return [piece.decode()] if len(piece) <= MAX_WORD else []
    terms: list[str] = []
    for run, word in TOKEN.findall(piece.decode("utf-8", "surrogatepass")):
        if run:
            terms.extend(map(fold, map(add, run, run[1:])))
            terms.append(fold(run[-1]))
        elif len(word) <= MAX_WORD:
            terms.append(fold(word))
    return list(filter(None, terms))


def is_unspaced(term: str) -> bool:
    """Tell whether a term is of a script that is written without spaces."""
    match = None if term.isascii() else TOKEN.fullmatch(term)
    return match is not None and match.lastgroup == "run"


def begins_pairs(term: str) -> bool:
    """Tell whether a term to look for is a lone character that pairs of the index begin with.

    Example:
        >>> begins_pairs("日"), begins_pairs("日本"), begins_pairs("a")
        (True, False, False)
    """
    return len(term) == 1 and is_unspaced(term)


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return the word without case, accents and width.

    Example:
        >>> fold("ŁÓDŹ"), fold("Straße"), fold("２０２６")
        ('lodz', 'strasse', '2026')
    """
    return bare(word)


def bare(text: str) -> str:
    """Return a text without case, accents and width; as `fold`, and nothing is kept of it."""
    if text.isascii():
        return text.lower()
    plain = FOLDED_AWAY.sub("", unicodedata.normalize("NFKD", text.casefold())).casefold()
    return unicodedata.normalize("NFC", plain).translate(LETTERS)


@lru_cache(maxsize=1 << 17)
def stem(term: str) -> str:
    """Return the stem that the forms of an English word share.

    Source:
        The Snowball English stemmer (Porter2), https://snowballstem.org.

    Example:
        >>> stem("elections"), stem("élection"), stem("covid19")
        ('elect', 'élection', 'covid19')
    """
    if not (term.isascii() and term.isalpha()):
        return term
    with STEMMER_LOCK:  # the stemmer keeps the word it works on in itself
        return _english().stemWord(term)


def stems(terms: Sequence[str]) -> list[str]:
    """Return the stem of each term, as `stem` does, for many at once: none of them is kept."""
    plain = [term for term in terms if term.isascii() and term.isalpha()]
    with STEMMER_LOCK:
        stemmed = iter(_english().stemWords(plain))
    return [next(stemmed) if term.isascii() and term.isalpha() else term for term in terms]


STEMMER_LOCK = Lock()


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802 (the same)


@cache
def _english() -> _Stemmer:
    # Late, because embedders that only look at articles need no stemmer.
    from Stemmer import Stemmer

    stemmer: _Stemmer = Stemmer("english", 0)  # no cache: what repeats is kept by those who ask
    return stemmer


def name_key(name: str) -> str:
    """Return what two spellings of one name share: its folded words, one space between.

    Example:
        >>> name_key("Lucía  Arrieta-Montes")
        'lucia arrieta montes'
        >>> name_key("Bashir al-Sabah") == name_key("Bashir Sabah")
        True
    """
    return " ".join(name_terms(name))


def name_terms(name: str) -> tuple[str, ...]:
    """Return the folded words of a name; those of names are kept, since names repeat.

    Example:
        >>> name_terms("Lucía  Arrieta-Montes")
        ('lucia', 'arrieta', 'montes')
    """
    return _kept_terms(name) if len(name) <= MAX_NAME else _terms(name)


ARABIC_ARTICLE = re.compile(r"\b[ae]l[-\u2010\u2011](?=\w)", re.IGNORECASE)
# Endings of family names that the languages that print them spell differently.
SKY = re.compile(r"(?<=[a-z][sz]k|[a-z]ck)(?:iy|yy|ij|yi|ii|i|j)$")
OFF = re.compile(r"(?<=[a-z]{3}[oe])ff$")
MOHAMMED = re.compile(r"m[ou]h?amm?[ae]d")


@lru_cache(maxsize=1 << 16)
def name_spelling(term: str) -> str:
    """Return the term that the spellings of a word in names share across alphabets.

    Example:
        >>> {name_spelling(term) for term in ("zelensky", "zelenskiy", "zelenskyy", "zelenskij")}
        {'zelensky'}
        >>> name_spelling("romanoff"), name_spelling("mohamed"), name_spelling("taxi")
        ('romanov', 'mohammed', 'taxi')
    """
    if MOHAMMED.fullmatch(term):
        return "mohammed"
    return OFF.sub("v", SKY.sub("y", term)) if term.isascii() else term


# Characters: longer texts are no names and would fill the memory of names.
MAX_NAME = 120


def _terms(text: str) -> tuple[str, ...]:
    bare = ARABIC_ARTICLE.sub("", text)
    return tuple(name_spelling(term) for piece in pieces(bare) for term in terms_of_piece(piece))


def name_tokens(text: str) -> Iterator[Token]:
    """Yield the words of a name as `name_terms` has them, with where they stand."""
    bare = ARABIC_ARTICLE.sub("   ", text)
    return (token._replace(term=name_spelling(token.term)) for token in tokens(bare))


_kept_terms = lru_cache(maxsize=1 << 15)(_terms)
