"""What a user's text asks for: the query, and which of its words are plain ones.

A plain word is one that stands by itself: outside quotation marks, without a field, a pattern,
a sign before it or an operator beside it; in parentheses, if that is true of these.

Rule 1: Stop words among the plain words are left out where other words are asked for.
Rule 2: A text of eight words or more without a field, an operator or a pattern may be pasted:
    where it cannot be read as a query, or finds hardly anything, all its words are taken as
    plain ones. So may sentences with what looks like an operator or a pattern; if they have an
    operator they are not read as a query at all. All in capitals, a text has no operators.
Rule 3: Plain words may be relaxed (`searcher.relax`): then any of them is enough. A
    word that is repeated counts for more, by the square root of how often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from index.schema import TEXT
from index.text import stem, tokens
from searcher.errors import QuerySyntaxError
from searcher.query.parser import MAX_CHARS, parse_query, within_limits
from searcher.query.stopwords import STOP_WORDS
from searcher.query.tokens import FIELDS, Kind, Piece, pieces
from searcher.query.words import all_of, any_of
from searcher.tree import And, Or, Phrase, Query, Term

__all__ = ["Question", "read_question"]

OPERATORS = {"AND", "OR", "NOT", "ANDNOT", "NEAR"}
PASTED_WORDS = 8  # who types so many by hand writes no operators, or writes them rightly
# Sentences have marks behind words, and stop words; what is typed with operators has no marks,
# but for those of abbreviations, "U.S." say.
SENTENCE_MARK = re.compile(r"\w\w[\"'”’)*]*[.,;!?…](?=[\s.!?…\"'”’)]|$)")
SENTENCE_STOP_WORDS = 2
BEFORE_PLAIN = {None, Kind.WORD, Kind.PHRASE, Kind.RANGE, Kind.OPEN, Kind.CLOSE, Kind.TAIL}
BEHIND_PLAIN = {*Kind} - {Kind.AND, Kind.OR, Kind.NEAR, Kind.TAIL}


class Question(NamedTuple):
    """What a text asks for.

    Attributes:
        tree: What articles must match.
        relaxed_tree: The same with any of the plain words; None: there are not several.
        word_count: How many different plain words there are.
        neighbours: Stems of plain words that follow each other.
        problem: Why the text could not be read as a query, so that its words were taken; None:
            it was read.
        pasted: All words of a text that may be pasted, to be taken as plain ones where the
            text as it is finds hardly anything.
    """

    tree: Query
    relaxed_tree: Query | None = None
    word_count: int = 0
    neighbours: tuple[tuple[str, str], ...] = ()
    problem: str | None = None
    pasted: str | None = None


class _Plain(NamedTuple):
    """A plain word.

    Attributes:
        query: What it is in the tree.
        terms: Its words as written; several in one like "well-known".
        is_number: Whether it is a number that may be written in another way too ("12,000").
        follows: Whether the piece before it is a plain word too.
    """

    query: Query
    terms: tuple[str, ...]
    is_number: bool
    follows: bool

    @property
    def is_stop(self) -> bool:
        return all(term in STOP_WORDS for term in self.terms)


def read_question(text: str, *, today: date | None = None) -> Question:
    """Return what a text asks for.

    Args:
        text: What the user typed or pasted.
        today: The day that `date:today` means; None: the day it is here.

    Raises:
        QuerySyntaxError: As `searcher.query.parse_query`, where the text is not a pasted one.

    Example:
        >>> asked = read_question("the flood of the river")
        >>> asked.tree, asked.neighbours
        (And((Term('text', 'flood'), Term('text', 'river'))), (('flood', 'river'),))
        >>> asked.relaxed_tree
        Or((Term('text', 'flood'), Term('text', 'river')))
    """
    if text.isupper() and len(text.split()) >= PASTED_WORDS:
        text = text.lower()
    if len(text.split()) < PASTED_WORDS or _is_typed(text):
        return _question(text, parse_query(text, today=today))
    words = " ".join(token.term for token in tokens(text))
    problem = _operators_in_sentence(text)
    try:
        read = _question(text, parse_query(text, today=today))
        return _of_words(words, problem) if problem else read._replace(pasted=words)
    except QuerySyntaxError as error:
        if len(text) > MAX_CHARS:
            raise
        try:
            return _of_words(words, problem or str(error))
        except QuerySyntaxError:  # too long, however it is read
            raise error from None


def _of_words(words: str, problem: str) -> Question:
    """Return what words ask for that are not taken for a query, with the reason."""
    return _question(words, parse_query(words))._replace(problem=problem)


def _operators_in_sentence(text: str) -> str:
    """Return why a sentence is not read as a query; nothing where it has no operators."""
    operators = " and ".join(sorted(OPERATORS & {*text.split()}))
    return f"it reads like a sentence, in which {operators} may be a word" if operators else ""


def _is_typed(text: str) -> bool:
    """Tell whether there is a field, an operator or a pattern in a text, which nobody pastes.

    A star or a colon with nothing behind it is of prose: a list, "the story: all is well".
    """
    words = text.split()
    parts = (word.partition(":") for word in words)
    if any(name.lstrip("-+(").lower() in FIELDS and behind for name, _, behind in parts):
        return True
    is_query = OPERATORS & {*words} or any("*" in word and word.strip("*") for word in words)
    return bool(is_query) and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Tell whether a text reads like a sentence, operators left out of account."""
    words = ([*tokens(word)] for word in text.split() if word not in OPERATORS)
    stop_words = sum(word[0].term in STOP_WORDS for word in words if len(word) == 1)
    return stop_words >= SENTENCE_STOP_WORDS and SENTENCE_MARK.search(text) is not None


