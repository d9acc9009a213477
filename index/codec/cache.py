"""Decoded postings, kept while there is room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar

import numpy as np

__all__ = ["DEFAULT_CACHE_BYTES", "ByteCache", "Sized"]

Value = TypeVar("Value", bound="Sized | tuple[np.ndarray | None, ...]")

# Some hundred lists of frequent words in an archive of a million articles, and where they stand.
DEFAULT_CACHE_BYTES = 512 * 1024 * 1024


class Sized(Protocol):
    """What says itself how much memory it takes."""

    @property
    def size_bytes(self) -> int:
        """Bytes."""
        ...


class ByteCache:
    """Values by key; those not used for longest go when all together are too large.

    Safe to use from several threads.

    Values are arrays in a tuple, where None stands for none, or say their size themselves.

    Args:
        capacity_bytes: Bytes that all values may take.
    """

    def __init__(self, capacity_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        self._capacity = capacity_bytes
        self._values: dict[Hashable, Any] = {}
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it is not there."""
        with self._lock:
            found: Value | None = self._values.pop(key, None)
            if found is not None:
                self._values[key] = found  # the last in order is the last used
                return found
        value = make()
        self._put(key, value)
        return value

    def _put(self, key: Hashable, value: Value) -> None:
        with self._lock:
            before = self._values.pop(key, None)
            if before is not None:  # another thread made it too
                self._bytes -= _size_bytes(before)
            self._values[key] = value
            self._bytes += _size_bytes(value)
            while self._bytes > self._capacity and len(self._values) > 1:
                oldest = next(iter(self._values))
                self._bytes -= _size_bytes(self._values.pop(oldest))


def _size_bytes(value: Sized | tuple[np.ndarray | None, ...]) -> int:
    if isinstance(value, tuple):
        return sum(array.nbytes for array in value if array is not None)
    return value.size_bytes
