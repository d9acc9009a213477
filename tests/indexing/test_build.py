"""What a build promises beyond the outcomes of single pages."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

import searcher
from index import Article, Copy, Outcome, Page, Rejected
from index.build import BuildReport, build
from index.engines.whoosh import open_writer
from index.record import article_record
from index.settings import BuildSettings
from index.sources import FolderSource


def _pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"The river rose by {number} metres in one night and the bridge was closed to all."
        (folder / f"{number}.txt").write_text(
            f"Flood number {number}\n\n{text}\n\n{text[:-1]} too.\n"
        )
    return folder


def _build(pages: Path, archive: Path, settings: BuildSettings | None = None) -> BuildReport:
    with open_writer(archive) as writer:
        return build(FolderSource([pages]), writer, settings)


def _found(archive: Path) -> int:
    with searcher.open(archive) as opened:
        return opened.search("river").total


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        (BuildSettings(commit_every_pages=2), 4),
        (BuildSettings(memory_bytes=1), 5),
        (BuildSettings(), 0),
    ],
)
def test_an_interrupted_build_keeps_what_was_committed(
    settings: BuildSettings, kept: int, tmp_path: Path
) -> None:
    pages, archive = _pages(tmp_path / "pages", 7), tmp_path / "a.idx"

    def stop(report: BuildReport) -> None:
        if report.read == 6:
            raise KeyboardInterrupt

    with open_writer(archive) as writer:
        report = build(FolderSource([pages]), writer, settings, stop)
    assert (report.interrupted, report.committed) == (True, kept)
    assert _found(archive) == kept
    again = _build(pages, archive)
    assert again.outcomes == {
        outcome: count
        for outcome, count in ((Outcome.UNCHANGED, kept), (Outcome.ARTICLE, 7 - kept))
        if count
    }
    assert _found(archive) == 7


def test_a_page_that_was_only_touched_is_unchanged(tmp_path: Path) -> None:
    pages, archive = _pages(tmp_path / "pages", 1), tmp_path / "a.idx"
    _build(pages, archive)
    os.utime(pages / "0.txt", (1, 1))
    for _ in range(2):
        assert _build(pages, archive).outcomes == {Outcome.UNCHANGED: 1}


def test_a_page_that_breaks_the_parser_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.parse import parse_page

    def breaking(page: Page) -> Article | Rejected:
        if page.location.endswith("1.txt"):
            raise ZeroDivisionError("oh")
        return parse_page(page)

    monkeypatch.setattr("index.build.parse_page", breaking)
    report = _build(_pages(tmp_path / "pages", 3), tmp_path / "a.idx")
    assert report.outcomes == {Outcome.ARTICLE: 2, Outcome.REJECTED: 1}
    assert "ZeroDivisionError: oh" in report.rejected[0].reason


def test_an_exported_article_brings_its_copies(tmp_path: Path) -> None:
    told = Copy(
        location="/far/b.html", url="https://b.example/1", source="Echo", day=date(2025, 6, 3)
    )
    copies = (told, Copy(location="/far/c.html"))
    article = Article(
        id="a1", title="Flood", body="The river rose.", location="/far/a.html", copies=copies
    )
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps(article_record(article)) + "\n")
    assert _build(feed, tmp_path / "a.idx").outcomes == {Outcome.ARTICLE: 1}
    with searcher.open(tmp_path / "a.idx") as archive:
        found = archive.article("a1")
        assert archive.check() == ()
    assert (found.copies, found.location) == (copies, f"{feed}#a1")
    assert _build(feed, tmp_path / "a.idx", BuildSettings(prune=True)).pruned == 0


def test_a_text_that_stands_twice_in_a_page_is_kept_once(tmp_path: Path) -> None:
    _build(_pages(tmp_path / "pages", 1), tmp_path / "a.idx")
    doubled = (tmp_path / "pages" / "0.txt").read_text()
    title, _, body = doubled.partition("\n\n")
    (tmp_path / "pages" / "twice.txt").write_text(f"{title}\n\n{body}\n{body}")
    assert _build(tmp_path / "pages", tmp_path / "a.idx").outcomes[Outcome.DUPLICATE] == 1
