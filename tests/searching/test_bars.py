"""Bars of counts: they fit, and longer ones stand for more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terminal import cells, printable
from searcher.model import Count
from searcher.screens.bars import bar_lines
from searcher.screens.facets import facet_lines, facet_rows
from searcher.screens.styled import painted

EIGHTHS = " ▏▎▍▌▋▊▉█"
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
counts_of = st.lists(st.tuples(names, st.integers(0, 10**7)), max_size=8)


def shown(counts: list[Count], *, width: int, blocks: bool = True) -> list[str]:
    lines = bar_lines(counts, width=width, blocks=blocks)
    return [painted(line, coloured=False) for line in lines]


@given(found=counts_of, width=st.integers(40, 100), blocks=st.booleans())
def test_each_count_is_a_line_that_fits(
    found: list[tuple[str, int]], width: int, *, blocks: bool
) -> None:
    counts = [Count(value=value, articles=number) for value, number in found]
    lines = shown(counts, width=width, blocks=blocks)
    assert len(lines) == len(counts)
    for line, count in zip(lines, counts, strict=True):
        assert cells(line) <= width
        assert f"  {count.articles:,}" in line
        assert printable(line) == line


@given(numbers=st.lists(st.integers(0, 10**6), min_size=1, max_size=12), blocks=st.booleans())
def test_longer_bars_stand_for_more(numbers: list[int], *, blocks: bool) -> None:
    counts = [Count(value="a", articles=number) for number in numbers]
    lines = shown(counts, width=80, blocks=blocks)
    begin = len("a  ") + len(f"{max(numbers):,}") + len("  ")
    bars = [line[begin:] for line in lines]
    lengths = [
        8 * len(bar) - (8 - EIGHTHS.index(bar[-1]) if blocks else 0) if bar else 0 for bar in bars
    ]
    assert [bool(length) for length in lengths] == [number > 0 for number in numbers]
    pairs = sorted(zip(numbers, lengths, strict=True))
    assert [length for _, length in pairs] == sorted(lengths)
    if max(numbers):
        assert max(cells(line) for line in lines) == 80


def test_bars_are_exact_to_an_eighth_of_a_cell() -> None:
    counts = [Count(value="2025", articles=80), Count(value="2026", articles=41)]
    assert shown(counts, width=20) == [
        "2025  80  ██████████",
        "2026  41  █████▏",
    ]
    assert shown(counts, width=20, blocks=False) == [
        "2025  80  ##########",
        "2026  41  #####",
    ]


def test_a_long_name_is_cut_and_does_not_take_the_room_of_the_bar() -> None:
    counts = [Count(value="The Northmoor and Harwick Evening Herald", articles=3)]
    assert shown(counts, width=30) == ["The Northmoo...  3  ██████████"]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (1, ["source", "  a\tb  2  ".replace("\t", " ") + "█" * 70, "  and more", ""]),
        (2, ["source", "  a b  2  " + "█" * 70, "  c    1  " + "█" * 35, ""]),
    ],
)
def test_a_facet_says_when_there_are_more_values(limit: int, expected: list[str]) -> None:
    counts = [Count(value="a\tb", articles=2), Count(value="c", articles=1)]
    lines = facet_lines("source", counts, limit, width=80, blocks=True)
    assert [painted(line, coloured=False) for line in lines] == expected
    rows = [painted(line, coloured=False) for line in facet_rows("source", counts)]
    assert rows == ["source\ta b\t2", "source\tc\t1"]
