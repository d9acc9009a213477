"""The query language: a text that a user types, read as a tree of Whoosh's query classes.

tokens    text -> pieces with their places: words, phrases, operators, fields
dates     a piece that means a day, a month, a year or a span of them
terms     a piece that is looked for -> Term, Phrase, Prefix, TermRange
parser    the grammar, by recursive descent
question  which words of a query are plain ones, that may be relaxed; pasted texts
"""

from searcher.query.filters import date_filter, date_near, filter_query, name_filter
from searcher.query.parser import parse_query
from searcher.query.question import Question, read_question

__all__ = [
    "Question",
    "date_filter",
    "date_near",
    "filter_query",
    "name_filter",
    "parse_query",
    "read_question",
]
