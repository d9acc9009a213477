"""Writes articles and the ledger into a Whoosh index.

Strategy: what a build puts waits in dictionaries, over which the lookups look before they
ask the index; only `commit` opens Whoosh's writer. So nothing is half written while pages
are parsed, no document is updated twice in one writer (Whoosh would keep both), and a
document that Whoosh refuses leaves the archive as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from index.codec import (
    create_archive,
    documents_with,
    is_archive,
    lock_archive,
    open_archive,
    reading,
    stored_with,
)
from index.engines.base import ArticleKey, PageKey, Pending
from index.identity import text_key, url_key
from index.model import Article, Outcome, PageRecord
from index.schema import article_document, page_document, page_from_document, url_term

__all__ = ["WhooshWriter", "open_writer"]


@contextmanager
def open_writer(folder: Path) -> Iterator[WhooshWriter]:
    """Open an archive for one build, made if there is none; nothing is committed on leaving.

    Raises:
        ArchiveError: The folder is no archive, or another build writes to it.
    """
    if not is_archive(folder):
        create_archive(folder)
    with ExitStack() as stack:
        stack.enter_context(lock_archive(folder))
        writer = WhooshWriter(folder, open_archive(folder))
        stack.callback(writer.close)
        yield writer


class WhooshWriter:
    """An `ArticleWriter` on a Whoosh index; made by `open_writer`."""

    def __init__(self, folder: Path, archive: FileIndex) -> None:
        self._folder = folder
        self._archive = archive
        self._open_reader()

    def _open_reader(self) -> None:
        with reading(self._folder):
            self._reader: IndexReader = self._archive.reader()
        self._pages: dict[str, PageRecord | None] = {}
        self._articles: dict[str, Article | None] = {}
        self._locations_with: defaultdict[tuple[PageKey, str], set[str]] = defaultdict(set)
        self._ids_with: dict[tuple[ArticleKey, str], str] = {}
        self._chars = 0

    def pages(self, key: PageKey, value: str) -> tuple[PageRecord, ...]:
        """Return the records whose `key` has that value, in the order of their locations."""
        with reading(self._folder):
            stored = [*map(page_from_document, stored_with(self._reader, key, value))]
        found = {record.location: record for record in stored if record.location not in self._pages}
        for location in self._locations_with[key, value]:
            record = self._pages[location]
            if record is not None and getattr(record, key) == value:
                found[location] = record
        return tuple(found[location] for location in sorted(found))

    def pages_with(self, outcomes: Iterable[Outcome]) -> Iterator[PageRecord]:
        """Yield the records that have one of the outcomes; nothing may be put meanwhile."""
        wanted = set(outcomes)
        for outcome in sorted(wanted):
            with reading(self._folder):
                stored = [*stored_with(self._reader, "outcome", outcome.value)]
            for record in map(page_from_document, stored):
                if record.location not in self._pages:
                    yield record
        yield from (
            record for record in self._pages.values() if record and record.outcome in wanted
        )

    def article_with(self, key: ArticleKey, value: str) -> str | None:
        """Return the id of the article whose `key` has that value."""
        pending = self._ids_with.get((key, value))
        if pending is not None and self._has_key(self._articles.get(pending), key, value):
            return pending
        term = url_term(value) if key == "url_key" else value
        with reading(self._folder):
            stored = [fields["id"] for fields in stored_with(self._reader, key, term)]
        return next((found for found in stored if found not in self._articles), None)

    @staticmethod
    def _has_key(article: Article | None, key: ArticleKey, value: str) -> bool:
        return article is not None and _keys(article)[key] == value

    def put_page(self, location: str, record: PageRecord | None) -> None:
        """Set what the ledger says of a location; None takes it out."""
        self._pages[location] = record
        if record is not None:
            self._locations_with["location", location].add(location)
            self._locations_with["content_key", record.content_key].add(location)
            if record.article is not None:
                self._locations_with["article", record.article].add(location)

    def put_article(self, article_id: str, article: Article | None) -> None:
        """Set the article with that id; None takes it out."""
        self._articles[article_id] = article
        if article is not None:
            self._chars += len(article.body)
            for key, value in _keys(article).items():
                if value is not None:
                    self._ids_with[key, value] = article_id

    def pending(self) -> Pending:
        """Return what waits for the next commit."""
        return Pending(pages=len(self._pages), chars=self._chars)

    def commit(self) -> None:
        """Make everything put so far visible and durable, all of it or, failing, nothing."""
        if not (self._pages or self._articles):
            return
        with reading(self._folder, "write to"):
            writer = self._archive.writer()
        try:
            with reading(self._folder, "write to"):
                self._fill(writer)
                writer.commit()
        except BaseException:
            _abandon(writer)
            raise
        finally:
            if self._archive.latest_generation() == writer.generation:
                self._reader.close()
                self._open_reader()

    def _fill(self, writer: SegmentWriter) -> None:
        for docnum in self._replaced():
            writer.delete_document(docnum)
        for article in filter(None, self._articles.values()):
            writer.add_document(**article_document(article))
        for record in filter(None, self._pages.values()):
            writer.add_document(**page_document(record))

    def _replaced(self) -> Iterator[int]:
        for article_id in self._articles:
            yield from documents_with(self._reader, "id", article_id)
        for location in self._pages:
            yield from documents_with(self._reader, "location", location)

    def close(self) -> None:
        """Let go of the files; what was not committed is forgotten."""
        self._reader.close()


def _abandon(writer: SegmentWriter) -> None:
    """Let a failed writer go; Whoosh's own `cancel` fails half way and keeps the lock."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


def _keys(article: Article) -> dict[ArticleKey, str | None]:
    return {
        "id": article.id,
        "url_key": url_key(article.url),
        "text_key": text_key(article.title, article.body),
    }
