"""The port that a source of pages serves: folders today, web archives and feeds later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from index.model import Page, Rejected

__all__ = ["FoundPage", "PageSource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page that was found, not read yet: an unchanged one need not be.

    Attributes:
        location: Where it is; the same each time the source is gone through.
        stamp: Changes when the page changes, and costs little to tell.
        size_bytes: Bytes on disk that it accounts for.
        read: Reads it; a page that cannot be read is Rejected with the reason.
    """

    location: str
    stamp: str
    size_bytes: int
    read: Callable[[], Page | Rejected]


class PageSource(Protocol):
    """Somewhere that pages are read from."""

    def pages(self) -> Iterator[FoundPage]:
        """Yield every page once, always in the same order.

        Nothing that is wrong with a page raises; it shows when that page is read.
        """
        ...

    def size_bytes(self) -> int:
        """Return the bytes on disk that `pages` will account for, as a progress bar needs."""
        ...

    def has(self, location: str) -> bool:
        """Return whether the page at a location is still there, or may be.

        Asked after `pages` was gone through. A location that this source knows nothing of
        may be there: what is said to be gone is gone.
        """
        ...
