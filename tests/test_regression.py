"""One test for each bug that random tests found in stock Whoosh, named for the bug.

An archive of ours is a Whoosh index, so whoever knows these bugs asks whether we have them
too. Those that other tests stand for already are not repeated here:

    the top k of a tree depends on k         properties/test_query_trees.py
    counts are wrong over segments           properties/test_query_trees.py
    a phrase reaches over the gap of a name  properties/test_query_trees.py
    sorted by day, undated articles first    searching/test_search.py, test_undated_articles_...
    one searcher shared by threads           searching/test_search.py, test_many_threads_...
    a searcher changes under a commit        crash/test_crash.py, test_a_search_open_during_...
    an open searcher copies the index        indexing/test_arrays.py, test_only_what_is_read_...
    commits without fsync, or half done      crash/test_crash.py, test_a_full_disk_...
    a worker dies, and documents are lost    crash/test_workers.py, test_a_build_survives_...
    `date:garbage` and `{a TO b}` pass       searching/test_query_dates.py, test_an_unreadable_...
    any text crashes the parser              properties/test_query_properties.py
    a table of contents runs a pickle        compat/test_toc.py, test_what_a_stranger_pickled_...
    snippets mark the wrong words            searching/test_snippets.py, test_snippets_are_...
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from threading import Event, Thread

import pytest
from whoosh import query as q

import searcher
from index import Article
from index.engines.whoosh import WhooshWriter, open_writer
from searcher.engines.whoosh import WhooshEngine
from searcher.model import Sort
from searcher.settings import RankingSettings

Make = Callable[..., Article]
Write = Callable[..., Path]
Find = Callable[[q.Query], list[str]]

FLOOD, BRIDGE = q.Term("text", "flood"), q.Term("text", "bridg")


@pytest.fixture
def towns(make_article: Make, write_archive: Write) -> Path:
    """An archive of five short articles in two segments, the first of them undated."""
    bodies = ("flood", "bridge", "flood bridge", "flood flood ferry", "ferry")
    days = (None, *(date(2025, 1, day) for day in (1, 2, 3, 4)))
    articles = [
        make_article(f"T{number}", body, published=day, location=str(number))
        for number, (body, day) in enumerate(zip(bodies, days, strict=True))
    ]
    return write_archive(articles[:3], articles[3:])


@pytest.fixture
def engine(towns: Path) -> Iterator[WhooshEngine]:
    """The engine on these towns."""
    opened = WhooshEngine(towns)
    yield opened
    opened.close()


@pytest.fixture
def find(engine: WhooshEngine) -> Find:
    """Return the titles that a tree finds, in the order of their names."""

    def found(query: q.Query) -> list[str]:
        hits = engine.answer(query, None, RankingSettings()).top(Sort.RELEVANCE, 0, 10)
        return sorted(engine.article(hit.document).title for hit in hits)

    return found


def titles(folder: Path, query: str) -> set[str]:
    with searcher.open(folder) as archive:
        return {hit.article.title for hit in archive.search(query, limit=100)}


# Queries.


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(q.AndNot(FLOOD, BRIDGE), ["T0", "T3"], id="ANDNOT returns what it excludes"),
        pytest.param(
            q.Or([q.AndNot(FLOOD, BRIDGE), q.NullQuery]), ["T0", "T3"], id="ANDNOT inside OR"
        ),
        pytest.param(q.Not(q.Not(FLOOD)), ["T0", "T2", "T3"], id="NOT inside NOT"),
        pytest.param(
            q.Or([BRIDGE, q.Not(q.Term("text", "ferri"))]), ["T0", "T1", "T2"], id="OR NOT"
        ),
        pytest.param(q.AndMaybe(FLOOD, BRIDGE), ["T0", "T2", "T3"], id="ANDMAYBE"),
        pytest.param(q.Require(FLOOD, BRIDGE), ["T2"], id="REQUIRE"),
    ],
)
def test_boolean_trees_find_what_they_say(query: q.Query, expected: list[str], find: Find) -> None:
    assert find(query) == expected


def test_require_takes_the_score_of_its_first_part(engine: WhooshEngine) -> None:
    def score(query: q.Query) -> float:
        hits = engine.answer(query, None, RankingSettings()).top(Sort.RELEVANCE, 0, 9)
        return next(hit.score for hit in hits if engine.article(hit.document).title == "T2")

    assert score(q.Require(FLOOD, BRIDGE)) == pytest.approx(score(FLOOD))
    assert score(q.Require(BRIDGE, FLOOD)) == pytest.approx(score(BRIDGE))
    assert score(FLOOD) != pytest.approx(score(BRIDGE))


def test_the_total_counts_what_is_found(towns: Path) -> None:
    with searcher.open(towns) as archive:
        results = archive.search("flood OR NOT ferry", limit=1)
        assert (len(results.hits), results.total) == (1, 4)


SECOND = datetime(2025, 1, 2)  # noqa: DTZ001 (the publisher's clock)
AGES = {"early": datetime.min, "late": datetime.max}  # noqa: DTZ901 (all there is)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (q.DateRange("published", AGES["early"], AGES["late"]), ["T1", "T2", "T3", "T4"]),
        (q.DateRange("published", None, None), ["T1", "T2", "T3", "T4"]),
        (q.NumericRange("published", 0, 2**63 - 1), ["T1", "T2", "T3", "T4"]),
        (q.NumericRange("published", -(2**63), 2**64), ["T1", "T2", "T3", "T4"]),
        (q.NumericRange("published", -(2**70), 2**70), ["T1", "T2", "T3", "T4"]),
        (q.NumericRange("published", 2**63, 2**70), []),
        (q.NumericRange("published", -(2**70), -1), []),
        (q.DateRange("published", AGES["late"], None, startexcl=True), []),
        (q.DateRange("published", None, AGES["early"], endexcl=True), []),
        (q.DateRange("published", SECOND, SECOND), ["T2"]),
        (q.DateRange("published", SECOND, None, startexcl=True), ["T3", "T4"]),
        (q.DateRange("published", None, SECOND, endexcl=True), ["T1"]),
        (q.DateRange("published", SECOND, SECOND, startexcl=True), []),
        (q.DateRange("published", SECOND.replace(day=4), SECOND), []),
        (q.TermRange("day", "2025-01-02", "2025-01-04", startexcl=True, endexcl=True), ["T3"]),
    ],
    ids=str,
)
def test_ranges_are_right_at_their_ends_and_at_the_limits_of_time(
    query: q.Query, expected: list[str], find: Find
) -> None:
    assert find(query) == expected


def test_a_range_of_days_is_no_range_of_years(make_article: Make, write_archive: Write) -> None:
    days = ("1987-02-25", "1987-02-26", "1987-03-01", "1987-03-02", "1987-10-01")
    folder = write_archive([make_article(day, published=date.fromisoformat(day)) for day in days])
    assert titles(folder, "date:[1987-02-26 TO 1987-03-01]") == {"1987-02-26", "1987-03-01"}


def test_a_date_that_is_none_is_an_error_and_not_an_empty_result(towns: Path) -> None:
    with searcher.open(towns) as archive, pytest.raises(searcher.QuerySyntaxError, match="date"):
        archive.search("flood date:garbage")


def test_a_stop_word_is_a_word_of_a_phrase(make_article: Make, write_archive: Write) -> None:
    made = [make_article(f"Bank {word} England", location=word) for word in ("of", "in", "")]
    folder = write_archive(made)
    assert titles(folder, '"bank of england"') == {"Bank of England"}
    assert titles(folder, '"bank england"') == {"Bank  England"}


def test_slop_is_counted_over_the_whole_phrase(make_article: Make, write_archive: Write) -> None:
    bodies = ("a b c", "a x b c", "a x b x c", "a x x b c", "c b a", "a b")
    folder = write_archive([make_article(body, body) for body in bodies])
    opened = WhooshEngine(folder)
    for slop, expected in ((1, bodies[:1]), (2, bodies[:2]), (3, bodies[:4])):
        phrase = q.Phrase("body", ["a", "b", "c"], slop=slop)
        hits = opened.answer(phrase, None, RankingSettings()).top(Sort.RELEVANCE, 0, 10)
        assert {opened.article(hit.document).title for hit in hits} == {*expected}
    opened.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda boost: q.Prefix("text", "flo", boost=boost),
        lambda boost: q.Wildcard("text", "f*d", boost=boost),
        lambda boost: q.Regex("text", "fl.*", boost=boost),
        lambda boost: q.FuzzyTerm("text", "floo", boost=boost),
        lambda boost: q.TermRange("text", "f", "g", boost=boost),
        lambda boost: q.DateRange("published", None, None, boost=boost),
        lambda boost: q.Term("text", "flood", boost=boost),
        lambda boost: q.Phrase("text", ["flood", "bridg"], boost=boost),
        lambda boost: q.Or([FLOOD, BRIDGE], boost=boost),
        lambda boost: q.Every(boost=boost),
    ],
    ids=["prefix", "wildcard", "regex", "fuzzy", "terms", "dates", "term", "phrase", "or", "every"],
)
def test_a_boost_multiplies_the_scores(
    make: Callable[[float], q.Query], engine: WhooshEngine
) -> None:
    plain, boosted = (
        {
            hit.document: hit.score
            for hit in engine.answer(make(boost), None, RankingSettings()).top(Sort.OLDEST, 0, 9)
        }
        for boost in (1.0, 2.5)
    )
    assert plain
    assert boosted == {document: pytest.approx(2.5 * score) for document, score in plain.items()}


def test_filters_are_honoured_in_every_thread(towns: Path) -> None:
    found: list[list[str]] = []
    with searcher.open(towns) as archive:

        def search() -> None:
            results = archive.search("flood", since="2025-01-02", until="2025-01-02")
            found.append([hit.article.title for hit in results])

        search()
        thread = Thread(target=search)
        thread.start()
        thread.join()
    assert found == [["T2"]] * 2


HANGING = """
import sys
from pathlib import Path
from whoosh.query import Regex
from searcher import SearchError
from searcher.engines.whoosh import WhooshEngine
from searcher.model import Sort
from searcher.settings import RankingSettings

