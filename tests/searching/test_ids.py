"""Ids of matches, and searches among some ids."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from whoosh.query import And, Or, Query, Term

import searcher
from index import Article
from index.engines.whoosh import open_writer
from searcher.engines import open_engine
from searcher.model import Sort
from searcher.settings import RankingSettings

Make = Callable[..., Article]
Write = Callable[..., Path]


def test_ids_are_those_of_all_matches_in_all_segments(
    make_article: Make, write_archive: Write
) -> None:
    articles = [
        make_article(f"Flood {at}" if at % 3 else f"Storm {at}", f"Number {at}.", id=f"id-{at}-é")
        for at in range(60)
    ]
    folder = write_archive(articles[:30], articles[30:45], articles[45:])
    with open_writer(folder) as writer:
        for article in articles[5:50:5]:
            writer.put_article(article.id, None)
        writer.commit()
    with searcher.open(folder) as archive:
        for query in ("flood", "storm", "storm OR flood", "xyzzy", "number"):
            results = archive.search(query, limit=0)
            hits = [hit.article.id for hit in archive.scan(query)]
            assert list(results.ids()) == hits
            assert len(hits) == results.total
        assert archive.search("flood", limit=0).ids()


def test_a_search_among_ids_finds_these_only_and_ranks_as_before(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        whole = archive.search("bridge").hits
        some = {hit.article.id for hit in whole[1:]}
        among = archive.search("bridge", ids=some)
        assert {*among.ids()} == some
        assert [hit.score for hit in among] == [hit.score for hit in whole[1:]]
        assert {hit.article.id for hit in archive.scan("bridge", ids=some)} == some
        assert archive.search("bridge", ids=some, language="de").total == 0
        assert archive.search("bridge", ids=[]).total == 0
        assert archive.search("bridge", ids=["nobody"]).total == 0
        assert archive.search(ids=some).total == len(some)
        assert archive.search("NOT flood", ids=some).total == 1


def test_any_of_many_ids_is_a_query_as_others_are(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    engine = open_engine(write_archive(flood_articles))
    ids = [article.id for article in flood_articles]

    def scores(query: Query) -> list[float]:
        answer = engine.answer(query, None, RankingSettings())
        return [found.score for found in answer.top(Sort.RELEVANCE, 0, 10)]

    assert scores(Or([Term("id", one) for one in [*ids[:3], "nobody"]])) == [1, 1, 1]
    assert scores(Or([Term("id", ids[0]), Term("id", ids[0]), Term("id", ids[1])])) == [2, 1]
    assert scores(Or([Term("id", ids[0], boost=3.0), Term("id", ids[1])])) == [3, 1]
    assert scores(And([Term("text", "bridg"), Or([Term("id", one) for one in ids[2:]])]))[1:] == []
    engine.close()
