"""Search an archive of news pages, from a terminal or from other programs.

    import searcher

    with searcher.open("archive.idx") as archive:
        results = archive.search('people:"Jane Roe" flood', since="2025-06", limit=10)
        for hit in results:
            print(hit.rank, hit.score, hit.article.title, hit.snippets[0].text, hit.others)
        results.total, results.facets("source"), results.timeline("month")

Importing this package loads the standard library alone; the engine is loaded when an
archive is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index import Article, Copy, NewsArchiveError, Outcome, PageRecord, Person
from searcher.errors import ArticleNotFoundError, QuerySyntaxError, SearchError
from searcher.model import (
    ArchiveStats,
    Count,
    Counted,
    Filters,
    Hit,
    Period,
    PersonCount,
    ScorePart,
    Snippet,
    Sort,
    Story,
    StoryMember,
    StoryOrder,
    StorySize,
    Suggestion,
)

if TYPE_CHECKING:
    from searcher.results import Results
    from searcher.search import Archive

__all__ = [
    "Archive",
    "ArchiveStats",
    "Article",
    "ArticleNotFoundError",
    "Copy",
    "Count",
    "Counted",
    "Filters",
    "Hit",
    "NewsArchiveError",
    "Outcome",
    "PageRecord",
    "Period",
    "Person",
    "PersonCount",
    "QuerySyntaxError",
    "Results",
    "ScorePart",
    "SearchError",
    "Snippet",
    "Sort",
    "Story",
    "StoryMember",
    "StoryOrder",
    "StorySize",
    "Suggestion",
    "open",
]


def open(archive: str | Path) -> Archive:  # noqa: A001 (the name that readers of code expect: searcher.open)
    """Open an archive for searching, at its last commit.

    Args:
        archive: The archive's folder.

    Raises:
        NewsArchiveError: There is no archive there, or it cannot be read; the text says
            what to do.
    """
    from searcher.search import open_archive

    return open_archive(Path(archive))


def __getattr__(name: str) -> object:
    # The classes that a search answers with are known here by name, and loaded when asked for.
    if name == "Archive":
        from searcher.search import Archive

        return Archive
    if name == "Results":
        from searcher.results import Results

        return Results
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
