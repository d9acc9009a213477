"""Did you mean: words of the archive that are like words of a query that it does not have.

Strategy: each word that is asked for is looked up; only one that no article has, or next to none,
is held against the dictionary, and of the words like it those are named that most articles have.
A query is never changed: who wants the other word searches for it.

Rule 1: For a word that no article has, every word one letter away will do, or of a longer one,
    where there is none, two.
Rule 2: For a word of few articles, only one that has many times as many, begins with the same
    letter and is one letter away: rare words are most often meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from searcher.engines import Engine
from searcher.model import Count, Suggestion
from searcher.query import AskedWord, asked_words

__all__ = ["suggestions"]

MIN_LETTERS = 4  # shorter words are all like one another
LONG_WORD = 6  # letters, of which two may be wrong
FEW = 2
FAR_MORE = 100
MAX_INSTEAD = 3
MAX_LOOKED_UP = 10  # words of a query that no article has


def suggestions(engine: Engine, query: str, *, as_words: bool = False) -> tuple[Suggestion, ...]:
    """Return what may have been meant by words of a query, in the order of the query.

    Args:
        engine: The archive.
        query: A query that can be read, or that was taken for plain words.
        as_words: Whether it was.
    """
    words = [*asked_words(query, as_words=as_words)]
    asked = {(word.term, word.field): word for word in reversed(words)}
    found: list[Suggestion] = []
    looked_up = 0
    for word in sorted(asked.values(), key=lambda word: word.position):
        if len(word.term) < MIN_LETTERS or not word.term.isalpha():
            continue
        having = engine.frequency(word.field, word.term)
        if having > FEW or looked_up == MAX_LOOKED_UP:
            continue
        looked_up += 1
        if instead := _instead(engine, word, having):
            found.append(
                Suggestion(word=word.term, position=word.position, articles=having, instead=instead)
            )
    return tuple(found)


def _instead(engine: Engine, word: AskedWord, having: int) -> tuple[Count, ...]:
    near = engine.neighbours(word.field, word.term, 1)
    if having:
        near = {
            other: articles
            for other, articles in near.items()
            if articles >= FAR_MORE * having and other[0] == word.term[0]
        }
    elif not near and len(word.term) >= LONG_WORD:
        near = engine.neighbours(word.field, word.term, 2)
    return _most_frequent(near)


def _most_frequent(near: Mapping[str, int]) -> tuple[Count, ...]:
    ordered = sorted(near.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(value=word, articles=count) for word, count in ordered[:MAX_INSTEAD])
