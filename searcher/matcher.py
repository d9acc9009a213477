"""Where the patterns of a query stand in a text.

Strategy: in a text of which only small letters and digits are left, with one space where
anything else was, search for what every word of a pattern must hold: what it begins with, or a
part of it; that runs in C. Only the words found so are read as the index reads them, each of
them once for all texts of a search.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.text import MAX_WORD, spaced, stem, tokens
from searcher.closeness import close_matches
from searcher.patterns import Form, Match, Pattern, Together, Wanted

__all__ = ["Matcher"]

NOWHERE = -2  # a token number that no token follows
# The English stemmer changes the last letters only: so many of a stem, at most, no word of it
# needs to have ("dying" is "die").
STEM_CHANGES = 2
# Any word between two places; words not in ASCII are never skipped.
SKIPPED_WORD = re.compile(rb" [^ ]{1,%d}+ " % MAX_WORD)
NOT_ASCII = re.compile(rb"[\x80-\xff][^ ]*")
SIGNS = re.compile(r"[*?]+")


class _Step(NamedTuple):
    """A word of a pattern: its place there, and the number of the pattern."""

    place: int
    pattern: int


class _FittingToken(NamedTuple):
    """A token that can be a word of a pattern.

    Attributes:
        number: Rises by one from a token to one right behind it, and by more to others.
        start: Code points before it.
        end: One past its last code point.
        steps: Which words, late ones of a pattern first.
    """

    number: int
    start: int
    end: int
    steps: tuple[_Step, ...]


class _Piece(NamedTuple):
    """What is known of a piece of a text.

    Attributes:
        length: How many tokens it has.
        fitting: Those that can be words of patterns, counted from the beginning of the piece.
    """

    length: int
    fitting: tuple[_FittingToken, ...]


class _Steps:
    """Tells which words of patterns a term can be."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._stems: dict[str, tuple[_Step, ...]] = {}
        self._words: dict[str, tuple[_Step, ...]] = {}
        self._prefixes: list[tuple[str, _Step]] = []
        self._tests: list[tuple[Callable[[str], object], _Step]] = []
        self._parts: set[str] = set()
        self._known: dict[str, tuple[_Step, ...]] = {}
        for number, pattern in enumerate(patterns):
            for place, word in enumerate(pattern.words):
                step = _Step(place, number)
                self._add(word, pattern.form_at(place), pattern.edits, step)

    def _add(self, word: str, form: Form, edits: int, step: _Step) -> None:
        match form:
            case "prefix":
                self._prefixes.append((word, step))
            case "wildcard":
                self._tests.append((re.compile(fnmatch.translate(word)).match, step))
                self._parts.add(max(filter(str.strip, SIGNS.split(f" {word}")), key=len))
            case "fuzzy":
                self._tests.append((lambda term: within_edits(word, term, edits), step))
                self._parts.update(_left_as_they_were(word, edits))
            case "stem" | "word":
                steps = self._stems if form == "stem" else self._words
                steps[word] = (step, *steps.get(word, ()))

    def of(self, term: str) -> tuple[_Step, ...]:
        """Return the steps that a term can be, late ones first."""
        if (known := self._known.get(term)) is None:
            known = self._known[term] = self._worked_out(term)
        return known

    def _worked_out(self, term: str) -> tuple[_Step, ...]:
        steps = self._stems.get(stem(term), ()) + self._words.get(term, ())
        steps += tuple(step for word, step in self._prefixes if term.startswith(word))
        steps += tuple(step for fits, step in self._tests if fits(term))
        return tuple(sorted(steps, reverse=True))

    def needles(self) -> list[str]:
        """Return strings of which any word that can be any step holds one; a space begins words.

        None of those that begin words begins with another.
        """
        stems = (word[: max(1, len(word) - STEM_CHANGES)] for word in self._stems)
        every = {*stems, *self._words, *(word for word, _ in self._prefixes)}
        begins = (one for one in every if not any(one[:end] in every for end in range(len(one))))
        return [*(f" {one}" for one in begins), *self._parts]


