"""What is in an archive, in numbers."""

from __future__ import annotations

from collections import Counter

from searcher.engines import Engine
from searcher.facets import facet_counts
from searcher.model import ArchiveStats
from searcher.settings import RankingSettings
from searcher.tree import Every

__all__ = ["archive_stats"]


def archive_stats(engine: Engine) -> ArchiveStats:
    """Count everything in an archive."""
    everything = engine.answer(Every(), None, RankingSettings())
    articles = everything.total()
    days = everything.counts("day")
    return ArchiveStats(
        articles=articles,
        pages=dict(Counter(record.outcome for record in engine.page_records())),
        sources=facet_counts(engine, everything, "source", None),
        languages=facet_counts(engine, everything, "language", None),
        people=len(everything.counts("people")),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        undated=articles - days.total(),
        size_bytes=engine.size_bytes(),
    )
