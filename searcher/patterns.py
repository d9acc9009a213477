"""What of a query can be seen in a text: words, phrases and beginnings, as patterns.

A pattern is a run of words. The analysis is that of the index (`index.text`), so what is
marked is what was found.

Strategy: in a text of which only small letters and digits are left, with one space where
anything else was, search for what words of the query begin with; that runs in C. Only the
words found so are read as the index reads them, each of them once for all texts of a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from whoosh.query import And, Or, Phrase, Prefix, Query, Term

from index.schema import TEXT, TEXT_FIELDS, WORDS, exact, written
from index.text import MAX_WORD, begins_pairs, spaced, stem, tokens

__all__ = ["Form", "Match", "Matcher", "Pattern", "visible_patterns"]

Form = Literal["stem", "word", "prefix"]
NOWHERE = -2  # a token number that no token follows
# The English stemmer changes the last letters only: so many of a stem, at most, no word of it
# needs to have ("dying" is "die").
STEM_CHANGES = 2
# Any word between two places; words not in ASCII are never skipped.
SKIPPED_WORD = re.compile(rb" [^ ]{1,%d}+ " % MAX_WORD)
NOT_ASCII = re.compile(rb"[\x80-\xff][^ ]*")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that stand in a row.

    Attributes:
        words: What to look for, at least one.
        form: How: by stems, by words as written, or (a single one) by what words begin with.
    """

    words: tuple[str, ...]
    form: Form

    def form_at(self, place: int) -> Form:
        """Return how to look for one of the words."""
        if place == len(self.words) - 1 and begins_pairs(self.words[place]):
            return "prefix"  # as the index finds it
        return self.form


class Match(NamedTuple):
    """A place where a pattern stands.

    Attributes:
        start: Code points before it.
        end: One past its last code point.
        pattern: Which: its number among the patterns of the matcher.
    """

    start: int
    end: int
    pattern: int


def visible_patterns(query: Query, field: str) -> frozenset[Pattern]:
    """Return what a text field shows of the reasons why an article matched.

    Negated parts show nothing. Persons are looked for in every text: a query for a person
    is answered by the passages that name them.
    """
    return frozenset(_patterns(query, field))


def _patterns(query: Query, field: str) -> Iterator[Pattern]:
    match query:
        case And() | Or():
            for part in query.subqueries:
                yield from _patterns(part, field)
        case Term() if query.fieldname == exact("people"):
            yield Pattern(tuple(query.text.split()), "word")
        case Term() | Phrase() | Prefix():
            form = _form(query, field)
            words = query.words if isinstance(query, Phrase) else (query.text,)
            if form:
                yield Pattern(tuple(words), form)
        case _:
            pass


def _form(query: Term | Phrase | Prefix, field: str) -> Form | None:
    if query.fieldname not in {TEXT, field, WORDS, written(field), "people"}:
        return None
    if isinstance(query, Prefix):
        return "prefix"
    return "stem" if query.fieldname in {TEXT, *TEXT_FIELDS} else "word"


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
        self._known: dict[str, tuple[_Step, ...]] = {}
        for number, pattern in enumerate(patterns):
            for place, word in enumerate(pattern.words):
                self._add(word, pattern.form_at(place), _Step(place, number))

    def _add(self, word: str, form: Form, step: _Step) -> None:
        if form == "prefix":
            self._prefixes.append((word, step))
        else:
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
        return tuple(sorted(steps, reverse=True))

    def beginnings(self) -> list[str]:
        """Return what terms begin with that can be any step; none begins with another."""
        stems = (word[: max(1, len(word) - STEM_CHANGES)] for word in self._stems)
        every = {*stems, *self._words, *(word for word, _ in self._prefixes)}
        return [one for one in every if not any(one[:end] in every for end in range(len(one)))]


class Matcher:
    """Finds patterns in texts. It keeps what it learns of words from one text to the next.

    Args:
        patterns: What to look for.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        patterns = tuple(patterns)
        self._steps = _Steps(patterns)
        self._last_places = [len(pattern.words) - 1 for pattern in patterns]
        self._beginnings = [
            f" {word}".encode() for word in self._steps.beginnings() if word.isascii()
        ]
        self._known: dict[bytes, _Piece | None] = {}

    def matches(self, text: str) -> list[Match]:
        """Return where the patterns stand in a text, by start; matches may overlap."""
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
        for beginning in self._beginnings:
            place = text.find(beginning)
            while place >= 0:
                places.add(place)
                place = text.find(beginning, place + 1)
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