def _left_as_they_were(word: str, edits: int) -> Iterator[str]:
    """Yield strings one of which is in every word within so many edits of this one.

    Cut in one more part than there are edits, a part is left as it was, but where letters changed
    places over a cut: then it is a row of parts with nothing but that.
    """
    cuts = [len(word) * at // (edits + 1) for at in range(edits + 2)]
    parts = [word[start:end] for start, end in pairwise(cuts)]
    for at, row in enumerate(parts):
        yield row
        for part in parts[at + 1 :]:
            row = row[:-1] + part[:1] + row[-1:] + part[1:]  # noqa: PLW2901 (it grows)
            yield row


def within_edits(one: str, other: str, edits: int) -> bool:
    """Tell whether so few edits make one word the other.

    A letter put in, left out or replaced is one, and neighbours that changed places are one. What
    both begin with is left; then each of the four is tried, so this is for few.

    Example:
        >>> within_edits("ellison", "elison", 1), within_edits("roe", "rope", 0)
        (True, False)
        >>> within_edits("ellison", "elilson", 1)
        True
    """
    if abs(len(one) - len(other)) > edits:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    one, other = one[same:], other[same:]
    if not (one and other and edits):
        return len(one) + len(other) <= edits
    tries = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        tries.append((one[2:], other[2:]))
    return any(within_edits(*pair, edits - 1) for pair in tries)


class Matcher:
    """Finds patterns in texts. It keeps what it learns of words from one text to the next.

    Args:
        wanted: What to look for. Patterns that count by themselves have their numbers in this
            order, those that count only together the numbers behind.

    Attributes:
        patterns: All of them, by number.
    """

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        wanted = tuple(wanted)
        alone = dict.fromkeys(one for one in wanted if isinstance(one, Pattern))
        together = [one for one in wanted if isinstance(one, Together)]
        inner = (pattern for one in together for side in one.sides for pattern in side)
        patterns = tuple(dict.fromkeys([*alone, *inner]))
        self._steps = _Steps(patterns)
        self._last_places = [len(pattern.words) - 1 for pattern in patterns]
        self._needles = [needle.encode() for needle in self._steps.needles() if needle.isascii()]
        self._known: dict[bytes, _Piece | None] = {}
        self.patterns = patterns
        self._alone = len(alone)
        self._together = together

    def matches(self, text: str) -> list[Match]:
        """Return where the patterns stand in a text, by start; matches may overlap."""
        found = self._every_match(text)
        if not self._together:
            return found
        kept = {match for match in found if match.pattern < self._alone}
        for one in self._together:
            kept.update(close_matches(text, one, self.patterns, found))
        return sorted(kept)

    def _every_match(self, text: str) -> list[Match]:
        matches: list[Match] = []
        # By pattern: for each of its places, the last token that stood there with all words
        # before it, and where the first of these words started.
        reached = [[(NOWHERE, 0)] * place for place in self._last_places]
        for token in self._fitting_tokens(b" " + spaced(text) + b" ") if reached else ():
            for place, pattern in token.steps:
                start = token.start
                if place:
                    number, start = reached[pattern][place - 1]
                    if number != token.number - 1:
                        continue
                if place == self._last_places[pattern]:
                    matches.append(Match(start, token.end, pattern))
                else:
                    reached[pattern][place] = (token.number, start)
        return sorted(matches)

    def _fitting_tokens(self, text: bytes) -> Iterator[_FittingToken]:
        plain = text.isascii()
        number = start = at = behind = 0
        for place in self._candidates(text):
            word = text[place + 1 : text.index(b" ", place + 1)]
            if (piece := self._piece(word)) is None:
                continue
            start += place - at if plain else _code_points(text[at:place])
            number += SKIPPED_WORD.search(text, behind, place + 1) is not None
            for inner in piece.fitting:
                yield _FittingToken(
                    number + inner.number, start + inner.start, start + inner.end, inner.steps
                )
            number += piece.length
            at, behind = place, place + 1 + len(word)

    def _candidates(self, text: bytes) -> list[int]:
        """Return the spaces before the pieces that are to be looked at, in order."""
        places: set[int] = set()
        for needle in self._needles:
            place = text.find(needle)
            while place >= 0:
                places.add(text.rindex(b" ", 0, place + 1))
                place = text.find(needle, place + 1)
        if not text.isascii():
            found = NOT_ASCII.finditer(text)
            places.update(text.rindex(b" ", 0, match.start()) for match in found)
        return sorted(places)

    def _piece(self, word: bytes) -> _Piece | None:
        """Return what a piece is; None: in plain letters, and no word of a pattern."""
        if word not in self._known:
            piece = self._plain(word) if word.isascii() else self._any(word)
            if len(word) > MAX_WORD:
                return piece  # not kept, because it is no word that comes again
            self._known[word] = piece
        return self._known[word]

    def _plain(self, word: bytes) -> _Piece | None:
        steps = self._steps.of(word.decode()) if len(word) <= MAX_WORD else ()
        return _Piece(1, (_FittingToken(0, 0, len(word), steps),)) if steps else None

    def _any(self, word: bytes) -> _Piece:
        length = 0
        fitting: list[_FittingToken] = []
        for length, token in enumerate(tokens(word.decode("utf-8", "surrogatepass")), start=1):
            if steps := self._steps.of(token.term):
                fitting.append(_FittingToken(length - 1, token.start, token.end, steps))
        return _Piece(length, tuple(fitting))


def _code_points(text: bytes) -> int:
    return len(text.decode("utf-8", "surrogatepass"))
