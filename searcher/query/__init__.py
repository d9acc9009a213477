"""The query language: a text that a user types, read as a tree of Whoosh's query classes.

tokens    text -> pieces with their places: words, phrases, operators, fields
dates     a piece that means a day, a month, a year or a span of them
terms     a piece that is looked for -> Term, Phrase, Prefix, TermRange
parser    the grammar, by recursive descent
"""

from searcher.query.filters import among, date_filter, filter_query, first_day, name_filter
from searcher.query.parser import parse_query

__all__ = ["among", "date_filter", "filter_query", "first_day", "name_filter", "parse_query"]
