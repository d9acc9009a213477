"""What the port `ArticleWriter` says in words, for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from index import Article, Outcome, PageRecord
from index.engines.base import ArticleWriter, Pending
from index.engines.whoosh import open_writer
from index.identity import article_keys, text_key, url_key

Open = Callable[[], AbstractContextManager[ArticleWriter]]
ENGINES = {"whoosh": open_writer}

ARTICLE = Article(
    id="a1",
    title="Flood",
    body="The river rose by two metres.",
    location="/p/1",
    url="https://www.a.example/flood?utm_source=x",
)
RECORD = PageRecord(
    location="/p/1", outcome=Outcome.ARTICLE, stamp="s", content_key="c", article="a1"
)
COPY = PageRecord(location="/p/2", outcome=Outcome.DUPLICATE, content_key="c", article="a1")


@pytest.fixture(params=sorted(ENGINES))
def open_archive(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    return lambda: ENGINES[request.param](tmp_path / "archive.idx")


@pytest.fixture(params=["pending", "committed", "committed and opened again"])
def filled(request: pytest.FixtureRequest, open_archive: Open) -> Iterator[ArticleWriter]:
    """A writer with one article on two pages, before or after its commit."""
    with open_archive() as writer:
        writer.put_article("a1", ARTICLE)
        writer.put_page("/p/2", COPY)
        writer.put_page("/p/1", RECORD)
        if request.param != "pending":
            writer.commit()
        if request.param != "committed and opened again":
            yield writer
            return
    with open_archive() as writer:
        yield writer


def test_pages_are_found_by_each_key_in_the_order_of_locations(filled: ArticleWriter) -> None:
    assert filled.pages("location", "/p/1") == (RECORD,)
    assert filled.pages("article", "a1") == (RECORD, COPY)
    assert filled.pages("content_key", "c") == (RECORD, COPY)
    (any_of_them,) = filled.pages("content_key", "c", 1)
    assert any_of_them in {RECORD, COPY}
    assert filled.pages("location", "/p/3") == filled.pages("article", "a2") == ()


def test_pages_are_found_by_outcome(filled: ArticleWriter) -> None:
    assert list(filled.pages_with([Outcome.DUPLICATE])) == [COPY]
    both = filled.pages_with([Outcome.ARTICLE, Outcome.DUPLICATE, Outcome.REJECTED])
    assert sorted(record.location for record in both) == ["/p/1", "/p/2"]


def test_articles_are_found_by_each_key(filled: ArticleWriter) -> None:
    text, url = text_key(ARTICLE.title, ARTICLE.body), url_key("http://a.example/flood")
    assert text
    assert url
    assert filled.article_with("id", "a1") == "a1"
    assert filled.article_with("text_key", text) == "a1"
    assert filled.article_with("url_key", url) == "a1"
    assert filled.article_with("id", "a2") is None
    keys = article_keys(replace(ARTICLE, url="http://a.example/flood"))
    assert keys.version_key
    assert keys.copy_key
    assert filled.article_with("version_key", keys.version_key) == "a1"
    assert filled.article_with("copy_key", keys.copy_key) == "a1"


def test_what_is_taken_out_is_not_found(filled: ArticleWriter) -> None:
    filled.put_page("/p/1", None)
    filled.put_article("a1", None)
    for _ in range(2):
        assert filled.pages("location", "/p/1") == ()
        assert filled.pages("content_key", "c") == (COPY,)
        assert list(filled.pages_with([Outcome.ARTICLE])) == []
        assert filled.article_with("id", "a1") is None
        filled.commit()


def test_what_is_put_again_is_found_by_its_new_keys_only(filled: ArticleWriter) -> None:
    moved = PageRecord(location="/p/1", outcome=Outcome.REJECTED, content_key="d", reason="empty")
    filled.put_page("/p/1", moved)
    filled.put_article("a1", Article(id="a1", title="Flood", body="Other words.", location="/p/1"))
    text = text_key(ARTICLE.title, ARTICLE.body)
    assert text
    for _ in range(2):
        assert filled.pages("content_key", "c") == (COPY,)
        assert filled.pages("content_key", "d") == (moved,)
        assert filled.pages("article", "a1") == (COPY,)
        assert list(filled.pages_with([Outcome.ARTICLE])) == []
        assert filled.article_with("text_key", text) is None
        assert filled.article_with("id", "a1") == "a1"
        filled.commit()


def test_pending_counts_until_the_commit(open_archive: Open) -> None:
    with open_archive() as writer:
        assert writer.pending() == Pending(pages=0, memory_bytes=0)
        writer.put_article("a1", ARTICLE)
        writer.put_page("/p/1", RECORD)
        assert writer.pending().pages == 1
        writer.commit()
        assert writer.pending() == Pending(pages=0, memory_bytes=0)
        writer.commit()


@pytest.mark.parametrize("text", ["flood ", "洪水", "потоп "])
def test_longer_texts_pend_with_more_memory_than_they_take_alone(
    open_archive: Open, text: str
) -> None:
    with open_archive() as writer:
        taken = []
        for number, body in enumerate([text, text * 1_000, text * 100_000]):
            before = writer.pending().memory_bytes
            writer.put_article(f"a{number}", replace(ARTICLE, id=f"a{number}", body=body))
            taken.append(writer.pending().memory_bytes - before)
            assert taken[-1] > len(body.encode())
        assert taken == sorted(set(taken))


def test_what_was_not_committed_is_forgotten(open_archive: Open) -> None:
    with open_archive() as writer:
        writer.put_article("a1", ARTICLE)
        writer.put_page("/p/1", RECORD)
    with open_archive() as writer:
        assert writer.article_with("id", "a1") is None
        assert writer.pages("location", "/p/1") == ()
