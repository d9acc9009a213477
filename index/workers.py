"""A function run in other processes, which may die without harm.

Strategy: each process is an interpreter of its own that is spoken to over its stdin and
stdout, and a thread waits for each. `multiprocessing` would run the script that called us
once more in every process, and the pool of `concurrent.futures` breaks as a whole when one
of them dies. An item whose process dies is tried once more, in a fresh one.

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
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from logging.handlers import QueueHandler
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar, cast

__all__ = ["NoWorkerError", "WorkerDiedError", "Workers", "serve", "usable_cpus"]

LOG = logging.getLogger(__name__)
# Here and not in `index`, which a search loads without this: all that tells something loads it.
logging.getLogger("index").addHandler(logging.NullHandler())
Item = TypeVar("Item")
Result = TypeVar("Result")

# The path is set first, so that what is imported is what this process would import.
PROGRAM = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from index.workers import serve
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
    """No process could be started, or the workers are closed."""


class WorkerDiedError(Exception):
    """A process ended on an item; the text says how."""


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Workers(Generic[Item, Result]):
    """Processes that each hold the same function; a context manager.

    Example:
        >>> with Workers(len, 2) as workers:
        ...     workers.submit("four").result()
        4
    """

    def __init__(self, function: Callable[[Item], Result], count: int) -> None:
        """Start nothing yet.

        Args:
            function: Found again by its name there, so at the top of a module.
            count: Processes at most; each is started when it is first needed.
        """
        self._function = function
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._lock = threading.Lock()
        self._processes: set[_Process] = set()
        self._idle: list[_Process] = []
        self._refused: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def submit(self, item: Item) -> Future[Result]:
        """Have the function applied to an item; first come, first served.

        The future raises WorkerDiedError after a second try, and NoWorkerError where no
        process could be started.
        """
        return self._threads.submit(self._ask, item)

    def close(self) -> None:
        """End all processes at once, whatever they are at."""
        with self._lock:
            self._refused = "closed"
            for process in self._processes:
                process.kill()
        self._threads.shutdown(cancel_futures=True)
        while self._processes:
            self._processes.pop().end()

    def _ask(self, item: Item) -> Result:
        try:
            return self._try(item)
        except WorkerDiedError as error:
            LOG.info("a process ended (%s); its item is tried again in a fresh one", error)
        try:
            return self._try(item)
        except NoWorkerError as error:  # that error would have the item tried in this process
            raise WorkerDiedError(str(error)) from error

    def _try(self, item: Item) -> Result:
        process = self._take()
        try:
            result, records = process.ask(item)
        except GONE as error:
            raise WorkerDiedError(self._drop(process)) from error
        for record in records:
            logging.getLogger(record.name).handle(record)
        self._idle.append(process)
        return cast("Result", result)

    def _take(self) -> _Process:
        """Return a process that waits for an item."""
        with self._lock:
            if self._refused:
                raise NoWorkerError(self._refused)
            if self._idle:
                return self._idle.pop()
            try:
                process = _Process()
            except OSError as error:
                raise self._refuse(str(error)) from error
            self._processes.add(process)
        try:
            process.prepare(self._function)
        except GONE as error:
            ending = self._drop(process)
            with self._lock:
                raise self._refuse(ending) from error
        return process

    def _refuse(self, reason: str) -> NoWorkerError:
        """Start no more processes: what failed once would fail for every item."""
        if self._refused is None:
            LOG.warning("a process to work in cannot be started (%s)", reason)
            self._refused = reason
        return NoWorkerError(reason)

    def _drop(self, process: _Process) -> str:
        with self._lock:
            self._processes.discard(process)
        return process.end()


class _Process:
    """One process; all but `kill` is for one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (this interpreter runs our own text)
            [sys.executable, "-P", "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.flags.dev_mode else subprocess.DEVNULL,
            creationflags=CREATION_FLAGS,
            process_group=PROCESS_GROUP,
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)

    def prepare(self, function: Callable[..., object]) -> None:
        """Hand over what every item needs, and wait until all is imported."""
        level = logging.getLogger(function.__module__).getEffectiveLevel()
        _send(self._to, sys.path)
        _send(self._to, (function, level))
        _receive(self._from)

    def ask(self, item: object) -> Any:
        """Return what the function made of an item, and what was logged meanwhile."""
        _send(self._to, item)
        return _receive(self._from)

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
        _send(answers, None)
        while True:
            result = function(_receive(requests))
            records = tuple(logged.get() for _ in range(logged.qsize()))
            _send(answers, (result, records))
