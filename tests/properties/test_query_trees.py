"""The engine answers every query tree as looking at each article does.

Random articles (replaced, deleted, in several segments) and random trees of all classes of
queries are drawn by `strategies`; `brute_force` says what each tree matches and scores.
Matches, totals, scores, orders, pages and counts must be equal.

How long it looks for a difference is told by an environment variable; CI takes the default
of 80, which evaluates some two thousand trees, each with several orders and pages:

    NEWS_SEARCH_EXAMPLES=2000 python -m pytest tests/properties/test_query_trees.py

evaluates some fifty thousand. Scores may differ by the rounding of their last
digits, and articles whose scores differ by no more may stand in either order.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import DATETIME, ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage

from index import Article, Outcome, PageRecord
from index.engines.whoosh import open_writer
from index.ledger import Entry, enter, page_at, remove
from searcher.engines.whoosh import WhooshEngine
from searcher.model import Period, Sort
from searcher.settings import RankingSettings

EXAMPLES = int(os.environ.get("NEWS_SEARCH_EXAMPLES", "80"))
COUNTED = ("source", "people", "authors", "section", "language", *Period)
ALL = 1_000_000  # more than there are articles in any of these archives

close = partial(math.isclose, rel_tol=1e-9, abs_tol=1e-12)


class Opened:
    """An archive, and the articles that should be in it in the order they were written.

    No dataclass, of which hypothesis would print all articles.

    Args:
        engine: The archive.
        articles: The articles.
        oracles: The evaluator for each ranking.
    """

    def __init__(
        self, engine: WhooshEngine, articles: list[Article], oracles: dict[RankingSettings, Any]
    ) -> None:
        found = engine.answer(q.Every(), None, RankingSettings()).top(Sort.OLDEST, 0, ALL)
        documents = sorted(item.document for item in found)
        stored = [replace(engine.article(document), story=None) for document in documents]
        assert stored == articles
        self.engine = engine
        self.articles = articles
        self.places = {document: place for place, document in enumerate(documents)}
        self.oracles = oracles


@dataclass(frozen=True)
class Question:
    """What the engine is asked: a tree, and what must be so besides."""

    query: q.Query
    narrow: q.Query | None = None
    ranking: RankingSettings = RankingSettings()  # noqa: RUF009 (frozen)


Open = Callable[[Iterable[Any]], AbstractContextManager[Opened]]


@pytest.fixture(scope="module")
def opened(brute_force: ModuleType, strategies: ModuleType) -> Open:
    """Write commits into a new archive and open it."""

    @contextmanager
    def write(commits: Iterable[Any]) -> Iterator[Opened]:
        with TemporaryDirectory() as name:
            articles = _write(Path(name) / "a.idx", commits)
            oracles = {each: brute_force.BruteForce(articles, each) for each in strategies.RANKINGS}
            with closing(WhooshEngine(Path(name) / "a.idx")) as engine:
                yield Opened(engine, articles, oracles)

    return write


def _write(folder: Path, commits: Iterable[Any]) -> list[Article]:
    """Write commits and return the articles that are left, in the order they were written."""
    alive: dict[str, Article] = {}
    with open_writer(folder) as writer:
        for commit in commits:
            written = [replace(article, location=article.id) for article in commit.written]
            for gone in {*commit.removed} - {article.id for article in written}:
                if record := page_at(writer, gone):
                    remove(writer, [record])
                alive.pop(gone, None)
            for article in written:
                alive.pop(article.id, None)
                alive[article.id] = article
                record = PageRecord(
                    location=article.id, outcome=Outcome.ARTICLE, article=article.id
                )
                enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
            writer.commit()
    return [*alive.values()]


@pytest.fixture(scope="module")
def many(opened: Open, strategies: ModuleType) -> Iterator[Opened]:
    """An archive with several blocks of postings, articles replaced and articles deleted."""
    made = strategies.many_articles(700)
    again = [replace(article, title=f"flood {article.title}") for article in made[40:240:5]]
    gone = tuple(article.id for article in made[1:500:7])
    parts = (made[:450], [*made[450:], *again], made[300:310])
    removed = ((), gone, ())
    commits = [strategies.Commit(*both) for both in zip(removed, parts, strict=True)]
    with opened(commits) as archive:
        yield archive


@pytest.fixture(scope="module")
def whole_lists(opened: Open, strategies: ModuleType) -> Iterator[Opened]:
    """An archive with so many blocks of postings that some are skipped, and nothing deleted."""
    made = strategies.many_articles(3000)
    commits = [strategies.Commit((), tuple(part)) for part in (made[:2700], made[2700:])]
    with opened(commits) as archive:
        yield archive


def check(archive: Opened, question: Question, pages: Iterable[tuple[Sort, int, int]]) -> None:
    """Assert that the engine answers as the oracle does."""
    scores = _expected(archive, question)
    check_order(archive, question, scores, pages)
    answer = archive.engine.answer(question.query, question.narrow, question.ranking)
    assert answer.total() == len(scores)
    for field in COUNTED:
        assert answer.counts(field) == archive.oracles[question.ranking].counts(field, scores)


def _expected(archive: Opened, question: Question) -> dict[int, float]:
    oracle = archive.oracles[question.ranking]
    scores: dict[int, float] = oracle.in_time(oracle.scores(question.query))
    if question.narrow is None:
        return scores
    kept = oracle.scores(question.narrow)
    return {place: score for place, score in scores.items() if place in kept}


def check_order(
    archive: Opened,
    question: Question,
    scores: dict[int, float],
    pages: Iterable[tuple[Sort, int, int]],
    sorts: Iterable[Sort] = Sort,
) -> None:
    """Assert that the engine finds what is expected, in the right order on every page."""
    wholes = {sort: _whole(archive, question, sort, scores) for sort in sorts}
    for sort, start, stop in pages:
        # Asked anew, so that nothing is known when the few best are looked for.
        page = _top(archive, question, sort, start, stop)
        expected = wholes[sort][start:stop]
        assert [place for place, _ in page] == [place for place, _ in expected]
        assert all(close(a, b) for (_, a), (_, b) in zip(page, expected, strict=True))


def _top(
    archive: Opened, question: Question, sort: Sort, start: int, stop: int
) -> list[tuple[int, float]]:
    answer = archive.engine.answer(question.query, question.narrow, question.ranking)
    found = answer.top(sort, start, stop)
    return [(archive.places[item.document], item.score) for item in found]


def _whole(
    archive: Opened, question: Question, sort: Sort, scores: dict[int, float]
) -> list[tuple[int, float]]:
    """Return all that the engine finds, after it was held against the scores."""
    oracle = archive.oracles[question.ranking]
    found = _top(archive, question, sort, 0, ALL)
    assert {place for place, _ in found} == set(scores)
    assert len(found) == len(scores)
    assert all(close(score, scores[place]) for place, score in found)
    # By its own scores the order is the right one to the last digit, ties too.
    assert [place for place, _ in found] == oracle.order(dict(found), sort)
    for (place, _), expected in zip(found, oracle.order(scores, sort), strict=True):
        assert close(scores[place], scores[expected]) or sort is not Sort.RELEVANCE
        assert oracle.moments[place] == oracle.moments[expected] or sort is Sort.RELEVANCE
    return found


def _questions(strategies: ModuleType, trees: Any) -> st.SearchStrategy[Question]:
    narrow = st.none() | st.none() | strategies.trees
    rankings = st.sampled_from(strategies.RANKINGS)
    return st.builds(Question, trees, narrow, rankings)


@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_small_archives_answer_as_brute_force_does(
    opened: Open, strategies: ModuleType, data: st.DataObject
) -> None:
    with opened(data.draw(strategies.commits, label="commits")) as archive:
        for _ in range(data.draw(st.integers(1, 12))):
            question = data.draw(_questions(strategies, strategies.trees), label="question")
            pages = data.draw(st.lists(strategies.pages, max_size=4), label="pages")
            check(archive, question, pages)


@given(data=st.data())
@settings(max_examples=EXAMPLES * 8)
def test_large_archives_answer_as_brute_force_does(
    many: Opened, strategies: ModuleType, data: st.DataObject
) -> None:
    question = data.draw(_questions(strategies, strategies.trees), label="question")
    check(many, question, data.draw(st.lists(strategies.pages, max_size=4), label="pages"))


@given(data=st.data())
@settings(max_examples=EXAMPLES * 3)
def test_what_is_skipped_is_not_among_the_best(
    whole_lists: Opened, strategies: ModuleType, data: st.DataObject
) -> None:
    question = data.draw(_questions(strategies, strategies.searches), label="question")
    start, count = data.draw(st.integers(0, 20)), data.draw(st.integers(1, 20))
    pages = [(Sort.RELEVANCE, 0, count), (Sort.RELEVANCE, start, start + count)]
    scores = _expected(whole_lists, question)
    check_order(whole_lists, question, scores, pages, [Sort.RELEVANCE])


@given(data=st.data())
@settings(max_examples=EXAMPLES * 3)
def test_closeness_orders_the_first_twenty_anew(
    many: Opened, strategies: ModuleType, data: st.DataObject
) -> None:
    trees = st.one_of(strategies.searches, strategies.trees)
    question = data.draw(_questions(strategies, trees), label="question")
    neighbours = data.draw(strategies.neighbours, label="neighbours")
    sort, start, stop = data.draw(strategies.pages, label="page")
    oracle, closest = many.oracles[question.ranking], 20 if sort is Sort.RELEVANCE else 0
    by_words = _top(many, question, sort, 0, ALL)
    added = oracle.closeness(neighbours)
    head = {place: score + added.get(place, 0.0) for place, score in by_words[:closest]}
    asked = (question.query, question.narrow, question.ranking, neighbours)
    answer = many.engine.answer(*asked)
    whole = answer.top(sort, 0, ALL)
    found = [(many.places[item.document], item.score) for item in whole]
    assert [place for place, _ in found] == [
        *oracle.order(dict(found[:closest]), sort),
        *(place for place, _ in by_words[closest:]),
    ]
    assert {place for place, _ in found[:closest]} == set(head)
    assert all(close(score, head[place]) for place, score in found[:closest])
    assert found[closest:] == by_words[closest:]
    page = many.engine.answer(*asked).top(sort, start, stop)
    assert [*page] == [*whole[start:stop]]
    for item in whole[:3]:
        parts = answer.explain(item.document, sort)
        assert close(sum(part.score for part in parts), item.score)


@given(data=st.data())
@settings(max_examples=max(EXAMPLES // 3, 1))
def test_one_segment_and_several_give_the_same_answers(
    opened: Open, strategies: ModuleType, data: st.DataObject
) -> None:
    commits = data.draw(strategies.commits, label="commits")
    with opened(commits) as several, opened([_at_once(several, strategies)]) as one:
        for _ in range(data.draw(st.integers(1, 12))):
            question = data.draw(_questions(strategies, strategies.trees), label="question")
            for sort in Sort:
                expected = _top(one, question, sort, 0, ALL)
                found = _top(several, question, sort, 0, ALL)
                assert [place for place, _ in found] == [place for place, _ in expected]
                assert all(close(a, b) for (_, a), (_, b) in zip(found, expected, strict=True))


def test_counts_and_lengths_may_be_more_than_two_bytes_tell_apart(
    opened: Open, brute_force: ModuleType, strategies: ModuleType
) -> None:
    # How often a word stands in the title and in the body, and how often others do.
    times = [(n % 19, n, n % 23, n * n % 353) for n in range(1, 600)]
    made = [
        Article(
            id=str(n),
            title="flood " * in_title + "far " * more_in_title,
            body="flood " * in_body + "bridge " * more_in_body,
            location="",
        )
        for n, (in_title, in_body, more_in_title, more_in_body) in enumerate(times)
    ]
    counts = {(in_title, in_body) for in_title, in_body, *_ in times}
    as_classes = brute_force.length_class
    lengths = {(as_classes(t + more_t), as_classes(b + more_b)) for t, b, more_t, more_b in times}
    assert len(counts) * len(lengths) > 1 << 16
    parts = (tuple(made[:580]), tuple(made[580:]))
    with opened([strategies.Commit((), part) for part in parts]) as archive:
        for query in (FLOOD, q.Or([FLOOD, BRIDGE]), q.And([FLOOD, BRIDGE, q.Term("title", "far")])):
            for ranking in strategies.RANKINGS:
                pages = [(Sort.RELEVANCE, 0, 10), (Sort.RELEVANCE, 7, 50)]
                check(archive, Question(query, None, ranking), pages)


def _at_once(archive: Opened, strategies: ModuleType) -> Any:
    return strategies.Commit((), tuple(archive.articles))


# What Whoosh itself finds, where it is right.


@pytest.fixture(scope="module")
def whoosh_finds(many: Opened, brute_force: ModuleType) -> Iterator[Callable[[q.Query], set[int]]]:
    """Search an index that Whoosh wrote, with the same terms as the archive."""
    words = {"analyzer": SpaceSeparatedTokenizer(), "phrase": True}
    schema = Schema(
        **{name: TEXT(**words) for name in ("title", "body", "words", "people")},
        language=ID(),
        published=DATETIME(),
    )
    plain = RamStorage().create_index(schema)
    with plain.writer() as writer:
        for article in many.articles:
            writer.add_document(**_plain_document(brute_force.fields_of(article), article))
    with plain.searcher() as searcher:
        yield lambda query: set(searcher.docs_for_query(query))


def _plain_document(fields: Any, article: Article) -> dict[str, Any]:
    document: dict[str, Any] = {
        name: " ".join(term or "·" for part in fields[name] for term in part)
        for name in ("title", "body", "words", "people")
    }
    if article.published:
        document["published"] = _clock(article.published)
    return document | ({"language": article.language} if article.language else {})


def _clock(published: date) -> datetime:
    if isinstance(published, datetime):
        return published.replace(tzinfo=None)
    return datetime(published.year, published.month, published.day)  # noqa: DTZ001 (no zone known)


@given(data=st.data())
@settings(max_examples=EXAMPLES * 3)
def test_plain_whoosh_finds_the_same_where_it_is_right(
    many: Opened,
    whoosh_finds: Callable[[q.Query], set[int]],
    strategies: ModuleType,
    data: st.DataObject,
) -> None:
    query = data.draw(strategies.plain_trees, label="query")
    expected = whoosh_finds(query)
    assert set(many.oracles[RankingSettings()].scores(query)) == expected
    assert {place for place, _ in _top(many, Question(query), Sort.NEWEST, 0, ALL)} == expected


# The oracle itself: what a person says of a handful of articles.

HANDFUL = (
    Article(id="0", title="Flood", body="The bridge of the town", location="0"),
    Article(id="1", title="Bridge", body="flood flood", location="1", published=date(2025, 1, 1)),
    Article(id="2", title="A bridge too far", body="", location="2", people=("Jane Roe",)),
    Article(id="3", title="", body="bridge x y flood", location="3", people=("Jane", "Roe")),
)
FLOOD, BRIDGE = q.Term("text", "flood"), q.Term("text", "bridg")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (FLOOD, {0, 1, 3}),
        (q.Term("title", "flood"), {0}),
        (q.Term("words", "flood"), {0, 1, 3}),
        (q.Term("words", "bridg"), set()),
        (q.Term("title_words", "bridge"), {1, 2}),
        (q.And([FLOOD, q.Not(q.Term("body", "flood"))]), {0}),
        (q.And([q.Not(FLOOD), q.Not(q.Term("text", "x"))]), {2}),
        (q.Not(q.Not(FLOOD)), {0, 1, 3}),
        (q.AndNot(BRIDGE, FLOOD), {2}),
        (q.AndMaybe(FLOOD, BRIDGE), {0, 1, 3}),
        (q.Require(BRIDGE, q.Term("title", "bridg")), {1, 2}),
        (q.DisjunctionMax([q.Term("text", "x"), q.Term("text", "far")]), {2, 3}),
        (q.Phrase("text", ["bridg", "flood"]), set()),
        (q.Phrase("text", ["bridg", "flood"], slop=2), set()),
        (q.Phrase("text", ["bridg", "flood"], slop=3), {3}),
        (q.Phrase("text", ["bridg", "y", "flood"], slop=2), {3}),
        (q.Phrase("body", ["flood", "flood"]), {1}),
        (q.Phrase("people", ["jane", "roe"], slop=9), {2}),
        (q.Prefix("text", "f"), {0, 1, 2, 3}),
        (q.Wildcard("words", "b*dge"), {0, 1, 2, 3}),
        (q.Wildcard("words", "?"), {2, 3}),
        (q.Regex("words", "t.*n$"), {0}),
        (q.FuzzyTerm("words", "blood"), set()),
        (q.FuzzyTerm("words", "blood", prefixlength=0), {0, 1, 3}),
        (q.FuzzyTerm("words", "fold"), set()),
        (q.FuzzyTerm("words", "fold", maxdist=2), {0, 1, 3}),
        (q.TermRange("words", "far", "flood", True, True), set()),  # noqa: FBT003 (Whoosh's signature)
        (q.TermRange("words", "y", None), {3}),
        (q.DateRange("published", None, datetime(2025, 1, 1)), {1}),  # noqa: DTZ001 (no zone known)
        (q.DateRange("published", None, datetime(2025, 1, 1), endexcl=True), set()),  # noqa: DTZ001
        (q.Every(), {0, 1, 2, 3}),
        (q.Every("body"), {0, 1, 3}),
        (q.Every("published"), {1}),
        (q.NullQuery, set()),
        (q.ConstantScoreQuery(FLOOD, 3.0), {0, 1, 3}),
        (q.Or([FLOOD, q.Phrase("url", ["news", "example"])]), {0, 1, 3}),  # none has a url
        (q.Term("kind", "page"), set()),
    ],
    ids=str,
)
def test_what_a_person_says_of_a_handful_of_articles(
    query: q.Query, expected: set[int], handful: Opened
) -> None:
    for ranking, oracle in handful.oracles.items():
        assert set(oracle.scores(query)) == expected
        check(handful, Question(query, None, ranking), [(Sort.RELEVANCE, 0, 1)])


@pytest.fixture(scope="module")
def handful(opened: Open, strategies: ModuleType) -> Iterator[Opened]:
    """An archive of the handful, in two segments."""
    commits = [strategies.Commit((), HANDFUL[:2]), strategies.Commit((), HANDFUL[2:])]
    with opened(commits) as archive:
        yield archive


def test_scores_of_a_handful_as_reckoned_on_paper(handful: Opened) -> None:
    # Titles have 1, 1, 4 and 0 words, 1.5 on average; bodies have 5, 2, 0 and 4, 2.75.
    # Flood is in three of four articles; in 1 twice in the body, in 0 once in the title.
    idf = math.log(1 + (4 - 3 + 0.5) / (3 + 0.5))
    in_body = 2 / (0.4 + 0.6 * 2 / 2.75)
    in_title = 4 / (0.4 + 0.6 * 1 / 1.5)
    scores = handful.oracles[RankingSettings()].scores(q.Or([FLOOD, q.Every(boost=0.25)]))
    assert scores[1] == pytest.approx(idf * 2.5 * in_body / (1.5 + in_body) + 0.25)
    assert scores[0] == pytest.approx(idf * 2.5 * in_title / (1.5 + in_title) + 0.25)
    assert scores[2] == 0.25


@pytest.mark.parametrize(("length", "counts_as"), [(0, 0), (8, 8), (9, 8), (31, 28), (1000, 896)])
def test_lengths_count_by_class(length: int, counts_as: int, brute_force: ModuleType) -> None:
    assert brute_force.length_class(length) == counts_as
