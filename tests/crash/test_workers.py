"""Parsing processes that die, hang, or lose the build they work for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

import searcher
from index import Outcome
from index.build import BuildReport, build
from index.engines.whoosh import open_writer
from index.process import NoWorkerError, WorkerDiedError
from index.settings import BuildSettings
from index.sources import FolderSource
from index.workers import Workers

# What the processes run, as a module that they can import: what an item says is done.
ACTS = '''
import logging, os, signal, sys, time
from pathlib import Path

def act(item):
    word, _, path = item.partition(" ")
    if word == "die" or (word == "die-once" and not Path(path).exists()):
        if path:
            Path(path).touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if word == "log":
        try:
            1 / 0
        except ZeroDivisionError:
            logging.getLogger("index.build").exception("it broke on %s", path)
        logging.getLogger("index.build").debug("nobody asked for this")
    if word == "print":
        print("this is no answer", flush=True)
        os.write(1, b"nor is this")
    if word == "pid":
        return os.getpid()
    if word == "fail":
        raise ValueError(item)
    return item.upper()

def read(page):
    """Parses a page, but does what its last line says before."""
    from index.build import read_article
    last = page.content.decode().split("\\n")[-1]
    if last.startswith("sleep "):
        _, seconds, path = last.split(" ")
        Path(f"{path}.{os.getpid()}").touch()
        time.sleep(float(seconds))
    elif last:
        act(last)
    return read_article(page)
'''


@pytest.fixture
def acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module of acts, to be imported by the processes too."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "acts.py").write_text(ACTS)
    monkeypatch.syspath_prepend(tmp_path / "lib")
    import acts  # type: ignore[import-not-found]

    yield acts
    sys.modules.pop("acts")


def test_an_item_whose_process_was_killed_is_tried_again(acts: ModuleType, tmp_path: Path) -> None:
    items = [f"word {number}" for number in range(20)]
    items[5:5] = [f"die-once {tmp_path / 'once'}"]
    with Workers[str, str](acts.act, 2) as workers:
        futures = [workers.submit(item) for item in items]
        assert [future.result() for future in futures] == [item.upper() for item in items]


@pytest.mark.parametrize(
    ("item", "ending"),
    [
        pytest.param(
            "die",
            "SIGKILL",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="no signals there"),
        ),
        ("fail", "exit status 1"),
    ],
)
def test_an_item_that_ends_two_processes_is_given_up(
    item: str, ending: str, acts: ModuleType
) -> None:
    with Workers[str, str](acts.act, 1) as workers:
        futures = [workers.submit(item) for item in ("a", item, "b")]
        assert (futures[0].result(), futures[2].result()) == ("A", "B")
        with pytest.raises(WorkerDiedError, match=ending):
            futures[1].result()


def test_a_process_that_is_killed_while_it_waits_costs_nothing(acts: ModuleType) -> None:
    with Workers[str, object](acts.act, 1) as workers:
        pid = workers.submit("pid").result()
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGTERM)
        assert workers.submit("a").result() == "A"
        assert workers.submit("pid").result() != pid


def test_what_is_logged_and_printed_there(
    acts: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    with Workers[str, str](acts.act, 1) as workers:
        assert workers.submit("print").result() == "PRINT"
        workers.submit("log page.html").result()
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("index.build", "ERROR")
    assert "it broke on page.html" in record.getMessage()
    assert "ZeroDivisionError" in record.getMessage()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("executable", str(Path(__file__).parent / "nothing")),
        ("executable", None),  # Python inside another program
        ("frozen", True),  # the executable is a program of which we are a part
    ],
)
def test_where_no_process_can_be_started(
    name: str,
    value: object,
    acts: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(sys, name, value, raising=False)
    with Workers[str, str](acts.act, 2) as workers:
        for _ in range(3):
            with pytest.raises(NoWorkerError):
                workers.submit("a").result()
    assert len(caplog.records) == 1


@pytest.mark.parametrize("text", ["hello", "good morning", "garbage", "N."])
def test_what_is_printed_while_python_starts_is_taken_for_no_answer(
    text: str, acts: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib" / "sitecustomize.py").write_text(f"print({text!r})")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    with Workers[str, str](acts.act, 1) as workers, pytest.raises(NoWorkerError):
        workers.submit("a").result()


def test_closing_ends_processes_that_are_at_work(acts: ModuleType) -> None:
    with Workers[str, object](acts.act, 2) as workers:
        pids = {workers.submit("pid").result() for _ in range(2)}
        waiting = [workers.submit("pid") for _ in range(50)]
    assert all(future.cancelled() or future.done() for future in waiting)
    assert not any(_is_alive(pid) for pid in pids if isinstance(pid, int))


def _is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


TEXT = "The river rose by {0} metres in one night and bridge {0} was closed to all who came."


def _write_pages(folder: Path, last_lines: dict[int, str], count: int = 12) -> Path:
    folder.mkdir()
    for number in range(count):
        text = TEXT.format(number)
        page = f"Flood number {number}\n\n{text}\n\n{text[:-1]} too.\n{last_lines.get(number, '')}"
        (folder / f"{number:02}.txt").write_text(page, newline="\n")
    return folder


@pytest.fixture
def build_with_acts(
    acts: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path, Path], BuildReport]:
    """Build with two processes that do what pages say."""
    monkeypatch.setattr("index.ahead.FIRST_BYTES", 0)
    monkeypatch.setattr("index.ahead.Workers", lambda _parse, jobs: Workers(acts.read, jobs))

    def run(pages: Path, archive: Path) -> BuildReport:
        with open_writer(archive) as writer:
            return build(FolderSource([pages]), writer, BuildSettings(jobs=2))

    return run


def _titles(archive: Path) -> list[str]:
    with searcher.open(archive) as opened:
        assert opened.check() == ()
        return sorted(hit.article.title for hit in opened.search("river", limit=100))


def test_a_build_survives_processes_that_die(
    build_with_acts: Callable[[Path, Path], BuildReport], tmp_path: Path
) -> None:
    # 1 is killed by accident; 4 kills whatever parses it, and so does its copy, 5.
    deadly = {1: f"die-once {tmp_path / 'once'}", 4: "die"}
    pages, archive = _write_pages(tmp_path / "pages", deadly), tmp_path / "a.idx"
    (pages / "05.txt").write_bytes((pages / "04.txt").read_bytes())
    report = build_with_acts(pages, archive)
    assert report.outcomes == {Outcome.ARTICLE: 10, Outcome.REJECTED: 2}
    assert [Path(page.location).name for page in report.rejected] == ["04.txt", "05.txt"]
    assert "the parser died on this page, twice" in report.rejected[0].reason
    assert _titles(archive) == sorted(f"Flood number {n}" for n in range(12) if n not in {4, 5})


def test_a_page_on_which_the_parser_died_is_tried_again_by_the_next_build(
    build_with_acts: Callable[[Path, Path], BuildReport], tmp_path: Path, acts: ModuleType
) -> None:
    pages, archive = _write_pages(tmp_path / "pages", {4: "die"}), tmp_path / "a.idx"
    build_with_acts(pages, archive)
    acts_file = Path(str(acts.__file__))
    acts_file.write_text(ACTS.replace('word == "die"', "False"))  # there is memory again
    again = build_with_acts(pages, archive)
    assert again.outcomes == {Outcome.UNCHANGED: 11, Outcome.ARTICLE: 1}
    assert len(_titles(archive)) == 12


def test_a_page_that_takes_long_keeps_its_place(
    build_with_acts: Callable[[Path, Path], BuildReport],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.ahead.WINDOW_PAGES", 4)
    pages = _write_pages(tmp_path / "pages", {3: f"sleep 1 {tmp_path / 'at'}"})
    assert build_with_acts(pages, tmp_path / "a.idx").outcomes == {Outcome.ARTICLE: 12}
    assert len(_titles(tmp_path / "a.idx")) == 12


# The real program, but for what the parsing processes run.
PROGRAM = """
import sys
sys.path.insert(0, {lib!r})
import acts, index.ahead, index.workers
index.ahead.FIRST_BYTES = 0
index.ahead.Workers = lambda parse, jobs: index.workers.Workers(acts.read, jobs)
sys.argv = ["searcher", "index", "pages", "--archive", "a.idx", "--jobs", "2"]
from searcher.cli import main
main()
"""


def _start_program(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """Start a build; return it and its two processes once both are parsing."""
    code = PROGRAM.format(lib=str(folder / "lib"))
    program = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while len(pids := [int(path.suffix[1:]) for path in folder.glob("at.*")]) < 2:
        assert program.poll() is None
        time.sleep(0.01)
    return program, pids


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a process")


@posix
@pytest.mark.usefixtures("acts")
def test_ctrl_c_ends_all_processes_quietly(tmp_path: Path) -> None:
    asleep = dict.fromkeys(range(12), f"sleep 3600 {tmp_path / 'at'}")
    _write_pages(tmp_path / "pages", asleep)
    program, pids = _start_program(tmp_path)
    os.killpg(program.pid, signal.SIGINT)  # as a terminal does
    _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    (line,) = said.splitlines()
    assert line.startswith("searcher: interrupted after")
    assert line.endswith("the archive is as it was")
    assert not any(map(_is_alive, pids))


@posix
@pytest.mark.usefixtures("acts")
def test_no_process_outlives_a_build_that_was_killed(tmp_path: Path) -> None:
    asleep = dict.fromkeys(range(12), f"sleep 0.5 {tmp_path / 'at'}")
    _write_pages(tmp_path / "pages", asleep)
    program, pids = _start_program(tmp_path)
    program.kill()
    _, said = program.communicate(timeout=60)
    assert said == ""
    while any(map(_is_alive, pids)):  # each finds out when its page is done
        time.sleep(0.01)


SCRIPT = """
from pathlib import Path
import index.ahead
from index.build import build
from index.engines.whoosh import open_writer
from index.settings import BuildSettings
from index.sources import FolderSource

index.ahead.FIRST_BYTES = 0
print("begun")
with open_writer(Path("a.idx")) as writer:
    report = build(FolderSource([Path("pages")]), writer, BuildSettings(jobs=2))
print(report.read)
"""


@pytest.mark.parametrize("way", ["file", "stdin", "module"])
def test_a_script_without_a_main_block_runs_once(way: str, tmp_path: Path) -> None:
    _write_pages(tmp_path / "pages", {})
    # Files of the working folder are not what the processes import.
    (tmp_path / "pickle.py").write_text("raise SystemExit('a stray file was imported')\n")
    script = tmp_path / "elsewhere" / "script.py"
    script.parent.mkdir()
    script.write_text(SCRIPT)
    words = {"file": [str(script)], "stdin": ["-P", "-"], "module": ["-P", "-m", "script"]}[way]
    path = [*filter(None, sys.path), str(script.parent)]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
        input=SCRIPT if way == "stdin" else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.stdout.split(), done.stderr) == (["begun", "12"], "")
