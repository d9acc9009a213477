"""How well articles are grouped into stories, on evaluation data that is not part of the project.

The floors in floors.json are only ever raised. Without the data (`../shared`) the tests
are skipped.
"""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from index import Article
from index.stories.grouping import Incomer, group
from index.stories.growing import GrowingArticles
from index.stories.profile import profile_of
from score_extraction import load_scorer

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["stories"]
# Orders of arrival, by seed (None: that of the file), articles at once and builds.
ARRIVALS = ((None, 512, 1), (None, 60, 4), (1, 512, 1), (2, 512, 3), (3, 100, 1))
MOST_SPREAD = 0.005  # of F1 over those orders


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "data" / "stories"


@pytest.fixture(scope="module")
def scorer(folder: Path) -> ModuleType:
    return load_scorer(folder)


@pytest.fixture(scope="module")
def incomers(folder: Path) -> list[Incomer]:
    lines = (folder / "dev.jsonl").read_text("utf-8").splitlines()
    return [
        Incomer(id=one["id"], profile=profile_of(_article(one))) for one in map(json.loads, lines)
    ]


def _article(record: dict[str, Any]) -> Article:
    day = date.fromisoformat(record["date"][:10]) if record["date"] else None
    return Article(
        id=record["id"], title=record["title"], body=record["body"], location="", published=day
    )


@pytest.fixture(scope="module")
def scores(scorer: ModuleType, incomers: list[Incomer]) -> list[dict[str, Any]]:
    return [
        scorer.score("dev", _stories(_shuffled(incomers, seed), batch, builds))
        for seed, batch, builds in ARRIVALS
    ]


def _shuffled(incomers: list[Incomer], seed: int | None) -> list[Incomer]:
    order = [*incomers]
    if seed is not None:
        random.Random(seed).shuffle(order)  # noqa: S311
    return order


def _stories(incomers: list[Incomer], batch: int, builds: int) -> dict[str, int]:
    growing: GrowingArticles | None = None
    size = -(-len(incomers) // builds)
    for start in range(0, len(incomers), size):
        growing = GrowingArticles(growing)
        for first in range(start, min(start + size, len(incomers)), batch):
            group(growing, incomers[first : min(first + batch, start + size)])
    assert growing is not None
    return {incomer.id: growing.story(number) for number, incomer in enumerate(incomers)}


def test_stories_are_found_as_well_as_before(scores: list[dict[str, Any]]) -> None:
    assert min(score["F1"] for score in scores) >= FLOORS["F1"]


def test_the_order_of_arrival_hardly_matters(scores: list[dict[str, Any]]) -> None:
    found = [score["F1"] for score in scores]
    assert max(found) - min(found) < MOST_SPREAD
    assert found[0] == found[1]  # batches and builds alone do not at all


@pytest.mark.parametrize(("kind", "floor"), FLOORS["recall"].items())
def test_each_kind_of_copy_is_found(kind: str, floor: float, scores: list[dict[str, Any]]) -> None:
    counts = [score["recall"][kind] for score in scores]
    assert min(found / of for found, of in counts) >= floor


def test_nothing_made_from_a_template_is_one_story(scores: list[dict[str, Any]]) -> None:
    families = [kind for kind in scores[0]["false_pos"] if kind.startswith("tmpl-")]
    assert families
    assert all(score["false_pos"][kind][0] == 0 for score in scores for kind in families)
