"""The command `searcher`: how it starts, and how it ends.

Strategy: a plain search is run at once, with nothing loaded that it does not need; all else
is read by `searcher.commands.app`. `main` is the one place where errors become a line on stderr
and an exit status: 0 found or done, 1 nothing found, 2 an error or a command that cannot be
understood, 130 interrupted. A reader that closes the pipe has what it wanted: 0.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from typing import TYPE_CHECKING, NoReturn, TextIO

from index.errors import NewsArchiveError
from index.matrices import use_one_thread
from index.terminal import (
    DONE,
    FAILED,
    INTERRUPTED,
    complain,
    in_words,
    page_width,
    prepare_streams,
)
from searcher.commands.typed import plain_search, query_with_caret
from searcher.errors import QuerySyntaxError

if TYPE_CHECKING:
    from searcher.commands.typed import SearchArguments

__all__ = ["main"]

COMPLETING = "_SEARCHER_COMPLETE"  # set where a shell asks how a command line may go on


def main() -> NoReturn:
    """Run the command, and end the process with its exit status."""
    use_one_thread()
    prepare_streams()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        status = _status()
    except BrokenPipeError:  # of stderr
        status = DONE
    # All is said: from here on Ctrl-C ends it without a traceback.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        _settle(stream)
    sys.exit(status)


def _status() -> int:
    """Return the exit status, after what went wrong was said."""
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode and not isinstance(error, NewsArchiveError):
            raise
        _explain(error)
        return FAILED
    return status


def _explain(error: Exception) -> None:
    match error:
        case NewsArchiveError() | OSError():
            complain(in_words(error))
        case MemoryError():
            complain("there is not enough memory")
        case _:
            complain(
                f"a defect of this program ({type(error).__name__}: {error}); "
                "to see where, run: python -X dev -m searcher ..."
            )
    if isinstance(error, QuerySyntaxError):
        for line in query_with_caret(error.query, error.position, page_width()):
            sys.stderr.write(line + "\n")


def _run() -> int:
    told = plain_search(sys.argv[1:], os.environ)
    return _run_command() if told is None or COMPLETING in os.environ else _run_search(told)


def _run_search(told: SearchArguments) -> int:
    # What a search loads and makes is held to its end: looking through it for garbage is in vain.
    gc.disable()
    from searcher.commands.run_search import run_search

    status = run_search(told)
    gc.freeze()  # the interpreter looks once more when it ends
    return status


def _run_command() -> int:
    import logging

    from searcher.commands.app import app

    logging.getLogger().addHandler(logging.NullHandler())  # else Python prints errors itself
    try:
        app(prog_name="searcher")
    except SystemExit as end:
        # typer turns a closed pipe into an exit status of 1.
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        return end.code if isinstance(end.code, int) else DONE
    return DONE


def _settle(stream: TextIO) -> None:
    """Write what waits, or give it up: Python's own try on leaving ends in a traceback."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
