"""The port between a build and the archive it writes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from index.model import Article, Outcome, PageRecord

__all__ = ["ArticleKey", "ArticleWriter", "PageKey", "Pending"]

PageKey = Literal["location", "content_key", "article"]
ArticleKey = Literal["id", "url_key", "text_key", "version_key", "copy_key"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What was put and not yet committed.

    Attributes:
        pages: Records of pages.
        memory_bytes: What the articles and records take until they are committed, and while
            they are, roughly.
    """

    pages: int
    memory_bytes: int


class ArticleWriter(Protocol):
    """An archive open for one build: what it knows, and what it is told.

    What was put is found by the lookups at once; readers of the archive see it after
    `commit`, all of it together.
    """

    def pages(self, key: PageKey, value: str, most: int | None = None) -> tuple[PageRecord, ...]:
        """Return the records whose `key` has that value, in the order of their locations.

        Args:
            key: What is asked of.
            value: What it should be.
            most: So many are enough, whichever they are; None: all are wanted.
        """
        ...

    def pages_with(self, outcomes: Iterable[Outcome]) -> Iterator[PageRecord]:
        """Yield the records that have one of the outcomes; nothing may be put meanwhile."""
        ...

    def article_with(self, key: ArticleKey, value: str) -> str | None:
        """Return the id of an article whose `key` has that value; None: there is none."""
        ...

    def put_page(self, location: str, record: PageRecord | None) -> None:
        """Set what the ledger says of a location; None takes it out."""
        ...

    def put_article(self, article_id: str, article: Article | None) -> None:
        """Set the article with that id; None takes it out."""
        ...

    def pending(self) -> Pending:
        """Return what waits for the next commit."""
        ...

    def commit(self) -> None:
        """Make everything put so far visible and durable, all of it or, failing, nothing.

        Where it raises, `pending` tells which: nothing pends after a commit that was
        interrupted when all was in place already.
        """
        ...
