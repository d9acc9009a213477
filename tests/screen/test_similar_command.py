"""What `searcher similar` prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

STORY = (
    "The river Aller rose two metres and the old bridge was closed, said Mayor Jane Roe.",
    "Until Monday the ferry carries everyone who has to cross, and the flood gates stay shut.",
    "The council met until midnight and asked the capital for pumps, sandbags and soldiers.",
)
FERRY = ("The ferry on the Aller will carry bicycles too, the council said on Tuesday morning.",)
OPERA = ("The opera of the capital opens with a piece that nobody has heard for ninety years.",)


@pytest.fixture
def ask(run: Run, write_page: Callable[..., Path], tmp_path: Path) -> Run:
    pages = tmp_path / "pages"
    write_page(pages / "a.html", "Flood closes the bridge", STORY)
    write_page(pages / "b.html", "Bridge closed by flood", (*STORY, OPERA[0]), source="Echo")
    write_page(pages / "c.html", "Bicycles on the ferry", FERRY * 1, source="Harwick Courier")
    write_page(pages / "d.html", "A forgotten opera", OPERA, source="Capital Ledger")
    assert run("index", "pages").returncode == 0
    return run


def id_of(ask: Run, query: str) -> str:
    found: str = json.loads(ask("search", query, "--json").stdout.splitlines()[0])["id"]
    return found


def test_the_own_story_comes_first_then_what_is_like_it(ask: Run) -> None:
    bridge, ferry = id_of(ask, "title:bridge"), id_of(ask, "title:bicycles")
    done = ask("similar", bridge)
    assert (done.returncode, done.stderr) == (0, "")
    story, _, hits = done.stdout.partition(" 1. ")
    assert "2 articles of this story:" in story
    assert "Echo" in story
    assert "(this one)" in story
    assert hits.startswith("Bicycles on the **ferry**")
    assert "Echo" not in hits
    records = [json.loads(line) for line in ask("similar", bridge, "--json").stdout.splitlines()]
    relations = [one["relation"] for one in records]
    assert relations[0] == "lead"
    assert {*relations[2:]} == {"similar"}
    assert [one["score"] is None for one in records[:3]] == [True, True, False]
    assert records[2]["id"] == ferry


def test_filters_narrow_and_nothing_is_a_status_of_its_own(ask: Run) -> None:
    ferry = id_of(ask, "title:bicycles")
    assert "opera" not in ask("similar", ferry, "--source", "herald").stdout.lower()
    done = ask("similar", ferry, "--until", "1999")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "no other article is like it\n")
    assert ask("similar", ferry, "-n", "0").stderr == ""  # none was wanted


def test_an_unknown_article_is_an_error(ask: Run) -> None:
    done = ask("similar", "xyzzy")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no article has the id" in done.stderr