def _question(text: str, tree: Query) -> Question:
    parts = [*tree.subqueries] if type(tree) is And else [tree]
    plain = [word for word in _plain_words(text) if word.query in parts]
    words = [word for word in plain if not word.is_stop]
    if not words and len(parts) == len(plain):
        words = plain
    for word in plain:
        if word not in words:
            parts.remove(word.query)
    binding = [*parts]
    for word in words:
        binding.remove(word.query)
    runs = [*_runs(plain, words)]
    counts = Counter(word for run in runs for word in run)
    any_word: list[Query] = [Term(TEXT, word, boost=sqrt(count)) for word, count in counts.items()]
    any_word += dict.fromkeys(word.query for word in words if word.is_number)
    return Question(
        tree=all_of(parts) if len(words) < len(plain) else tree,
        relaxed_tree=all_of([*binding, any_of(any_word)]) if len(any_word) > 1 else None,
        word_count=len({word.terms for word in words}),
        neighbours=tuple(pair for run in runs for pair in pairwise(run)),
    )


def _runs(plain: Sequence[_Plain], words: Sequence[_Plain]) -> Iterator[list[str]]:
    """Yield the stems of the words that follow each other, stop words and numbers passed over."""
    run: list[str] = []
    for word in plain:
        if not word.follows and run:
            yield run
            run = []
        if word in words and not word.is_number:
            run.extend(map(stem, word.terms))
    if run:
        yield run


def _plain_words(text: str) -> Iterator[_Plain]:
    """Yield the plain words of a text that can be read; none where there is an OR."""
    found = [*within_limits(pieces(text))]
    if any(piece.kind is Kind.OR for piece in found):
        return
    binding = _binding_groups(found)
    bound: list[bool] = []  # for each open group
    follows = False
    for at, (before, piece, behind) in enumerate(
        zip([None, *found], found, found[1:], strict=False)
    ):
        if piece.kind is Kind.OPEN:
            bound.append(at in binding)
        elif piece.kind is Kind.CLOSE:
            bound.pop()
        elif piece.kind is Kind.WORD and not any(bound) and _is_free(before, behind):
            word = _plain_word(piece, follows=follows)
            follows = word is not None
            if word:
                yield word
        else:
            follows = False


def _binding_groups(found: Sequence[Piece]) -> set[int]:
    """Return where groups open that have something before or behind them that binds."""
    binding: set[int] = set()
    opened: list[int] = []
    for at, (piece, behind) in enumerate(pairwise(found)):
        if piece.kind is Kind.OPEN:
            opened.append(at)
        elif piece.kind is Kind.CLOSE:
            opening = opened.pop()
            before = found[opening - 1] if opening else None
            if not _is_free(before, behind):
                binding.add(opening)
    return binding


def _is_free(before: Piece | None, behind: Piece) -> bool:
    """Tell whether nothing on the sides of a word or a group is an operator, a field or a tail."""
    return (before and before.kind) in BEFORE_PLAIN and behind.kind in BEHIND_PLAIN


def _plain_word(piece: Piece, *, follows: bool) -> _Plain | None:
    """Return what a word is; None: a pattern, an address, or nothing but punctuation."""
    terms = tuple(token.term for token in tokens(piece.text))
    if not terms:
        return None
    query: Query = Term(TEXT, stem(terms[0]))
    if len(terms) > 1 or not piece.text.isalpha():
        query = parse_query(piece.text)
    rows = query.subqueries if isinstance(query, Or) else (query,)
    if all(isinstance(row, Term | Phrase) and row.fieldname == TEXT for row in rows):
        return _Plain(query, terms, is_number=isinstance(query, Or), follows=follows)
    return None
