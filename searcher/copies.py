"""The copies of an article in a line: how many they are, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from index.model import Article, Copy
from index.terminal import counted
from searcher.model import Hit, StoryMember

__all__ = ["article_copies", "hit_copies"]

# So many fit on a line beside the id; the rest is a number.
COPIES_SHOWN = 2

HOST = r"[a-z]+://(?:www\.)?([^/?#:]+)"


def hit_copies(hit: Hit) -> str:
    """Return what is said of the other articles and pages of the story of a hit; else nothing.

    Example:
        >>> from searcher.model import Snippet
        >>> article = Article(id="a1", title="Flood", body="", location="/a.html")
        >>> others = (StoryMember(id="b2", title="Flood", source="Echo"),)
        >>> title = Snippet(text="Flood")
        >>> hit_copies(Hit(rank=1, score=1, article=article, title=title, snippets=(),
        ...     others=others, other_count=1, copy_count=1))
        '+1 copy: Echo'
    """
    outlets = (other.source or other.id for other in hit.others)
    holders: tuple[Article | StoryMember, ...] = (hit.article, *hit.others)
    return _said(hit.copy_count, chain(outlets, *map(_places, holders)))


def article_copies(article: Article | StoryMember) -> str:
    """Return what is said of the other pages that hold an article; nothing if there is none."""
    return _said(len(article.copies), _places(article))


def _said(count: int, places: Iterable[str]) -> str:
    if not count:
        return ""
    different = [*dict.fromkeys(places)]
    more = ", ..." if len(different) > COPIES_SHOWN else ""
    return f"+{counted(count, 'copy')}: {', '.join(different[:COPIES_SHOWN])}{more}"


def _places(article: Article | StoryMember) -> Iterator[str]:
    return (_place(copy, article.source) for copy in article.copies)


def _place(copy: Copy, source: str | None) -> str:
    """Return the outlet of a copy, or where it is, if the outlet is that of its article."""
    if copy.source and copy.source != source:
        return copy.source
    host = re.match(HOST, copy.url or "", re.IGNORECASE)
    return host[1] if host else copy.location
