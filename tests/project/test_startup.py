"""What a search does not load: each of these would be a large part of its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TYPED_COMMANDS = {"typer", "click", "pydantic", "argparse", "searcher.commands.app", "index.cli"}
COLOURS = {"rich", "pygments"}
PARSING = {"selectolax", "charset_normalizer", "index.build", "index.parse", "index.people"}
NUMERICS = {"numpy.ma", "numpy.random", "numpy.fft", "numpy.polynomial", "numpy.testing"}
OTHERS = {"asyncio", "multiprocessing", "unittest", "concurrent.futures", "ctypes.util"}
WRITING = {"logging", "hashlib", "tempfile", "shutil", "index.identity", "index.codec.array_writer"}
PATTERNS = {
    f"searcher.engines.whoosh.{name}" for name in ("fuzzy", "regex", "wildcard", "spelling")
}
COUNTING = {"searcher.facets", "searcher.timeline", "searcher.people", "searcher.stats"}
WHOOSH = {"whoosh", "urllib.request", "http", "email", "ssl", "queue", "html"}  # and what it loads
RARE = WRITING | PATTERNS | COUNTING | WHOOSH
UNWANTED = TYPED_COMMANDS | COLOURS | PARSING | NUMERICS | OTHERS | RARE

# The program, which tells at its end what it has loaded.
PROGRAM = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from searcher.cli import main
main()
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of articles that have the same words, so that none of these is rare."""
    folder = tmp_path_factory.mktemp("startup")
    records = [
        {
            "title": f"Flood closes the bridge of {town}",
            "body": f"The river rose two metres at {town}.",
            "published": "2025-06-03",
            "source": "Northmoor Herald",
        }
        for town in ("Harwick", "Tilbrook", "Eastmere", "Colby", "Stanmoor")
    ]
    lines = "\n".join(map(json.dumps, records))
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    made = folder / "archive.idx"
    run("index", str(folder / "articles.jsonl"), "--quiet", "--archive", str(made))
    return made


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["river"],
        ["river", "--color", "always"],
        ["river", "--json"],
        ['"river rose"', "OR", "bridge", "-storm"],
        ["flood", "date:2025-06", "--source", "herald", "--sort", "newest", "-n5"],
    ],
)
def test_a_search_loads_only_what_it_needs(archive: Path, arguments: list[str]) -> None:
    done = run("search", "--archive", str(archive), *arguments)
    assert "bridge" in done.stdout
    loaded = set(done.stderr.split())
    assert "searcher.search" in loaded
    assert loaded & UNWANTED == set()
