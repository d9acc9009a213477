"""Exact duplicates: the same bytes, the same address, the same text.

Strategy: look up keys. A key is shared by all spellings of one address or one text
(`index.identity`), so that a lookup finds what pairwise comparison would.
"""

from __future__ import annotations

from dataclasses import replace

from index.engines.base import ArticleKey, ArticleWriter
from index.identity import article_id, text_key, url_key
from index.model import Article, Outcome, PageRecord

__all__ = ["find_same_article", "find_same_content", "with_free_id"]


def find_same_content(
    writer: ArticleWriter, record: PageRecord, before: PageRecord | None
) -> str | None:
    """Return the id of the article that another page with the same bytes holds.

    Args:
        writer: The archive.
        record: The page just read.
        before: What the ledger said of its location.
    """
    for other in writer.pages("content_key", record.content_key):
        is_held = other.location != record.location and other.outcome is not Outcome.REJECTED
        if is_held and other.article != _own_article(before):
            return other.article
    return None


def find_same_article(
    writer: ArticleWriter, article: Article, before: PageRecord | None
) -> str | None:
    """Return the id of an article in the archive that this one is a copy of.

    Args:
        writer: The archive.
        article: The article just parsed.
        before: What the ledger said of its location.
    """
    own = _own_article(before)
    keys: tuple[tuple[ArticleKey, str | None], ...] = (
        ("url_key", url_key(article.url)),
        ("text_key", text_key(article.title, article.body)),
    )
    for key, value in keys:
        found = writer.article_with(key, value) if value else None
        if found not in {None, own}:
            return found
    return None


def with_free_id(writer: ArticleWriter, article: Article, before: PageRecord | None) -> Article:
    """Return the article under an id that no other article has.

    Records bring ids of their own, and every feed counts from 1: an id says nothing
    about sameness. Where it is taken, the article is named after its location.
    """
    holder = writer.article_with("id", article.id)
    if holder is None or holder == _own_article(before):
        return article
    return replace(article, id=article_id(None, article.location))


def _own_article(before: PageRecord | None) -> str | None:
    """Return the article that the page itself brought: it is that article's new state."""
    return before.article if before and before.outcome is not Outcome.DUPLICATE else None
