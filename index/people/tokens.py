"""Text to tokens, each distinct one made once and kept with all that is known of it.

Strategy: one expression cuts a line into pieces that are the whole line, with the blanks
before each token; so where a token stands follows from lengths alone. The same piece is
the same `Token`, and everything later that depends on it can be kept by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.people.lists import PARTICLES, word_classes
from index.text import bare

__all__ = ["BOUNDARY", "OPENING_QUOTES", "Token", "cut", "tokens_of"]

OPENING_QUOTES = frozenset("\"“'‘")

# Their full stop ends no sentence.
ABBREVIATED = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Pres|Gen|Brig|Col|Maj|Capt|Lt|Sgt|Cpl|Pvt|Adm|Cmdr|Rev|Fr|"
    "Hon|Supt|Det|Insp|St|Mme|Mlle|Jr|Sr|Sra|Srta|Dott|Sig|Avv|Ing|No|vs|Inc|Corp|Co|Ltd"
)
LETTER = r"[^\W\d_]"
# A plain word (the first two because they are the fastest), a possessive, a number before a
# name, initials, an abbreviation, a word with its hyphens and apostrophes, any sign.
PIECE = re.compile(
    r"\s*+(?:[A-Za-z]++(?![\w.'’-])"
    r"|[a-z]{3,}+(?![\w'’-])"
    r"|['’][sS]\b"
    rf"|\d+(?=-{LETTER})"
    rf"|(?:{LETTER}\.)+(?:-?{LETTER}\.)*(?!\w{{1,3}}(?![\w'’-]))"
    rf"|(?:{ABBREVIATED})\.(?!\w)"
    rf"|[^\W_]+(?:['’](?![sS]\b){LETTER}+|-[^\W_]+)*"
    r"|\S)"
)
# Classes of words: in no name, mostly in small letters, names and titles, common ones of them.
IN_NO_NAME, SMALL, NAMES, COMMON = "n", "y", frozenset("gGsSr"), frozenset("GSr")
APOSTROPHES = frozenset("'’")
MAX_WORD_CHARS = 30  # longer ones are data
MAX_KEPT = 100_000  # tokens: about 50 MB

# Lower-case words that begin a family name: "al-Sayed" and "d'Estaing" are one token.
PREFIX = re.compile(r"(?:al|el|as|ar|an|ad|az|ash|at|d|l|bin|ben)[-'’](?=.)")


class Token:
    """A distinct piece of text; what few tokens are asked for is found out when asked.

    Attributes:
        piece: As printed, with the blanks before it.
        printed: The same without them.
        word: As printed; in a line of capitals with a capital letter at the front only.
        key: The folded word, with straight apostrophes and without full stops at its end.
        capital: It begins with a capital letter, or a prefix and one, and may be in a name.
        particle: It is a lower-case word that joins names.
        joins: A name may go on behind it: a particle, "the" or an opening quotation mark.
        lower: Its key where it is a word in small letters, else empty.
        nobody: It is a word that, by itself, names nobody ("But", "Monday").
    """

    __slots__ = (
        "capital",
        "joins",
        "key",
        "lower",
        "nobody",
        "particle",
        "piece",
        "printed",
        "word",
    )

    def __init__(self, piece: str, *, uppercase_line: bool = False) -> None:
        self.piece = piece
        self.printed = word = piece.lstrip()
        if uppercase_line and len(word) > 1 and word[0].isalpha() and "." not in word:
            word = "-".join(map(_capitalized, word.split("-")))
        self.word = word
        is_lower = word.islower()
        is_plain = word.isascii() and word.isalpha()
        if is_lower and is_plain:
            self.key = self.lower = word
            self.capital, self.nobody, self.particle = False, True, word in PARTICLES
            self.joins = self.particle or word == "the"
            return
        prefix = None if is_plain else self.prefix
        self.key = word.lower() if is_plain else bare(word.replace("’", "'")).rstrip(".") or word
        letter = word[prefix.end()] if prefix else word[:1]
        self.capital = letter.isupper() and len(word) <= MAX_WORD_CHARS
        self.particle = is_lower and not self.capital and self.key in PARTICLES
        self.lower = self.key if is_lower else ""
        self.joins = self.particle or self.key in OPENING_QUOTES or self.key == "the"
        self.nobody = not self.capital or _names_nobody(self.classes)

    @property
    def prefix(self) -> re.Match[str] | None:
        """The lower-case word that it begins with, as in "al-Sayed"."""
        has_mark = "-" in self.word or "'" in self.word or "’" in self.word
        return PREFIX.match(self.word) if has_mark else None

    @property
    def classes(self) -> str:
        """Letters for the lists that the word is in, see `index.people.lists`."""
        return word_classes(self.key)

    @property
    def shape(self) -> str:
        """What kind of capitals, digits and marks it has."""
        return _shape(self.printed, has_prefix=self.prefix is not None)

    @property
    def kind(self) -> str:
        """Shape and classes."""
        return f"{self.shape} {self.classes}"


def _capitalized(part: str) -> str:
    """Return a part of a name in capitals as it is printed elsewhere: "RUIZ", "O'BRIEN"."""
    prefix = part[:2] if part[1:2] in APOSTROPHES else ""
    return prefix + part[len(prefix) :].capitalize()


def _names_nobody(classes: str) -> bool:
    """Tell whether a capitalised word of these classes names nobody by itself."""
    return IN_NO_NAME in classes and not (COMMON if SMALL in classes else NAMES) & {*classes}


def _shape(word: str, *, has_prefix: bool) -> str:
    """Return the kind of a word.

    Example:
        >>> words = ("Roe", "ROE", "J.", "McRoe", "Roe-Doe", "the", "7th", "?")
        >>> [_shape(word, has_prefix=False) for word in words]
        ['Xx', 'XX', 'X.', 'XxX', 'X-X', 'x', '9', '?']
    """
    if not word.isalpha():
        if not word[:1].isalnum():
            return word[:1]
        if any(map(str.isdigit, word)):
            return "9"
        if has_prefix:
            return "x-X"
    return _capitals(word) if word[0].isupper() else "x"


def _capitals(word: str) -> str:
    """Return how the capital letters of a word stand that begins with one."""
    if "." in word:
        return "X." if len(word) <= len("J.") else "X.X." if word[1] == "." else "Xx."
    if "-" in word:
        return "X-X" if word[word.index("-") + 1 :][:1].isupper() else "X-x"
    if word.isupper():
        return "X" if len(word) == 1 else "XX" if len(word) <= len("NASA") else "XXX"
    return "Xx" if word[1:].islower() else "XxX"


class _Tokens(dict[str, Token]):
    """Tokens by their piece."""

    def __init__(self, *, uppercase_line: bool) -> None:
        super().__init__()
        self.uppercase_line = uppercase_line

    def __missing__(self, piece: str) -> Token:
        if len(self) >= MAX_KEPT:
            self.clear()
        token = self[piece] = Token(piece, uppercase_line=self.uppercase_line)
        return token


BOUNDARY = Token("")  # before and behind a line
KEPT = _Tokens(uppercase_line=False)
KEPT_UPPER = _Tokens(uppercase_line=True)


def cut(line: str) -> list[str]:
    """Return the pieces of a line; joined they are the line, but for blanks at its end."""
    return PIECE.findall(line.rstrip())  # blanks at the end would take square time


def tokens_of(pieces: Sequence[str], *, uppercase_line: bool) -> list[Token]:
    """Return the tokens that pieces are."""
    kept = KEPT_UPPER if uppercase_line else KEPT
    return list(map(kept.__getitem__, pieces))
