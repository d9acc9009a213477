"""Texts are compared and measured fast, and as if letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.characters import readable, readable_lines
from index.parse.phrases import article_lines, is_furniture_line
from index.parse.seendates import MODIFIED
from index.parse.titles import folded, folded_lines
from index.parse.widths import width
from index.parse.wordlists import AnyCase, any_of, begins_with

# Lines as they stand in articles and around them, and all that may stand in them.
LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            *("Sharing is caring!", "Advertisement", "Read more: floods", "The river rose.", ""),
            *(
                "Sign up here for our newsletter",
                "Foto: Example",
                "12:30",
                "Zero\u200bwidth",
                "o\ufb03ce",
            ),
            *(
                "Rock &amp; Roll",
                "“Quoted” – and more…",
                "多云，有雨。",
                "ILGILI HABERLER",
                "İlgili haberler",
            ),
        ]
    ),
)
LABEL = r"veröffentlicht|(?:last )?updated|изменен|posted\b"
ALTERNATIVES = """
    read (?:more|on)
    related
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


@given(st.lists(LINES))
def test_the_lines_of_an_article_are_told_as_one_by_one(lines: list[str]) -> None:
    told = [at for at, line in enumerate(lines) if not is_furniture_line(line)]
    assert article_lines(lines) == told


@given(st.lists(LINES))
def test_lines_are_made_readable_as_one_by_one(lines: list[str]) -> None:
    assert readable_lines(lines) == [*filter(None, map(readable, lines))]


@given(st.text(max_size=9), st.sampled_from(["Updated", "LAST UPDATED", "Изменен", "x"]), st.text())
def test_a_pattern_is_found_in_any_case_where_it_stands(
    before: str, label: str, after: str
) -> None:
    text = before + label + after
    known, slow = AnyCase(LABEL), re.compile(LABEL, re.IGNORECASE)
    for found, expected in (
        (known.search(text), slow.search(text)),
        (known.match(text), slow.match(text)),
        (known.fullmatch(text), slow.fullmatch(text)),
    ):
        assert (found and found.span()) == (expected and expected.span())


def test_a_capital_that_has_two_letters_in_lower_case_moves_no_place() -> None:
    found = MODIFIED.search("İİ 3 Ocak UPDATED 5 Ocak")
    assert found is not None
    assert found.span() == (10, 15)
