"""The query as typed: found among options, and pointed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terminal import cells
from searcher.commands.typed import query_behind_options, query_with_caret

FLAGS = frozenset({"--json", "-h"})
VALUED = frozenset({"--limit", "-n"})
SEPARATOR = "--"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("flood", "-- flood"),
        ("flood --json harbour", "--json -- flood harbour"),
        ("-draft flood", "-- -draft flood"),
        ("--limit -draft flood", "--limit -draft -- flood"),
        ("--limit=3 -nuclear", "--limit=3 -- -nuclear"),
        ("-n 3 -n5 -h -", "-n 3 -n5 -h -- -"),
        ("flood -- --json -n", "-- flood --json -n"),
        ("flood --sorce x", "--sorce -- flood x"),
        ("flood --limit", "--limit -- flood"),
    ],
)
def test_options_go_first(typed: str, understood: str) -> None:
    assert query_behind_options(typed.split(), FLAGS, VALUED) == understood.split()


@given(st.lists(st.sampled_from(["a", "-a", "--", "--json", "--limit", "-n7", "-", ""])))
def test_no_argument_is_lost(typed: list[str]) -> None:
    understood = query_behind_options(typed, FLAGS, VALUED)
    assert sorted(filter(SEPARATOR.__ne__, understood)) == sorted(filter(SEPARATOR.__ne__, typed))


@given(
    query=st.text(st.sampled_from('ab ("東é\u0301\n\x1b\U0001f30a'), max_size=200),
    width=st.integers(20, 100),
    data=st.data(),
)
def test_the_caret_stands_below_the_place_and_both_lines_fit(
    query: str, width: int, data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, len(query)))
    marked = query[:position] + "X" + query[position + 1 :]
    line, caret = query_with_caret(marked, position, width)
    assert cells(line) <= width
    assert cells(caret) <= width
    assert "\x1b" not in line
    assert cells(line[: line.index("X")]) == caret.index("^")