engine = WhooshEngine(Path(sys.argv[1]))
for expression in ("(a+)+b", "(a|aa)+$", "(.*a){25}", "(a?){40}a{40}b"):
    try:
        engine.answer(Regex("words", expression), None, RankingSettings()).top(Sort.NEWEST, 0, 9)
    except SearchError:
        pass
engine.close()
"""


def test_no_regular_expression_hangs(make_article: Make, write_archive: Write) -> None:
    folder = write_archive([make_article("a" * 200, "a" * 201)])
    words = [sys.executable, "-c", HANGING, str(folder)]
    assert (
        subprocess.run(words, check=False, timeout=120).returncode == 0
    )  # else it hangs for years


# The query language.


@pytest.mark.parametrize(
    "query",
    [
        "NOT AND ?NOT usa",
        "^x REQUIRE ANDMAYBE ...",
        "ANDNOT",
        "x ANDNOT",
        'people:"Roe, Jane"',
        "people:'Roe, Jane'",
        "(" * 1000 + "x" + ")" * 1000,
        "(" * 1000,
        "NOT " * 1000 + "x",
        "x~ y^ z* *",
        "[TO] {TO} [x TO",
        "flood OR NOT ferry^2",
    ],
    ids=lambda query: query[:20],
)
def test_what_crashed_whooshs_parser_is_answered_or_refused_at_a_place(
    query: str, towns: Path
) -> None:
    place = 0
    with searcher.open(towns) as archive:
        try:
            archive.search(query)
        except searcher.QuerySyntaxError as error:
            place = error.position
    assert place in range(len(query) + 1)


def test_a_comma_in_a_quoted_person_is_punctuation(
    make_article: Make, write_archive: Write
) -> None:
    folder = write_archive([make_article("A", people=("Roe, Jane",)), make_article("B")])
    assert titles(folder, 'people:"Roe, Jane"') == {"A"}


# Writing.


def put(writer: WhooshWriter, article: Article) -> None:
    writer.put_article(article.id, article)


@pytest.mark.parametrize(
    "broken", [{"body": 7}, {"title": None}, {"published": "soon"}, {"people": (7,)}], ids=str
)
def test_an_article_that_cannot_be_written_leaves_nothing_behind(
    broken: dict[str, object], make_article: Make, tmp_path: Path
) -> None:
    bad = replace(make_article("Ghost words", "ghost", location="bad"), **broken)  # type: ignore[arg-type]
    good = make_article("Good", "a good text")
    with open_writer(tmp_path / "a.idx") as writer:
        failed = False
        try:
            put(writer, bad)
            writer.commit()
        except Exception:  # noqa: BLE001 (whatever it is: what matters is what comes after)
            failed = True
        assert failed
        writer.put_article(bad.id, None)
        put(writer, good)
        writer.commit()
    assert titles(tmp_path / "a.idx", "ghost OR soon") == set()
    assert titles(tmp_path / "a.idx", "good") == {"Good"}
    with searcher.open(tmp_path / "a.idx") as archive:
        assert archive.stats().articles == 1


@pytest.mark.parametrize("commits", [1, 2])
def test_an_id_that_is_written_twice_is_one_article(
    commits: int, make_article: Make, tmp_path: Path
) -> None:
    first = make_article("First", "one flood")
    second = replace(first, title="Second", body="another ferry")
    with open_writer(tmp_path / "a.idx") as writer:
        put(writer, first)
        if commits > 1:
            writer.commit()
        put(writer, second)
        writer.commit()
    assert titles(tmp_path / "a.idx", "flood OR ferry OR first OR second") == {"Second"}


def test_a_commit_that_failed_keeps_no_lock(
    make_article: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "a.idx"
    with open_writer(folder) as writer:
        put(writer, make_article("Kept", "a kept text"))
        with monkeypatch.context() as patched, suppress(searcher.NewsArchiveError, OSError):
            patched.setattr(os, "fsync", full)
            writer.commit()
            raise AssertionError
        writer.commit()  # what was put is still there
    with open_writer(folder) as writer:
        put(writer, make_article("Later", "a later text"))
        writer.commit()
    assert titles(folder, "text") == {"Kept", "Later"}


@pytest.mark.parametrize("hours", [-11, 0, 9])
def test_a_zone_is_kept_and_days_are_the_publishers(
    hours: int, make_article: Make, write_archive: Write
) -> None:
    zone = timezone(timedelta(hours=hours))
    moment = datetime(2025, 6, 1, 0, 30, 0, 7, tzinfo=zone)
    with searcher.open(write_archive([make_article(published=moment)])) as archive:
        (hit,) = archive.search("date:2025-06-01")
        assert str(hit.article.published) == str(moment)


# Reading.


def test_an_archive_can_be_opened_while_commits_go_on(make_article: Make, tmp_path: Path) -> None:
    folder = tmp_path / "a.idx"
    done = Event()
    with open_writer(folder) as writer:
        put(writer, make_article("First", "a text"))
        writer.commit()

        def build() -> None:
            for number in range(60):
                put(writer, make_article(f"New {number}", "a text", location=str(number)))
                writer.commit()
            done.set()

        builder = Thread(target=build)
        builder.start()
        totals = []
        try:
            while not done.is_set():
                with searcher.open(folder) as archive:
                    totals.append(archive.search("text").total)
        finally:
            builder.join()
    assert done.is_set()
    assert totals == sorted(totals)
    assert len(titles(folder, "text")) == 61


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists its open files")
def test_a_closed_archive_leaves_no_file_open(towns: Path) -> None:
    def open_files() -> set[str]:
        gc.collect()
        handles = Path("/proc/self/fd").iterdir()
        return {file for handle in handles if str(towns) in (file := _target(handle))}

    for query in ("flood", '"flood bridge"', "flo*", "date:2025"):
        with searcher.open(towns) as archive:
            hits = archive.search(query).hits
            assert hits
    assert open_files() == set()


def _target(handle: Path) -> str:
    try:
        return str(handle.readlink())
    except OSError:  # the folder of handles was itself one of them
        return ""


# Snippets.


def test_what_matches_far_down_a_long_text_is_shown(
    make_article: Make, write_archive: Write
) -> None:
    body = "\n\n".join(["A sentence of the town and its river."] * 3000 + ["The ferry sank."])
    assert len(body) > 3 * 32_768
    with searcher.open(write_archive([make_article("Long", body)])) as archive:
        (hit,) = archive.search("ferry")
    assert "**ferry**" in hit.snippets[-1].marked()


SNIPPETS = """
import sys
import searcher

with searcher.open(sys.argv[1]) as archive:
    for hit in archive.search("river OR council OR flood", limit=50):
        print(hit.article.id, [snippet.marked() for snippet in (hit.title, *hit.snippets)])
"""


def test_snippets_are_the_same_in_every_process(sample_archive: Path) -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SNIPPETS, str(sample_archive)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
    assert told.pop().count(b"\n") > 5


# Tokens.


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The five*star hotel", "star"),
        ("The *ferry* sank", "ferry"),
        ("Shares of AT&T fell", "AT&T"),
        ("Shares of AT&T fell", "t"),
        ("He took vitamin C", "vitamin c"),
        ("Plan B", '"plan b"'),
        ("Q&A with the mayor", "Q&A"),
        ("U.S. engineers", "U.S."),
        ("A 5 G mast", "5 g"),
    ],
)
def test_stars_part_words_and_single_letters_are_words(
    text: str, query: str, make_article: Make, write_archive: Write
) -> None:
    folder = write_archive([make_article("Found", text), make_article("Other", "other words")])
    assert titles(folder, query) == {"Found"}
