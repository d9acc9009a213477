"""What `archive.search` promises."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

import searcher
from index import Article
from index.engines.whoosh import open_writer

Make = Callable[..., Article]
Write = Callable[..., Path]

FLOOD, MAYOR, ELECTION, GERMAN = (
    "Flood closes the harbour bridge",
    "Mayor promises a new bridge",
    "Election in October",
    "Hochwasser: Brücke gesperrt",
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bridge flood", {FLOOD, MAYOR}),
        ("bridges flooding", {FLOOD, MAYOR}),
        ('"harbour bridge"', {FLOOD}),
        ('"bridge harbour"', set()),
        ('"of the flood"', {MAYOR}),
        ('"of flood"', set()),
        ("harbour OR october", {FLOOD, ELECTION}),
        ("bridge -flood", {ELECTION}),
        ("bridge NOT (flood OR election)", set()),
        ("NOT bridge", {GERMAN}),
        ("title:bridge", {FLOOD, MAYOR}),
        ("body:harbour", set()),
        ("elect*", {ELECTION}),
        ("electri*", {ELECTION}),
        ("brucke", {GERMAN}),
        ("people:roe", {FLOOD, MAYOR, ELECTION}),
        ('people:"Jane Roe"', {FLOOD, MAYOR}),
        ('people:"jane  ROE"', {FLOOD, MAYOR}),
        ('people:"Roe"', set()),
        ("people:(roe -doe)", {FLOOD, ELECTION}),
        ("people:(jane doe)", {MAYOR}),
        ('source:"Harwick Courier"', {MAYOR, ELECTION}),
        ("source:courier", {MAYOR, ELECTION}),
        ("author:lee", {MAYOR}),
        ("section:local", {FLOOD}),
        ("language:de", {GERMAN}),
        ("url:northmoor.example", {FLOOD}),
        ("date:2025-06", {FLOOD}),
        ("date:[2025-06-04 TO 2025-09]", {MAYOR, ELECTION}),
        ("date:[2025-07-01 TO *]", {MAYOR, ELECTION}),
    ],
)
def test_a_query_finds_exactly_these(
    query: str,
    expected: set[str],
    flood_articles: tuple[Article, ...],
    write_archive: Write,
) -> None:
    with searcher.open(write_archive(flood_articles[:2], flood_articles[2:])) as archive:
        results = archive.search(query)
    assert {hit.article.title for hit in results if not hit.relaxed} == expected
    assert results.total == len(expected)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {FLOOD, MAYOR, ELECTION}),
        ({"since": None, "person": None}, {FLOOD, MAYOR, ELECTION}),
        ({"since": "2025-06-04"}, {MAYOR, ELECTION}),
        ({"until": "2025-06"}, {FLOOD}),
        ({"source": "courier"}, {MAYOR, ELECTION}),
        ({"person": "mary jane"}, {ELECTION}),
        ({"author": "lee"}, {MAYOR}),
        ({"section": "local"}, {FLOOD}),
        ({"language": "EN"}, {FLOOD, MAYOR, ELECTION}),
        ({"person": "roe", "source": "courier", "author": "lee"}, {MAYOR}),
    ],
)
def test_filters_narrow_together(
    filters: dict[str, str | None],
    expected: set[str],
    flood_articles: tuple[Article, ...],
    write_archive: Write,
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        results = archive.search("bridge OR october", **filters)
        assert {hit.article.title for hit in results} == expected
        with pytest.raises(TypeError, match="no filter 'sorce'"):
            archive.search("bridge", sorce="herald")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"since": "2025-07"}, [MAYOR, ELECTION]),
        ({"until": "2025-07-01"}, [FLOOD, MAYOR]),
        ({"since": "2025-07-01", "until": "2025-07-01"}, [MAYOR]),
        ({"source": "courier"}, [MAYOR, ELECTION]),
        ({"person": "Jane Roe"}, [FLOOD, MAYOR, ELECTION]),
        ({"person": "doe"}, [MAYOR]),
        ({"person": "roe", "source": "northmoor herald"}, [FLOOD]),
    ],
)
def test_options_narrow_a_search_and_leave_the_scores(
    options: dict[str, str],
    expected: list[str],
    flood_articles: tuple[Article, ...],
    write_archive: Write,
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        narrowed = archive.search("bridge", sort="oldest", **options)
        scores = {hit.article.id: hit.score for hit in archive.search("bridge")}
    assert [hit.article.title for hit in narrowed] == expected
    assert all(scores[hit.article.id] == hit.score for hit in narrowed)


def test_undated_articles_come_last_in_either_order(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles[::-1])) as archive:
        newest = [hit.article.title for hit in archive.search("NOT xyz", sort="newest")]
        oldest = [hit.article.title for hit in archive.search("NOT xyz", sort="oldest")]
    assert newest == [ELECTION, MAYOR, FLOOD, GERMAN]
    assert oldest == [FLOOD, MAYOR, ELECTION, GERMAN]


def test_a_word_in_the_title_weighs_more(make_article: Make, write_archive: Write) -> None:
    in_body = make_article("Council meets", "The flood was long and the meeting too.")
    in_title = make_article("Flood at the council", "It was long and the meeting too.")
    with searcher.open(write_archive([in_body, in_title])) as archive:
        hits = archive.search("flood", copies=True)
        assert [hit.article.id for hit in hits] == [in_title.id, in_body.id]


def test_pages_of_hits_join_to_the_whole(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        whole = archive.search("bridge", limit=100)
        pages = [archive.search("bridge", limit=1, offset=at).hits[0] for at in range(3)]
        beyond = archive.search("bridge", offset=3)
    assert tuple(pages) == whole.hits
    assert [hit.rank for hit in pages] == [1, 2, 3]
    assert (len(beyond), beyond.total) == (0, 3)


def test_facets_and_timeline_count_all_matches(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        results = archive.search("bridge", limit=1)
        assert [(c.value, c.articles) for c in results.facets("source")] == [
            ("Harwick Courier", 2),
            ("Northmoor Herald", 1),
        ]
        assert [(c.value, c.articles) for c in results.facets("people", 1)] == [("Jane Roe", 2)]
        assert [(c.value, c.articles) for c in results.timeline("month")] == [
            ("2025-06", 1),
            ("2025-07", 1),
            ("2025-08", 0),
            ("2025-09", 1),
        ]
        assert results.timeline("year")[0].articles == 3
        with pytest.raises(searcher.SearchError, match="source, people"):
            results.facets("colour")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oleh Brandensky", "Oleh Brandenskiy"),
        ("Oleh Brandensky", "Oleh Brandenskyy"),
        ("Bashir al-Sabah", "Bashir Sabah"),
        ("Nikolai Varanoff", "Nikolai Varanov"),
        ("Mohamed Quell", "Muhammad Quell"),
        ("Zoë Ibáñez", "Zoe Ibanez"),
    ],
)
def test_spellings_of_a_name_are_found_and_counted_as_one(
    one: str, other: str, make_article: Make, write_archive: Write
) -> None:
    people = [(one,), (other,)]
    articles = [make_article(f"Day {at}", people=own) for at, own in enumerate(people)]
    with searcher.open(write_archive(articles)) as archive:
        for name in (one, other):
            assert archive.search(f'people:"{name}"').total == 2
            assert archive.search(f"people:{name.split()[1]}").total == 2
            assert archive.search("day", person=name.split()[1]).total == 2
        counts = archive.search("day").facets("people")
        assert [count.articles for count in counts] == [2]
        assert counts[0].value in {one, other}


def test_a_hit_carries_the_whole_article(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        found = {hit.article.title: hit.article for hit in archive.search("NOT xyz")}
        stories = {title: article.story for title, article in found.items()}
        assert all(stories.values())
        assert found == {
            article.title: replace(article, story=stories[article.title])
            for article in flood_articles
        }
        first = flood_articles[0]
        assert archive.article(first.id) == found[first.title]
        with pytest.raises(searcher.ArticleNotFoundError, match="no article has the id"):
            archive.article("nothing")


def test_all_articles_of_a_story_are_found_by_it(make_article: Make, write_archive: Write) -> None:
    body = (
        "The river rose two metres in one night, and the mayor closed the old harbour bridge. " * 3
    )
    lead = make_article("Flood closes the bridge", body)
    copy = make_article("Flood closes the bridge, mayor says", f"By our reporter. {body}")
    other = make_article("Council meets", "The council spoke of schools and of roads for hours.")
    with searcher.open(write_archive([lead, other], [copy])) as archive:
        story = archive.article(lead.id).story
        hits = archive.search(f"story:{story}", copies=True)
        assert {hit.article.id for hit in hits} == {lead.id, copy.id}


RIVER = "The river rose two metres in one night, and the mayor closed the old harbour bridge. " * 3


def test_a_story_is_one_hit_and_names_its_other_articles(
    make_article: Make, write_archive: Write
) -> None:
    old = make_article("Bridge closed", RIVER, source="Herald", published=date(2025, 6, 3))
    new = make_article("River rises", RIVER, source="Echo", published=date(2025, 6, 4))
    best = make_article("Bridge and bridge", f"By us. {RIVER}", source="Courier")
    other = make_article("Council meets", "The council spoke of a bridge and of roads for hours.")
    with searcher.open(write_archive([new, best, other], [old])) as archive:
        results = archive.search("bridge")
        first = results.hits[0]
        assert [hit.article.id for hit in results] == [best.id, other.id]
        assert (results.total, results.count_stories()) == (4, 2)
        assert [member.id for member in first.others] == [old.id, new.id]
        assert first.others[0] == searcher.StoryMember(
            id=old.id, title=old.title, source="Herald", day=old.day
        )
        assert (first.other_count, results.hits[1].other_count) == (2, 0)
        newest = archive.search("bridge", sort="newest").hits[0]
        oldest = archive.search("bridge", sort="oldest").hits[0]
        assert (newest.article.id, oldest.article.id) == (new.id, old.id)
        single = archive.search("bridge", copies=True)
        assert len(single) == single.total == 4
        assert all(hit.others == () for hit in single)
        (only,) = archive.search("source:echo")
        assert [member.id for member in only.others] == [old.id, best.id]


def test_a_story_is_its_lead_and_what_the_others_are_beside_it(
    make_article: Make, write_archive: Write
) -> None:
    body = RIVER + " ".join(f"House {number} stood in water." for number in range(40))
    agency = make_article("Bridge is shut", body, source="Newswire", published=date(2025, 6, 4))
    early = make_article("Bridge shut", body, source="Echo", published=date(2025, 6, 3))
    credit = make_article("Closed", body, authors=("Newswire",), published=date(2025, 6, 5))
    alone = make_article("Council meets", "The council spoke of schools for hours.")
    with searcher.open(write_archive([early, credit, alone], [agency])) as archive:
        members = archive.story(credit.id)
        assert archive.story(early.id) == members
        assert [(one.id, one.relation) for one in members] == [
            (agency.id, "lead"),
            (early.id, "exact copy"),
            (credit.id, "exact copy"),
        ]
        assert [one.relation for one in archive.story(alone.id)] == ["lead"]
        with pytest.raises(searcher.ArticleNotFoundError):
            archive.story("nothing")


def test_a_hit_names_ten_others_and_counts_all(make_article: Make, write_archive: Write) -> None:
    copies = [make_article(f"Bridge {number}", RIVER) for number in range(15)]
    with searcher.open(write_archive(copies)) as archive:
        (hit,) = archive.search("bridge")
    assert (len(hit.others), hit.other_count) == (10, 14)


def test_a_story_with_most_matches_hides_no_other(make_article: Make, write_archive: Write) -> None:
    copies = [make_article(f"Bridge {number}", RIVER) for number in range(40)]
    others = [make_article("Council", "The council spoke of a bridge and of roads for hours.")]
    with searcher.open(write_archive(copies, others)) as archive:
        first, second = (archive.search("bridge", limit=1, offset=at).hits for at in (0, 1))
        beyond = archive.search("bridge", offset=2)
        assert [hit.other_count for hit in (*first, *second)] == [39, 0]
        assert second[0].article.id == others[0].id
        assert (len(beyond), beyond.total, beyond.count_stories()) == (0, 41, 2)


def test_articles_without_a_story_stand_alone(make_article: Make, tmp_path: Path) -> None:
    with open_writer(tmp_path / "old.idx", with_stories=False) as writer:
        for number in range(3):
            one = make_article(f"Bridge {number}", RIVER)
            writer.put_article(one.id, one)
        writer.commit()
    with searcher.open(tmp_path / "old.idx") as archive:
        results = archive.search("bridge")
        assert (len(results), results.total, results.count_stories()) == (3, 3, 3)
    assert {hit.other_count for hit in results} == {0}


def test_stats_say_what_is_in_an_archive(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        stats = archive.stats()
    assert (stats.articles, stats.people, stats.undated) == (4, 3, 1)
    assert (stats.first_day, stats.last_day) == ("2025-06-03", "2025-09-20")
    assert stats.pages == {searcher.Outcome.ARTICLE: 4}
    assert stats.sources[0].value == "Harwick Courier"
    assert stats.size_bytes > 0


def test_an_archive_that_is_sound_has_no_problems(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles[:1], flood_articles)) as archive:
        assert archive.check() == ()


def test_plain_whoosh_opens_an_archive(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    from whoosh.index import open_dir
    from whoosh.query import DateRange, Term

    folder = write_archive(flood_articles)
    with open_dir(str(folder)).searcher() as plain:
        hits = plain.search(Term("title", "bridg"), sortedby="published")
        assert [hit["title"] for hit in hits] == [FLOOD, MAYOR]
        assert hits[1]["people"] == ["Jane Roe", "Tom Doe"]
        july = DateRange("published", datetime(2025, 7, 1), datetime(2025, 7, 31))  # noqa: DTZ001
        assert [hit["title"] for hit in plain.search(july)] == [MAYOR]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("会議は3日午後に開かれた", "3日", 1),
        ("会議は3日に開かれた", '"3日に"', 1),
        ("会議は3日。", "3日", 1),
        ("東京都の会議", "京都", 1),
        ("東京都の会議", "都", 1),
        ("東京都の会議", "東都", 0),
        ("ประเทศไทย", "เทศ", 1),
    ],
)
def test_text_without_spaces_is_found_by_any_part(
    text: str, query: str, expected: int, make_article: Make, write_archive: Write
) -> None:
    with searcher.open(write_archive([make_article("x", text)])) as archive:
        results = archive.search(query)
        assert results.total == expected
        marked = "".join(snippet.marked("", "") for hit in results for snippet in hit.snippets)
        assert marked == text * expected
        assert all(hit.snippets[0].highlights for hit in results)


def test_many_threads_get_right_answers(sample_archive: Path) -> None:
    queries = ("flood", "river -inquiry", '"the council"', "elect*", "people:ellison")
    with searcher.open(sample_archive) as archive, ThreadPoolExecutor(8) as pool:
        expected = [archive.search(query, limit=100).hits for query in queries]
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)  # as many chances to disturb each other as there can be
        try:
            rounds = [queries] * 8
            found = pool.map(
                lambda texts: [archive.search(text, limit=100).hits for text in texts], rounds
            )
            assert list(found) == [expected] * 8
        finally:
            sys.setswitchinterval(interval)
