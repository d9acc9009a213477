"""Pages read and parsed ahead of their turn, in other processes.

Strategy: a window moves over the pages found. A page that enters it is sent to be parsed if
its turn would ask for that as things stand; when it leaves the window it has its turn. The
turn asks everything again, so what is done ahead saves time and changes nothing.

Rule 1: The first pages are parsed in this process: for a few, no others are worth starting.
Rule 2: So are records, which are articles already. While they come, no page is read ahead.
Rule 3: Every other page is parsed elsewhere, so that one on which the parser dies does not
    take the build with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from functools import cached_property
from types import TracebackType
from typing import Self

from index.identity import content_key
from index.model import Article, Page, PageKind, Rejected
from index.process import NoWorkerError, WorkerDiedError
from index.sources import FoundPage
from index.workers import Workers

__all__ = ["Ahead", "Incoming"]

Parse = Callable[[Page], Article | Rejected]
PageWorkers = Workers[Page, Article | Rejected]

# Enough to keep 16 processes busy while a turn takes a third of a second.
WINDOW_PAGES = 256
WINDOW_BYTES = 64 * 1024 * 1024
# Half a second of parsing at 17 MB/s, in which other processes are up; for tiny pages, 2 ms each.
FIRST_BYTES = 8 * 1024 * 1024
PAGE_BYTES = 32 * 1024
# On Windows Ctrl-C is noticed between waits only.
WAIT_SECONDS = 0.5


class Incoming:
    """A page found: read and parsed once, ahead of its turn or at it.

    Attributes:
        found: Where it is.
        ends_parsers: Whether the processes that parsed it died, as where memory ran out, so that
            it may go better another time. Known once `article` was asked for.
    """

    def __init__(self, found: FoundPage, parse: Parse, workers: PageWorkers | None = None) -> None:
        self.found = found
        self.ends_parsers = False
        self._parse = parse
        self._workers = workers
        self._page: Page | Rejected | None = None
        self._article: Future[Article | Rejected] | None = None

    @property
    def page(self) -> Page | Rejected:
        """What is there, read now if it was not before."""
        if self._page is None:
            self._page = self.found.read()
        return self._page

    @cached_property
    def content_key(self) -> str:
        """The key of its bytes; empty where it cannot be read."""
        return content_key(self.page.content) if isinstance(self.page, Page) else ""

    @property
    def kind(self) -> PageKind | None:
        """What its bytes are, where they were read already."""
        return self._page.kind if isinstance(self._page, Page) else None

    @property
    def held_bytes(self) -> int:
        """What it takes up in memory."""
        return len(self._page.content) if isinstance(self._page, Page) else 0

    @property
    def is_sent(self) -> bool:
        """Whether it is parsed elsewhere."""
        return self._article is not None

    def send(self) -> None:
        """Have the page parsed elsewhere, if that is where it is to be parsed."""
        page = self._page
        if self._workers and isinstance(page, Page) and page.kind is not PageKind.RECORD:
            self._article = self._article or self._workers.submit(page)

    def article(self) -> Article | Rejected:
        """Return the article in the page, or why there is none, once that is known."""
        if isinstance(self.page, Rejected):
            return self.page
        self.send()
        if self._article is None:
            return self._parse(self.page)
        while not wait([self._article], WAIT_SECONDS).done:
            pass
        try:
            return self._article.result()
        except NoWorkerError:
            return self._parse(self.page)
        except WorkerDiedError as error:
            self.ends_parsers = True
            reason = f"the parser died on this page, twice ({error}), as when memory runs out"
            return Rejected(location=self.found.location, reason=reason)


class Ahead:
    """The window; a context manager, since it holds processes."""

    def __init__(
        self, parse: Parse, jobs: int, asks_for_article: Callable[[Incoming], bool]
    ) -> None:
        """Start nothing yet.

        Args:
            parse: Parses a page; found again by its name in other processes.
            jobs: Processes that parse; with 1 it is this one.
            asks_for_article: Whether the turn of a page, were it now, would ask for its article.
        """
        self._parse = parse
        self._jobs = jobs
        self._asks_for_article = asks_for_article
        self._window: deque[Incoming] = deque()
        self._held_bytes = 0
        self._first_bytes = 0
        self._looks_ahead = jobs > 1
        self._workers: PageWorkers | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._workers:
            self._workers.close()

    def pages(self, found: Iterable[FoundPage]) -> Iterator[Incoming]:
        """Yield every page in its order, when it is its turn."""
        for one in found:
            incoming = Incoming(one, self._parse, self._workers)
            self._window.append(incoming)
            if self._looks_ahead:
                self._look_at(incoming)
            while self._is_full(incoming):
                yield self._leave()
            if self._jobs > 1 and incoming.kind:
                self._looks_ahead = incoming.kind is not PageKind.RECORD
        while self._window:
            yield self._leave()

    def _look_at(self, incoming: Incoming) -> None:
        asks = self._asks_for_article(incoming)
        self._held_bytes += incoming.held_bytes
        if not asks or incoming.kind is PageKind.RECORD or self._has_copy_of(incoming):
            return
        incoming.send()
        if self._workers is None:
            self._first_bytes += PAGE_BYTES + incoming.held_bytes
            if self._first_bytes > FIRST_BYTES:
                self._workers = Workers(self._parse, self._jobs)

    def _has_copy_of(self, incoming: Incoming) -> bool:
        """Whether a page with the same bytes is parsed already, so that this one need not be."""
        return any(
            other.is_sent and other.content_key == incoming.content_key for other in self._window
        )

    def _is_full(self, newest: Incoming) -> bool:
        if not self._looks_ahead or newest.kind is PageKind.RECORD:
            return bool(self._window)
        return len(self._window) >= WINDOW_PAGES or self._held_bytes >= WINDOW_BYTES

    def _leave(self) -> Incoming:
        incoming = self._window.popleft()
        self._held_bytes -= incoming.held_bytes
        return incoming
