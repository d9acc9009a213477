"""What `searcher timeline` prints and writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
OnTerminal = Callable[..., tuple[int, str]]

MONTHS = [("2025-06", 2), ("2025-07", 0), ("2025-08", 1)]


def test_a_pipe_gets_plain_numbers_of_every_period(ask: Run) -> None:
    done = ask("timeline")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "".join(f"{month}\t{count}\n" for month, count in MONTHS)
    weeks = ask("timeline", "--by", "week").stdout.splitlines()
    assert (weeks[0], weeks[-1], len(weeks)) == ("2025-W23\t2", "2025-W34\t1", 12)
    assert len(ask("timeline", "--by", "day").stdout.splitlines()) == 79
    assert ask("timeline", "--by", "year").stdout == "2025\t3\n"


def test_tables_for_programs(ask: Run) -> None:
    done = ask("timeline", "--csv")
    assert done.stdout == "period,articles\n" + "".join(f"{m},{count}\n" for m, count in MONTHS)
    lines = ask("timeline", "flood", "--by", "year", "--json").stdout.splitlines()
    assert [*map(json.loads, lines)] == [{"by": "year", "value": "2025", "articles": 2}]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--person", "Oldfield"], "2025-08\t1\n"),
        (["flood", "--until", "2025-07"], "2025-06\t1\n"),
        (["--language", "ja"], "2025-06\t1\n"),
        (["flood", "-school", "--source", "herald"], "2025-06\t1\n"),
    ],
)
def test_filters_narrow_a_timeline(ask: Run, arguments: list[str], expected: str) -> None:
    assert ask("timeline", *arguments).stdout == expected


def test_a_terminal_shows_bars(run_on_terminal: OnTerminal, archive_folder: Path) -> None:
    status, text = run_on_terminal(archive_folder, "timeline", "--color", "never", columns=40)
    assert status == 0
    assert text.splitlines() == [
        f"2025-06  2  {'█' * 28}",
        "2025-07  0",
        f"2025-08  1  {'█' * 14}",
        "3 articles by month",
    ]


def test_a_long_timeline_goes_by_longer_periods_on_a_terminal_and_says_so(
    run_on_terminal: OnTerminal, archive_folder: Path
) -> None:
    _, text = run_on_terminal(
        archive_folder, "timeline", "--by", "day", "--color", "never", columns=40
    )
    *bars, first, second = text.splitlines()
    assert [bars[0][:8], bars[-1][:8], len(bars)] == ["2025-W23", "2025-W34", 12]
    said = f"{first.strip()} {second.strip()}"
    assert "3 articles by week (79 days would not fit; --csv lists them)" in said


def test_charts_and_tables_are_written_to_files(
    run_in: Run, archive_folder: Path, tmp_path: Path
) -> None:
    pytest.importorskip("PIL")

    def write(name: str, *options: str) -> Path:
        arguments = (
            "timeline",
            "flood",
            "--by",
            "day",
            "--archive",
            archive_folder / "archive.idx",
        )
        done = run_in(tmp_path, *arguments, "-o", name, *options)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        return tmp_path / name

    svg = write("flood.SVG").read_text("utf-8")
    assert "flood: 2 articles by day" in svg
    assert "2025-06-03: 1" in svg
    assert write("flood.png").read_bytes().startswith(b"\x89PNG")
    again = run_in(
        tmp_path, "timeline", "--archive", archive_folder / "archive.idx", "-o", "flood.png"
    )
    assert (again.returncode, again.stdout) == (2, "")
    assert "--force replaces it" in again.stderr
    assert write("flood.png", "--force").read_bytes().startswith(b"\x89PNG")
    table = write("flood.csv").read_bytes().decode().split("\r\n")  # RFC 4180
    assert table.pop() == ""
    assert (table[0], table[1], table[-1]) == ("period,articles", "2025-06-03,1", "2025-08-20,1")
    assert len(table) == 80


def test_nothing_to_show_is_said(run: Run, ask: Run, tmp_path: Path) -> None:
    done = ask("timeline", "xyzzy")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "no article matches\n")
    record = {"title": "Flood in the north", "body": "The river rose two metres in one night."}
    (tmp_path / "undated.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("index", "undated.jsonl").returncode == 0
    done = run("timeline", "-o", "never.svg")
    assert (done.returncode, done.stderr) == (1, "the article that matches has no date\n")
    assert not (tmp_path / "never.svg").exists()


def test_wrong_requests_are_refused(ask: Run) -> None:
    for wrong in (["--by", "hour"], ["-o", "flood.gif"], ["-o", ""], ["--since", "soon"]):
        done = ask("timeline", *wrong)
        assert (done.returncode, done.stdout) == (2, "")
    for two in (["--csv", "--json"], ["--json", "-o", "a.svg"], ["--csv", "-o", "a.csv"]):
        assert "only one of" in ask("timeline", *two).stderr
    assert ".svg" in ask("timeline", "-o", "flood.gif").stderr
    assert ask("timeline", "-o", "no/such/folder/a.svg").returncode == 2
