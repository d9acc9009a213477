"""Queries of plain Whoosh over an archive find what is in the articles, deleted ones apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.matching import ReadTooFar
from whoosh.qparser import QueryParser
from whoosh.query import (
    And,
    AndMaybe,
    ConstantScoreQuery,
    DateRange,
    Every,
    FuzzyTerm,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Regex,
    Term,
    TermRange,
    Wildcard,
)
from whoosh.query.spans import SpanFirst, SpanNear
from whoosh.searching import Results, Searcher

from index import Article
from index.codec.whoosh_codec import open_index
from index.schema import make_schema
from index.text import stem

# `Seen` and what makes the archives are in conftest.py.
Matches = Callable[[Any], bool]
Open = Callable[[Path], FileIndex]
ONLY_ARTICLES = Term("kind", "article")
at = datetime.fromisoformat
FIRST, LAST = at("0001-01-01"), at("9999-12-31")


def has(field: str, word: str) -> Matches:
    return lambda article: stem(word) in getattr(article, field)


def term(field: str, word: str) -> Term:
    return Term(field, stem(word))


def stems(phrase: str) -> list[str]:
    return [stem(word) for word in phrase.split()]


def near(field: str, phrase: str, slop: int = 1) -> Matches:
    """Two words in this order, at most `slop` positions apart, in title or in body."""
    first, second = stems(phrase)
    fields = ("title", "body") if field == "text" else (field,)
    return lambda article: any(
        first in getattr(article, part)[max(place - slop, 0) : place]
        for part in fields
        for place, found in enumerate(getattr(article, part))
        if found == second
    )


def any_word(test: Callable[[str], bool]) -> Matches:
    return lambda article: any(map(test, article.words))


def edits(a: str, b: str) -> int:
    row = [*range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        row = [i, *row]
        for j, y in enumerate(b, 1):
            row[j] = min(row[j + 1] + 1, row[j - 1] + 1, row[j] + (x != y))
        row.pop()
    return row[-1]


def ids(seen: Iterable[Any]) -> set[str]:
    return {article.id for article in seen}


def found(results: Results) -> list[str]:
    return [hit["id"] for hit in results]


NOON = at("2025-09-20T08:30")
CASES: list[tuple[Query, Matches]] = [
    (term("title", "bridge"), has("title", "bridge")),
    (term("body", "bridge"), has("body", "bridge")),
    (term("text", "bridge"), has("text", "bridge")),
    (term("title", "nothing"), has("title", "nothing")),
    (Term("words", "flooded"), any_word("flooded".__eq__)),
    (Term("words", "bridges"), any_word("bridges".__eq__)),
    (Term("people", "jane"), lambda a: any("Jane" in name for name in a.article.people)),
    (Term("people_exact", "jane roe"), lambda a: "Jane Roe" in a.article.people),
    (Term("language", "de"), lambda a: a.article.language == "de"),
    (Term("published", NOON), lambda a: a.moment == NOON),
    (
        And([term("text", "flood"), term("text", "bridge")]),
        lambda a: has("text", "flood")(a) and has("text", "bridge")(a),
    ),
    (
        Or([term("title", "bridge"), term("body", "council")]),
        lambda a: has("title", "bridge")(a) or has("body", "council")(a),
    ),
    (
        And([term("text", "bridge"), Not(term("text", "flood"))]),
        lambda a: has("text", "bridge")(a) and not has("text", "flood")(a),
    ),
    (AndMaybe(term("body", "river"), term("body", "bridge")), has("body", "river")),
    (Phrase("body", stems("old bridge")), near("body", "old bridge")),
    (Phrase("text", stems("old bridge")), near("text", "old bridge")),
    (Phrase("text", stems("bridge the")), near("text", "bridge the")),
    (Phrase("text", stems("council closed"), slop=99), near("text", "council closed", 99)),
    (Phrase("text", stems("bridge river"), slop=99), near("text", "bridge river", 99)),
    (Phrase("body", stems("river bridge"), slop=3), near("body", "river bridge", 3)),
    (Phrase("people", ["jane", "roe"]), lambda a: "Jane Roe" in a.article.people),
    (Phrase("people", ["roe", "tom"], slop=9), lambda _: False),
    (SpanNear(term("body", "bridge"), term("body", "closed")), near("body", "bridge closed")),
    (SpanFirst(term("body", "bridge")), lambda a: a.body[:1] == [stem("bridge")]),
    (Prefix("words", "elect"), any_word(lambda word: word.startswith("elect"))),
    (Prefix("title", "elect"), lambda a: any(s.startswith("elect") for s in a.title)),
    (Prefix("people_exact", "jane "), lambda a: any("Jane " in name for name in a.article.people)),
    (Wildcard("words", "*ood?d"), any_word(lambda w: w[-5:-2] == "ood" and w[-1] == "d")),
    (Regex("words", "^r.*r$"), any_word(lambda word: word[0] == word[-1] == "r")),
    (FuzzyTerm("words", "brigde", maxdist=2), any_word(lambda w: edits(w, "brigde") <= 2)),
    (FuzzyTerm("words", "fload", maxdist=1), any_word(lambda w: edits(w, "fload") <= 1)),
    (FuzzyTerm("title", "shool", prefixlength=1), has("title", "school")),
    (
        TermRange("day", "2025-06-03", "2025-09-01"),
        lambda a: "2025-06-03" <= a.day <= "2025-09-01",
    ),
    (
        TermRange("day", "2025-06-03", "2025-09-01", startexcl=True, endexcl=True),
        lambda a: "2025-06-03" < a.day < "2025-09-01",
    ),
    (TermRange("day", "2025-09-01", None), lambda a: a.day >= "2025-09-01"),
    (
        DateRange("published", at("2025-09-02"), NOON),
        lambda a: at("2025-09-02") <= (a.moment or FIRST) <= NOON,
    ),
    (
        DateRange("published", at("2025-09-02"), NOON, endexcl=True),
        lambda a: at("2025-09-02") <= (a.moment or FIRST) < NOON,
    ),
    (
        DateRange("published", None, at("1970-01-01")),
        lambda a: (a.moment or LAST) <= at("1970-01-01"),
    ),
    (Every("source_exact"), lambda a: a.article.source is not None),
    (Every("title"), lambda _: True),
    (Every("body"), lambda a: a.body != []),
    (Every("published"), lambda a: a.article.published is not None),
    (And([Every(), ONLY_ARTICLES]), lambda _: True),
    (ConstantScoreQuery(term("body", "school"), 3.0), has("body", "school")),
]


@pytest.mark.parametrize(("query", "matches"), CASES, ids=[str(query) for query, _ in CASES])
def test_a_query_finds_what_is_in_the_articles(
    query: Query, matches: Matches, seen: tuple[Any, ...], searcher: Searcher
) -> None:
    expected = ids(filter(matches, seen))
    for limit in (1, 3, None):
        results = searcher.search(query, limit=limit)
        assert len(found(results)) == min(limit or len(expected), len(expected))
        assert set(found(results)) <= expected
        assert len(results) == len(expected)
    assert {searcher.stored_fields(doc)["id"] for doc in query.docs(searcher)} == expected


def test_few_cases_find_nothing(seen: tuple[Any, ...]) -> None:
    assert sum(not any(map(matches, seen)) for _, matches in CASES) <= 6


PARSED: list[tuple[str, Matches]] = [
    ('bridges "old bridge"', near("text", "old bridge")),
    (
        "title:elections OR body:schools",
        lambda a: stem("election") in a.title or stem("school") in a.body,
    ),
    ("words:elect*", any_word(lambda word: word.startswith("elect"))),
    ("words:Fl?od", any_word("flood".__eq__)),
    ("words:*l?cted", any_word(lambda word: word[-6:-5] == "l" and word.endswith("cted"))),
    ("title:br?dg*", has("title", "bridge")),
    ("people:T?m", lambda a: any("Tom" in name for name in a.article.people)),
    ("people_exact:j*roe", lambda a: "Jane Roe" in a.article.people),
    ("published:202509", lambda a: a.day.startswith("2025-09")),
    ("day:[2025-06-01 TO 2025-07-31]", lambda a: "2025-06-01" <= a.day <= "2025-07-31"),
    ("people:jane", lambda a: any("Jane" in name for name in a.article.people)),
]


@pytest.mark.parametrize(("typed", "matches"), PARSED)
def test_whooshs_parser_knows_the_fields(
    typed: str, matches: Matches, seen: tuple[Any, ...], archive: FileIndex, searcher: Searcher
) -> None:
    query = QueryParser("text", archive.schema).parse(typed)
    assert set(found(searcher.search(query, limit=None))) == ids(filter(matches, seen))


def test_what_was_deleted_or_replaced_is_not_found(
    open_archive: Open,
    put: Callable[..., None],
    seen: tuple[Any, ...],
    see: Callable[[Article], Any],
    tmp_path: Path,
) -> None:
    folder, articles = tmp_path / "archive.idx", [article.article for article in seen]
    for group in (articles[:4], articles[4:7], articles[7:]):
        put(folder, group)
    changed = replace(articles[1], body="Nothing is left of the old text.", published=None)
    put(folder, [changed], deleted=[articles[6]])
    assert [*folder.glob("*.del")]  # so little was deleted that no segment was written again
    left = [see(changed), seen[0], *seen[2:6], *seen[7:]]
    archive = open_archive(folder)
    with archive.searcher() as searcher:
        assert archive.doc_count() == len(left) + len(articles)  # and the ledger
        assert archive.doc_count_all() == archive.doc_count() + 3  # a page was replaced, too
        for query, matches in CASES:
            hits = found(searcher.search(query, limit=None))
            assert sorted(hits) == sorted(ids(filter(matches, left)))
        dated = sorted((article for article in left if article.moment), key=lambda a: a.moment)
        hits = found(searcher.search(ONLY_ARTICLES, limit=None, sortedby="published"))
        assert hits[: len(dated)] == [article.id for article in dated]
        reader = searcher.reader()
        stored = {fields.get("id") for fields in reader.all_stored_fields()} - {None}
        assert stored == ids(left)
        live = [*reader.all_doc_ids()]
        assert len(live) == reader.doc_count()
        assert not any(map(reader.is_deleted, live))


BEST = (3, 130, 255, 256, 390, 640)  # articles that have a word oftener than once
TIMES = [
    [2 + (place + turn) % len(BEST) for place in range(len(BEST))] for turn in range(len(BEST))
]


@pytest.fixture(scope="module")
def long_lists(
    tmp_path_factory: pytest.TempPathFactory, put: Callable[..., None]
) -> Iterator[Searcher]:
    """Postings of some words in 700 articles, all of one length."""
    rare = dict(zip(BEST, zip(*TIMES, strict=True), strict=True))
    articles = []
    for number in range(700):
        times = rare.get(number, [1] * len(TIMES))
        words = ["common"] + ["filler"] * (100 - sum(times))
        for turn, count in enumerate(times):
            words += [f"word{turn}"] * count
        articles.append(Article(id=str(number), title="", body=" ".join(words), location=""))
    folder = tmp_path_factory.mktemp("long") / "archive.idx"
    put(folder, articles)
    with open_index(folder).searcher() as searcher:
        yield searcher


@pytest.mark.parametrize("turn", range(len(TIMES)))
def test_the_best_are_found_whatever_the_limit(turn: int, long_lists: Searcher) -> None:
    sought, common = term("body", f"word{turn}"), term("body", "common")
    ranked = sorted(zip(TIMES[turn], BEST, strict=True), reverse=True)
    for query in (sought, And([sought, common]), Or([sought, common])):
        for limit in range(1, len(BEST) + 1):
            hits = long_lists.search(query, limit=limit)
            assert found(hits) == [str(number) for _, number in ranked[:limit]]


def test_a_posting_list_is_walked(long_lists: Searcher) -> None:
    reader, _ = next(iter(long_lists.reader().leaf_readers()))
    matcher = reader.postings("body", "word0")
    matcher.skip_to(131)
    assert matcher.id() == 131
    matcher.skip_to(255)
    copied = matcher.copy()
    assert (matcher.id(), matcher.weight(), matcher.value_as("frequency")) == (255, 4, 4)
    positions = matcher.value_as("positions")
    assert len(positions) == len(matcher.spans()) == 4
    assert matcher.format.decode_positions(matcher.value()) == positions
    matcher.skip_to(3)  # never back
    matcher.next()
    assert (matcher.id(), copied.id()) == (256, 255)
    matcher.reset()
    assert [*matcher.all_ids()] == [*range(700)]
    assert not matcher.is_active()
    for move in (matcher.next, lambda: matcher.skip_to(0)):
        with pytest.raises(ReadTooFar):
            move()


@pytest.mark.parametrize("word", ["bridge", "flood", "river", "council", "old"])
def test_scores_are_those_of_whooshs_own_codec(
    word: str, seen: tuple[Any, ...], searcher: Searcher
) -> None:
    stock = RamStorage().create_index(make_schema())
    with stock.writer() as writer:
        for article in seen:
            writer.add_document(
                id=article.id, title=article.article.title, body=article.article.body
            )
            writer.add_document(location=article.id)  # the ledger counts as documents, too
    query = Or([term("title", word), term("body", word)])
    ours = {hit["id"]: hit.score for hit in searcher.search(query, limit=None)}
    with stock.searcher() as expected:
        theirs = {hit["id"]: hit.score for hit in expected.search(query, limit=None)}
    assert ours == pytest.approx(theirs)
