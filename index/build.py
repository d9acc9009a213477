"""The page story: source -> Page -> parse -> Article | Rejected -> people -> story -> archive.

Every page that goes in comes out as exactly one outcome, so the report adds up to the
pages read. One page at a time has its turn, in their order, and each meets in the lookups
what the pages before it brought. Other processes may have parsed it by then
(`index.ahead`); the ledger and the archive are this one's alone.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from index.ahead import Ahead, Incoming
from index.duplicates import find_same_article, find_same_content, with_free_id
from index.engines.base import ArticleWriter
from index.ledger import Entry, enter, page_at, remove, says_the_same
from index.model import Article, Outcome, Page, PageRecord, Rejected
from index.parse import parse_page
from index.people import with_people
from index.process import usable_cpus
from index.settings import BuildSettings
from index.sources import PageSource

__all__ = ["BuildReport", "build", "read_article"]

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class BuildReport:
    """What a build did so far.

    Attributes:
        outcomes: How many pages had each outcome; their sum is the number of pages read.
        rejected: The pages that gave no article, with the reason, in the order read.
        pruned: Pages taken out of the archive since they are no longer where they were.
        read_bytes: Bytes on disk that the pages read take up.
        committed: Pages, unchanged ones aside, whose outcome is in the archive.
        interrupted: Whether Ctrl-C ended the build.
    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    pruned: int = 0
    read_bytes: int = 0
    committed: int = 0
    interrupted: bool = False

    @property
    def read(self) -> int:
        """Pages read: the sum over all outcomes."""
        return self.outcomes.total()

    def count(self, entry: Entry, size_bytes: int) -> None:
        """Count what became of one page."""
        self.outcomes[entry.outcome] += 1
        self.read_bytes += size_bytes
        if entry.outcome is Outcome.REJECTED:
            reason = entry.record.reason or ""
            self.rejected.append(Rejected(location=entry.record.location, reason=reason))


def build(
    source: PageSource,
    writer: ArticleWriter,
    settings: BuildSettings | None = None,
    watch: Callable[[BuildReport], None] | None = None,
) -> BuildReport:
    """Bring the pages of a source into an archive.

    Args:
        source: Where the pages are.
        writer: The archive.
        settings: How to go about it.
        watch: Told the state after each page.

    Returns:
        What was done. Ctrl-C ends a build early; what was committed by then stays.
    """
    settings = settings or BuildSettings()
    report = BuildReport()
    try:
        _take_all_in(source, writer, settings, report, watch)
        report.pruned = take_out(source, writer, prune=settings.prune)
        _commit(writer, report)
    except KeyboardInterrupt:
        report.interrupted = True
    return report


def _take_all_in(
    source: PageSource,
    writer: ArticleWriter,
    settings: BuildSettings,
    report: BuildReport,
    watch: Callable[[BuildReport], None] | None,
) -> None:
    def asks_for_article(incoming: Incoming) -> bool:
        before = page_at(writer, incoming.found.location)
        return _without_parsing(incoming, before, writer, settings) is None

    with Ahead(read_article, settings.jobs or usable_cpus(), asks_for_article) as ahead:
        for incoming in ahead.pages(source.pages()):
            entry = take_in(incoming, writer, settings)
            enter(writer, entry)
            report.count(entry, incoming.found.size_bytes)
            if watch:
                watch(report)
            if _commit_is_due(writer, settings):
                _commit(writer, report)


def take_in(incoming: Incoming, writer: ArticleWriter, settings: BuildSettings) -> Entry:
    """Return what becomes of one page; nothing is written yet."""
    before = page_at(writer, incoming.found.location)
    known = _without_parsing(incoming, before, writer, settings)
    return known or _parsed(incoming, before, writer, settings)


