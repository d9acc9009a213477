"""Text to tokens, as the index, queries and snippets share them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import (
    fold,
    is_unspaced,
    name_key,
    name_terms,
    pieces,
    stem,
    stems,
    terms_of_piece,
    tokens,
)


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
        ("Über\xadle\xadbens\xad \xad", ["uberlebens"]),
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


def test_a_name_has_the_words_of_its_text_however_long_it_is() -> None:
    assert name_terms("Dr. Zoë O’Hara’s") == ("dr", "zoe", "o", "hara")
    assert name_terms("Zoë " * 500) == ("zoe",) * 500


def test_stems_of_many_words_are_those_of_each() -> None:
    words = ["elections", "été", "covid19", "", "running", "ran"]
    assert stems(words) == [stem(word) for word in words]


# What case, folding, apostrophes, marks and unspaced scripts treat in odd ways.
NASTY = (
    "aSsſKİıŉﬃ½⑴ǅée\u0301\u0345'’‘`_- .,\t\x1c\x85\u00a0\u00ad\u200b\u200c\u200d–“…•€"
    "日本語ュ｡ｱ゙각ก\u0e33हि\u0901بـשׁй℡㈱ªº²٣𝟐𝒜\U00020000\ud800\ufeff"
)
nasty_texts = st.lists(
    st.one_of(
        st.text(st.sampled_from(NASTY), max_size=12),
        st.sampled_from(["'s ", "’s", "'S", "’ſ", "x" * 254, "é" * 254, "日" * 256]),
        st.text(max_size=8),
    ),
    max_size=8,
).map("".join)


def check_pieces(text: str) -> None:
    """The pieces of a text have the terms that its tokens have."""
    terms = [term for piece in pieces(text) for term in terms_of_piece(piece)]
    assert terms == [token.term for token in tokens(text)]


@given(nasty_texts)
def test_the_pieces_of_a_text_have_its_terms(text: str) -> None:
    check_pieces(text)


@pytest.mark.parametrize("start", [*range(0, 0x3000, 0x400), 0xD700, 0xFB00, 0xFF00, 0x1D400])
def test_no_character_is_cut_otherwise_in_pieces(start: int) -> None:
    for char in map(chr, range(start, start + 0x400)):
        check_pieces(f"a{char}b {char}'s a'{char} a’s{char}")
