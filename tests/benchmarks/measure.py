"""Clocks, memory, and the rows that a run leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = [
    "Clock",
    "Finished",
    "Row",
    "Times",
    "folder_bytes",
    "memory",
    "run_process",
    "run_script",
    "time_calls",
]

HERE = Path(__file__).parent
PROC = Path("/proc")  # see proc(5)
MEMORY = {"VmRSS": "all", "RssAnon": "own", "RssFile": "files", "VmHWM": "peak"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured number.

    Attributes:
        section: What was measured, as the report's headings name it.
        case: The class of searches, or the step.
        engine: Whose number it is.
        articles: In the archive.
        metric: Name with its unit.
        value: The number.
        round: Which of several equal measurements, from 1.
    """

    section: str = ""
    case: str = ""
    engine: str
    articles: int = 0
    metric: str
    value: float
    round: int = 1


class Clock:
    """Sums the wall and CPU seconds of the blocks it is entered for, child processes included."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter(), _cpu_seconds()

    def __exit__(self, *_: object) -> None:
        wall, cpu = self._began
        self.wall += time.perf_counter() - wall
        self.cpu += _cpu_seconds() - cpu


def _cpu_seconds() -> float:
    """Return what this process has used, its children that ended, and those that run."""
    times = os.times()
    ended = times.children_user + times.children_system
    return time.process_time() + ended + sum(map(_ticks, _children())) / os.sysconf("SC_CLK_TCK")


def _children() -> list[str]:
    return [pid for task in PROC.glob("self/task/*/children") for pid in task.read_text().split()]


def _ticks(pid: str) -> int:
    """Return the CPU time of a process that was not waited for yet."""
    fields = (PROC / pid / "stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # utime, stime


@dataclass(frozen=True, slots=True)
class Times:
    """How long each of some calls took.

    Attributes:
        seconds: One for each call, in order; fewer than calls where time was up.
    """

    seconds: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """Return the time that so many of the calls kept within."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    def median(self, calls: int | None = None) -> float:
        """Return the median of the first so many calls; None: of all."""
        return median(self.seconds[:calls])

    def __len__(self) -> int:
        return len(self.seconds)


def time_calls(
    calls: Sequence[Callable[[], object]], budget_seconds: float = float("inf")
) -> Times:
    """Time each call; stop where the budget is spent."""
    seconds: list[float] = []
    clock = time.perf_counter
    stop = clock() + budget_seconds
    for call in calls:
        began = clock()
        call()
        ended = clock()
        seconds.append(ended - began)
        if ended > stop:
            break
    return Times(tuple(seconds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A process that ran to its end.

    Attributes:
        output: What it wrote to standard output.
        errors: What it wrote to standard error.
        cpu_seconds: User and system time.
        wall_seconds: From start to exit.
    """

    output: str
    errors: str
    cpu_seconds: float
    wall_seconds: float


def run_process(command: Sequence[str | Path]) -> Finished:
    """Run a program, with one thread for linear algebra, and say what it took.

    Raises:
        RuntimeError: It failed; the text is what it said.
    """
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    began = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        output, errors = _read(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(errors)
    return Finished(
        output=output,
        errors=errors,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall,
    )


def _read(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return both outputs in full without `communicate`, which would reap the process."""
    from threading import Thread

    kept: dict[str, str] = {}

    def drain() -> None:
        kept["errors"] = process.stderr.read() if process.stderr else ""

    thread = Thread(target=drain)
    thread.start()
    output = process.stdout.read() if process.stdout else ""
    thread.join()
    return output, kept["errors"]


def run_script(name: str, *arguments: object) -> list[dict[str, float]]:
    """Run a script that lies beside this one; return the JSON lines it printed."""
    finished = run_process([sys.executable, HERE / name, *map(str, arguments)])
    return [json.loads(line) for line in finished.output.splitlines()]


def memory() -> dict[str, float]:
    """Return the MiB that this process and its children hold: in all, own, mapped files, peaks.

    Peaks are added up, though they need not be at one time. Empty where there is no /proc.
    `ru_maxrss` is no substitute: on Linux a process begins with that of its parent.
    """
    held: dict[str, float] = {}
    for status in (PROC / pid / "status" for pid in ("self", *_children())):
        if status.exists():
            for line in status.read_text("utf-8").splitlines():
                key, _, rest = line.partition(":")
                if name := MEMORY.get(key):
                    held[name] = held.get(name, 0.0) + int(rest.split()[0]) / 1024
    return held


def folder_bytes(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
