"""A pager for what is more than a screen, as `git` has it.

Strategy: lines are held back until there are more than fit the terminal. What fits is
written as it is; else a pager is started and gets all of them, and what follows. Who
leaves the pager early has seen enough: the rest is not worked out.

The pager is SEARCHER_PAGER, else PAGER, else `less`; none where that is empty, `cat`, or not
there. `less` is told to show colours and to leave the text on the screen when it ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, TextIO

from index.terminal import complain
from searcher.screens.layout import Writable

if TYPE_CHECKING:
    import subprocess

__all__ = ["chosen_pager", "paged"]

OWN_VARIABLE = "SEARCHER_PAGER"
LESS_OPTIONS = "FRX"


@contextmanager
def paged(stream: TextIO, *, wanted: bool) -> Iterator[Writable]:
    """Give what to write to: the stream, or a pager where it is a terminal and needs one.

    Raises:
        BrokenPipeError: The pager was left before the end.
    """
    command = chosen_pager(os.environ) if wanted and stream.isatty() else []
    if not command:
        yield stream
        return
    pager = _Pager(stream, command)
    try:
        yield pager
    finally:
        pager.close()


def chosen_pager(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the command that is to page; none: nothing is to.

    Example:
        >>> chosen_pager({"SEARCHER_PAGER": "most -s", "PAGER": "less"})
        ['most', '-s']
        >>> chosen_pager({"PAGER": "cat"})
        []
    """
    if environ.get("TERM") == "dumb":
        return []
    named = next((environ[name] for name in (OWN_VARIABLE, "PAGER") if name in environ), None)
    if named is None:
        import shutil  # what no terminal shows is not paged

        # The pager of Windows knows neither colours nor UTF-8, so there is none but `less`.
        return ["less"] if shutil.which("less") else []
    import shlex  # most people name none

    try:
        words = shlex.split(named, posix=os.name != "nt")
    except ValueError:  # a quote that does not end
        words = named.split()
    return [] if words == ["cat"] else words


class _Pager:
    """Holds lines back until they are more than a screen, and then sends them to a pager."""

    def __init__(self, stream: TextIO, command: list[str]) -> None:
        import shutil  # what no terminal shows is not paged

        self._stream = stream
        self._command = command
        self._rows = shutil.get_terminal_size().lines - 1  # one for the prompt of the shell
        self._held: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._out: TextIO | IO[str] | None = None

    def write(self, text: str, /) -> None:
        """Write a text."""
        if self._out is not None:
            self._out.write(text)
            return
        self._held.append(text)
        self._rows -= text.count("\n")
        if self._rows < 0:
            self._start()

    def _start(self) -> None:
        import subprocess  # most of what is shown fits a screen

        self._stream.flush()
        self._out = self._stream
        try:
            self._process = subprocess.Popen(  # noqa: S603 (the user's own choice of a program)
                self._command,
                stdin=subprocess.PIPE,
                encoding=self._stream.encoding,
                errors=self._stream.errors,
                env={"LESS": LESS_OPTIONS, "LV": "-c", **os.environ},
            )
            self._out = self._process.stdin or self._stream
        except OSError as error:
            complain(f"the pager {self._command[0]!r} cannot be started: {error.strerror}")
        self._out.write("".join(self._held))

    def close(self) -> None:
        """Write what was held back, or wait until the pager is left."""
        if self._out is None:
            self._stream.write("".join(self._held))
        process = self._process
        if process is None or process.stdin is None:
            return
        with suppress(BrokenPipeError):
            process.stdin.close()
        while True:
            try:
                process.wait()
            except KeyboardInterrupt:  # Ctrl-C is the pager's to obey, as long as it is there
                continue
            return
