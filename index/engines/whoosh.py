"""Writes articles and the ledger into a Whoosh index.

Strategy: what a build puts waits in dictionaries, over which the lookups look before they
ask the index; only `commit` writes. So nothing is half written while pages are parsed, and
what is put twice is written once.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice, starmap, zip_longest
from pathlib import Path

from index.codec import create_archive, is_archive, lock_archive, open_archive, reading
from index.codec.commit import commit
from index.codec.toc import newest_generation
from index.documents import (
    NewDocuments,
    StoryPlace,
    article_documents,
    batches,
    page_documents,
)
from index.engines.base import ArticleKey, PageKey, Pending
from index.engines.pending_texts import PendingTexts, tell_death
from index.identity import ArticleKeys, article_keys, url_term
from index.model import Article, Outcome, PageRecord
from index.namesakes import with_full_names
from index.process import WorkerDiedError, usable_cpus
from index.schema import ARTICLE, PAGE, page_from_document
from index.seen import with_seen_names
from index.stories.archived import grouped

__all__ = ["WhooshWriter", "open_writer"]

# Peaks of commits over what was there before, as measured with 5,000 to 60,000 articles of 140
# words and 2,000 to 20,000 of 1,000: 11 bytes a character and 4.9 KB an article and its page.
CHARACTER_BYTES = 11
ARTICLE_BYTES = 4_000
PAGE_BYTES = 900
STORY_BYTES = 1_500  # its fingerprints in the runs of a commit and beside them, and its place
FURTHER_BYTES = 20

FOUND_BY = ArticleKeys._fields[1:]  # beside the id


@contextmanager
def open_writer(
    folder: Path, *, with_stories: bool = True, jobs: int | None = None
) -> Iterator[WhooshWriter]:
    """Open an archive for one build, made if there is none; nothing is committed on leaving.

    Args:
        folder: The archive.
        with_stories: Whether new articles get their story, which takes several times as long as
            all else that is done to write them. Without, they have none, and none joins theirs.
        jobs: Processes that may work at once; None: one for each usable processor. With more
            than one, another process writes the texts of large commits.

    Raises:
        ArchiveError: The folder is no archive, or another build writes to it.
    """
    if not is_archive(folder):
        create_archive(folder)
    with ExitStack() as stack:
        stack.enter_context(lock_archive(folder))
        has_helper = (jobs or usable_cpus()) > 1
        writer = WhooshWriter(folder, with_stories=with_stories, may_have_helper=has_helper)
        stack.callback(writer.close)
        yield writer


class WhooshWriter:
    """An `ArticleWriter` on a Whoosh index; made by `open_writer`."""

    def __init__(self, folder: Path, *, with_stories: bool, may_have_helper: bool) -> None:
        self._folder = folder
        self._with_stories = with_stories
        self._texts = PendingTexts(may_have_helper=may_have_helper)
        self._open_snapshot()

    def _open_snapshot(self) -> None:
        self._snapshot = open_archive(self._folder)
        self._pages: dict[str, PageRecord | None] = {}
        self._articles: dict[str, Article | None] = {}
        self._keys: dict[str, ArticleKeys] = {}  # of those articles
        self._locations_with: defaultdict[tuple[PageKey, str], set[str]] = defaultdict(set)
        self._ids_with: defaultdict[str, dict[str, str]] = defaultdict(dict)  # by key and value
        self._texts.written()
        self._memory_bytes = 0

    def pages(self, key: PageKey, value: str, most: int | None = None) -> tuple[PageRecord, ...]:
        """Return the records whose `key` has that value, in the order of their locations."""
        with reading(self._folder):
            found = [*islice(self._pages_with(key, value), most)]
        return tuple(sorted(found, key=lambda record: record.location))

    def _pages_with(self, key: PageKey, value: str) -> Iterator[PageRecord]:
        for location in self._locations_with.get((key, value), ()):
            record = self._pages[location]
            if record is not None and getattr(record, key) == value:
                yield record
        for fields in self._snapshot.stored_with(key, value):
            if fields["location"] not in self._pages:
                yield page_from_document(fields)

    def pages_with(self, outcomes: Iterable[Outcome]) -> Iterator[PageRecord]:
        """Yield the records that have one of the outcomes; nothing may be put meanwhile."""
        wanted = set(outcomes)
        for outcome in sorted(wanted):
            with reading(self._folder):
                stored = [*self._snapshot.stored_with("outcome", outcome.value)]
            for record in map(page_from_document, stored):
                if record.location not in self._pages:
                    yield record
        yield from (
            record for record in self._pages.values() if record and record.outcome in wanted
        )

    def article_with(self, key: ArticleKey, value: str) -> str | None:
        """Return the id of an article whose `key` has that value; None: there is none."""
        pending = value if key == "id" else self._ids_with[key].get(value)
        if pending in self._keys and getattr(self._keys[pending], key) == value:
            return pending
        term = url_term(value) if key == "url_key" else value
        with reading(self._folder):
            stored = (fields["id"] for fields in self._snapshot.stored_with(key, term))
            return next((found for found in stored if found not in self._articles), None)

    def put_page(self, location: str, record: PageRecord | None) -> None:
        """Set what the ledger says of a location; None takes it out."""
        self._pages[location] = record
        self._memory_bytes += PAGE_BYTES
        if record is not None:
            self._locations_with["location", location].add(location)
            self._locations_with["content_key", record.content_key].add(location)
            if record.article is not None:
                self._locations_with["article", record.article].add(location)

    def put_article(self, article_id: str, article: Article | None) -> None:
        """Set the article with that id; None takes it out."""
        self._articles[article_id] = article
        if article is None:
            self._keys.pop(article_id, None)
            return
        self._memory_bytes += memory_bytes_of(article) + STORY_BYTES * self._with_stories
        self._keys[article_id] = keys = article_keys(article)
        for key, value in zip(FOUND_BY, keys[1:], strict=True):
            if value is not None:
                self._ids_with[key][value] = article_id
        self._texts.put(article, len(self._articles))

    def pending(self) -> Pending:
        """Return what waits for the next commit."""
        return Pending(pages=len(self._pages), memory_bytes=self._memory_bytes)

    def commit(self) -> None:
        """Make everything put so far visible and durable, all of it or, failing, nothing."""
        if not (self._pages or self._articles):
            return
        before = self._snapshot.manifest
        try:
            with reading(self._folder, "write to"), _uncollected():
                try:
                    self._write()
                except WorkerDiedError as error:
                    tell_death(error)
                    self._write()
        finally:
            if newest_generation(self._folder) != before.generation:
                self._snapshot.close()
                self._open_snapshot()

    def _write(self) -> None:
        replaced = {*self._replaced()}
        articles, moved = self._articles_to_write(replaced)
        records = [*filter(None, self._pages.values())]
        try:
            commit(
                self._snapshot,
                deleted=replaced.union(moved),
                documents={
                    ARTICLE: articles,
                    PAGE: NewDocuments(map(page_documents, batches(records))),
                },
                text=self._texts.writer,
            )
        except BaseException:
            self._texts.begin_again()
            raise

    def _articles_to_write(self, replaced: Iterable[int]) -> tuple[NewDocuments, list[int]]:
        """Return the new articles, and those of the archive that are written again with them."""
        put = [article for article in self._articles.values() if article is not None]
        put = with_seen_names(self._snapshot, put, replaced)
        put = with_full_names(self._snapshot, put, replaced)
        if not self._with_stories:
            return self._new_documents(put), []
        keys = (self._keys[article.id].url_key for article in put)
        addresses = [key and url_term(key) for key in keys]
        written, moved = grouped(self._snapshot, put, replaced, addresses)
        articles = [one.article for one in written]
        return self._new_documents(articles, [one.place for one in written]), moved

    def _new_documents(
        self, articles: Sequence[Article], places: Sequence[StoryPlace] = ()
    ) -> NewDocuments:
        keys = [self._keys.get(article.id) or article_keys(article) for article in articles]
        parts = zip_longest(*map(batches, (articles, keys, places)), fillvalue=())
        return NewDocuments(starmap(article_documents, parts), self._texts.numbers(articles))

    def _replaced(self) -> Iterator[int]:
        yield from self._snapshot.documents_with_any("id", self._articles)
        yield from self._snapshot.documents_with_any("location", self._pages)

    def close(self) -> None:
        """Let go of the files; what was not committed is forgotten."""
        self._texts.close()
        self._snapshot.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: a commit makes no cycles, and much waits to be looked at."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def memory_bytes_of(article: Article) -> int:
    """Return what an article takes until it is committed and while it is, roughly.

    A word takes some 60 bytes while a batch is inverted, and with the space behind it 5 or 6
    letters of English, but one letter of Chinese. Those that are not ASCII count for more by
    the bytes they take in UTF-8, which is the only thing about them that is quick to see.
    """
    title, body = article.title, article.body
    total = ARTICLE_BYTES + (len(title) + len(body)) * CHARACTER_BYTES
    for text in (title, body):
        if not text.isascii():
            further = len(text.encode("utf-8", "surrogatepass")) - len(text)
            total += further * FURTHER_BYTES
    return total
