"""Stories in numbers: the largest or latest of those that some articles are of.

Strategy: the articles are sorted by their story, so that each story is a run; sizes and days of
all runs are worked out at once, from columns. Only of the stories that come first is more asked.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from index.codec.blocks import Numbers, changes
from index.schema import MISSING_MOMENT
from searcher.engines.base import StoryGroup
from searcher.engines.whoosh.collection import Collection
from searcher.model import StoryOrder

__all__ = ["story_groups"]


def story_groups(
    collection: Collection, articles: Numbers, order: StoryOrder, stop: int
) -> list[StoryGroup]:
    """Return the first stories of an order, with what is to count of some articles of each.

    Args:
        collection: The archive.
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
    moments = collection.moments[articles[by_story]]
    last = np.maximum.reduceat(moments, starts)  # the lowest number is the missing one
    first, second = (sizes, last) if order is StoryOrder.LARGEST else (last, sizes)
    # The lowest integer has no negative, but what all bits of it are turned over to.
    chosen = np.lexsort([~second, ~first])[:stop]
    return [
        _group(collection, articles[by_story[starts[at] : starts[at] + sizes[at]]])
        for at in chosen.tolist()
    ]


def _group(collection: Collection, articles: Numbers) -> StoryGroup:
    moments = collection.moments[articles]
    dated = moments[moments != MISSING_MOMENT]
    outlets = collection.values("source")
    return StoryGroup(
        document=collection.documents(articles[:1])[0],
        articles=len(articles),
        outlets={} if outlets is None else outlets.counts(articles),
        first_day=_day(dated.min()) if len(dated) else None,
        last_day=_day(dated.max()) if len(dated) else None,
    )


def _day(moment: np.int64) -> date:
    return date.fromisoformat(str(moment.view("datetime64[us]").astype("datetime64[D]")))
