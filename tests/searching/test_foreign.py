"""Queries of Whoosh that have no plan are answered by its own matchers, from the same commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from whoosh import query as q
from whoosh.query import Ordered, Sequence
from whoosh.query.spans import SpanBefore, SpanFirst, SpanNear, SpanNot, SpanOr

from index import Article
from index.engines.whoosh import open_writer
from searcher.engines.whoosh import WhooshEngine
from searcher.errors import SearchError
from searcher.model import Sort
from searcher.settings import RankingSettings

Make = Callable[..., Article]
Write = Callable[..., Path]

BODIES = ("a b c", "b a c", "a x b", "c", "a b", "x")
A, B, C, X = (q.Term("body", word) for word in "abcx")
NEAR = SpanNear(A, B)
SOME = RankingSettings()


@pytest.fixture
def folder(make_article: Make, write_archive: Write) -> Path:
    """An archive of short articles in two segments; one more was deleted."""
    made = [make_article(f"T{n}", body, location=str(n)) for n, body in enumerate(BODIES)]
    gone = make_article("Gone", "a b", location="gone")
    folder = write_archive([*made[:2], gone, *made[2:4]], made[4:])
    with open_writer(folder) as writer:
        writer.put_article(gone.id, None)
        writer.put_page(gone.location, None)
        writer.commit()
    return folder


@pytest.fixture
def engine(folder: Path) -> Iterator[WhooshEngine]:
    """That archive, opened."""
    with closing(WhooshEngine(folder)) as opened:
        yield opened


def find(engine: WhooshEngine, query: q.Query, narrow: q.Query | None = None) -> set[str]:
    answer = engine.answer(query, narrow, SOME)
    hits = answer.top(Sort.RELEVANCE, 0, 99)
    assert answer.total() == len(hits)
    assert sorted(hit.score for hit in hits)[::-1] == [hit.score for hit in hits]
    assert answer.top(Sort.RELEVANCE, 0, 1) == hits[:1]
    return {engine.article(hit.document).title for hit in hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (NEAR, {"T0", "T4"}),
        (SpanNear(A, B, slop=2), {"T0", "T2", "T4"}),
        (SpanNear(A, B, ordered=False), {"T0", "T1", "T4"}),
        (SpanFirst(A), {"T0", "T2", "T4"}),
        (SpanOr([B, X]), {"T0", "T1", "T2", "T4", "T5"}),
        (SpanBefore(A, B), {"T0", "T2", "T4"}),
        (SpanNot(A, X), {"T0", "T1", "T2", "T4"}),
        (Sequence([A, B]), {"T0", "T4"}),
        (Ordered([A, B]), {"T0", "T2", "T4"}),
        (q.Otherwise(q.Term("body", "z"), C), {"T0", "T1", "T3"}),
        (q.Or([A, X], scale=0.5), {"T0", "T1", "T2", "T4", "T5"}),
        (q.And([NEAR, C]), {"T0"}),
        (q.And([A, q.Not(NEAR)]), {"T1", "T2"}),
        (q.Not(NEAR), {"T1", "T2", "T3", "T5"}),
        (q.Or([NEAR, X]), {"T0", "T2", "T4", "T5"}),
        (q.AndMaybe(C, NEAR), {"T0", "T1", "T3"}),
    ],
    ids=str,
)
def test_it_is_found_alone_and_in_a_tree(
    query: q.Query, expected: set[str], engine: WhooshEngine
) -> None:
    assert find(engine, query) == expected
    assert find(engine, q.Every(), query) == expected


def test_a_build_that_merged_the_segments_away_changes_nothing(
    folder: Path, engine: WhooshEngine, make_article: Make, write_archive: Write
) -> None:
    before = {*folder.glob("*.seg")}
    write_archive(*([make_article(f"New {n}", "a b")] for n in range(9)), folder=folder)
    assert not before <= {*folder.glob("*.seg")}
    assert find(engine, NEAR) == {"T0", "T4"}


def test_an_archive_without_articles_has_none(write_archive: Write) -> None:
    with closing(WhooshEngine(write_archive())) as engine:
        assert find(engine, NEAR) == set()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (q.NumericRange("id", 1, 5), "'id' is not numeric"),
        (q.NumericRange("shoe_size", 1, 5), "No field named 'shoe_size'"),
        (q.Query(), "Query"),
    ],
    ids=["no numbers", "no field", "no query"],
)
def test_what_whoosh_cannot_do_is_no_damage(
    query: q.Query, reason: str, engine: WhooshEngine
) -> None:
    with pytest.raises(SearchError, match=f"cannot search .*{reason}"):
        find(engine, query)
