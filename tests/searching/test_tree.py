"""Query trees that programs make: what is equal, and what cannot be searched."""

from __future__ import annotations

import pytest
from whoosh import query as q

from searcher.engines.whoosh import WhooshEngine
from searcher.errors import SearchError
from searcher.settings import RankingSettings
from searcher.tree import And, Near, Not, Or, Phrase, Prefix, Query, Term

FLOOD, BRIDGE = Term("text", "flood"), Term("text", "bridg")


def test_parts_are_equal_that_are_of_one_class_and_say_the_same() -> None:
    assert And([FLOOD, Not(BRIDGE)]) == And((Term("text", "flood"), Not(Term("text", "bridg"))))
    assert len({FLOOD, Term("text", "flood"), Prefix("text", "flood"), FLOOD.times(2)}) == 3
    assert And([FLOOD, BRIDGE]) != Or([FLOOD, BRIDGE])
    assert And([FLOOD, BRIDGE]) != And([BRIDGE, FLOOD])


def test_a_weight_multiplies_and_leaves_the_part_as_it_was() -> None:
    assert FLOOD.times(2).times(3) == Term("text", "flood", boost=6.0)
    assert FLOOD.boost == 1.0
    assert repr(Phrase("text", ["flood", "bridg"]).times(2)) == (
        "Phrase('text', ('flood', 'bridg'), 1, boost=2.0)"
    )


@pytest.mark.parametrize(
    "tree",
    [
        Near(FLOOD, And([FLOOD, BRIDGE])),
        Near(FLOOD, Term("people", "roe")),
        Near(FLOOD, BRIDGE.times(2)),
        Query(),
    ],
    ids=str,
)
def test_what_has_no_meaning_is_refused(tree: Query, engine: WhooshEngine) -> None:
    with pytest.raises(SearchError, match=r"what is near|no way to search"):
        engine.answer(tree, None, RankingSettings())


def test_a_tree_of_whoosh_is_answered_like_our_own(engine: WhooshEngine) -> None:
    theirs = q.And([q.Term("text", "flood"), q.Not(q.Term("language", "de"))])
    ours = And([FLOOD, Not(Term("language", "de"))])
    some = RankingSettings()
    assert engine.answer(ours, None, some).total() > 0
    assert engine.answer(theirs, None, some).ids() == engine.answer(ours, None, some).ids()
    assert engine.answer(FLOOD, theirs, some).ids() == engine.answer(FLOOD, ours, some).ids()
