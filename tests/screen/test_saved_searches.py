"""Saved searches over several builds: nothing new is missed, and nothing is told twice."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
Write = Callable[..., None]

NAME = "strikes"
NEW = ("search", "--saved", NAME, "--new-since", "last")
WORDS = re.findall(
    r"\w+",
    "drivers council depot union bakers pupils bridge harbour morning bicycle market doctor "
    "teacher winter letter mayor office garden engine ferry church kitchen museum forest "
    "station lawyer farmer signal tunnel valley border ticket",
)


def lines_of(place: str) -> tuple[str, ...]:
    """Return what a page says of a place; no two are one story."""
    chosen = random.Random(place)  # noqa: S311
    lines = (" ".join(chosen.choices(WORDS, k=14)) for _ in range(4))
    return (f"The drivers of {place} are on strike.", *(f"In {place} {line}." for line in lines))


@pytest.fixture
def run(run_in: Run, tmp_path: Path) -> Run:
    """Run the program with a folder for saved searches of its own."""
    kept = {"XDG_DATA_HOME": str(tmp_path / "kept"), "APPDATA": str(tmp_path / "kept")}

    def run_here(*arguments: str) -> CompletedProcess[str]:
        return run_in(tmp_path, *arguments, **kept)

    return run_here


@pytest.fixture
def add(run: Run, write_page: Callable[..., Path], tmp_path: Path) -> Write:
    """Index pages about strikes in some places."""

    def add_pages(*places: str, **facts: str) -> None:
        for place in places:
            page = tmp_path / "pages" / f"{place}.html"
            write_page(page, f"Strike in {place}", lines_of(place), **facts)
        assert run("index", "pages").returncode == 0

    return add_pages


def told(done: CompletedProcess[str]) -> list[str]:
    """Return the places that a run tells of; a run that tells of none is silent."""
    assert done.stderr == ""
    titles = [json.loads(line)["title"] for line in done.stdout.splitlines()]
    assert done.returncode == (0 if titles else 1)
    return sorted(title.rpartition(" ")[2] for title in titles)


@pytest.fixture
def saved(run: Run, add: Write) -> Run:
    """Save a search when there are two articles."""
    add("Northmoor", "Harwick")
    done = run("search", "strike", "--save", NAME, "-n", "1")
    assert done.returncode == 0
    assert "--new-since last" in done.stderr
    return run


def test_what_was_there_is_known_and_what_comes_is_told_once(saved: Run, add: Write) -> None:
    assert told(saved(*NEW, "--json")) == []
    add("Eastvale", published="1999-01-01")  # new is what was indexed, not what was published
    add("Fellgate")
    assert told(saved(*NEW, "--json")) == ["Eastvale", "Fellgate"]
    assert told(saved(*NEW, "--json")) == []
    done = saved(*NEW)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_looking_at_a_saved_search_tells_nothing(saved: Run, add: Write) -> None:
    add("Eastvale")
    done = saved("search", "--saved", NAME, "--ids")
    assert len(done.stdout.split()) == 3
    assert told(saved(*NEW, "--json")) == ["Eastvale"]


def test_through_merges_updates_and_a_new_archive(
    saved: Run, add: Write, write_page: Callable[..., Path], tmp_path: Path
) -> None:
    page = tmp_path / "pages" / "quiet.html"
    write_page(page, "Nothing in Quiet", lines_of("Quiet")[1:])
    seen: list[str] = []
    for number in range(9):  # small segments are merged on the way
        add(f"Town{number}")
        if number % 3 == 2:
            seen += told(saved(*NEW, "--json"))
    assert sorted(seen) == sorted(f"Town{number}" for number in range(9))
    text = page.read_text("utf-8").replace("Nothing in Quiet", "Strike in Quiet")
    page.write_text(text, encoding="utf-8")  # matches from now on
    add("Northmoor", published="2026-01-01")  # is written again
    assert told(saved(*NEW, "--json")) == ["Quiet"]
    shutil.rmtree(tmp_path / "archive.idx")
    add("Later")
    assert told(saved(*NEW, "--json")) == ["Later"]


def test_with_a_limit_the_rest_is_told_by_the_next_runs(saved: Run, add: Write) -> None:
    add("Eastvale", "Fellgate", "Ashwell")
    seen = [told(saved(*NEW, "--json", "-n", "2")) for _ in range(3)]
    assert [len(one) for one in seen] == [2, 1, 0]
    assert sorted(seen[0] + seen[1]) == ["Ashwell", "Eastvale", "Fellgate"]
    add("Tarrow")
    assert saved(*NEW, "-n", "0").returncode == 0  # shows none
    assert told(saved(*NEW, "--json")) == ["Tarrow"]


def test_copies_are_told_with_the_hit_that_shows_them(
    saved: Run, add: Write, write_page: Callable[..., Path], tmp_path: Path
) -> None:
    for outlet in ("Echo", "Herald"):
        page = tmp_path / "pages" / f"{outlet}.html"
        ending = f"This is what the {outlet} of Ashwell knows at this hour."
        write_page(page, "Strike in Ashwell", (*lines_of("Ashwell"), ending), source=outlet)
    add("Ashwell")
    assert told(saved(*NEW, "--json", "-n", "5")) == ["Ashwell"]
    assert told(saved(*NEW, "--json", "--copies")) == []


def test_whoever_is_killed_before_it_is_logged_hears_of_it_again(
    saved: Run, add: Write, environment: dict[str, str], tmp_path: Path
) -> None:
    add("Eastvale")
    code = (
        "import os, sys\n"
        f"sys.argv = {['searcher', *NEW, '--json']!r}\n"
        "from searcher.saved import SavedSearches\n"
        "SavedSearches.tell = lambda *_: os._exit(9)\n"
        "from searcher.cli import main\n"
        "main()\n"
    )
    kept = {"XDG_DATA_HOME": str(tmp_path / "kept"), "APPDATA": str(tmp_path / "kept")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment | kept,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.count(b"\n")) == (9, 1)
    assert told(saved(*NEW, "--json")) == ["Eastvale"]
    assert told(saved(*NEW, "--json")) == []


def test_a_log_that_was_cut_short_loses_no_article(saved: Run, add: Write, tmp_path: Path) -> None:
    add("Eastvale")
    assert told(saved(*NEW, "--json")) == ["Eastvale"]
    (log,) = (tmp_path / "kept").rglob("*.jsonl")
    log.write_bytes(log.read_bytes()[:-20])
    assert told(saved(*NEW, "--json")) == ["Eastvale"]
    assert told(saved(*NEW, "--json")) == []


def test_a_day_tells_again_what_was_told_since(saved: Run, add: Write) -> None:
    add("Eastvale")
    since = ("search", "--saved", NAME, "--json", "--new-since")
    assert told(saved(*since, "yesterday")) == ["Eastvale", "Harwick", "Northmoor"]
    assert told(saved(*NEW, "--json")) == []
    assert told(saved(*since, "2999")) == []
    assert saved(*since, "soon").returncode == 2


def test_filters_add_to_those_saved_and_the_archive_goes_with_the_search(
    run: Run, add: Write, tmp_path: Path
) -> None:
    add("Northmoor")
    assert run("search", "strike", "--source", "Herald", "--save", NAME).returncode == 0
    add("Eastvale", source="Echo")
    add("Fellgate", published="2020-01-01")
    add("Ashwell")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert told(run(*NEW, "--json", "--until", "2021")) == ["Fellgate"]
    assert told(run(*NEW, "--json")) == ["Ashwell"]
    assert told(run(*NEW, "--json", "--source", "Echo")) == ["Eastvale"]
    (tmp_path / "archive.idx").rename(elsewhere / "moved.idx")
    assert run(*NEW).returncode == 2
    assert told(run(*NEW, "--json", "--archive", str(elsewhere / "moved.idx"))) == []


def test_saved_searches_are_listed_and_removed(saved: Run, tmp_path: Path) -> None:
    (line,) = saved("saved").stdout.splitlines()
    assert line.split("\t")[:3] == [NAME, "strike", str(tmp_path / "archive.idx")]
    (record,) = map(json.loads, saved("saved", "--json").stdout.splitlines())
    assert (record["name"], record["query"], record["told"]) == (NAME, "strike", 2)
    assert saved("search", "tram", "--save", NAME).returncode == 2  # it is not replaced
    assert saved("saved", "--remove", NAME).returncode == 0
    done = saved("saved")
    assert (done.returncode, done.stdout) == (1, "")
    assert not [*(tmp_path / "kept").rglob("strikes*")]
    assert saved("saved", "--remove", NAME).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "strike", "--new-since", "last"],
        ["search", "strike", "--saved", NAME],
        ["search", "--saved", "nobody"],
        ["search", "strike", "--save", "../../escape"],
        ["search", "strike", "--save", ""],
        ["search", "--saved", NAME, "--save", "again"],
        ["search", '"', "--save", "broken"],
    ],
)
def test_wrong_requests_are_refused_and_save_nothing(
    saved: Run, arguments: list[str], tmp_path: Path
) -> None:
    done = saved(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert len([*(tmp_path / "kept").rglob("*.json")]) == 1


def test_a_damaged_search_is_said_to_be(saved: Run, tmp_path: Path) -> None:
    (file,) = (tmp_path / "kept").rglob("*.json")
    for text in (
        "{",
        "[]",
        '{"name": "strikes"}',
        file.read_text().replace('"filters": {}', '"filters": {"x": 1}'),
    ):
        file.write_text(text)
        done = saved(*NEW)
        assert done.returncode == 2
        assert "damaged" in done.stderr
    assert saved("saved", "--remove", NAME).returncode == 0


def test_a_saved_search_can_be_looked_around_in(run: Run, add: Write, tmp_path: Path) -> None:
    add("Harwick", source="Herald")
    add("Lund", "Malm", source="Courier")
    run("search", "strike", "-lund", "--source", "courier", "--save", NAME)

    def ids(*options: str) -> set[str]:
        lines = run("export", "--saved", NAME, *options).stdout.splitlines()
        return {json.loads(line)["title"] for line in lines}

    assert ids() == {"Strike in Malm"}
    assert ids("--source", "herald") == {"Strike in Harwick"}
    shown = run("facets", "--saved", NAME, "--by", "source").stdout
    assert shown == "source\tCourier\t1\n"
    for command in ("timeline", "people", "stories"):
        there = run(command, "strike", "-lund", "--source", "courier")
        assert run(command, "--saved", NAME).stdout == there.stdout
    (tmp_path / "archive.idx").rename(tmp_path / "elsewhere.idx")
    assert run("facets", "--saved", NAME).returncode == 2
    assert run("facets", "--saved", NAME, "--archive", "elsewhere.idx").returncode == 0
    assert "--saved goes with no query" in run("facets", "strike", "--saved", NAME).stderr
    assert "no saved search 'other'" in run("facets", "--saved", "other").stderr


def test_filters_alone_may_be_searched_and_saved(run: Run, add: Write) -> None:
    add("Harwick", source="Herald")
    add("Lund", "Malm", source="Courier")
    there = run("search", "--source", "courier", "--save", NAME)
    assert there.returncode == 0
    assert "2 articles match" in there.stdout
    assert run("search", "--source", "courier", "--all-words", "--json").stdout.count("\n") == 2
    assert len(run("search", "--source", "courier", "--ids").stdout.split()) == 2
    assert run("search", "--saved", NAME, "--new-since", "last").returncode == 1
    add("Oslo", source="Courier")
    assert "Strike in Oslo" in run("search", "--saved", NAME, "--new-since", "last").stdout
    assert run("facets", "--saved", NAME, "--by", "source").stdout == "source\tCourier\t3\n"
    nothing = run("search")
    assert nothing.returncode == 2
    assert "say what to look for, or narrow all articles" in " ".join(nothing.stderr.split())
