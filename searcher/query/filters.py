"""Filters beside a query, as the query that they make together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from searcher.model import Filters
from searcher.query.dates import read_date, span_between
from searcher.query.parser import within_limits
from searcher.query.terms import day_query, language_query
from searcher.query.tokens import whole
from searcher.query.words import all_of, words_query
from searcher.tree import And, Or, Query, Term

__all__ = ["among", "date_filter", "date_near", "filter_query", "first_day", "name_filter"]


def filter_query(filters: Filters) -> Query | None:
    """Return the query for articles that pass all filters, None where none is set.

    Raises:
        QuerySyntaxError: A filter cannot be read.
        TypeError: There is no such filter.
    """
    known = Filters.__annotations__
    for name in filters.keys() - known.keys():
        raise TypeError(f"there is no filter {name!r}; there are: {', '.join(known)}")
    names = {
        "source": filters.get("source"),
        "people": filters.get("person"),
        "authors": filters.get("author"),
        "section": filters.get("section"),
    }
    language = filters.get("language")
    parts = [
        date_filter(filters.get("since"), filters.get("until")),
        *(name_filter(field, name) for field, name in names.items() if name is not None),
        None if language is None else language_query(whole(language)),
    ]
    wanted = [part for part in parts if part is not None]
    return all_of(wanted) if wanted else None


def among(ids: Collection[str] | None, narrow: Query | None) -> Query | None:
    """Return the query for articles with some ids that pass filters, too.

    Args:
        ids: The ids; None: any.
        narrow: The filters as a query; None: there are none.
    """
    if ids is None:
        return narrow
    chosen = Or([Term("id", one) for one in ids])
    return chosen if narrow is None else And([narrow, chosen])


def date_filter(since: str | None, until: str | None, today: date | None = None) -> Query | None:
    """Return the query for articles published between two dates, None for no limit.

    Args:
        since: A year, month or day; from the first day of it on.
        until: The same; up to the last day of it.
        today: The day that "today" means; None: the day it is here.

    Raises:
        QuerySyntaxError: One is no date, or `until` is before `since`.
    """
    if since is None and until is None:
        return None
    begin, end = (None if text is None else whole(text) for text in (since, until))
    return day_query(span_between(begin, end, today))


def first_day(text: str) -> date:
    """Return the first day of a year, a month or a day that a text names.

    Raises:
        QuerySyntaxError: It is no date.
    """
    piece = whole(text)
    first = span_between(piece, None).first
    if first is None:
        raise piece.error("this has no first day")
    return first


def date_near(text: str, today: date | None = None) -> date:
    """Return the day that a date names, of a month or a year the middle.

    Raises:
        QuerySyntaxError: It is no date.

    Example:
        >>> str(date_near("2026"))
        '2026-07-02'
    """
    days = read_date(whole(text), today)
    first, last = days.first or date.min, days.last or date.max
    return first + (last - first) // 2


def name_filter(field: str, name: str) -> Query:
    """Return the query for articles with the words of a name, in a row, in a name field.

    Args:
        field: One of `index.schema.NAME_FIELDS`.
        name: A name or part of one.

    Raises:
        QuerySyntaxError: There is no word in the name, or far too many.
    """
    (piece,) = within_limits([whole(name)])
    return words_query(piece, field)
