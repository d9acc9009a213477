"""The query language: a text that a user types, read as a query tree (`searcher.tree`).

tokens      text -> pieces with their places: words, phrases, operators, fields
tails       what stands right behind a word: ~2, ^3
words       words in a row -> Term, Phrase
expansions  what stands for many words -> Prefix, Wildcard, FuzzyTerm
dates       a piece that means a day, a month, a year or a span of them; spoken: in words
terms       a piece that is looked for, in each field
near        two things near each other -> Near
parser      the grammar, by recursive descent
asked       the words of a query as they were typed
filters     since, until, source and the like, which stand beside a query
question    which words of a query are plain ones, that may be relaxed; pasted texts

What may be written, with an example for each: searcher/QUERIES.md.
"""

from searcher.query.asked import AskedWord, asked_words
from searcher.query.filters import (
    among,
    date_filter,
    date_near,
    filter_query,
    first_day,
    name_filter,
)
from searcher.query.parser import parse_query
from searcher.query.question import Question, read_question

__all__ = [
    "AskedWord",
    "Question",
    "among",
    "asked_words",
    "date_filter",
    "date_near",
    "filter_query",
    "first_day",
    "name_filter",
    "parse_query",
    "read_question",
]
