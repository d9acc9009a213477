"""Where articles are searched: the port in `base`, one module or folder for each engine."""

from __future__ import annotations

from pathlib import Path

from searcher.engines.base import MAX_COPIES, Answer, Engine, ScoredDocument, StoryGroup

__all__ = ["MAX_COPIES", "Answer", "Engine", "ScoredDocument", "StoryGroup", "open_engine"]


def open_engine(folder: Path) -> Engine:
    """Open the engine that an archive was written for.

    Raises:
        ArchiveError: There is no archive there, or it cannot be read.
    """
    from searcher.engines.whoosh import WhooshEngine

    return WhooshEngine(folder)
