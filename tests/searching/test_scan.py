"""What `archive.scan` and `archive.pages` promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import searcher
from index import Article
from searcher.engines.whoosh.engine import WhooshEngine
from searcher.settings import SnippetSettings

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def archive(sample_archive: Path) -> Iterator[searcher.Archive]:
    with searcher.open(sample_archive) as opened:
        yield opened


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("copies", [True, False])
@pytest.mark.parametrize("query", ["flood", "the OR council", None])
def test_a_scan_gives_the_hits_of_a_search_in_its_order(
    archive: searcher.Archive,
    sort: str,
    query: str | None,
    copies: bool,  # noqa: FBT001 (a table of cases)
) -> None:
    searched = archive.search(query, sort=sort, copies=copies, limit=1000).hits
    scanned = archive.scan(query, sort=sort, copies=copies, snippets=SnippetSettings())
    assert [*scanned] == [*searched]


def test_without_an_order_it_is_that_of_the_archive_and_nothing_is_missing(
    archive: searcher.Archive,
) -> None:
    ids = [hit.article.id for hit in archive.scan()]
    assert len(ids) == len(set(ids)) == archive.stats().articles
    assert [hit.article.id for hit in archive.scan(offset=3, limit=2)] == ids[3:5]
    assert [hit.rank for hit in archive.scan(offset=3, limit=2)] == [4, 5]
    assert [hit.article.id for hit in archive.scan(limit=10**30)] == ids
    assert [*archive.scan(offset=10**30, limit=5)] == []


def test_filters_narrow_a_scan(archive: searcher.Archive) -> None:
    found = {hit.article.source for hit in archive.scan(source="Harwick Courier")}
    assert found == {"Harwick Courier"}


def test_of_a_scan_no_article_is_read_before_it_is_asked_for(
    sample_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    article = WhooshEngine.article

    def counted(engine: WhooshEngine, document: int) -> Article:
        read.append(document)
        return article(engine, document)

    monkeypatch.setattr(WhooshEngine, "article", counted)
    with searcher.open(sample_archive) as opened:
        hits = opened.scan()
        assert read == []
        next(hits)
        assert len(read) == 1


def test_a_wrong_scan_is_refused_at_once(archive: searcher.Archive) -> None:
    with pytest.raises(searcher.QuerySyntaxError):
        archive.scan("(")
    with pytest.raises(searcher.SearchError):
        archive.scan(limit=-1)
    with pytest.raises(searcher.SearchError, match="relevance"):
        archive.scan(sort="best")


def test_no_query_finds_every_article(archive: searcher.Archive) -> None:
    assert archive.search(limit=0).total == archive.stats().articles


def test_the_pages_of_an_article(archive: searcher.Archive) -> None:
    article = next(hit.article for hit in archive.scan() if hit.article.copies)
    lead, *copies = archive.pages(article.id)
    assert lead.location == article.location
    assert [copy.location for copy in copies] == [copy.location for copy in article.copies]
    with pytest.raises(searcher.ArticleNotFoundError):
        archive.pages("none")


def test_a_scan_of_several_segments(
    write_archive: Write, flood_articles: tuple[Article, ...]
) -> None:
    folder = write_archive(flood_articles[:2], flood_articles[2:])
    with searcher.open(folder) as opened:
        found = [hit.article for hit in opened.scan()]
    assert [article.title for article in found] == [article.title for article in flood_articles]
