"""The passages that show why an article was found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.query import parse_query
from searcher.settings import SnippetSettings
from searcher.snippets import Highlighter

BODY = (
    "The council met on Friday. It spoke of many things. Nothing was decided.\n\n"
    "Then the river rose, Mr. Roe said. The flood took the bridge of the U.S. engineers. "
    "Nobody was hurt.\n\n"
    "A week later the bridges were counted again."
)


def marked(query: str, body: str = BODY, chars: int = 60, count: int = 2) -> list[str]:
    highlighter = Highlighter(parse_query(query), SnippetSettings(chars=chars, count=count))
    return [snippet.marked("[", "]") for snippet in highlighter.snippets(body)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("flood bridge", ["The [flood] took the [bridge] of the U.S. engineers."]),
        ('"the flood"', ["[The flood] took the bridge of the U.S. engineers."]),
        ("counc*", ["The [council] met on Friday. It spoke of many things."]),
        ("title:flood", ["The council met on Friday. It spoke of many things."]),
        ("-flood", ["The council met on Friday. It spoke of many things."]),
        ("people:roe flood -xyz", ["Then the river rose, Mr. [Roe] said."]),
        ("fl?od br*ge", ["The [flood] took the [bridge] of the U.S. engineers."]),
        ("*neers", ["The flood took the bridge of the U.S. [engineers]."]),
        ("flodo~2 brigde~2", ["The [flood] took the [bridge] of the U.S. engineers."]),
        ("people:rowe~1 river", ["Then the [river] [rose], Mr. [Roe] said."]),
        # over the end of a sentence
        ('"said the flood"', ["…rose, Mr. Roe [said. The flood] took the bridge of the…"]),
        ('"flood bridge"~2', ["The [flood] took the [bridge] of the U.S. engineers."]),
        ('"flood bridge"~1', ["The council met on Friday. It spoke of many things."]),
        ("bridge NEAR/2 flood", ["The [flood] took the [bridge] of the U.S. engineers."]),
        ('the NEAR/1 "of many"', ["The council met on Friday. It spoke of many things."]),
        ("(river OR flood) NEAR/0 (the OR rose)", ["Then [the] [river] [rose], Mr. Roe said."]),
    ],
)
def test_the_best_passage_is_shown_with_what_matched(query: str, expected: list[str]) -> None:
    assert marked(query)[: len(expected)] == expected


def test_a_second_passage_adds_what_the_first_lacks() -> None:
    assert marked("council flood") == [
        "The [council] met on Friday. It spoke of many things.",
        "The [flood] took the bridge of the U.S. engineers.",
    ]


def test_of_passages_with_the_same_words_the_one_where_they_are_closest_is_shown() -> None:
    body = (
        "The flood came at night and nobody saw the old bridge.\n\n"
        "The flood took the bridge, and another flood took the next."
    )
    assert marked("flood bridge", body, count=1) == [
        "The [flood] took the [bridge], and another [flood] took the next."
    ]


def test_a_word_is_marked_where_it_is_near_and_not_elsewhere() -> None:
    body = "The flood took the bridge. Hours later another flood took nothing at all."
    (snippet,) = marked("flood NEAR/2 bridge", body, chars=200)
    assert snippet.startswith("The [flood] took the [bridge]. Hours later another flood took")
    (snippet,) = marked("flood NEAR/2 bridge flood", body, chars=200)
    assert snippet.startswith("The [flood] took the [bridge]. Hours later another [flood] took")


def test_a_long_sentence_is_cut_at_words() -> None:
    body = "word " * 100 + "flood " + "word " * 100
    (snippet,) = marked("flood", body.strip(), chars=40)
    assert snippet == "…word word [flood] word word word word…"


def test_japanese_is_cut_between_characters() -> None:
    (snippet,) = marked("首相", "新しい首相は" + "東京で会談した" * 20 + "。", chars=20)
    assert snippet == "新しい[首相]は東京で会談した東京で会談した…"


@pytest.mark.parametrize("character", ["e\u0301\u0302", "👩\u200d🚒", "👍🏽", "กิ้", "か\u3099"])
def test_no_character_is_broken(character: str) -> None:
    for length in range(20, 32):
        (snippet,) = marked("首相", character * 20 + "首相" + character * 20, chars=length)
        before, behind = snippet.replace("[首相]", "|").strip("…").split("|")
        assert before + behind == character * (len(before + behind) // len(character))


def test_a_mark_behind_what_matched_is_marked_too() -> None:
    (snippet,) = marked("か", "新しいか\u3099、と言う。", chars=40)
    assert snippet == "新しい[か\u3099]、と言う。"


@given(
    st.text(st.sampled_from("a b.!東日\n…”") | st.characters(), max_size=300),
    st.sampled_from(
        [
            *("a", "a b", '"a b"', "ab*", "東日", "people:a", "NOT a"),
            *("a?b", "*ab*", "aab~1", '"a b"~3', "a NEAR/1 b", "東 NEAR 日"),
        ]
    ),
    st.integers(20, 80),
)
@settings(max_examples=200)
def test_snippets_are_pieces_of_the_text(body: str, query: str, chars: int) -> None:
    highlighter = Highlighter(parse_query(query), SnippetSettings(chars=chars))
    for snippet in highlighter.snippets(body):
        assert len(snippet.text) <= chars + 2
        end = 0
        for start, stop in snippet.highlights:
            assert end <= start < stop <= len(snippet.text)
            end = stop
        bare = snippet.text.removeprefix("…").removesuffix("…")
        assert "".join(bare.split()) in "".join(body.split())


def test_rare_words_are_shown_rather_than_frequent_ones() -> None:
    rarities = {"council": 0.1, "fri": 0.1, "meet": 0.1, "river": 4.0, "rose": 0.5}
    highlighter = Highlighter(
        parse_query('council OR friday OR "met on friday" OR river OR dec*'),
        SnippetSettings(chars=50, count=1),
        lambda stems: [rarities.get(stem, 0.1) for stem in stems],
    )
    body = (
        "The council met on Friday.\n\nAll is gone.\n\nThe river was high.\n\nNothing was decided."
    )
    (snippet,) = highlighter.snippets(body)
    assert snippet.marked("[", "]") == "The [river] was high."


@pytest.mark.parametrize("chars", [20, 21, 22, 23])
def test_flags_are_shown_whole(chars: int) -> None:
    (snippet, *_) = Highlighter(
        parse_query("flood"), SnippetSettings(chars=chars, count=1)
    ).snippets("flood" + "\U0001f1e9\U0001f1ea" * 40)
    letters = snippet.text.removeprefix("flood").removesuffix("…")
    assert len(letters) % 2 == 0
    assert letters
