"""Parsing ahead saves time and changes nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searcher
from index import Article, Outcome, Page, PageKind, Rejected
from index.ahead import Ahead
from index.build import BuildReport, build, read_article
from index.engines.whoosh import open_writer
from index.process import usable_cpus
from index.settings import BuildSettings
from index.sources import FolderSource, FoundPage
from index.workers import Workers

TEXT = "The river rose by {0} metres in one night and bridge {0} was closed to all who came."


def _text(number: int, end: str = "") -> str:
    text = TEXT.format(number)
    return f"Flood number {number}\n\n{text}\n\n{text[:-1]} too.\n{end}"


def _build(pages: Path, archive: Path, jobs: int | None, **options: bool) -> BuildReport:
    with open_writer(archive) as writer:
        return build(FolderSource([pages]), writer, BuildSettings(jobs=jobs, **options))


def _contents(archive: Path) -> list[object]:
    """Return all that an archive tells of its articles and pages."""
    with searcher.open(archive) as opened:
        assert opened.check() == ()
        hits = opened.search("river OR school", limit=1000).hits
        articles = sorted((hit.article for hit in hits), key=lambda article: article.id)
        return [*articles, *opened.rejected(), replace(opened.stats(), size_bytes=0)]


class _Shared:
    """Workers that stay up from one build to the next."""

    def __init__(self, workers: Workers[Page, Article | Rejected]) -> None:
        self._workers = workers
        self.sent: list[str] = []

    def submit(self, page: Page) -> Future[Article | Rejected]:
        self.sent.append(page.location)
        return self._workers.submit(page)

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers[Page, Article | Rejected]]:
    """Two processes that parse."""
    with Workers(read_article, 2) as started:
        yield started


@pytest.fixture
def shared(workers: Workers[Page, Article | Rejected], monkeypatch: pytest.MonkeyPatch) -> _Shared:
    """What builds of a test send their pages to, all but the first page."""
    shared = _Shared(workers)
    monkeypatch.setattr("index.ahead.FIRST_BYTES", 0)
    monkeypatch.setattr("index.ahead.Workers", lambda _parse, _jobs: shared)
    return shared


# One state of a folder: for each name the number of its text; 0 is a page that is rejected.
STATES = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5), min_size=1),
    min_size=1,
    max_size=3,
)


@given(states=STATES, window=st.integers(1, 4), records=st.booleans(), reparse=st.booleans())
@settings(max_examples=10)
def test_other_processes_give_the_same_archive(
    states: list[dict[str, int]],
    *,
    window: int,
    records: bool,
    reparse: bool,
    workers: Workers[Page, Article | Rejected],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "pages").mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.ahead.FIRST_BYTES", 0)
        patched.setattr("index.ahead.WINDOW_PAGES", window)
        patched.setattr("index.ahead.Workers", lambda _parse, _jobs: _Shared(workers))
        for state in states:
            _set_state(folder / "pages", state, records=records)
            one, more = (
                _build(folder / "pages", folder / f"{jobs}.idx", jobs, reparse=reparse, prune=True)
                for jobs in (1, 2)
            )
            assert one == more
            assert _contents(folder / "1.idx") == _contents(folder / "2.idx")


def _set_state(folder: Path, state: dict[str, int], *, records: bool) -> None:
    for path in folder.iterdir():
        path.unlink()
    for name, number in state.items():
        (folder / f"{name}.txt").write_text(_text(number) if number else "Nothing")
    if records:
        lines = [
            json.dumps({"id": number, "title": f"Record {number}", "body": _text(number)})
            for number in sorted(state.values())
        ]
        (folder / "d.jsonl").write_text("\n".join(lines))


def test_real_processes_give_the_same_archive(
    sample_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ahead.FIRST_BYTES", 100_000)
    told: list[list[tuple[int, Counter[Outcome]]]] = []
    reports = []
    for jobs in (1, 2, 4):
        told.append([])

        def watch(report: BuildReport) -> None:
            told[-1].append((report.read_bytes, report.outcomes.copy()))

        with open_writer(tmp_path / f"{jobs}.idx") as writer:
            source = FolderSource([sample_corpus])
            reports.append(build(source, writer, BuildSettings(jobs=jobs), watch))
    assert reports[0] == reports[1] == reports[2]
    assert told[0] == told[1] == told[2]
    contents = [_contents(tmp_path / f"{jobs}.idx") for jobs in (1, 2, 4)]
    assert contents[0] == contents[1] == contents[2]


def test_few_pages_and_records_start_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("index.ahead.Workers", refuse)
    (tmp_path / "pages").mkdir()
    for number in range(20):
        (tmp_path / "pages" / f"{number}.txt").write_text(_text(number))
    records = [json.dumps({"title": f"R {n}", "body": _text(n)}) for n in range(100, 800)]
    (tmp_path / "pages" / "records.jsonl").write_text("\n".join(records))
    assert _build(tmp_path / "pages", tmp_path / "a.idx", 4).outcomes == {Outcome.ARTICLE: 720}


def test_what_need_not_be_parsed_is_not_sent(shared: _Shared, tmp_path: Path) -> None:
    pages, archive = tmp_path / "pages", tmp_path / "a.idx"
    pages.mkdir()
    for number in range(1, 5):
        (pages / f"{number}.txt").write_text(_text(number))
    (pages / "5 copy of 3.txt").write_text(_text(3))
    (pages / "6.jsonl").write_text(json.dumps({"title": "A record", "body": _text(6)}))
    (pages / "7.txt").write_text(_text(7))
    (pages / "8.txt").write_text(_text(8))
    _build(pages, archive, 2)
    # 1 comes first and 7 behind a record.
    assert [Path(place).name for place in shared.sent] == [
        "2.txt",
        "3.txt",
        "4.txt",
        "7.txt",
        "8.txt",
    ]
    shared.sent.clear()
    (pages / "2.txt").write_text(_text(2), newline="\r\n")
    (pages / "4.txt").write_text(_text(4, "New."))
    (pages / "7.txt").rename(pages / "9.txt")
    _build(pages, archive, 2)
    assert [Path(place).name for place in shared.sent] == ["4.txt"]


@pytest.mark.parametrize(
    ("pages", "window_bytes", "most_ahead"), [(5, 10_000_000, 5), (256, 4500, 5), (256, 100, 1)]
)
def test_the_window_holds_so_many_pages_and_bytes_at_most(
    pages: int,
    window_bytes: int,
    most_ahead: int,
    shared: _Shared,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.ahead.WINDOW_PAGES", pages)
    monkeypatch.setattr("index.ahead.WINDOW_BYTES", window_bytes)
    read, turns = [], []

    def page(number: int) -> Page:
        read.append(number)
        content = _text(number).encode().ljust(1000)
        return Page(content=content, location=f"{number}", kind=PageKind.TEXT)

    def found() -> Iterator[FoundPage]:
        for number in range(30):
            yield FoundPage(
                location=f"{number}",
                stamp="",
                size_bytes=1,
                read=lambda number=number: page(number),  # type: ignore[misc]
            )

    with Ahead(read_article, 2, lambda incoming: isinstance(incoming.page, Page)) as ahead:
        for incoming in ahead.pages(found()):
            assert isinstance(incoming.article(), Article)
            turns.append(incoming.found.location)
            assert len(read) <= len(turns) - 1 + most_ahead
    assert turns == [str(number) for number in range(30)]
    assert read == [*range(30)]
    assert shared.sent == turns[1:]


@pytest.mark.parametrize(("jobs", "started"), [(None, [3]), (2, [2]), (1, [])])
def test_so_many_processes_as_asked_for_else_one_for_each_processor(
    jobs: int | None,
    started: list[int],
    shared: _Shared,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def start(_parse: object, count: int) -> _Shared:
        asked.append(count)
        return shared

    monkeypatch.setattr("index.ahead.Workers", start)
    monkeypatch.setattr("index.build.usable_cpus", lambda: 3)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(_text(number))
    with open_writer(tmp_path / "a.idx") as writer:
        build(FolderSource([tmp_path]), writer, BuildSettings(jobs=jobs))
    assert asked == started


def test_there_is_a_processor_and_no_build_with_less_than_one_job() -> None:
    assert usable_cpus() >= 1
    with pytest.raises(ValueError, match="jobs"):
        BuildSettings(jobs=0)
