"""Where all words together match nothing or little, any of them is enough; and it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import searcher
from index import Article
from searcher.settings import SnippetSettings

QUESTION = "why did the flood close the bridge of Harwick and who opened it"


@pytest.fixture
def archive(
    write_archive: Callable[..., Path], make_article: Callable[..., Article]
) -> Iterator[searcher.Archive]:
    made = [
        make_article("Flood closes the bridge", "In Harwick.", published=date(2025, 6, 3)),
        make_article("The flood", "A bridge was closed.", published=date(2025, 6, 4)),
        make_article("Harwick strike", "The port is closed.", published=date(2025, 7, 1)),
        make_article("Weather", "It is dry.", published=date(2025, 8, 1), people=("Jane Roe",)),
    ]
    with searcher.open(write_archive(made)) as opened:
        yield opened


def titles(results: searcher.Results) -> list[str]:
    return [hit.article.title for hit in results]


def test_a_question_finds_articles_with_some_of_its_words_the_best_first(
    archive: searcher.Archive,
) -> None:
    results = archive.search(QUESTION)
    assert results.relaxed
    assert titles(results)[0] == "Flood closes the bridge"
    assert set(titles(results)) == {"Flood closes the bridge", "The flood", "Harwick strike"}
    assert results.total == 3
    assert sum(one.articles for one in results.timeline("month")) == 3


def test_snippets_show_the_words_of_a_relaxed_query(archive: searcher.Archive) -> None:
    hits = {hit.article.title: hit for hit in archive.search("zebra-crossing flood bridges")}
    assert hits["The flood"].title.marked() == "The **flood**"
    assert hits["The flood"].snippets[0].marked() == "A **bridge** was closed."


def test_the_passage_with_the_rare_word_is_shown(
    write_archive: Callable[..., Path], make_article: Callable[..., Article]
) -> None:
    body = "The town council met again.\n\nAn astrolabe was sold there.\n\nThe rest was quiet."
    usual = [make_article(f"Day {day}", f"The town council met, {day}.") for day in range(20)]
    with searcher.open(write_archive([*usual, make_article("Sale", body)])) as opened:
        (best, *_) = opened.search(
            "town council astrolabe zebra", snippets=SnippetSettings(count=1, chars=40)
        )
    assert best.snippets[0].marked() == "An **astrolabe** was sold there."


@pytest.mark.parametrize("query", ["flood bridge", "flood closed", "dry weather", "flood"])
def test_few_words_that_match_are_not_relaxed(archive: searcher.Archive, query: str) -> None:
    results = archive.search(query)
    assert not results.relaxed
    assert 1 <= results.total <= 2


def test_two_words_of_which_one_is_nowhere_find_the_other(archive: searcher.Archive) -> None:
    results = archive.search("flood zebra")
    assert results.relaxed
    assert set(titles(results)) == {"Flood closes the bridge", "The flood"}


@pytest.mark.parametrize(
    "query",
    [
        "flood +zebra",
        "+flood +zebra",
        "flood AND zebra",
        'flood "zebra crossing"',
        "title:flood title:zebra",
        "flood bridge people:roe",
        "flood zebr*",
        "zebra crossing",
    ],
)
def test_what_is_no_plain_word_stays_binding(archive: searcher.Archive, query: str) -> None:
    assert archive.search(query).total == 0


def test_a_minus_and_filters_bind_a_relaxed_query(archive: searcher.Archive) -> None:
    found = archive.search("flood zebra -harwick")
    assert titles(found) == ["The flood"]
    assert titles(archive.search("flood zebra", until="2025-06-03")) == ["Flood closes the bridge"]
    assert archive.search("flood zebra", since="2025-08").total == 0


def test_relaxing_can_be_turned_off(archive: searcher.Archive) -> None:
    results = archive.search(QUESTION, relax=False)
    assert (results.total, results.relaxed, titles(results)) == (0, False, [])


def test_a_pasted_text_in_quotation_marks_finds_its_words_and_says_so(
    archive: searcher.Archive,
) -> None:
    results = archive.search(f'"{QUESTION}"')
    assert results.total == 3
    assert results.read_as_words
    broken = archive.search(f'{QUESTION} "')
    assert broken.total == 3
    assert "quotation mark" in (broken.read_as_words or "")


def test_persons_are_those_of_all_words(archive: searcher.Archive) -> None:
    assert archive.people("weather zebra") == ()


def test_all_words_of_four_with_ten_matches_are_enough(
    tmp_path: Path, write_archive: Callable[..., Path], make_article: Callable[..., Article]
) -> None:
    alike = [make_article(f"Note {n}", f"alpha beta gamma delta {n}") for n in range(10)]
    other = make_article("Other", "alpha")
    query = "alpha beta gamma delta"
    for count, relaxed in ((10, False), (9, True)):
        folder = write_archive([*alike[:count], other], folder=tmp_path / str(count))
        with searcher.open(folder) as opened:
            results = opened.search(query, copies=True)
            assert results.relaxed == relaxed
            assert results.total == 10
