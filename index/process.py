"""A process that holds a function of ours, and may die without harm to this one.

Strategy: it is an interpreter of its own that is spoken to over its stdin and stdout.
`multiprocessing` would run the script that called us once more in every process.

Rule 1: A process ends when our end of its stdin is closed, so none outlives a killed build.
Rule 2: Ctrl-C reaches this process alone, which then ends the others.
Rule 3: What is logged there is logged here.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from logging.handlers import QueueHandler
from queue import SimpleQueue
from typing import IO, Any, cast

from index.matrices import use_one_thread

__all__ = ["NoWorkerError", "Process", "WorkerDiedError", "serve", "usable_cpus"]

# Here and not in `index`, which a search loads without this: all that tells something loads it.
logging.getLogger("index").addHandler(logging.NullHandler())

# The path is set first, so that what is imported is what this process would import.
PROGRAM = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from index.process import serve
serve()
"""
# A group of its own keeps Ctrl-C away from a process, from its first moment on.
if sys.platform == "win32":
    CREATION_FLAGS, PROCESS_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP, None
else:
    CREATION_FLAGS, PROCESS_GROUP = 0, 0
# What a pipe tells of a process that is gone: no more, half a message, or no reader.
GONE = (EOFError, OSError, pickle.UnpicklingError)
LAST_WORDS_SECONDS = 1  # for a process whose pipe is closed to end by itself


class NoWorkerError(Exception):
    """No process could be started, or none may be."""


class WorkerDiedError(Exception):
    """A process ended before it had answered; the text says how."""


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Process:
    """One process; all but `kill` is for one thread at a time.

    Its first answer says that all is imported, and has no item: one must be received more
    than is sent.
    """

    def __init__(self, function: Callable[[Any], object]) -> None:
        """Start it, and do not wait for it.

        Args:
            function: What is done with items there. It is pickled, so it is found again by its
                name, or is an object that keeps what it learns.

        Raises:
            NoWorkerError: It cannot be started.
        """
        if not sys.executable or getattr(sys, "frozen", False):
            raise NoWorkerError("this program has no Python interpreter that could be started")
        try:
            self._process = subprocess.Popen(  # noqa: S603 (this interpreter runs our own text)
                [sys.executable, "-P", "-c", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if sys.flags.dev_mode else subprocess.DEVNULL,
                creationflags=CREATION_FLAGS,
                process_group=PROCESS_GROUP,
            )
        except OSError as error:
            raise NoWorkerError(str(error)) from error
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        level = logging.getLogger(function.__module__).getEffectiveLevel()
        with suppress(*GONE):  # if it is gone already, that is told when its answer is due
            _send(self._to, sys.path)
            _send(self._to, (function, level))

    @property
    def pid(self) -> int:
        """Its number for the operating system."""
        return self._process.pid

    def ask(self, item: object) -> Any:
        """Return what the function makes of an item; see `send` and `receive`."""
        self.send(item)
        return self.receive()

    def send(self, item: object) -> None:
        """Have the function applied to an item, after those before.

        Raises:
            WorkerDiedError: The process is gone.
        """
        with self._whole(*GONE):
            _send(self._to, item)

    def receive(self) -> Any:
        """Wait for the next answer, in the order of the items.

        Raises:
            WorkerDiedError: The process is gone.
        """
        # What something printed while Python started is no message, and may raise anything.
        with self._whole(Exception):
            result, records = _receive(self._from)
        for record in records:
            logging.getLogger(record.name).handle(record)
        return result

    @contextmanager
    def _whole(self, *gone: type[Exception]) -> Iterator[None]:
        """End the process where a message is cut short, or the next would be taken for its rest."""
        try:
            yield
        except gone as error:
            raise WorkerDiedError(self.end()) from error
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """End it; the thread that waits for it learns that it is gone."""
        self._process.kill()

    def end(self) -> str:
        """End it, let go of its pipes, and say how it ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(LAST_WORDS_SECONDS)
        self.kill()
        status = self._process.wait()
        for stream in (self._to, self._from):
            with suppress(OSError):
                stream.close()
        return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _send(stream: IO[bytes], value: object) -> None:
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    return pickle.load(stream)  # noqa: S301 (written by the other of our own two processes)


def serve() -> None:
    """Apply a function to items until no more come: what such a process does."""
    use_one_thread()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    requests = sys.stdin.buffer
    # What some library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(*GONE), answers:
        function, level = _receive(requests)
        logged: SimpleQueue[logging.LogRecord] = SimpleQueue()
        logging.basicConfig(level=level, handlers=[QueueHandler(logged)])
        _send(answers, (None, ()))
        while True:
            result = function(_receive(requests))
            records = tuple(logged.get() for _ in range(logged.qsize()))
            _send(answers, (result, records))
