"""What `searcher stories` lists, and what `searcher show` says of the articles of a story."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

RIVER = (
    "The river Aller rose two metres in one night and the old bridge was closed to all traffic.",
    "Until Monday the ferry carries everyone who has to cross, said Mayor Jane Roe at midnight.",
    "The council asked the capital for pumps, sandbags and soldiers, and it got some boats.",
    "Schools on the left bank stay shut, and the market moves to the square at the church.",
)
SCHOOL = (
    "Harwick opens its new school on the hill in September, two years later than was planned.",
    "The roof had leaked in the flood of last winter, Tom Oldfield told the council of the town.",
    "Four hundred children have a place; one hundred more wait for the second building to be done.",
)


@pytest.fixture
def ask(run: Run, write_page: Callable[..., Path], tmp_path: Path) -> Run:
    """Index a story of three articles and one of one, which is later."""
    pages = tmp_path / "pages"
    write_page(pages / "a.html", "Flood closes bridge", RIVER)
    write_page(
        pages / "b.html",
        "Aller in spate",
        RIVER,
        source="East Echo",
        url="https://east-echo.example/1",
        published="2025-06-05",
    )
    write_page(
        pages / "c.html",
        "Flood closes bridge",
        (*RIVER, "The water falls, the harbour office said on Friday."),
        url="https://northmoor-herald.example/a",
        published="2025-06-06",
    )
    write_page(pages / "d.html", "School opens", SCHOOL, source="Courier", published="2025-08-20")
    assert "4 articles + 0 duplicates" in run("index", "pages").stdout
    return run


def test_the_largest_stories_and_the_latest(ask: Run) -> None:
    done = ask("stories")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == " 1. Flood closes bridge"
    assert lines[1] == "    3 articles | 2025-06-03 to 2025-06-06 | Northmoor Herald, East Echo"
    assert lines[2].startswith("    id ")
    assert " 2. School opens" in lines
    assert "    1 article | 2025-08-20 | Courier" in lines
    assert ask("stories", "--latest").stdout.startswith(" 1. School opens")
    assert max(map(len, ask("stories", COLUMNS="40").stdout.splitlines())) <= 40


def test_stories_as_json_count_what_matches(ask: Run) -> None:
    done = ask("stories", "river", "--source", "echo", "--json", "-n", "5")
    (story,) = map(json.loads, done.stdout.splitlines())
    assert (story["articles"], story["outlets"], story["outlet_count"]) == (1, ["East Echo"], 1)
    assert (story["first_day"], story["last_day"]) == ("2025-06-05", "2025-06-05")
    assert story["lead"]["title"] == "Flood closes bridge"
    hits = ask("search", f"story:{story['story']}", "--copies", "--json").stdout.splitlines()
    assert len(hits) == 3


def test_no_story_is_an_exit_status_of_its_own(ask: Run) -> None:
    done = ask("stories", "xyzzy")
    assert (done.returncode, done.stdout) == (1, "")
    assert ask("stories", "(").returncode == 2
    assert ask("stories", "xyzzy", "--json").stderr == ""


def test_show_lists_what_differs_between_the_articles_of_a_story(ask: Run) -> None:
    found = json.loads(ask("search", "spate", "--json").stdout)
    shown = ask("show", found["id"], COLUMNS="120").stdout.splitlines()
    listed = shown[shown.index("3 articles of this story:") + 1 :]
    first, title, own, version, _ = listed
    assert first.endswith("| 2025-06-03 | Northmoor Herald | 66 words | lead")
    assert title == "    Flood closes bridge"
    assert own == f"  {found['id']} | 2025-06-05 | East Echo | 66 words | exact copy (this one)"
    assert version.endswith("| 2025-06-06 | Northmoor Herald | 75 words | version")
    members = json.loads(ask("show", found["id"], "--json").stdout)["members"]
    assert [member["relation"] for member in members] == ["lead", "exact copy", "version"]
    assert [member["words"] for member in members] == [66, 66, 75]


def test_versions_are_compared_paragraph_by_paragraph(ask: Run) -> None:
    members = json.loads(
        ask("show", json.loads(ask("search", "spate", "--json").stdout)["id"], "--json").stdout
    )["members"]
    done = ask("diff", members[0]["id"], members[2]["id"])
    assert "The water falls, the harbour office said on Friday." in done.stdout
    assert done.returncode == 0
    same = ask("diff", members[0]["id"], members[0]["id"])
    assert same.returncode == 1
