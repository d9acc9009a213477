"""How a build looks: a progress bar while it runs, a report that adds up at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.build import BuildReport
from index.model import Outcome
from index.terminal import counted, page_width, printable

__all__ = ["BuildScreen", "report_lines", "report_record", "state_of_archive"]

# Often enough to look alive; each costs about a millisecond.
FRAMES_PER_SECOND = 5
CLOCK_TICK = 0.001  # the least time that a speed is told for


class BuildScreen:
    """Shows on stderr how a build goes; give its `watch` to `index.build.build`.

    A stderr that cannot be written any more is no reason to stop a build.

    Attributes:
        has_bar: Whether there is a progress bar.
        report: The state that was watched last.
    """

    def __init__(self, *, bar: bool, verbose: bool) -> None:
        """Show a bar, or each rejected page, or both, or nothing."""
        self.report = BuildReport()
        self.has_bar = bar
        self._verbose = verbose
        self._told = 0
        self._began = time.monotonic()
        self._leaving = ExitStack()
        self._console = Console(
            file=sys.stderr, width=page_width(), highlight=False, markup=False, emoji=False
        )
        self._progress = Progress(
            TextColumn("indexing"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
        )
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> Self:
        if self.has_bar:
            live = Live(
                console=self._console,
                get_renderable=self._picture,
                refresh_per_second=FRAMES_PER_SECOND,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._leaving.enter_context(live)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._leaving.close()

    def expect(self, size_bytes: int) -> None:
        """Tell how many bytes the pages take up, so that the time left can be told."""
        self._progress.update(self._task, total=size_bytes)

    def watch(self, report: BuildReport) -> None:
        """Show the state after a page."""
        self.report = report
        self._progress.update(self._task, completed=report.read_bytes)
        if self._verbose:
            for page in report.rejected[self._told :]:
                self._list(printable(f"{page.location}: {page.reason}"))
        self._told = len(report.rejected)

    def _list(self, line: str) -> None:
        with suppress(OSError):
            if self.has_bar:
                self._console.print(Text(line), soft_wrap=True)
            else:
                sys.stderr.write(line + "\n")

    def _picture(self) -> Group:
        report = self.report
        if not report.read:
            return Group(Text("looking for pages"))
        per_second = report.read / max(time.monotonic() - self._began, CLOCK_TICK)
        line = f"{counted(report.read, 'page')}, {per_second:,.0f}/s: {_parts(report, ', ')}"
        if self._progress.finished:
            line += "; writing"
        return Group(self._progress, Text(line))


def _parts(report: BuildReport, between: str) -> str:
    outcomes = report.outcomes
    return between.join(
        (
            counted(outcomes[Outcome.ARTICLE], "article"),
            counted(outcomes[Outcome.DUPLICATE], "duplicate"),
            f"{outcomes[Outcome.REJECTED]:,} rejected",
            f"{outcomes[Outcome.UNCHANGED]:,} unchanged",
        )
    )


def report_lines(report: BuildReport, archive: str, seconds: float) -> Iterator[str]:
    """Yield the lines that say what a build did, in numbers that add up."""
    yield f"{counted(report.read, 'page')} read = {_parts(report, ' + ')}"
    if report.pruned:
        yield f"{counted(report.pruned, 'page')} taken out, since they are gone"
    speed = report.read / max(seconds, CLOCK_TICK)
    yield f"archive {printable(archive)}, {seconds:,.1f} s, {speed:,.0f} pages/s"


def report_record(report: BuildReport, archive: str, seconds: float) -> dict[str, object]:
    """Return what a build did as JSON values."""
    outcomes = report.outcomes
    return {
        "archive": archive,
        "read": report.read,
        "articles": outcomes[Outcome.ARTICLE],
        "duplicates": outcomes[Outcome.DUPLICATE],
        "rejected": outcomes[Outcome.REJECTED],
        "unchanged": outcomes[Outcome.UNCHANGED],
        "pruned": report.pruned,
        "interrupted": report.interrupted,
        "committed": report.committed,
        "seconds": round(seconds, 3),
        "rejected_pages": [
            {"location": page.location, "reason": page.reason} for page in report.rejected
        ],
    }


def state_of_archive(report: BuildReport) -> str:
    """Return what is in the archive after a build that did not come to its end."""
    if not report.committed:
        return "the archive is as it was"
    are = "is" if report.committed == 1 else "are"
    return (
        f"{counted(report.committed, 'page')} of this build {are} in the archive; "
        "run the same command again to go on"
    )
