"""Which words of a text are plain ones, and what of it stays as it is."""

from __future__ import annotations

import pytest

from searcher.errors import QuerySyntaxError
from searcher.query import parse_query, read_question
from searcher.query.stopwords import STOP_WORDS
from searcher.tree import Or, Term

CAPITALS = "WHAT IS THE FLOOD AND WHY NOT THE RIVER DAM"


@pytest.mark.parametrize(
    ("text", "meant", "relaxed"),
    [
        ("flood", "flood", None),
        ("the flood of the river", "flood AND river", "flood OR river"),
        ("flood (river dam)", "flood AND river AND dam", "flood OR river OR dam"),
        ('flood "the river" dam', 'flood AND "the river" AND dam', '"the river" (flood OR dam)'),
        ("the", "the", None),
        ("the date:2025", "date:2025", None),
        ("+the flood", "the AND flood", None),
        ("flood AND dam", "flood AND dam", None),
        ("flood OR dam river", "flood OR (dam AND river)", None),
        ("-(the dam) flood", "NOT (the AND dam) AND flood", None),
        ("well-known the", '"well known"', "well OR known"),
        (
            "(flood river)^2 flood dam",
            "(flood AND river)^2 AND flood AND dam",
            "(flood river)^2 (flood OR dam)",
        ),
        ("(flood river) AND dam", "flood AND river AND dam", None),
        (
            "(flood) NEAR river flood dam",
            "(flood NEAR river) AND flood AND dam",
            "(flood NEAR river) (flood OR dam)",
        ),
        ("flood – AND river", "flood AND river", None),
    ],
)
def test_plain_words_of_a_query(text: str, meant: str, relaxed: str | None) -> None:
    asked = read_question(text)
    assert asked.tree == parse_query(meant)
    assert asked.relaxed_tree == (relaxed and parse_query(relaxed))


def test_a_query_of_stop_words_alone_asks_for_them() -> None:
    asked = read_question("to be or not to be")
    assert asked.tree == parse_query("to be or not to be")
    assert {"to", "be", "or", "not"} <= STOP_WORDS


def test_words_that_follow_each_other_are_neighbours_over_stop_words_but_not_over_others() -> None:
    asked = read_question("bank of england -dam rates people:roe flood rivers")
    assert asked.neighbours == (("bank", "england"), ("flood", "river"))


def test_a_repeated_word_counts_for_more() -> None:
    tree = read_question("flood dam flood").relaxed_tree
    assert isinstance(tree, Or)
    flood, dam = tree.subqueries
    assert flood.boost == pytest.approx(2**0.5)
    assert dam.boost == 1


@pytest.mark.parametrize(
    "text",
    [
        'He said: "the flood closed the bridge at noon and',
        "Why did the flood (close the bridge at noon on Monday",
        "All of the flood: * the bridge closed * the dam held",
        'The whole story: the "flood closed the bridge of Harwick at noon',
    ],
)
def test_a_pasted_text_that_is_no_query_is_taken_for_its_words(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse_query(text)
    asked = read_question(text)
    assert asked.problem
    assert isinstance(asked.relaxed_tree, Or)
    assert Term("text", "flood") in asked.relaxed_tree.subqueries


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "The bridge was NOT closed by the flood. Our mayor said so on Monday.",
            "the bridge was closed by the flood our mayor said so on monday",
        ),
        (
            "SHARE THIS NOW!!! The old dam is SAFE AND SOUND and was not touched by the storm",
            "share this now the old dam is safe sound and was touched by the storm",
        ),
    ],
)
def test_sentences_have_no_operators(sentence: str, words: str) -> None:
    asked = read_question(sentence)
    assert asked.problem
    assert asked.relaxed_tree == read_question(words).relaxed_tree


def test_a_sentence_with_what_looks_like_a_pattern_may_be_pasted() -> None:
    asked = read_question("I have never, in my life, seen *anything* like this flood at the dam")
    assert asked.pasted == "i have never in my life seen anything like this flood at the dam"


@pytest.mark.parametrize(
    "typed",
    [
        "bank of england AND rates NOT house of commons AND strike",
        "flood storm drought river harbour, ferry AND dam NOT bridge",
        "date:2025 flood of the river, NOT the storm, and the dam.",
        "harbour elect* ferry bridge dam river storm of the north",
        'storm OR "flood in U.S." OR "flood in U.K." NOT bridge',
        'flood OR "flood flood U.S." OR (NOT flood)',
        "J. R. Roe AND A. I. Doe OR the flood NOT the storm",
    ],
)
def test_a_long_query_without_sentences_keeps_its_operators(typed: str) -> None:
    asked = read_question(typed)
    assert (asked.problem, asked.pasted) == (None, None)


@pytest.mark.parametrize("number", ["12,000", "12000", "$12,000"])
def test_a_number_is_a_plain_word_however_it_is_written(number: str) -> None:
    asked = read_question(f"flood of {number} homes")
    assert asked.word_count == 3
    assert asked.relaxed_tree == parse_query(f"flood OR home OR {number}")
    assert asked.neighbours == (("flood", "home"),)


def test_a_pasted_text_in_capitals_has_no_operators() -> None:
    assert read_question(CAPITALS).tree == read_question("flood river dam").tree


@pytest.mark.parametrize(
    "text",
    [
        'people:"Jane Roe flood in the harbour bridge at noon',
        "flood (storm",
        "flood " * 600,
        "The dam is NOT safe, said the mayor. " * 80,
        "x" * 10_001 + " a b c d e f g h",
    ],
)
def test_what_is_typed_or_too_long_is_an_error_that_points(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        read_question(text)
    assert caught.value.query == text
