"""The report of a run: every number in raw.csv, tables of medians in summary.md."""

from __future__ import annotations

import csv
import platform
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from os import cpu_count, getloadavg, sysconf
from pathlib import Path
from sqlite3 import sqlite_version
from statistics import median

from measure import Row
from targets import TARGETS

__all__ = ["write_report"]

SHOWN_OPTIONS = ("sizes", "whoosh_articles", "queries", "rounds", "budget_seconds")
FIRST = "first time, median ms"
PACKAGES = ("numpy", "zstandard", "tantivy", "Whoosh")


def write_report(
    folder: Path, rows: Sequence[Row], corpus: str, missing: Sequence[str], options: Namespace
) -> Path:
    """Write the numbers and their tables; return the file of the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "raw.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)])
        writer.writeheader()
        writer.writerows(map(asdict, rows))
    lines = [*_heading(corpus, missing, options), *_tables(Numbers(tuple(rows)))]
    summary = folder / "summary.md"
    summary.write_text("\n".join(lines) + "\n", "utf-8")
    return summary


@dataclass(frozen=True, slots=True)
class Numbers:
    """All rows of a run, to ask for medians.

    Attributes:
        rows: What was measured.
    """

    rows: tuple[Row, ...]

    def where(self, **wanted: object) -> Numbers:
        """Return the rows whose fields have the values."""
        kept = (r for r in self.rows if all(getattr(r, k) == v for k, v in wanted.items()))
        return Numbers(tuple(kept))

    def all(self, field: str) -> list[str]:
        """Return the different values of a field, in the order they came."""
        return [*dict.fromkeys(getattr(row, field) for row in self.rows)]

    def median(self, metric: str) -> float | None:
        """Return the median over the rounds; None: not measured."""
        values = [row.value for row in self.rows if row.metric == metric]
        return median(values) if values else None


def _heading(corpus: str, missing: Sequence[str], options: Namespace) -> Iterator[str]:
    yield f"# {datetime.now(UTC).date().isoformat()}: {corpus}, seed {options.seed}"
    yield ""
    memory = sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / (1 << 30)
    yield f"- {_processor()}, {cpu_count()} cores, {memory:.0f} GiB; {platform.system()}"
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    yield f"- Python {platform.python_version()}, {packages}, SQLite {sqlite_version}"
    yield f"- load of the machine at the end: {getloadavg()[0]:.1f} processes in the last minute"
    yield f"- options: {', '.join(f'{name} {getattr(options, name)}' for name in SHOWN_OPTIONS)}"
    if missing:
        yield f"- not installed and left out: {', '.join(missing)}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return platform.processor()
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _tables(numbers: Numbers) -> Iterator[str]:
    sections = {
        "indexing": _indexing,
        "engine": _searches,
        "end to end": _searches,
        "cold": _steps,
        "scale": _steps,
    }
    yield from ("", "## targets", "")
    yield from _targets(numbers)
    for section, table in sections.items():
        found = numbers.where(section=section)
        if found.rows:
            yield from ("", f"## {section}", "")
            yield from table(found)


def _targets(numbers: Numbers) -> Iterator[str]:
    measured = ((target, target.measured(numbers)) for target in TARGETS)
    lines = [
        (target.name, target.bound, _number(value), "yes" if target.holds(value) else "**no**")
        for target, value in measured
        if value is not None
    ]
    yield from _table(("what", "target", "measured", "met"), lines)


def _indexing(numbers: Numbers) -> Iterator[str]:
    metrics = numbers.all("metric")
    lines = []
    for case in numbers.all("case"):
        of_case = numbers.where(case=case)
        for articles in of_case.all("articles"):
            of_size = of_case.where(articles=articles)
            for engine in of_size.all("engine"):
                one = of_size.where(engine=engine)
                values = (_number(one.median(metric)) for metric in metrics)
                lines.append((case, engine, _number(float(articles)), *values))
    yield from _table(("", "engine", "articles", *metrics), lines)


def _searches(numbers: Numbers) -> Iterator[str]:
    """Yield a table for each size: median milliseconds, and how many times it ours takes."""
    for articles in numbers.all("articles"):
        of_size = numbers.where(articles=articles)
        engines = of_size.all("engine")
        rows = [
            (case, [of_size.where(case=case, engine=engine) for engine in engines])
            for case in of_size.all("case")
        ]
        lines = [(case, *map(_found, each), _matches(each)) for case, each in rows]
        yield f"{articles:,} articles: median / p99 in ms (median of ours / median of it)"
        yield ""
        yield from _table(("", *engines, "matches"), lines)
        first = [(case, *(_number(one.median(FIRST)) for one in each)) for case, each in rows]
        yield from ("", f"{articles:,} articles, each search for the first time: median in ms", "")
        yield from _table(("", *engines), first)
        yield ""


def _found(numbers: Numbers) -> str:
    taken, ratio = numbers.median("median ms"), numbers.median("ours / it")
    if taken is None:
        return ""
    found = f"{_number(taken)} / {_number(numbers.median('p99 ms'))}"
    return found + (f" ({_ratio(ratio)})" if ratio else "")


def _matches(each: Iterable[Numbers]) -> str:
    totals = [total for one in each if (total := one.median("matches, median")) is not None]
    if not totals:
        return ""
    low, high = _number(min(totals)), _number(max(totals))
    return low if low == high else f"{low}-{high}"


def _ratio(value: float) -> str:
    return f"1/{1 / value:.0f}" if value < 0.1 else f"{_number(value)}"


def _steps(numbers: Numbers) -> Iterator[str]:
    """Yield one table for all steps of which the same was measured."""
    cases = ((case, numbers.where(case=case)) for case in numbers.all("case"))
    for metrics, alike in groupby(cases, lambda item: item[1].all("metric")):
        lines = [(case, *(_number(one.median(name)) for name in metrics)) for case, one in alike]
        yield from _table(("", *metrics), lines)
        yield ""


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for line in lines:
        yield f"| {' | '.join(line)} |"
