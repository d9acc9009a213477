"""An archive is the same with and without a process that writes texts, also if that dies."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Any

import pytest

import index.process as process_module
import searcher
from index import ArchiveError, Article, Outcome, PageRecord
from index.codec.arrays import ArrayFile
from index.codec.toc import newest_generation
from index.engines.whoosh import WhooshWriter, open_writer
from index.ledger import Entry, enter, page_at, remove
from index.process import Process

Make = Callable[..., Article]
Before = Callable[[int], None]  # told the number of each commit
Put = Callable[[WhooshWriter, Article], None]
Segments = list[dict[str, list[Any]]]
Build = Callable[..., Segments]

HELPED = 6
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX")


def _nothing(_commit: int) -> None:
    """Do nothing before a commit."""


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Process]]:
    """Have few articles be enough for another process, and list those that were started."""
    started: list[Process] = []

    def start(*arguments: Any) -> Process:
        started.append(Process(*arguments))
        return started[-1]

    monkeypatch.setattr("index.engines.pending_texts.HELPED_ARTICLES", HELPED)
    monkeypatch.setattr("index.engines.pending_texts.AT_ONCE", 2)
    monkeypatch.setattr("index.codec.text_process.Process", start)
    yield started
    assert not any(_is_alive(process) for process in started)


def _is_alive(process: Process) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process.pid, 0)
        return True
    return False


def _put(writer: WhooshWriter, article: Article) -> None:
    record = PageRecord(location=article.location, outcome=Outcome.ARTICLE, article=article.id)
    enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))


def _fill(writer: WhooshWriter, make: Make, before: Before = _nothing, put: Put = _put) -> None:
    """Put articles in several commits: new, put twice, taken out, and replaced later."""
    for commit in range(12):
        before(commit)
        articles = [make(f"Flood {commit} {n}", f"The river rose by {n} metres.") for n in range(9)]
        again = make(articles[0].title, "A second text of it, about bridges.")
        late = make(f"Flood {commit - 1} 3", f"Told again in {commit}, with banks.")
        for article in (*articles, again, late):
            put(writer, article)
        gone = page_at(writer, articles[1].location)
        assert gone
        remove(writer, [gone])
        writer.commit()


def _segments(folder: Path) -> Segments:
    """Return all arrays of all segments."""
    with searcher.open(folder) as archive:
        assert archive.check() == ()
    found = []
    for path in folder.glob("*.seg"):
        with ArrayFile(path) as file:
            found.append({name: file.array(name).tolist() for name in sorted(file.names)})
    return sorted(found, key=repr)


@pytest.fixture
def build(tmp_path: Path, make_article: Make) -> Build:
    """Return what builds an archive and gives its segments."""

    def run(jobs: int, before: Before = _nothing, put: Put = _put) -> Segments:
        folder = tmp_path / f"{jobs}.idx"
        with open_writer(folder, jobs=jobs) as writer:
            _fill(writer, make_article, before, put)
        return _segments(folder)

    return run


def test_two_processes_write_what_one_does(processes: list[Process], build: Build) -> None:
    alone = build(1)
    assert not processes
    assert build(2) == alone
    assert len(processes) == 1


def test_few_articles_start_no_process(
    processes: list[Process], tmp_path: Path, make_article: Make
) -> None:
    with open_writer(tmp_path / "a.idx", jobs=2) as writer:
        for number in range(HELPED - 1):
            article = make_article(f"Flood {number}")
            _put(writer, article)
        writer.commit()
    assert not processes


@pytest.mark.parametrize("dying", range(1, 5))
def test_a_process_that_dies_costs_nothing_but_time(
    dying: int, processes: list[Process], build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    def kill(commit: int) -> None:
        if commit == dying:
            processes[0].kill()

    assert build(2, kill) == build(1)
    assert len(processes) == 1
    assert "the process that wrote texts died" in caplog.text


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("answer", range(5, 60, 5))
def test_a_process_that_dies_in_the_midst_of_it(
    answer: int, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, real = count(), Process.receive

    def receive(process: Process) -> Any:
        if next(answers) == answer:
            process.kill()
        return real(process)

    monkeypatch.setattr(Process, "receive", receive)
    assert build(2) == build(1)


def test_where_no_process_can_be_started(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engines.pending_texts.HELPED_ARTICLES", HELPED)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    assert build(2) == build(1)


@posix
def test_a_full_disk_there_leaves_the_archive_as_it_was(
    processes: list[Process], tmp_path: Path, make_article: Make
) -> None:
    import resource

    folder = tmp_path / "a.idx"
    with open_writer(folder, jobs=2) as writer:
        _fill(writer, make_article)
        before, generation = _segments(folder), newest_generation(folder)
        resource.prlimit(processes[0].pid, resource.RLIMIT_FSIZE, (4096, 4096))
        text = " ".join(f"word{number}" for number in range(5_000))
        article = make_article("Large", text)
        _put(writer, article)
        with pytest.raises(ArchiveError, match="cannot write to"):
            writer.commit()
        assert (_segments(folder), newest_generation(folder)) == (before, generation)
        assert not [*folder.glob("*.tmp")]
        writer.commit()  # this process has room
    with searcher.open(folder) as archive:
        assert [hit.article.title for hit in archive.search("word4999").hits] == ["Large"]


@posix
def test_ctrl_c_in_a_commit_ends_the_process(
    processes: list[Process], tmp_path: Path, make_article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a.idx"

    def interrupted(_process: Process) -> None:
        signal.raise_signal(signal.SIGINT)
        time.sleep(10)

    with open_writer(folder, jobs=2) as writer:
        _fill(writer, make_article)
        before = _segments(folder)
        article = make_article("New")
        _put(writer, article)
        with monkeypatch.context() as patched:
            patched.setattr(Process, "receive", interrupted)
            with pytest.raises(KeyboardInterrupt):
                writer.commit()
        assert not _is_alive(processes[0])
        assert _segments(folder) == before
        writer.commit()
    with searcher.open(folder) as archive:
        assert archive.search("title:New").total == 1


@posix
def test_ctrl_c_between_commits_costs_nothing_that_was_put(
    processes: list[Process], build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program may go on after it; half a message must not be taken for a whole one."""
    real, sent = process_module._send, count()

    def send(stream: IO[bytes], value: object) -> None:
        if next(sent) == 9:
            stream.write(pickle.dumps(value)[:100])
            raise KeyboardInterrupt
        real(stream, value)

    def put(writer: WhooshWriter, article: Article) -> None:
        try:
            _put(writer, article)
        except KeyboardInterrupt:
            _put(writer, article)

    monkeypatch.setattr(process_module, "_send", send)
    assert build(2, put=put) == build(1)
    assert len(processes) == 1


@posix
@pytest.mark.parametrize("interrupted", range(1, 24, 3))
def test_ctrl_c_when_texts_were_just_sent_gives_no_article_the_text_of_another(
    interrupted: int,
    processes: list[Process],
    build: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, sent = Process.send, count()

    def send(process: Process, item: object) -> None:
        real(process, item)
        if next(sent) == interrupted:
            raise KeyboardInterrupt

    def again_if_interrupted(act: Callable[[], None]) -> None:
        try:
            act()
        except KeyboardInterrupt:
            act()

    def put(writer: WhooshWriter, article: Article) -> None:
        again_if_interrupted(lambda: _put(writer, article))

    commit = WhooshWriter.commit
    monkeypatch.setattr(
        WhooshWriter, "commit", lambda writer: again_if_interrupted(lambda: commit(writer))
    )
    monkeypatch.setattr(Process, "send", send)
    assert build(2, put=put) == build(1)
    assert len(processes) == 1
