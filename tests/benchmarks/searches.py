"""The searches that are measured, drawn from the texts of the corpus by a seed.

Strategy: each search takes its words from a random article, each different word of it as
likely as any other, so that every class has frequent words and rare ones, and several words
occur together. Stop words are no words here (stock Whoosh drops them), phrases may hold them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from string import ascii_lowercase

import numpy as np
from corpus import YEARS, Base
from whoosh.analysis import STOP_WORDS

from index.text import stem

__all__ = ["Kind", "Search", "draw"]

WORD = re.compile(r"[a-z]{3,}")
PHRASE = re.compile(r"\b[a-z]{3,}(?: [a-z]{2,})? [a-z]{3,}\b")
MIN_FUZZY = 5  # letters; shorter words have too many neighbours to mean any of them


class Kind(StrEnum):
    """The classes of searches."""

    TERM = "single term"
    AND = "2-word AND"
    OR = "3-word OR"
    PHRASE = "phrase of 2-3 words"
    PREFIX = "prefix"
    FUZZY = "fuzzy, distance 1"
    DATED = "term with date range"
    NEWEST = "term, sort by date"
    FACET = "term, facet by source"
    TIMELINE = "term, timeline by month"
    CLOSE = "2-word AND, ranked by closeness too"  # the same words; peers answer with AND


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search, in no engine's language.

    Attributes:
        kind: What is asked for.
        words: Lower-case words as written: one, or several for AND, OR and PHRASE.
        since: First day, for DATED.
        until: Last day, itself included.
    """

    kind: Kind
    words: tuple[str, ...]
    since: date = date.min
    until: date = date.max


def draw(base: Base, count: int, seed: int) -> Mapping[Kind, tuple[Search, ...]]:
    """Return so many searches of each kind."""
    searches: dict[Kind, tuple[Search, ...]] = {}
    for number, kind in enumerate(Kind):
        if kind is Kind.CLOSE:
            searches[kind] = tuple(replace(search, kind=kind) for search in searches[Kind.AND])
            continue
        rng = np.random.default_rng((seed, number))
        drawn: dict[Search, None] = {}
        while len(drawn) < count:
            body = base.texts[rng.integers(len(base.texts))][1].lower()
            if words := DRAW[kind](rng, body):
                drawn[_search(rng, base, kind, words)] = None
        searches[kind] = tuple(drawn)
    return searches


def _search(rng: np.random.Generator, base: Base, kind: Kind, words: tuple[str, ...]) -> Search:
    if kind is not Kind.DATED:
        return Search(kind=kind, words=words)
    day = base.texts[rng.integers(len(base.texts))][2]
    since = day.replace(year=day.year + int(rng.integers(YEARS)))
    days = int(10 ** rng.uniform(1, 3.5))  # ten days to nine years
    return Search(kind=kind, words=words, since=since, until=since + timedelta(days=days))


def _words(count: int) -> Callable[[np.random.Generator, str], tuple[str, ...]]:
    def some(rng: np.random.Generator, body: str) -> tuple[str, ...]:
        words = sorted(set(WORD.findall(body)) - STOP_WORDS)
        if len(words) < count:
            return ()
        return tuple(map(str, rng.choice(words, count, replace=False)))

    return some


def _phrase(rng: np.random.Generator, body: str) -> tuple[str, ...]:
    found = [words for words in map(str.split, PHRASE.findall(body)) if _begins_and_ends(words)]
    return tuple(found[rng.integers(len(found))]) if found else ()


def _begins_and_ends(words: list[str]) -> bool:
    # A stop word may stand in the middle only, as in "bank of england".
    return not {words[0], words[-1]} & STOP_WORDS


def _prefix(rng: np.random.Generator, body: str) -> tuple[str, ...]:
    return tuple(word[: rng.integers(3, 6)] for word in _words(1)(rng, body))


def _misspelt(rng: np.random.Generator, body: str) -> tuple[str, ...]:
    """Return a word with one letter left out or another in its place.

    It is its own stem, because the peers look among stems, ours among words as written.
    """
    words = [word for word in _words(1)(rng, body) if len(word) >= MIN_FUZZY and stem(word) == word]
    letter = str(rng.choice([*ascii_lowercase, ""]))
    at = int(rng.integers(1, MIN_FUZZY))
    return tuple(word[:at] + letter + word[at + 1 :] for word in words)


DRAW = dict.fromkeys(Kind, _words(1)) | {
    Kind.AND: _words(2),
    Kind.OR: _words(3),
    Kind.PHRASE: _phrase,
    Kind.PREFIX: _prefix,
    Kind.FUZZY: _misspelt,
}
