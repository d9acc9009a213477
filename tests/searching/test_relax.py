"""Where all words together match nothing, any of them is enough; where few, these come behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searcher
from index import Article
from searcher.settings import SnippetSettings

Write = Callable[..., Path]

QUESTION = "why did the flood close the bridge of Harwick and who opened it"


@pytest.fixture
def archive(
    write_archive: Write, make_article: Callable[..., Article]
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


@pytest.mark.parametrize(
    ("query", "matching", "further"),
    [
        ("flood bridge", {"Flood closes the bridge", "The flood"}, []),
        ("harwick strike port", {"Harwick strike"}, ["Flood closes the bridge"]),
        ("dry the harwick weather strike", set(), []),
        ("flood", {"Flood closes the bridge", "The flood"}, []),
        ("flood closed -dry", {"Flood closes the bridge", "The flood"}, ["Harwick strike"]),
    ],
)
def test_articles_with_some_words_come_behind_those_with_all_and_are_not_counted(
    archive: searcher.Archive, query: str, matching: set[str], further: list[str]
) -> None:
    results = archive.search(query)
    assert results.relaxed == (not matching)
    if matching:
        assert {hit.article.title for hit in results if not hit.relaxed} == matching
        assert [hit.relaxed for hit in results] == [False] * len(matching) + [True] * len(further)
        assert titles(results)[len(matching) :] == further
        assert results.further_total == len(further)
        assert results.total == len(matching) == len(results.ids())
        assert sum(one.articles for one in results.timeline("month")) == len(matching)
        assert {hit.article.title for hit in archive.scan(query)} == matching
        assert len(archive.search(query, sort="newest")) == len(matching)


def test_a_query_that_cannot_be_relaxed_has_nothing_behind(archive: searcher.Archive) -> None:
    for query in ("flood OR strike", '"the flood"', "+flood +bridge", "flood AND bridge"):
        assert archive.search(query).further_total == 0
    results = archive.search("flood strike port", relax=False)
    assert (len(results), results.further_total) == (0, 0)


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


@pytest.mark.parametrize(
    ("query", "count", "totals"),
    [
        ("alpha beta", 99, (99, 1)),
        ("alpha beta", 100, (100, 0)),
        ("alpha beta gamma delta", 99, (99, 1)),
        ("alpha beta gamma delta epsilon", 99, (100, 0)),
        ("alpha beta gamma delta epsilon", 100, (100, 0)),
    ],
)
def test_a_hundred_articles_with_all_words_are_enough(
    write_archive: Write,
    make_article: Callable[..., Article],
    query: str,
    count: int,
    totals: tuple[int, int],
) -> None:
    body = "alpha beta gamma delta epsilon"
    made = [make_article(f"Note {number}", f"{body} {number}") for number in range(count)]
    with searcher.open(write_archive([*made, make_article("Other", "alpha")])) as opened:
        results = opened.search(query, copies=True, limit=200)
        assert (results.total, results.further_total) == totals
        assert results.relaxed == (totals[0] > count)
        having_all = 0 if results.relaxed else count
        assert [hit.relaxed for hit in results] == [n >= having_all for n in range(sum(totals))]


def test_one_word_of_several_parts_has_nothing_behind(
    write_archive: Write, make_article: Callable[..., Article]
) -> None:
    made = [make_article("Known", "A well-known river."), make_article("Other", "All is well.")]
    with searcher.open(write_archive(made)) as opened:
        assert titles(opened.search("well-known")) == ["Known"]


def test_a_pasted_text_with_a_quotation_that_hardly_any_has_finds_its_words(
    tmp_path: Path, write_archive: Write, make_article: Callable[..., Article]
) -> None:
    pasted = 'the mayor said "we will not close" the harbour bridge of the town'
    exact = make_article("Mayor speaks", "We will not close it, said the mayor.")
    others = [make_article(f"Harbour bridge {number}", "Mayor.") for number in range(12)]
    for count, read_as_words in ((9, True), (10, False)):
        # As many as these have the quotation and some of the words.
        quoting = [
            make_article(f"Mayor {number}", f"We will not close, {number}.")
            for number in range(count - 1)
        ]
        folder = write_archive([exact, *quoting, *others], folder=tmp_path / str(count))
        with searcher.open(folder) as opened:
            results = opened.search(pasted, copies=True)
            assert bool(results.read_as_words) == read_as_words
            assert results.total == count + (len(others) if read_as_words else 0)


def test_articles_with_all_words_come_first_even_where_others_score_more(
    write_archive: Write, make_article: Callable[..., Article]
) -> None:
    full = make_article(f"Flood bridge {'and so on ' * 20}", TEXTS[0])
    copy = make_article("Flood flood flood", TEXTS[0])
    others = [make_article(f"Flood flood flood {number}", "Told alone.") for number in range(3)]
    bridges = [make_article(f"{number} bridge", "Of a bridge.") for number in range(30)]
    with searcher.open(write_archive([copy, *others, full, *bridges])) as opened:
        for copies in (False, True):
            hits = opened.search("flood bridge", limit=2, copies=copies).hits
            assert [hit.relaxed for hit in hits] == [False, True]
            assert hits[0].article.id == full.id
            assert hits[0].score < hits[1].score
            found = [hit.article.id for hit in opened.search("flood bridge", copies=copies)]
            assert (copy.id in found) == copies
            assert {one.id for one in others} <= {*found}


# Articles of one text are one story, whatever their titles are.
TEXTS = [f"In the {word} of the year nothing went on there. " * 9 for word in ("autumn", "spring")]
WORDS = ("flood", "bridge", "strike", "note")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(
        st.tuples(st.lists(st.sampled_from(WORDS), max_size=9), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    ),
    query=st.lists(st.sampled_from(WORDS), min_size=2, max_size=3, unique=True),
    copies=st.booleans(),
    size=st.integers(1, 4),
)
def test_pages_go_on_from_those_that_match_to_the_others_each_story_once(
    *,
    tmp_path_factory: pytest.TempPathFactory,
    write_archive: Write,
    make_article: Callable[..., Article],
    drawn: list[tuple[list[str], int]],
    query: list[str],
    copies: bool,
    size: int,
) -> None:
    made = [
        make_article(
            f"{number} {' '.join(title)}",
            TEXTS[text] if text < len(TEXTS) else f"Told by nobody but {number}.",
        )
        for number, (title, text) in enumerate(drawn)
    ]
    having = {article.id: {*query} & {*article.title.split()} for article in made}
    full = {one for one, words in having.items() if len(words) == len(query)}
    some = {one for one, words in having.items() if words} - full
    folder = write_archive(made, folder=tmp_path_factory.mktemp("archive"))
    with searcher.open(folder) as opened:
        results = opened.search(" ".join(query), limit=50, copies=copies)
        hits = results.hits
        ids = [hit.article.id for hit in hits]
        story = {article.id: opened.article(article.id).story for article in made}
        pages = [
            hit
            for start in range(0, len(ids) + size, size)
            for hit in opened.search(" ".join(query), limit=size, offset=start, copies=copies)
        ]
        assert tuple(pages) == hits
        assert [hit.rank for hit in hits] == [*range(1, len(hits) + 1)]
        for hit in hits:
            added = sum(part.score for part in results.explain(hit))
            assert added == pytest.approx(hit.score)
    assert results.total == (len(full) or len(some))
    assert results.further_total == (len(some) if full else 0)
    assert [hit.relaxed for hit in hits] == [one not in full for one in ids]
    assert sorted(ids, key=lambda one: one not in full) == ids
    for matching in (full, some):
        scores = [hit.score for hit in hits if hit.article.id in matching]
        assert scores == sorted(scores, reverse=True)
    if copies:
        assert {*ids} == full | some
    else:
        assert len({story[one] for one in ids}) == len(ids)
        assert {story[one] for one in ids} == {story[one] for one in full | some}
        assert {story[one] for one in {*ids} & full} == {story[one] for one in full}
