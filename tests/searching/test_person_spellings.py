"""One person, however the name is spelled: filters, facets and timelines take all spellings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import searcher
from index.model import Article

SPELLINGS = {
    "Olena Brandensky": date(2025, 1, 5),
    "Olena Brandenskiy": date(2025, 2, 5),
    "Olena Brandenskyy": date(2025, 2, 6),
    "OLENA BRANDENSKIJ": date(2025, 3, 5),
}


@pytest.fixture
def archive(
    make_article: Callable[..., Article], write_archive: Callable[..., Path]
) -> searcher.Archive:
    articles = [
        make_article(f"Gas talks {name}", "They met.", people=(name,), published=day)
        for name, day in SPELLINGS.items()
    ]
    other = make_article("Gas", "Rain.", people=("Peter Lund",), published=date(2025, 2, 7))
    return searcher.open(write_archive([*articles, other]))


@pytest.mark.parametrize("person", SPELLINGS)
def test_a_timeline_of_a_person_counts_every_spelling(
    person: str, archive: searcher.Archive
) -> None:
    with archive:
        found = archive.search("gas", person=f'"{person}"')
        counts = [(count.value, count.articles) for count in found.timeline("month")]
        assert counts == [("2025-01", 1), ("2025-02", 2), ("2025-03", 1)]
        (facet,) = found.facets("people")
        assert (facet.articles, facet.value in SPELLINGS) == (4, True)
        assert archive.search(f'people:"{person}"').total == 4
