"""Lines at the head of an article: what is a byline, a day or a rubric, and what is news."""

from __future__ import annotations

import pytest

from index.parse.phrases import is_credit_line, is_furniture_line


@pytest.mark.parametrize(
    "line", ["Lund 3-1 Berg", "Lund IF 2 – 0 Berg BK", "3-1", "2:1 (1:0)", "AIK 2:1 Lund"]
)
def test_the_result_of_a_match_is_no_rubric(line: str) -> None:
    assert not is_credit_line(line, above_text=True)


@pytest.mark.parametrize(
    "line",
    [
        "Football", "By Jane Roe", "Monday 10:30 GMT", "Updated 18:05 CET",
        "Lund 3-1 Berg, 3 May 2026",
        "10:30", "03-05-2026", "2026-05-03", "Pages 3-4", "Section 12",
    ],
)  # fmt: skip
def test_a_day_a_time_or_a_rubric_is_one(line: str) -> None:
    assert is_credit_line(line, above_text=True)


@pytest.mark.parametrize(
    "line",
    [
        "Disclaimer: The author owns shares in the ferry line.",
        "The views expressed in this article are those of the author alone.",
        "Unsubscribe from this letter",
        "View this email in your browser",
    ],
)
def test_what_a_site_or_a_letter_says_of_itself_is_no_text(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "The views expressed at the meeting surprised the mayor.",
        "Disclaimers are printed on every ticket, said the ferry line.",
        "View from the bridge: the town council has a plan for the quay.",
    ],
)
def test_sentences_with_such_words_stay(line: str) -> None:
    assert not is_furniture_line(line)
