"""One `searcher search` from process start to exit, and where its time goes."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from measure import Row, run_process

__all__ = ["measure_cold"]

SECTION = "cold"
ROUNDS = 10
INSTALLED = ("-P",)  # not what lies in the folder where this is run
# "import time:  self [us] | cumulative | package.module", as `python -X importtime` prints it.
IMPORT = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)")
SHOWN = 12  # packages named on their own
LOADED = (
    "searcher.cli",
    "searcher.commands.run_search",
    "searcher.search",
    "searcher.engines.whoosh",
)
# As the program does, garbage is not looked for.
IMPORTS = f"import gc; gc.disable(); import {', '.join(LOADED)}; gc.freeze()"


def measure_cold(archive: Path, articles: int, words: Sequence[str]) -> Iterator[Row]:
    """Yield the CPU time of searches, each in a process of its own, and of their parts.

    Args:
        archive: Where to search.
        articles: In it.
        words: To look for any of.
    """
    program = [sys.executable, *INSTALLED, "-m", "searcher"]
    search = ["search", "--archive", archive, "--limit", "10", " OR ".join(words)]
    parts: dict[str, Sequence[str | Path]] = {
        "interpreter alone": [sys.executable, *INSTALLED, "-c", "pass"],
        "imports of a search": [sys.executable, *INSTALLED, "-c", IMPORTS],
        "searcher --help": [*program, "--help"],
        "searcher search": [*program, *search],
    }
    run_process(parts["searcher search"])  # fills the caches of byte code and of the disk
    for number in range(1, ROUNDS + 1):
        for case, command in parts.items():
            finished = run_process(command)
            yield _row(case, articles, "CPU ms", 1000 * finished.cpu_seconds, number)
            yield _row(case, articles, "wall ms", 1000 * finished.wall_seconds, number)
    traced = run_process([program[0], "-X", "importtime", *program[1:], *search])
    for package, milliseconds in _imports(traced.errors):
        yield _row(package, articles, "import ms", milliseconds)


def _imports(trace: str) -> Iterator[tuple[str, float]]:
    """Yield top-level packages and the time that their own modules took, the longest first."""
    spent: Counter[str] = Counter()
    for microseconds, module in IMPORT.findall(trace):
        spent[module.partition(".")[0]] += int(microseconds)
    yield "all imports", spent.total() / 1000
    most = spent.most_common(SHOWN)
    yield from ((package, taken / 1000) for package, taken in most)


def _row(case: str, articles: int, metric: str, value: float, number: int = 1) -> Row:
    return Row(
        section=SECTION,
        case=case,
        engine="ours",
        articles=articles,
        metric=metric,
        value=value,
        round=number,
    )
