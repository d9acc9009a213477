"""Texts are compared and measured fast, and as if letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.titles import folded, folded_lines
from index.parse.widths import width
from index.parse.wordlists import any_of, begins_with

ALTERNATIVES = """
    read (?:more|on)
    Related
    e?mail us
    (?:lies|lesen sie) weiter
    \\d+ comments?
    share|tweet
    [©®]
    ilgili
"""


@given(st.text())
def test_folding_keeps_letters_and_digits(text: str) -> None:
    assert folded(text) == "".join(filter(str.isalnum, text.casefold()))


@given(st.lists(st.text()))
def test_lines_are_folded_as_one_by_one(lines: list[str]) -> None:
    assert folded_lines(lines) == [*map(folded, lines)]


@given(st.text())
def test_an_ideograph_counts_as_several_letters(text: str) -> None:
    ideographs = sum(character >= "\u2e80" for character in text)
    assert width(text, ideograph=3) == len(text) + 2 * ideographs


@pytest.mark.parametrize(
    "text",
    [
        *("Read more", "READ ON", "related", "Email us", "mail us", "Lesen Sie weiter", "İlgili"),
        *("12 comments", "share", "Tweet", "© 2026", "Ready", "lies", "e", "", "?", "a tweet"),
    ],
)
def test_a_beginning_is_found_as_by_trying_all(text: str) -> None:
    everything: re.Pattern[str] = any_of(ALTERNATIVES)
    assert begins_with(ALTERNATIVES)(text) is (everything.match(text) is not None)
