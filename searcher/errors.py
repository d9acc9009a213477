"""What can go wrong with a search, beside the errors of archives in `index.errors`.

NewsArchiveError (index.errors)
└── SearchError
    ├── QuerySyntaxError       the query cannot be read
    └── ArticleNotFoundError   no article has that id
"""

from __future__ import annotations

from index.errors import NewsArchiveError

__all__ = ["ArticleNotFoundError", "QuerySyntaxError", "SearchError"]


class SearchError(NewsArchiveError):
    """A search cannot be done as asked; the text says what would work."""


class QuerySyntaxError(SearchError):
    """A query cannot be read.

    Attributes:
        query: The query as given.
        position: Code points before the place in question, 0 to len(query).
    """

    def __init__(self, message: str, *, query: str, position: int) -> None:
        super().__init__(message)
        self.query = query
        self.position = position


class ArticleNotFoundError(SearchError):
    """No article of the archive has the id asked for."""