def _without_parsing(
    incoming: Incoming, before: PageRecord | None, writer: ArticleWriter, settings: BuildSettings
) -> Entry | None:
    """Return what becomes of a page that is unchanged, unreadable, or a copy byte for byte."""
    found, reparse = incoming.found, settings.reparse
    if before and before.stamp == found.stamp and not reparse:
        return Entry(outcome=Outcome.UNCHANGED, record=before)
    record = _record(incoming)
    if isinstance(incoming.page, Rejected):
        return _entry(replace(record, reason=incoming.page.reason))
    if before and before.content_key == record.content_key and not reparse:
        return Entry(outcome=Outcome.UNCHANGED, record=replace(before, stamp=found.stamp))
    if held := find_same_content(writer, record, before, settings.duplicates):
        copy = replace(record, article=held.article, source=held.source, day=held.day)
        return _entry(replace(copy, outcome=Outcome.DUPLICATE))
    return None


def _parsed(
    incoming: Incoming, before: PageRecord | None, writer: ArticleWriter, settings: BuildSettings
) -> Entry:
    """Return whether a new or changed page brings an article, a copy of one, or none."""
    article, record = incoming.article(), _record(incoming)
    if incoming.ends_parsers:
        record = replace(record, stamp="", content_key="")  # to be read again
    if isinstance(article, Rejected):
        return _entry(replace(record, reason=article.reason))
    record = replace(record, url=article.url or record.url)
    if held := find_same_article(writer, article, before, settings.duplicates):
        copy = replace(record, outcome=Outcome.DUPLICATE, article=held)
        if not says_the_same(writer, article, held):
            copy = replace(copy, source=article.source, day=article.day)
        return _entry(copy)
    article = with_free_id(writer, article, before)
    return _entry(replace(record, outcome=Outcome.ARTICLE, article=article.id), article)


def _record(incoming: Incoming) -> PageRecord:
    """Return what is known of a page that was read; its outcome is yet to be found."""
    return PageRecord(
        location=incoming.found.location,
        outcome=Outcome.REJECTED,
        stamp=incoming.found.stamp,
        content_key=incoming.content_key,
        url=incoming.page.url if isinstance(incoming.page, Page) else None,
    )


def _entry(record: PageRecord, article: Article | None = None) -> Entry:
    return Entry(outcome=record.outcome, record=record, article=article)


def read_article(page: Page) -> Article | Rejected:
    """Return the article of a page, people included, or why there is none.

    This is the one place that catches everything: a page that breaks the parser is set
    aside like any other bad page, and the build goes on.
    """
    try:
        article = parse_page(page)
        # A record that was read for people before, as an exported one was, keeps them as they are;
        # whom keywords name was not looked for yet.
        if isinstance(article, Rejected) or any(person.mentions for person in article.persons):
            return article
        return with_people(article)
    except Exception as error:
        LOG.exception("the parser failed on %s", page.location)
        reason = f"the parser failed on this page ({type(error).__name__}: {error})"
        return Rejected(location=page.location, reason=reason)


def take_out(source: PageSource, writer: ArticleWriter, *, prune: bool) -> int:
    """Take pages out that are no longer where they were; return how many held articles.

    Without `prune` only those go that never gave an article.
    """
    outcomes = (Outcome.ARTICLE, Outcome.DUPLICATE, Outcome.REJECTED)
    wanted = outcomes if prune else (Outcome.REJECTED,)
    gone = [
        record
        for record in writer.pages_with(wanted)
        if (prune or record.article is None) and not source.has(record.location)
    ]
    remove(writer, gone)
    return sum(record.article is not None for record in gone)


def _commit(writer: ArticleWriter, report: BuildReport) -> None:
    try:
        writer.commit()
    finally:
        if not writer.pending().pages:
            report.committed = report.read - report.outcomes[Outcome.UNCHANGED]


def _commit_is_due(writer: ArticleWriter, settings: BuildSettings) -> bool:
    pending = writer.pending()
    return (
        pending.pages >= settings.commit_every_pages
        or pending.memory_bytes >= settings.memory_bytes
    )
