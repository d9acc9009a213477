"""The ledger: one record for each page ever read, and the rules that keep articles safe.

Rule 1: An article is in the archive as long as a page holds it.
Rule 2: A changed page replaces its article. If other pages hold the old text too, they
    are read again by the next build, since they are no longer copies of it.
Rule 3: A page that turns into something that is no article (a site that now answers with
    an error page) does not take its article along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.engines.base import ArticleWriter
from index.identity import article_keys
from index.model import Article, Outcome, PageRecord

__all__ = ["Entry", "enter", "page_at", "remove", "says_the_same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of one page.

    Attributes:
        outcome: The outcome to report; UNCHANGED where the record is that of an earlier build.
        record: What the ledger is to say of it.
        article: The article it brought; for outcome ARTICLE only.
    """

    outcome: Outcome
    record: PageRecord
    article: Article | None = None


def page_at(writer: ArticleWriter, location: str) -> PageRecord | None:
    """Return what the ledger says of a location."""
    records = writer.pages("location", location)
    return records[0] if records else None


def enter(writer: ArticleWriter, entry: Entry) -> None:
    """Write what became of a page, and mend what it held before."""
    record = entry.record
    before = page_at(writer, record.location)
    held = before.article if before else None
    if record.outcome is Outcome.REJECTED and before and before.outcome is not Outcome.DUPLICATE:
        record = replace(record, article=held)  # rule 3
    if entry.article is not None:
        _put_article(writer, entry.article, record)
    if record != before or entry.article is not None:
        writer.put_page(record.location, record)
    if held is not None and held != record.article:
        _settle(writer, held)


def remove(writer: ArticleWriter, records: Sequence[PageRecord]) -> None:
    """Take pages out of the ledger, and articles that no other page holds.

    An article that many of them held is looked after once.
    """
    for record in records:
        writer.put_page(record.location, None)
    for article in dict.fromkeys(record.article for record in records):
        if article is not None:
            _settle(writer, article)


def _put_article(writer: ArticleWriter, article: Article, record: PageRecord) -> None:
    pages = writer.pages("article", article.id)
    others = [page for page in pages if page.location != record.location]
    if others and not says_the_same(writer, article, article.id):
        for other in others:  # rule 2
            writer.put_page(other.location, _to_read_again(other))
    writer.put_article(article.id, article)
    for copy in article.copies:  # an exported article names the pages it was found on
        if page_at(writer, copy.location) is None:
            told = PageRecord(
                location=copy.location,
                outcome=Outcome.DUPLICATE,
                article=article.id,
                url=copy.url,
                source=copy.source,
                day=copy.day,
            )
            writer.put_page(copy.location, told)


def says_the_same(writer: ArticleWriter, article: Article, held: str) -> bool:
    """Return whether an article in the archive has the text, headline, outlet and day of one.

    Args:
        writer: The archive.
        article: The one just parsed.
        held: Id of the one in the archive.
    """
    key = article_keys(article).copy_key
    return key is not None and writer.article_with("copy_key", key) == held


def _to_read_again(record: PageRecord) -> PageRecord:
    # No two pages may each take an article for its own, or builds would swap their texts for ever.
    lead = record.outcome is Outcome.ARTICLE
    outcome = Outcome.DUPLICATE if lead else record.outcome
    return replace(record, outcome=outcome, stamp="", content_key="")


def _settle(writer: ArticleWriter, article_id: str) -> None:
    """Give an article that lost a page another lead, or take it out.

    A page that says what the article says comes first; any other is read again by the next build,
    and makes the article what it says.
    """
    left = writer.pages("article", article_id)
    if not left:
        writer.put_article(article_id, None)
    elif not any(record.outcome is Outcome.ARTICLE for record in left):
        copies = [record for record in left if record.outcome is Outcome.DUPLICATE]
        if copies:
            lead = min(copies, key=lambda copy: copy.tells)
            read_again = _to_read_again(lead) if lead.tells else lead
            writer.put_page(lead.location, replace(read_again, outcome=Outcome.ARTICLE))
