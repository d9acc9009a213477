"""Trees that a program made and that no score or plan can be made of are refused."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from whoosh import query as q

from searcher.engines.whoosh import WhooshEngine
from searcher.errors import SearchError
from searcher.settings import RankingSettings

BRIDGE = q.Term("text", "bridg")


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    "make",
    [
        lambda number: q.Term("text", "bridg", boost=number),
        lambda number: q.Or([BRIDGE, q.Prefix("words", "flo", boost=number)]),
        lambda number: q.ConstantScoreQuery(BRIDGE, number),
        lambda number: q.DisjunctionMax([BRIDGE, q.Every()], tiebreak=number),
    ],
    ids=["boost", "boost within", "constant", "tiebreak"],
)
def test_a_score_that_is_no_number_is_refused(
    make: Callable[[float], q.Query], number: float, engine: WhooshEngine
) -> None:
    with pytest.raises(SearchError, match=f"finite number, not {number}"):
        engine.answer(make(number), None, RankingSettings())


@pytest.mark.parametrize("constant", ["k1", "b", "title_weight"])
@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_constants_of_ranking_are_numbers(constant: str, number: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        RankingSettings(**{constant: number})


def test_a_tree_nested_too_deeply_is_refused(engine: WhooshEngine) -> None:
    tree: q.Query = BRIDGE
    for _ in range(5000):
        tree = q.And([tree, BRIDGE])
    with pytest.raises(SearchError, match="nested too deeply"):
        engine.answer(tree, None, RankingSettings())
