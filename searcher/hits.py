"""From a document that was found to a hit: its article, passages, and the rest of its story."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from index.model import Article
from searcher.engines import MAX_COPIES, Engine
from searcher.model import Hit, Snippet, StoryMember
from searcher.relax import Found
from searcher.snippets import Highlighter

__all__ = ["made_hit"]

MAX_OTHERS = 10  # a text can have thousands of copies; all of them are found by their story


def made_hit(
    engine: Engine,
    found: Found,
    rank: int,
    highlighter: Highlighter | None,
    *,
    with_others: bool,
) -> Hit:
    """Return the hit of a document.

    Args:
        engine: The archive that it was found in.
        found: The document.
        rank: Its place in the list of hits, from 1.
        highlighter: Marks what matched; None: nothing is marked, and there are no passages.
        with_others: Whether the other articles of its story are told.
    """
    article = engine.article(found.document)
    members = engine.members(found.document) if with_others else (found.document,)
    others = [document for document in members if document != found.document]
    outlines = tuple(map(engine.outline, others[:MAX_OTHERS]))
    copies = _copy_count(engine, (found.document, *others), (article, *outlines))
    return Hit(
        rank=rank,
        score=found.score,
        article=article,
        title=highlighter.title(article.title) if highlighter else Snippet(text=article.title),
        snippets=highlighter.snippets(article.body) if highlighter else (),
        others=outlines,
        other_count=len(others),
        copy_count=len(others) + copies,
        relaxed=found.relaxed,
    )


def _copy_count(
    engine: Engine, documents: Sequence[int], read: Sequence[Article | StoryMember]
) -> int:
    """Return how many copies some articles have, of which the first were read.

    Of very many copies not all are listed: they are counted like those of the rest.
    """
    listed = [len(one.copies) for one in read]
    uncounted = [
        document
        for document, count in zip_longest(documents, listed, fillvalue=MAX_COPIES)
        if count >= MAX_COPIES
    ]
    known = sum(count for count in listed if count < MAX_COPIES)
    return known + engine.copy_count(uncounted)
