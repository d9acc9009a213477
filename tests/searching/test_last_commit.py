"""An open archive sees the last commit, from any number of threads, beside a running build."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

import searcher
from index import Article
from index.errors import ArchiveError

EACH = 4  # articles of a commit
COMMITS = 12


@pytest.fixture
def some(make_article: Callable[..., Article]) -> Callable[[int], list[Article]]:
    """Make the articles of a commit: each has the same word, and all are of one month."""

    def make(commit: int) -> list[Article]:
        return [
            make_article(
                f"Flood {commit} {n}", f"The flood of day {commit}, part {n}.", source="Herald"
            )
            for n in range(EACH)
        ]

    return make


def test_an_open_archive_sees_what_is_committed_later(
    write_archive: Callable[..., Path], some: Callable[[int], list[Article]]
) -> None:
    with searcher.open(write_archive(some(0))) as archive:
        before = archive.search("flood", limit=100, copies=True)
        write_archive(some(1))
        after = archive.search("flood", limit=100, copies=True)
        assert (before.total, after.total) == (EACH, 2 * EACH)
        assert archive.stats().articles == 2 * EACH
        assert archive.article(after.hits[-1].article.id) == after.hits[-1].article
        # What was found before is of the commit that it was found in, also what is asked late.
        assert {hit.article.body for hit in before} == {one.body for one in some(0)}
        assert before.facets("source")[0].articles == EACH


def test_calls_that_must_agree_are_of_one_commit(
    write_archive: Callable[..., Path], some: Callable[[int], list[Article]]
) -> None:
    with searcher.open(write_archive(some(0))) as archive:
        then = archive.at_last_commit()
        write_archive(some(1))
        assert then.search("flood").total == then.stats().articles == EACH
        assert archive.search("flood").total == 2 * EACH


def test_what_was_found_remains_when_the_archive_is_closed(
    write_archive: Callable[..., Path], some: Callable[[int], list[Article]]
) -> None:
    archive = searcher.open(write_archive(some(0)))
    before = archive.search("flood", copies=True)
    write_archive(some(1))
    after = archive.search("flood", copies=True)
    archive.close()
    assert (before.total, len(before.hits)) == (EACH, EACH)
    assert (after.total, len(after.hits)) == (2 * EACH, 2 * EACH)
    for late in (lambda: before.facets("source"), lambda: archive.search("x")):
        with pytest.raises(ArchiveError):
            late()


def test_threads_search_while_a_build_commits(
    write_archive: Callable[..., Path], some: Callable[[int], list[Article]]
) -> None:
    done = Event()

    def search(archive: searcher.Archive) -> list[int]:
        totals = []
        while not (totals and done.is_set()):
            results = archive.search("flood day", limit=7, copies=True)
            hits = results.hits
            assert results.total == results.facets("source")[0].articles
            assert len(hits) == min(7, results.total)
            assert all("Flood" in hit.article.title for hit in hits)
            assert all(hit.snippets[0].highlights for hit in hits)
            totals.append(results.total)
        return totals

    with searcher.open(write_archive(some(0))) as archive, ThreadPoolExecutor(4) as pool:
        running = [pool.submit(search, archive) for _ in range(4)]
        for commit in range(1, COMMITS):
            write_archive(some(commit))
        done.set()
        for totals in (one.result() for one in running):
            assert totals == sorted(totals)  # no search goes back
            assert all(total % EACH == 0 for total in totals)  # nor sees half a commit
        assert archive.search("flood").total == EACH * COMMITS


def test_articles_are_read_when_hits_are_asked_for(
    write_archive: Callable[..., Path],
    some: Callable[[int], list[Article]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from searcher.engines.whoosh import WhooshEngine

    read: list[int] = []
    plain = WhooshEngine.article
    monkeypatch.setattr(
        WhooshEngine, "article", lambda self, doc: read.append(doc) or plain(self, doc)
    )
    with searcher.open(write_archive(some(0))) as archive:
        results = archive.search("flood", copies=True)
        assert (results.total, len(results), len(results.hit_ids())) == (EACH, EACH, EACH)
        assert not read
        first = next(iter(results))
        assert len(read) == 1
        assert results.hits[0] is first
        assert results.hits == tuple(results)
        assert len(read) == EACH
