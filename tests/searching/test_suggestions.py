"""What may have been meant by words that an archive does not have, and that it is only said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import searcher
from index import Article

Make = Callable[..., Article]
Write = Callable[..., Path]


@pytest.fixture
def archive(make_article: Make, write_archive: Write) -> Iterator[searcher.Archive]:
    """An archive in which one word is in 200 articles, and others in few."""
    many = [make_article(f"Election {n}", "The elections were held.") for n in range(200)]
    few = [
        make_article(
            "Elaction day", "Bridges over the rivers of Zürich.", people=("Mara Ellison",)
        ),
        make_article("A bridle", "The ridge and the bridge. Selection begins, objection ends."),
    ]
    with searcher.open(write_archive(many, few)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("eletion", {"eletion": ["election"]}),
        ("Élection", {}),
        ("electoin", {"electoin": ["election"]}),
        ("elctino", {"elctino": ["election", "elaction"]}),
        ("alactian", {"alactian": ["elaction"]}),
        ("brigde", {"brigde": ["bridge"]}),
        ("bridg", {}),
        ("bridges brdge", {"brdge": ["bridge"]}),
        ("bribge OR ridgee", {"bribge": ["bridge"], "ridgee": ["ridge"]}),
        ('"the brigde of"', {"brigde": ["bridge"]}),
        ("title:brigde", {"brigde": ["bridge"]}),
        ("bidge", {"bidge": ["bridge", "ridge"]}),
        ("zurcih", {"zurcih": ["zurich"]}),
        ("people:elison", {"elison": ["ellison"]}),
        ('people:"Mara Elison"', {"elison": ["ellison"]}),
        ("people:(mara -elison)", {}),
        ("eletion eletion", {"eletion": ["election"]}),
        # rare, but there
        ("elaction", {"elaction": ["election"]}),
        ("selection", {}),
        ("bridle", {}),
        # left alone
        ("-eletion", {}),
        ("bridge -(eletion OR brigde)", {}),
        ("-(bridge -eletion)", {"eletion": ["election"]}),
        ("eletion* elet?on eletion~1", {}),
        ("brdg rdge", {"rdge": ["ridge"]}),
        ("xqzvw", {}),
        ("12345 url:eletion date:2026 language:en", {}),
    ],
)
def test_words_like_it_are_named(
    archive: searcher.Archive, query: str, expected: dict[str, list[str]]
) -> None:
    found = archive.search(query).suggestions
    assert {one.word: [other.value for other in one.instead] for one in found} == expected


def test_a_suggestion_says_where_and_how_often(archive: searcher.Archive) -> None:
    query = 'title:flood "the Eletion"'
    (one,) = archive.search(query).suggestions
    assert query[one.position :].startswith("Eletion")
    assert (one.articles, one.instead) == (0, (searcher.Count(value="election", articles=200),))


@pytest.mark.parametrize(
    "pasted",
    [
        "1) the eletion is held at last, 2) the bridge over there",
        'She said: "the eletion was held at last in the city',
        "the eletion is NOT held, she said, over the bridge of it",
    ],
)
def test_words_of_a_text_that_is_no_query_are_looked_up_too(
    archive: searcher.Archive, pasted: str
) -> None:
    results = archive.search(pasted)
    assert results.read_as_words
    (one,) = results.suggestions
    assert (one.word, one.instead[0].value) == ("eletion", "election")
    assert pasted[one.position :].startswith("eletion")


def test_a_query_is_never_changed(archive: searcher.Archive) -> None:
    results = archive.search("eletion OR bridle")
    assert [hit.article.title for hit in results] == ["A bridle"]


def test_many_unknown_words_are_not_all_looked_up(archive: searcher.Archive) -> None:
    query = " OR ".join(f"eletion{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert len(archive.search(query).suggestions) == 10
