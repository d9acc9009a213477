"""What `searcher diff` prints and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from index import Article

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def versions(write_archive: Callable[..., Path], make_article: Callable[..., Article]) -> Path:
    old = "The river rose two metres.\n\nThe mayor closed the bridge.\n\nSchools stay open."
    new = "The river rose three metres.\n\nThe mayor closed the bridge.\n\nRain goes on, [red]."
    return write_archive(
        [
            make_article("Flood", old, id="old", location="/old"),
            make_article("Flood", new, id="new", location="/new"),
        ]
    )


def test_changes_are_marked(run: Run, versions: Path) -> None:
    done = run("diff", "old", "new", "--archive", str(versions))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n\n") == [
        "  Flood",
        "- The river rose [-two-] metres.\n+ The river rose {+three+} metres.",
        "  The mayor closed the bridge.",
        "+ {+Rain goes on, [red].+}",
        "- [-Schools stay open.-]\n",
    ]


def test_changes_as_json(run: Run, versions: Path) -> None:
    done = run("diff", "old", "new", "--archive", str(versions), "--json")
    first, second, *_ = map(json.loads, done.stdout.splitlines())
    assert first == {"change": "same", "old": "Flood", "new": "Flood", "removed": [], "added": []}
    assert (second["change"], second["removed"], second["added"]) == (
        "changed",
        [[15, 18]],
        [[15, 20]],
    )


def test_the_same_article_has_no_changes(run: Run, versions: Path) -> None:
    assert run("diff", "old", "old", "--archive", str(versions)).returncode == 1


def test_an_unknown_id_is_an_error(run: Run, versions: Path) -> None:
    done = run("diff", "old", "none", "--archive", str(versions))
    assert done.returncode == 2
    assert "no article has the id" in done.stderr
