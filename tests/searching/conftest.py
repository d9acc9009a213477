"""Fixtures that tests of searching share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import Article
from searcher.engines.whoosh import WhooshEngine


@pytest.fixture
def engine(
    flood_articles: tuple[Article, ...], write_archive: Callable[..., Path]
) -> Iterator[WhooshEngine]:
    """An archive of a few articles."""
    with closing(WhooshEngine(write_archive(flood_articles))) as opened:
        yield opened
