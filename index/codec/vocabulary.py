"""Texts to numbers of words: what the inverter sorts instead of strings.

Strategy: `index.text.spaced` parts a text into pieces in C, and tables in NumPy
(`index.codec.word_table`) give the numbers of many at once. A dictionary stands behind it; only
a piece met for the first time, or one that is no plain word, runs Python code.

Rule 1: A number stands for one folded word, numbered in the order of first occurrence.
    The words of a text are exactly the terms of `index.text.tokens`, in their order.
Rule 2: Each distinct word is stemmed once, and only when stems are asked for.
Rule 3: A plain piece is its word. Of the others, what they are cut into is kept too, up
    to a bound: they are spellings ("Élysée", "ÉLYSÉE"), or short signs with no word.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Integers, Numbers, ranges
from index.codec.word_table import OTHER, FoundPieces, WordTable
from index.text import MAX_WORD, spaced, stems, terms_of_piece

__all__ = ["Vocabulary"]

# So many pieces that are not plain are kept, none longer: a sentence without spaces between
# its words is one piece too, but comes only once.
MAX_KEPT = 1 << 18
MAX_KEPT_BYTES = 48
# Memory for an entry without its characters, as measured with 10,000 to 300,000 words: the key,
# the number, and their places in dictionary and list; and for the stem of a word.
ENTRY_BYTES = 120
STEM_BYTES = 100
PLAIN = re.compile(f"[a-z0-9_]{{1,{MAX_WORD}}}")


class Vocabulary:
    """The words of many texts, numbered, and the number of the stem of each."""

    def __init__(self) -> None:
        self._words: list[bytes] = []
        self._pieces = _Pieces(self._words)
        self._table = WordTable(self._pieces.__getitem__)
        self._terms = _Terms(self._words, self._pieces)
        self._kept: dict[bytes, tuple[int, ...]] = {}
        self._stems: dict[str, int] = {}
        self._stem_of = array("I")

    def __len__(self) -> int:
        return len(self._words)

    @property
    def words(self) -> list[str]:
        """The folded words, by number."""
        return [word.decode() for word in self._words]

    def encoded(self, numbers: Iterable[int]) -> list[bytes]:
        """Return some of the words in UTF-8."""
        return [*map(self._words.__getitem__, numbers)]

    @property
    def stems(self) -> list[str]:
        """The distinct stems of the words, by stem number."""
        self._stem_new_words()
        return list(self._stems)

    @property
    def stem_of(self) -> npt.NDArray[np.uint32]:
        """The stem number of each word: shape (words,), uint32."""
        self._stem_new_words()
        return np.array(self._stem_of, dtype=np.uint32)

    @property
    def size_bytes(self) -> int:
        """Memory used, roughly, stems included though they may not be made yet."""
        entries = len(self._pieces) + len(self._terms) + len(self._kept)
        characters = self._pieces.characters + self._terms.characters
        return entries * ENTRY_BYTES + characters + len(self) * STEM_BYTES

    def numbers(self, texts: Iterable[str]) -> tuple[Numbers, Integers]:
        """Return the words of texts as numbers.

        Returns:
            The number of each word, text by text, and how many words each text has.
        """
        found = self._table.find([*map(spaced, texts)])
        return self._put_in(found) if found.others else (found.numbers, found.counts)

    def _put_in(self, found: FoundPieces) -> tuple[Numbers, Integers]:
        """Put the words of pieces that are not plain where the pieces are."""
        words = [*map(self._numbers, found.others.values())]
        at = np.fromiter(found.others, np.int64, len(words))
        sizes = np.ones(len(found.numbers), dtype=np.int64)
        sizes[at] = [*map(len, words)]
        ends = np.append(0, np.cumsum(sizes))
        numbers = np.repeat(found.numbers, sizes)
        flat = [number for own in words for number in own]
        numbers[ranges(ends[at], sizes[at])] = np.array(flat, dtype=np.uint32)
        return numbers, np.diff(ends[np.append(0, np.cumsum(found.counts))])

    def _numbers(self, piece: bytes) -> tuple[int, ...]:
        numbers = self._kept.get(piece)
        if numbers is None:
            numbers = tuple(map(self._terms.__getitem__, terms_of_piece(piece)))
            if len(piece) <= MAX_KEPT_BYTES and len(self._kept) < MAX_KEPT:
                self._kept[piece] = numbers
                if len(numbers) == 1:
                    self._pieces[piece] = numbers[0]
        return numbers

    def _stem_new_words(self) -> None:
        known = self._stems
        new = self._words[len(self._stem_of) :]
        for stem in stems([word.decode() for word in new]):
            self._stem_of.append(known.setdefault(stem, len(known)))


class _Pieces(dict[bytes, int]):
    """The number of each piece that is one word; a new plain one gets its number here."""

    def __init__(self, words: list[bytes]) -> None:
        super().__init__()
        self.words = words
        self.characters = 0

    def __missing__(self, piece: bytes) -> int:
        if not piece.isascii() or len(piece) > MAX_WORD:
            return OTHER
        number = self[piece] = len(self.words)
        self.words.append(piece)
        self.characters += len(piece)
        return number


class _Terms(dict[str, int]):
    """The number of each term that some piece which is not plain was cut into."""

    def __init__(self, words: list[bytes], plain: _Pieces) -> None:
        super().__init__()
        self.words = words
        self.plain = plain
        self.characters = 0

    def __missing__(self, term: str) -> int:
        # A folded word need not be a piece: "½" is the word "1⁄2", which as a text is two words,
        # and 255 ligatures fold to a word that is too long for a plain piece.
        word = term.encode()
        if PLAIN.fullmatch(term):
            number = self.plain[word]
        else:
            number = len(self.words)
            self.words.append(word)
        self[term] = number
        self.characters += 2 * len(word)
        return number
