"""What `searcher show`, `stats`, `check` and `--version` print and how they end."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def bridge_id(ask: Run) -> str:
    found: str = json.loads(ask("search", "ferry", "--json").stdout)["id"]
    return found


def test_show_prints_the_whole_article(ask: Run, bridge_id: str, archive_folder: Path) -> None:
    done = ask("show", bridge_id)
    assert (done.returncode, done.stderr) == (0, "")
    title, *lines = done.stdout.splitlines()
    assert title == "Flood closes the bridge of Northmoor"
    assert "Published  2025-06-03 08:30 +02:00" in lines
    assert "Source     Northmoor Herald" in lines
    assert f"ID         {bridge_id}" in lines
    text = " ".join(lines)
    assert "the ferry carries everyone who has to cross, and the flood gates stay shut." in text
    assert lines[-3:] == [
        "1 copy of this article:",
        f"  {archive_folder / 'pages' / 'copy.html'}",
        "    https://www.east-echo.example/bridge",
    ]


def test_show_highlights_a_query(ask: Run, bridge_id: str) -> None:
    shown = ask("show", bridge_id, "--query", "ferry bridge").stdout
    assert shown.startswith("Flood closes the **bridge** of Northmoor\n")
    assert "the **ferry**" in shown
    assert ask("show", bridge_id, "--query", "(").returncode == 2


def test_show_as_json(ask: Run, bridge_id: str) -> None:
    shown = json.loads(ask("show", bridge_id, "--query", "ferry", "--json").stdout)
    assert shown["copies"][0]["url"] == "https://www.east-echo.example/bridge"
    paragraph = shown["highlights"]["paragraphs"][1]
    ((start, end),) = paragraph["highlights"]
    assert paragraph["text"][start:end] == "ferry"
    assert "highlights" not in json.loads(ask("show", bridge_id, "--json").stdout)


def test_show_of_an_unknown_id(ask: Run) -> None:
    done = ask("show", "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("searcher: no article has the id 'none'")


def test_stats_tell_what_is_in_the_archive(ask: Run) -> None:
    lines = ask("stats").stdout.splitlines()
    assert lines[0].startswith("Archive    archive.idx (")
    assert "Articles   3" in lines
    assert "Dates      2025-06-03 to 2025-08-20" in lines
    assert "Pages      5 = 3 articles + 1 duplicate + 1 rejected" in lines
    assert any(line.split() == ["1", "Harwick", "Courier"] for line in lines)


def test_stats_as_json(ask: Run) -> None:
    stats = json.loads(ask("stats", "--json").stdout)
    assert stats["articles"] == 3
    assert stats["pages"] == {"article": 3, "duplicate": 1, "rejected": 1}
    assert {"value": "ja", "articles": 1} in stats["languages"]
    assert stats["size_bytes"] > 0


def test_rejected_pages_one_a_line(ask: Run, archive_folder: Path) -> None:
    empty = str(archive_folder / "pages" / "empty.html")
    assert ask("stats", "--rejected").stdout == f"{empty}\tempty file\n"
    done = ask("stats", "--rejected", "--json")
    assert json.loads(done.stdout) == {"location": empty, "url": None, "reason": "empty file"}


def test_check_of_a_sound_archive(ask: Run) -> None:
    assert ask("check").stdout == "archive.idx is sound\n"
    assert json.loads(ask("check", "--json").stdout) == {
        "archive": "archive.idx",
        "sound": True,
        "problems": [],
    }


def test_check_of_a_damaged_archive_is_an_error(
    run: Run, tmp_path: Path, write_pages: Callable[[Path], None]
) -> None:
    write_pages(tmp_path / "pages")
    run("index", "pages")
    largest = max((tmp_path / "archive.idx").iterdir(), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-100])
    done = run("check")
    assert done.returncode == 2
    assert done.stdout + done.stderr


def test_version_is_that_of_the_project(ask: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert ask("--version").stdout == f"searcher {project['version']}\n"


@pytest.mark.parametrize("command", ["index", "parse", "search", "show", "stats", "check"])
def test_every_command_has_help_with_an_example(ask: Run, command: str) -> None:
    done = ask(command, "--help")
    assert done.returncode == 0
    assert f"Example: searcher {command}" in done.stdout
