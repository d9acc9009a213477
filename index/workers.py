"""A function run in other processes, which may die without harm.

Strategy: a thread waits for each process. The pool of `concurrent.futures` breaks as a whole
when one of them dies; here an item whose process dies is tried once more, in a fresh one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from index.process import NoWorkerError, Process, WorkerDiedError

__all__ = ["Workers"]

LOG = logging.getLogger(__name__)
Item = TypeVar("Item")
Result = TypeVar("Result")


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
        self._processes: set[Process] = set()
        self._idle: list[Process] = []
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
            result = process.ask(item)
        except WorkerDiedError:
            self._forget(process)
            raise
        self._idle.append(process)
        return cast("Result", result)

    def _take(self) -> Process:
        """Return a process that waits for an item."""
        with self._lock:
            if self._refused:
                raise NoWorkerError(self._refused)
            if self._idle:
                return self._idle.pop()
            try:
                process = Process(self._function)
            except NoWorkerError as error:
                raise self._refuse(str(error)) from error
            self._processes.add(process)
        try:
            process.receive()
        except WorkerDiedError as error:
            self._forget(process)
            with self._lock:
                raise self._refuse(str(error)) from error
        return process

    def _refuse(self, reason: str) -> NoWorkerError:
        """Start no more processes: what failed once would fail for every item."""
        if self._refused is None:
            LOG.warning("a process to work in cannot be started (%s)", reason)
            self._refused = reason
        return NoWorkerError(reason)

    def _forget(self, process: Process) -> None:
        with self._lock:
            self._processes.discard(process)
