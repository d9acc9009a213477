"""What `searcher facets` prints: for a person, for a pipe and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def test_a_pipe_gets_a_line_for_each_value_with_tabs(ask: Run) -> None:
    done = ask("facets", "--by", "source", "--by", "month")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "source\tHarwick Courier\t1",
        "source\tNorthmoor Herald\t1",
        "source\t港新聞\t1",
        "month\t2025-06\t2",
        "month\t2025-08\t1",
    ]


def test_what_is_counted_by_unless_told(ask: Run) -> None:
    lines = ask("facets").stdout.splitlines()
    assert {line.split("\t")[0] for line in lines} == {"source", "people", "language", "year"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["flood"], ["2"]),
        (["flood", "-school"], ["1"]),
        (["--since", "2025-08"], ["1"]),
        (["--until", "2025-06-03"], ["1"]),
        (["--source", "herald"], ["1"]),
        (["--person", "oldfield"], ["1"]),
        (["--language", "ja"], ["1"]),
        (["flood", "--language", "en", "--person", "roe", "--until", "2025-07"], ["1"]),
        (["--author", "nobody"], []),
        (["--section", "nothing"], []),
    ],
)
def test_filters_narrow_what_is_counted(
    ask: Run, arguments: list[str], expected: list[str]
) -> None:
    done = ask("facets", *arguments, "--by", "year")
    assert done.returncode == (0 if expected else 1)
    assert [line.split("\t")[2] for line in done.stdout.splitlines()] == expected


def test_nothing_to_count_is_said(ask: Run) -> None:
    done = ask("facets", "xyzzy")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "no article matches\n")


def test_json_is_a_line_for_each_value(ask: Run) -> None:
    done = ask("facets", "flood", "--by", "source", "--json", "-n", "1")
    assert [*map(json.loads, done.stdout.splitlines())] == [
        {"by": "source", "value": "Harwick Courier", "articles": 1}
    ]


def test_a_narrow_terminal_shows_bars(
    run_on_terminal: Callable[..., tuple[int, str]], archive_folder: Path
) -> None:
    status, text = run_on_terminal(
        archive_folder, "facets", "--by", "language", "--color", "never", "-n1", columns=40
    )
    assert status == 0
    assert text.splitlines() == ["language", f"  en  2  {'█' * 31}", "  and more", "", "3 articles"]


def test_what_cannot_be_counted_by_is_said(ask: Run) -> None:
    done = ask("facets", "--by", "colour")
    assert done.returncode == 2
    assert "'people'" in done.stderr
    assert ask("facets", '"').returncode == 2


def test_stories_are_counted_where_asked(
    tmp_path: Path, write_page: Callable[..., Path], run_in: Callable[..., CompletedProcess[str]]
) -> None:
    story = [f"The river rose {number} metres near bridge {number}." for number in range(40)]
    for name in ("one", "two"):
        write_page(
            tmp_path / "pages" / f"{name}.html", f"Storm {name}", (*story, f"Told by {name}.")
        )
    assert run_in(tmp_path, "index", "pages").returncode == 0
    for of, number in (("articles", 2), ("stories", 1)):
        done = run_in(tmp_path, "facets", "storm", "--by", "language", "--of", of)
        assert done.stdout == f"language\ten\t{number}\n"
        done = run_in(tmp_path, "timeline", "storm", "--of", of, "--csv")
        assert [line.split(",")[1] for line in done.stdout.splitlines()] == [of, str(number)]
