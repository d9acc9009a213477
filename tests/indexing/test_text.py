"""Text to tokens, as the index, queries and snippets share them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import fold, is_unspaced, name_key, stem, tokens


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Japan’s PM's visit", ["japan", "pm", "visit"]),
        ("l'eau d’été", ["l", "eau", "d", "ete"]),
        ("well-known AT&T", ["well", "known", "at", "t"]),
        ("U.S. COVID-19 1,000", ["u", "s", "covid", "19", "1", "000"]),
        ("Straße Łódź Ærø İzmir", ["strasse", "lodz", "aero", "izmir"]),
        ("e\u0301te\u0301 ２０２６", ["ete", "2026"]),
        ("ёлка Йод", ["елка", "иод"]),
        ("الأخبار أحمد كتابٌ", ["الاخبار", "احمد", "كتاب"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("東京都", ["東京", "京都", "都"]),
        ("3日", ["3", "日"]),
        ("ニュース2026年", ["ニュ", "ュー", "ース", "ス", "2026", "年"]),
        ("snake_case", ["snake_case"]),
        ("x" * 256 + " y", ["y"]),
        ("…!? ---", []),
    ],
)
def test_words_are_cut_and_folded(text: str, terms: list[str]) -> None:
    assert [token.term for token in tokens(text)] == terms


@given(st.text())
def test_offsets_lead_back_to_the_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= end or is_unspaced(token.term)
        assert fold(text[token.start : token.end]) == token.term
        end = token.end


@pytest.mark.parametrize("name", ["Lucía  Arrieta-Montes", "LUCIA ARRIETA MONTES"])
def test_spellings_of_a_name_share_a_key(name: str) -> None:
    assert name_key(name) == "lucia arrieta montes"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("elections", "elect"), ("running", "run"), ("été", "été"), ("covid19", "covid19"), ("", "")],
)
def test_words_in_plain_letters_are_stemmed(word: str, expected: str) -> None:
    assert stem(word) == expected
