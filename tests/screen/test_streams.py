"""The program among others: pipes, encodings, terminals, and what it loads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

ESCAPE = "\x1b"
posix_only = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal or /dev/full")


@pytest.mark.parametrize(
    "arguments", [["search", "flood"], ["search", "flood", "--json"], ["stats"]]
)
def test_a_closed_pipe_is_success_and_silence(
    program: tuple[str, ...],
    environment: dict[str, str],
    archive_folder: Path,
    arguments: list[str],
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*program, *arguments],
        cwd=archive_folder,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@posix_only
@pytest.mark.parametrize("arguments", [["search", "flood"], ["search", "flood", "--json"]])
def test_results_that_cannot_be_written_are_an_error(
    program: tuple[str, ...],
    environment: dict[str, str],
    archive_folder: Path,
    arguments: list[str],
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*program, *arguments],
            cwd=archive_folder,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "searcher: No space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "shift_jis", "utf-8"])
def test_no_encoding_stops_the_output(ask: Run, encoding: str) -> None:
    done = ask("search", "flood OR 洪水", PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Flood" in done.stdout


def test_json_says_all_in_any_encoding(ask: Run) -> None:
    done = ask("search", "橋が閉鎖", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["source"] == "港新聞"
    assert "港新聞" in ask("search", "橋が閉鎖", "--json").stdout


@pytest.mark.parametrize(
    ("option", "variables", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe_only_when_asked_for(
    ask: Run,
    option: list[str],
    variables: dict[str, str],
    coloured: bool,  # noqa: FBT001 (a table of cases)
) -> None:
    shown = ask("search", "flood", *option, **variables).stdout
    assert (ESCAPE in shown, "**" in shown) == (coloured, not coloured)


@posix_only
@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_on_a_terminal(
    run_on_terminal: Callable[..., tuple[int, str]],
    archive_folder: Path,
    variables: dict[str, str],
    coloured: bool,  # noqa: FBT001 (a table of cases)
) -> None:
    status, shown = run_on_terminal(archive_folder, "search", "flood", **variables)
    assert status == 0
    assert (ESCAPE in shown, "**" in shown) == (coloured, not coloured)


@posix_only
def test_a_build_on_a_terminal_shows_a_bar_and_clears_it(
    run_on_terminal: Callable[..., tuple[int, str]],
    tmp_path: Path,
    write_pages: Callable[[Path], None],
) -> None:
    write_pages(tmp_path / "pages")
    status, shown = run_on_terminal(tmp_path, "index", "pages", columns=60)
    assert status == 0
    assert "5 pages, " in shown
    assert "100%" in shown
    assert "5 pages read = 3 articles + 1 duplicate" in shown
    status, shown = run_on_terminal(tmp_path, "index", "--quiet", "pages")
    assert (status, shown) == (0, "")


@posix_only
def test_rejected_pages_on_a_terminal(
    run_on_terminal: Callable[..., tuple[int, str]], archive_folder: Path
) -> None:
    _, shown = run_on_terminal(archive_folder, "stats", "--rejected", NO_COLOR="1")
    location, reason = shown.splitlines()
    assert location.endswith("empty.html")
    assert reason == "    empty file"


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"selectolax", "rich", "whoosh", "numpy", "index.build"}),
        (
            ["search", "flood", "--json", "--archive", "{}/archive.idx"],
            {"selectolax", "rich", "index.parse"},
        ),
        (
            ["search", "flood", "--archive", "{}/archive.idx"],
            {"selectolax", "index.parse", "index.build"},
        ),
        (["index", "{}/pages"], {"searcher.search", "searcher.engines"}),
        (["parse", "{}/pages"], {"searcher.search", "searcher.engines", "whoosh"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    run_changed: Run, archive_folder: Path, arguments: list[str], unwanted: set[str]
) -> None:
    arguments = [part.format(archive_folder) for part in arguments]
    tell = "import atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    done = run_changed(tell, *arguments)
    loaded = set(done.stderr.splitlines()[-1].split())
    assert done.returncode == 0
    assert "searcher.cli" in loaded
    assert loaded & unwanted == set()


def test_a_defect_is_one_line_and_no_traceback(run_changed: Run) -> None:
    change = "import searcher\ndef fail(archive): raise KeyError('x')\nsearcher.open = fail"
    done = run_changed(change, "stats")
    assert done.returncode == 2
    assert done.stderr.startswith("searcher: a defect of this program (KeyError: 'x')")
    assert done.stderr.count("\n") == 1


def test_interrupted_anywhere(run_changed: Run) -> None:
    change = "import searcher\ndef fail(archive): raise KeyboardInterrupt\nsearcher.open = fail"
    done = run_changed(change, "search", "flood")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@posix_only
def test_ctrl_c_once_more_while_the_program_ends(run_changed: Run) -> None:
    change = """
import os, signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
def interrupt():
    while threading.main_thread().is_alive():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)
threading.Thread(target=interrupt).start()
"""
    done = run_changed(change, "--version")
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")
