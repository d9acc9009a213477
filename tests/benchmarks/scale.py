"""Building a large archive, and searching it: how time and memory grow.

Run by itself, this is the process whose memory is measured; it prints JSON lines:

    scale.py build  ARCHIVE ARTICLES SEED [REUTERS]
    scale.py search ARCHIVE SEARCHES SEED [REUTERS]
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from corpus import Base, batches, load_base
from measure import Clock, Row, folder_bytes, memory, run_script
from peers.ours import OurSearcher, OurWriter
from searches import draw

__all__ = ["measure_building", "measure_searching"]

SECTION = "scale"
STRETCH = 100_000  # articles between two readings


def measure_building(archive: Path, count: int, seed: int, reuters: Path | None) -> Iterator[Row]:
    """Yield time and memory of a build in a process of its own, stretch by stretch."""
    *readings, last = run_script("scale.py", "build", archive, count, seed, *_given(reuters))
    for reading in readings:
        case = f"{int(reading['articles']):,} articles"
        for metric in ("CPU us/article", "wall us/article", "MiB"):
            yield _row(case, count, metric, reading[metric])
    yield _row("whole build", count, "peak MiB", last["peak"])
    yield _row("whole build", count, "MiB before the first article", last["base"])
    yield _row("whole build", count, "bytes/article", folder_bytes(archive) / count)
    if len(readings) > 2:  # a line through two points says nothing
        yield _row("whole build", count, "exponent of CPU time", _exponent(readings))


def _exponent(readings: Sequence[dict[str, float]]) -> float:
    """Return e of the fit time = c * articles ** e over the build so far; 1: it is linear."""
    articles = np.log([reading["articles"] for reading in readings])
    seconds = np.log([reading["CPU seconds so far"] for reading in readings])
    return float(np.polyfit(articles, seconds, 1)[0])


def measure_searching(
    archive: Path, articles: int, searches: int, seed: int, reuters: Path | None
) -> Iterator[Row]:
    """Yield the memory of a searching process: after opening, and after each class."""
    readings = run_script("scale.py", "search", archive, searches, seed, *_given(reuters))
    for reading in readings:
        case = str(reading.pop("case"))
        for metric, value in reading.items():
            yield _row(case, articles, f"{metric} MiB", value)


def _given(reuters: Path | None) -> tuple[Path, ...]:
    return (reuters,) if reuters else ()


def _row(case: str, articles: int, metric: str, value: float) -> Row:
    return Row(
        section=SECTION, case=case, engine="ours", articles=articles, metric=metric, value=value
    )


def _build(archive: Path, base: Base, count: int, seed: int) -> None:
    shutil.rmtree(archive, ignore_errors=True)
    archive.mkdir(parents=True)
    whole, stretch, done, seen, start = Clock(), Clock(), 0, 0, 0.0
    writer = OurWriter(archive)
    for batch in batches(base, count, seed):
        start = start or memory().get("all", 0.0)
        with whole, stretch:
            writer.add(batch)
        done += len(batch)
        if done - seen >= STRETCH or done == count:
            _say(
                {
                    "articles": done,
                    "CPU us/article": 1e6 * stretch.cpu / (done - seen),
                    "wall us/article": 1e6 * stretch.wall / (done - seen),
                    "CPU seconds so far": whole.cpu,
                    "MiB": memory().get("all", 0.0),
                }
            )
            stretch, seen = Clock(), done
    _say({"base": start} | memory())  # while all processes are there
    writer.close()


def _search(archive: Path, base: Base, searches: int, seed: int) -> None:
    drawn = draw(base, searches, seed)
    del base
    _say({"case": "before opening"} | memory())
    searcher = OurSearcher(archive)
    _say({"case": "after opening"} | memory())
    for kind, asked in drawn.items():
        for search in asked:
            searcher.plan(search)()
        _say({"case": f"after {len(asked)} x {kind}"} | memory())
    for asked in drawn.values():
        for search in asked[:20]:
            searcher.find(search)()
    _say({"case": "after 20 of each end to end"} | memory())
    searcher.close()


def _say(reading: dict[str, float] | dict[str, object]) -> None:
    print(json.dumps(reading), flush=True)


def main() -> None:
    """Do what the command line says."""
    task, archive, number, seed, *reuters = sys.argv[1:]
    base = load_base(Path(reuters[0]) if reuters else None, int(seed))
    work = {"build": _build, "search": _search}[task]
    work(Path(archive), base, int(number), int(seed))


if __name__ == "__main__":
    main()
