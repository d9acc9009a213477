"""A text that stands twice in a page is kept once; what people repeat on purpose stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.repeats import without_repeats

A = "The river rose by two metres on Friday and flooded the old town, the mayor said."
B = "The bridge will stay closed for weeks while engineers look at both of its pillars."
C = "Nobody was hurt, but forty families spent the night in the hall of the school."
SHORT = "“No,” she said."
ZH = "市长周五宣布，大桥将从下个月起封闭维修，费用预计为五亿元。"


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        ([A, B, C, A, B, C], [A, B, C]),
        ([A, B, C, B, C], [A, B, C]),
        ([A, A.upper().replace(",", " -"), B], [A, B]),
        ([ZH, ZH], [ZH]),
        # A short line goes with the passage that it is part of ...
        ([A, SHORT, B, A, SHORT, B], [A, SHORT, B]),
        ([SHORT, A, SHORT, B, SHORT, A, SHORT, B], [SHORT, A, SHORT, B]),
        # ... and stays where it is said again.
        ([A, SHORT, B, SHORT, C], [A, SHORT, B, SHORT, C]),
        (["Yes.", "Yes.", "Yes."], ["Yes.", "Yes.", "Yes."]),
        (
            ["Row, row, row", "Gently down", "Row, row, row"],
            ["Row, row, row", "Gently down", "Row, row, row"],
        ),
        (["* * *", A, "* * *", B], ["* * *", A, "* * *", B]),
        # A page of short lines that is there twice.
        (
            [
                "Q: Why now?",
                "It was time.",
                "Q: And the cost of it?",
                "Three million, more or less.",
            ]
            * 2,
            [
                "Q: Why now?",
                "It was time.",
                "Q: And the cost of it?",
                "Three million, more or less.",
            ],
        ),
        # A teaser, and the text that it was cut from.
        ([A[:70] + "…", A, B], [A, B]),
        ([A[:70] + " ...", B], [A[:70] + " ...", B]),
        # The whole text in one, and in paragraphs.
        ([" ".join([A, B, C, ZH, A[::-1]]), A, B, C, ZH, A[::-1]], [A, B, C, ZH, A[::-1]]),
        ([], []),
    ],
)
def test_repeats(paragraphs: list[str], kept: list[str]) -> None:
    assert without_repeats(paragraphs) == tuple(kept)


texts = st.lists(st.sampled_from([A, B, C, SHORT, "Yes.", "", "…", A + B + C, A[:70] + "…", ZH]))


@given(texts | st.lists(st.text()))
def test_nothing_is_lost_that_is_not_told_elsewhere(paragraphs: list[str]) -> None:
    kept = without_repeats(paragraphs)
    told = "".join(filter(str.isalnum, "".join(kept).casefold()))
    assert all("".join(filter(str.isalnum, text.casefold())) in told for text in paragraphs)


@given(texts)
def test_once_is_enough(paragraphs: list[str]) -> None:
    kept = without_repeats(paragraphs)
    assert without_repeats(kept) == kept
