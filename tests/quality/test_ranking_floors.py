"""How well hits are ranked, on collections with judged queries that are no part of the project."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

import pytest

from score_ranking import our_figures

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
# The small ones, some of questions and some of sentences; score_ranking.py measures all.
COLLECTIONS = {
    "ranking": ("adi", "cacm", "cisi", "cran", "lisa", "med", "time"),
    # Sentences, and names and subjects of one to four words.
    "ranking_news": ("time", "reuters"),
}


@pytest.fixture(scope="module")
def scores(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, float]]:
    data, work = shared_data / "data" / "ranking", tmp_path_factory.mktemp("ranking")
    names = {name for several in COLLECTIONS.values() for name in several}
    return {name: our_figures(name, data, work) for name in names}


@pytest.mark.parametrize(
    ("kind", "measure"), [(kind, measure) for kind in COLLECTIONS for measure in FLOORS[kind]]
)
def test_hits_are_ranked_as_well_as_before(
    kind: str, measure: str, scores: dict[str, dict[str, float]]
) -> None:
    reached = mean(scores[name][measure] for name in COLLECTIONS[kind])
    assert reached >= FLOORS[kind][measure]
