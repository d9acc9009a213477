"""Stories in numbers: the largest or latest of those that some articles are of.

Strategy: the articles are sorted by their story, so that each story is a run; sizes and days of
all runs are worked out at once, from columns. Only of the stories that come first is more asked.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from index.codec.blocks import Numbers, changes
from index.schema import MISSING_MOMENT
from searcher.engines.base import StoryGroup
from searcher.engines.whoosh.collection import Collection, Moments
from searcher.engines.whoosh.pages import Pages
from searcher.model import StoryOrder

__all__ = ["story_groups"]


def story_groups(
    collection: Collection, pages: Pages, articles: Numbers, order: StoryOrder, stop: int
) -> list[StoryGroup]:
    """Return the first stories of an order, with what is to count of some articles of each.

    Args:
        collection: The archive.
        pages: Its ledger.
        articles: The articles: shape (n,).
        order: What comes first.
        stop: Stories at most.
    """
    if not len(articles):
        return []
    keys = collection.story_keys(articles)
    by_story = keys.argsort(kind="stable")
    starts = np.flatnonzero(changes(keys[by_story]))
    sizes = np.diff(starts, append=len(articles))
    held = np.add.reduceat(1 + pages.copy_counts[articles[by_story]], starts)
    moments = _last_moments(collection, pages)[articles[by_story]]
    last = np.maximum.reduceat(moments, starts)  # the lowest number is the missing one
    first, second = (held, last) if order is StoryOrder.LARGEST else (last, held)
    # The lowest integer has no negative, but what all bits of it are turned over to.
    chosen = np.lexsort([~second, ~first])[:stop]
    return [
        _group(collection, pages, articles[by_story[starts[at] : starts[at] + sizes[at]]])
        for at in chosen.tolist()
    ]


def _last_moments(collection: Collection, pages: Pages) -> Moments:
    """Return when each article, or the last page that tells of it, was published; (articles,)."""
    if not pages.any_tells:
        return collection.moments
    rows, articles = pages.telling
    moments = collection.moments.copy()
    np.maximum.at(moments, articles, pages.collection.moments[rows])
    return moments


def _group(collection: Collection, pages: Pages, articles: Numbers) -> StoryGroup:
    copies = pages.copies_of(articles)
    tells = pages.tells[copies.rows]
    told, as_their_articles = copies.rows[tells], copies.articles[~tells]
    moments = np.concatenate([collection.moments[articles], pages.collection.moments[told]])
    dated = moments[moments != MISSING_MOMENT]
    return StoryGroup(
        document=collection.documents(articles[:1])[0],
        articles=len(articles),
        pages=len(articles) + len(copies.rows),
        outlets=_outlets(collection, np.concatenate([articles, as_their_articles]))
        + _outlets(pages.collection, told),
        first_day=_day(dated.min()) if len(dated) else None,
        last_day=_day(dated.max()) if len(dated) else None,
    )


def _outlets(collection: Collection, documents: Numbers) -> Counter[str]:
    outlets = collection.values("source")
    return Counter() if outlets is None else outlets.counts(documents)


def _day(moment: np.int64) -> date:
    return date.fromisoformat(str(moment.view("datetime64[us]").astype("datetime64[D]")))
