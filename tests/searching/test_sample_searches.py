"""Searches over the sample pages with the answers a person expects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searcher

CASES = Path(__file__).parent.parent / "cases" / "searches"
SEARCHES = [
    json.loads(line)
    for path in sorted(CASES.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def archive(sample_archive: Path) -> Iterator[searcher.Archive]:
    with searcher.open(sample_archive) as archive:
        yield archive


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: case["query"])
def test_a_search_finds_what_a_person_expects(
    case: dict[str, Any], archive: searcher.Archive, sample_corpus: Path
) -> None:
    results = archive.search(case["query"], limit=1000, copies=True, **case["options"])
    matching = results.hits[: results.total]  # articles with some of the words may come behind
    found = [hit.article.location.removeprefix(f"{sample_corpus}/") for hit in matching]
    assert set(found) == set(case["expected"]), case["comment"]
    if case["first"] is not None:
        assert found[0] == case["first"], case["comment"]


def test_there_are_enough_searches() -> None:
    assert len(SEARCHES) >= 60
