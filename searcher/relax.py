"""What answers a question: the articles with all its words or, where those are too few, with any.

Rule: plain words are all required first. Where they match nothing, or four or more of them fewer
    than ten articles, any one of them is enough, and the more an article has of them and the
    rarer these are, the higher it stands. What is not a plain word stays as it is: phrases,
    fields, filters, words with an operator, + or - before them. Only where a pasted text finds
    nothing so, all its words are taken as plain ones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from whoosh.query import Query

from searcher.engines import Answer, Engine
from searcher.query import Question, read_question
from searcher.settings import RankingSettings

__all__ = ["Answered", "answered"]

# With few words each is meant; that all of many stand in one article is chance.
MANY_WORDS = 4
NOTHING_AS_WRITTEN = "no article has it as it is written"
FEW_ARTICLES = 10  # a page of hits, whatever page is asked for


class Answered(NamedTuple):
    """How a question was answered.

    Attributes:
        answer: The articles.
        tree: What they match.
        relaxed: Whether they need not have all plain words.
        problem: Why signs of the query language were passed over; None: they were not.
    """

    answer: Answer
    tree: Query
    relaxed: bool
    problem: str | None


def answered(
    engine: Engine,
    asked: Question,
    narrow: Query | None,
    ranking: RankingSettings,
    *,
    may_relax: bool = True,
) -> Answered:
    """Return the answer to a question, by the rule above.

    Args:
        engine: The archive.
        asked: The question.
        narrow: What articles must match beside; None: nothing.
        ranking: How to rank.
        may_relax: Whether it may be relaxed.
    """
    answer = engine.answer(asked.tree, narrow, ranking, asked.neighbours)
    strict = Answered(answer, asked.tree, relaxed=False, problem=asked.problem)
    many = asked.word_count >= MANY_WORDS
    if not may_relax or (asked.relaxed_tree is None and asked.pasted is None):
        return strict
    if answer.total() >= (FEW_ARTICLES if many else 1):
        return strict
    if asked.relaxed_tree is not None:
        answer = engine.answer(asked.relaxed_tree, narrow, ranking, asked.neighbours)
        if asked.pasted is None or answer.total():
            return Answered(answer, asked.relaxed_tree, relaxed=True, problem=asked.problem)
    if asked.pasted is None:
        return strict
    words = replace(read_question(asked.pasted), pasted=None, problem=NOTHING_AS_WRITTEN)
    return answered(engine, words, narrow, ranking)
