"""Words of texts as numbers: the same words that tokens() yields."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.codec.vocabulary import Vocabulary
from index.text import stem, tokens

# Characters that case, folding, apostrophes, marks and scripts treat in odd ways.
NASTY = (
    "aSsſKİıßŉﬃ½⑴ǅéÉe\u0301\u0345\u0302'’‘`\u2019s_- .,\n\t\x1c\x85\xa0\u00ad\u200b\u200c\u200d"
    "\u2013\u2014“”…•£€日本語ュ｡ｱ゙각ก\u0e33हि\u0901كتابٌـ\u0640שׁЙй\u0306ё℡㈱ªº²٣٢𝟐𝒜\U00020000\ud800\ufeff"
)
texts = st.lists(
    st.one_of(
        st.text(alphabet=st.sampled_from(NASTY), max_size=12),
        st.sampled_from(["'s ", "’s", "'S", "’ſ", "x" * 254, "ﬃ" * 100, "日" * 256, "Flood "]),
        st.text(max_size=8),
    ),
    max_size=8,
).map("".join)


def check(some: list[str]) -> None:
    """The numbers of the texts stand for the words of their tokens, and for their stems."""
    vocabulary = Vocabulary()
    terms = [[token.term for token in tokens(text)] for text in some]
    for _ in range(2):  # the second time no word is new
        numbers, counts = vocabulary.numbers(some)
        assert counts.tolist() == [len(of_text) for of_text in terms]
        words = vocabulary.words
        assert [words[number] for number in numbers] == [term for own in terms for term in own]
    assert len(set(words)) == len(words) == len(vocabulary)
    found = vocabulary.stems
    assert [found[number] for number in vocabulary.stem_of] == [stem(word) for word in words]
    assert len(set(found)) == len(found)


@given(st.lists(texts, min_size=1, max_size=4))
@example(["½ 1⁄2 ½", "⑴ (1)", "ﬃ" * 100, "ffi" * 100, "ffi" * 85])
@example(["Élysée ÉLYSÉE elysee", "👋 Flood 👋 flood’s", "東京。東京。", "東京" * 40])
def test_the_words_of_texts_are_those_that_tokens_yields(some: list[str]) -> None:
    check(some)


def test_words_are_right_where_no_more_spellings_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.codec.vocabulary.MAX_KEPT", 1)
    check(["👋 Élysée ÉLYSÉE", "ÉLYSÉE élysée 👋 Łódź Łódź"])


def test_stems_asked_for_between_texts_stay_as_they_were() -> None:
    vocabulary = Vocabulary()
    vocabulary.numbers(["Floods flooded"])
    before = vocabulary.stems, vocabulary.stem_of.tolist()
    vocabulary.numbers(["The flooding"])
    assert before == (["flood"], [0, 0])
    assert vocabulary.stems == ["flood", "the"]
    assert vocabulary.stem_of.tolist() == [0, 0, 1, 0]
    assert vocabulary.stem_of.dtype == np.uint32


def test_each_text_has_its_own_words_and_a_text_without_words_none() -> None:
    vocabulary = Vocabulary()
    vocabulary.numbers(["zero"])
    numbers, counts = vocabulary.numbers(["Two 👋 words", "", "👋", "words 東京"])
    assert (numbers.tolist(), counts.tolist()) == ([1, 2, 2, 3, 4], [2, 0, 0, 3])
    assert numbers.dtype == np.uint32
    numbers, counts = vocabulary.numbers([])
    assert (numbers.tolist(), counts.tolist()) == ([], [])


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=600), st.integers(1, 18))
def test_words_that_share_a_slot_are_told_apart(words: list[int], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.codec.word_table.FIRST_BITS", 2)
        patch.setattr("index.codec.word_table.SECOND_BITS", 3)
        check([" ".join(f"w{word:0{size}x}" for word in words)] * 2)


def test_the_size_grows_with_new_words_and_spellings_only() -> None:
    vocabulary = Vocabulary()
    sizes = []
    for text in ("Élysée flood", "flood Élysée", "ÉLYSÉE", "river"):
        vocabulary.numbers([text])
        sizes.append(vocabulary.size_bytes)
    assert 0 < sizes[0] == sizes[1] < sizes[2] < sizes[3]
