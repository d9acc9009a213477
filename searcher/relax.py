"""What answers a question: the articles with all its words and, where these are few, with some.

Rule 1: Articles with all plain words match. Where none has them, those with any of them do: the
    question is relaxed, and the more an article has of its words and the rarer these are, the
    higher it stands.
Rule 2: Where some have them, but fewer than a hundred, the hits by relevance go on behind these
    with the articles of the relaxed question. A question of five words or more is relaxed itself:
    that all of so many stand in one article is chance, and no reason to put it first.
Rule 3: What is not a plain word stays as it is: phrases, fields, filters, words with an operator,
    + or - before them. Only where a pasted text finds next to nothing so, all its words are taken
    as plain ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from searcher.engines import Answer, Engine, ScoredDocument
from searcher.model import Sort
from searcher.query import Question, read_question
from searcher.settings import RankingSettings
from searcher.tree import Query

__all__ = ["Answered", "Found", "answered", "found_hits"]

# Of fewer the first hundred hits, as many as anyone looks at, are not full.
FEW_ARTICLES = 100
MANY_WORDS = 5  # 4 and 6 are as good on judged queries, 8 is not
NEXT_TO_NONE = 10  # a page of hits
HARDLY_AS_WRITTEN = "hardly any article has it as it is written"


class Answered(NamedTuple):
    """How a question was answered.

    Attributes:
        answer: The articles that match.
        tree: What they match.
        relaxed: Whether they need not have all plain words.
        problem: Why signs of the query language were passed over; None: they were not.
        further: The same question relaxed, where few match: its other articles are hits behind
            those that match, and no more than that.
    """

    answer: Answer
    tree: Query
    relaxed: bool
    problem: str | None
    further: Answered | None = None

    def further_total(self) -> int:
        """Return how many articles do not match but are hits behind those that do."""
        return self.further.answer.total() - self.answer.total() if self.further else 0


class Found(NamedTuple):
    """A hit: a document, its score, and whether it need not have all plain words."""

    document: int
    score: float
    relaxed: bool


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
    if not may_relax or (asked.relaxed_tree is None and asked.pasted is None):
        return strict
    matching = answer.total()
    if matching and (matching >= FEW_ARTICLES or asked.word_count == 1):
        return strict
    relaxed = _relaxed(engine, asked, narrow, ranking)
    if matching and asked.word_count < MANY_WORDS:
        return strict._replace(further=relaxed)
    if relaxed and (matching or not asked.pasted or relaxed.answer.total() >= NEXT_TO_NONE):
        return relaxed
    if matching or asked.pasted is None:
        return strict
    words = read_question(asked.pasted)._replace(pasted=None, problem=HARDLY_AS_WRITTEN)
    return answered(engine, words, narrow, ranking)


def _relaxed(
    engine: Engine, asked: Question, narrow: Query | None, ranking: RankingSettings
) -> Answered | None:
    """Return the articles with any of the plain words; None: there are not several."""
    if asked.relaxed_tree is None:
        return None
    answer = engine.answer(asked.relaxed_tree, narrow, ranking, asked.neighbours)
    return Answered(answer, asked.relaxed_tree, relaxed=True, problem=asked.problem)


def found_hits(
    engine: Engine, asked: Answered, sort: Sort, start: int, stop: int, *, copies: bool
) -> Sequence[Found]:
    """Return hits start to stop (half open, from 0) of the order: first those that match.

    Args:
        engine: The archive.
        asked: The question, answered.
        sort: The order; that by relevance where hits go on behind those that match.
        start: Hits to pass over.
        stop: Where to end.
        copies: Whether each article is a hit, also those of one story.
    """
    top = asked.answer.top if copies else asked.answer.top_stories
    found = top(sort, start, stop)
    hits = [Found(*one, relaxed=asked.relaxed) for one in found]
    if asked.further is None or len(found) == stop - start:
        return hits
    matching = top(sort, 0, FEW_ARTICLES)
    behind = _behind(engine, asked.further.answer, matching, stop, copies=copies)
    places = behind[max(start - len(matching), 0) : stop - len(matching)]
    return [*hits, *(Found(*one, relaxed=True) for one in places)]


def _behind(
    engine: Engine, answer: Answer, before: Sequence[ScoredDocument], stop: int, *, copies: bool
) -> list[ScoredDocument]:
    """Return the first hits of an answer by relevance that are not, nor their story, before it.

    Of its first `stop` hits no more than are before fall away, so those up to that place are
    among them.
    """
    passed = {one.document for one in before}
    if copies:
        found = answer.top(Sort.RELEVANCE, 0, stop)
    else:
        passed.update(*(engine.members(document) for document in passed))
        found = answer.top_stories(Sort.RELEVANCE, 0, stop)
    return [one for one in found if one.document not in passed]
