"""What several forms share: the head of a report, its facts, safe texts and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from index.model import Article
from index.terminal import counted, printable
from searcher.copies import hit_copies
from searcher.model import Filters, Hit

__all__ = ["Report", "facts", "head_lines", "link", "text_of"]

# What an address may have as it is (RFC 3986); all else is percent-encoded.
ADDRESS_SIGNS = "!#$%&'()*+,/:;=?@[]~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an export says of itself.

    Attributes:
        made: The day it is made; the one on which a citation says that its address was seen.
        query: What was looked for; None: every article.
        filters: What narrowed it.
        articles: How many articles match in all.
        stories: How many stories these are, where each has one hit; None: each article has one.
        limit: Hits at most; None: all.
        full: Whether it has the whole text of each article.
    """

    made: date
    query: str | None = None
    filters: Filters = field(default_factory=Filters)
    articles: int = 0
    stories: int | None = None
    limit: int | None = None
    full: bool = False


def head_lines(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what a report says of itself, a label and a text each."""
    if report.query is not None:
        yield "Query", text_of(report.query)
    for name, value in report.filters.items():
        if value is not None:
            yield name.capitalize(), text_of(str(value))
    hits = report.articles if report.stories is None else report.stories
    grouped = f" in {counted(hits, 'story')}" if hits < report.articles else ""
    limited = report.limit is not None and report.limit < hits
    shown = f", the first {report.limit:,} shown" if limited else ""
    yield "Found", f"{counted(report.articles, 'article')}{grouped}{shown}"
    yield "Made", report.made.isoformat()


def facts(hit: Hit) -> Iterator[tuple[str, str]]:
    """Yield what a report says of an article beside its title and text, label and text each."""
    article = hit.article
    yield "Day", article.day.isoformat() if article.day else "no date"
    if article.source:
        yield "Source", text_of(article.source)
    if article.authors:
        yield "By", text_of(", ".join(article.authors))
    if article.people:
        yield "People", text_of(", ".join(article.people))
    if copies := hit_copies(hit):
        yield "Copies", text_of(copies.removeprefix("+"))
    yield "ID", text_of(article.id)


def text_of(text: str) -> str:
    """Return a text of an article as one line without control characters."""
    return " ".join(printable(text).split())


def link(article: Article) -> str | None:
    """Return the address of an article as one that can be followed; None: it has none on the web.

    What else a page names as its address, such as `javascript:`, is no place to send a reader.
    """
    url = text_of(article.url or "")
    if not re.match(r"https?://[^/]", url, re.IGNORECASE):
        return None
    return quote(url, safe=ADDRESS_SIGNS)
