"""Pages that say nothing new: the same bytes, or the same text where it was before.

Strategy: look up keys. A key is shared by all spellings of one address or one text
(`index.identity`), so that a lookup finds what pairwise comparison would, in no more time
however many copies there are.

Rule 1: The same text and headline under the same address is the same page, saved twice.
Rule 2: So is the same text and headline by the same publisher on the same day.
Rule 3: The same text elsewhere, or under another headline, is an article of its own, an exact
    copy in its story; where `Duplicates.SKIP_EXACT` is asked for, it is a duplicate as well.
Rule 4: Another text under the same address is an article of its own, a version of its story:
    nothing of the one before is lost. (A file that was changed in place is another matter: its
    article goes with what it held, see `index.ledger`.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count, islice

from index.engines.base import ArticleKey, ArticleWriter
from index.identity import article_id, article_keys
from index.model import Article, Outcome, PageRecord
from index.settings import Duplicates

__all__ = ["find_same_article", "find_same_content", "with_free_id"]

# Pages with the same bytes that are looked at: of a million copies any few tell what they hold.
SEVERAL_PAGES = 16
# Of an article named after its location; each past text of the page that others hold has one.
MAX_NAMES = 64
SAME: dict[Duplicates, tuple[ArticleKey, ...]] = {
    Duplicates.GROUP: ("version_key", "copy_key"),
    Duplicates.SKIP_EXACT: ("version_key", "copy_key", "text_key"),
    Duplicates.KEEP: (),
}


def find_same_content(
    writer: ArticleWriter, record: PageRecord, before: PageRecord | None, policy: Duplicates
) -> PageRecord | None:
    """Return another page with the same bytes that holds an article.

    Args:
        writer: The archive.
        record: The page just read.
        before: What the ledger said of its location.
        policy: What becomes of duplicates.
    """
    if policy is Duplicates.KEEP:
        return None
    for other in writer.pages("content_key", record.content_key, SEVERAL_PAGES):
        is_held = other.location != record.location and other.outcome is not Outcome.REJECTED
        if is_held and other.article != _own_article(before):
            return other
    return None


def find_same_article(
    writer: ArticleWriter, article: Article, before: PageRecord | None, policy: Duplicates
) -> str | None:
    """Return the id of an article in the archive that this one is a duplicate of.

    Args:
        writer: The archive.
        article: The article just parsed.
        before: What the ledger said of its location.
        policy: What becomes of duplicates.
    """
    own, keys = _own_article(before), article_keys(article)
    for key in SAME[policy]:
        value = getattr(keys, key)
        found = writer.article_with(key, value) if value else None
        if found not in {None, own}:
            return found
    return None


def with_free_id(writer: ArticleWriter, article: Article, before: PageRecord | None) -> Article:
    """Return the article under an id that no other article has.

    Records bring ids of their own, and every feed counts from 1: an id says nothing
    about sameness. Versions share an address. Where an id is taken, the article is named after
    its location, and keeps that name; that may be taken too, by what another page still holds
    of this one's past.
    """
    own = _own_article(before)
    if own is not None and own in islice(_names(article.location), MAX_NAMES):
        return replace(article, id=own)
    names = chain([article.id], _names(article.location))
    free = (name for name in names if writer.article_with("id", name) in {None, own})
    return replace(article, id=next(free))


def _names(location: str) -> Iterator[str]:
    return (article_id(None, location + "\n" * number) for number in count())


def _own_article(before: PageRecord | None) -> str | None:
    """Return the article that the page itself brought: it is that article's new state."""
    return before.article if before and before.outcome is not Outcome.DUPLICATE else None
