"""How well hits are ranked, on collections with judged queries that are no part of the project."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

import pytest

from score_ranking import our_figures

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["ranking"]
# The small ones, some of questions and some of sentences; score_ranking.py measures all.
COLLECTIONS = ("adi", "cacm", "cisi", "cran", "lisa", "med", "time")


@pytest.fixture(scope="module")
def scores(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, float]]:
    data, work = shared_data / "data" / "ranking", tmp_path_factory.mktemp("ranking")
    return {name: our_figures(name, data, work) for name in COLLECTIONS}


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_hits_are_ranked_as_well_as_before(
    measure: str, floor: float, scores: dict[str, dict[str, float]]
) -> None:
    assert mean(found[measure] for found in scores.values()) >= floor
