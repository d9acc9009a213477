"""Decoded postings, kept while there is room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

__all__ = ["DEFAULT_CACHE_BYTES", "ByteCache"]

# Of posting lists that plain Whoosh code or a merge of dictionaries asks for.
DEFAULT_CACHE_BYTES = 128 * 1024 * 1024

Value = TypeVar("Value")


class ByteCache(Generic[Value]):
    """Values by key; those not used for longest go when all together are too large.

    Safe to use from several threads.

    Args:
        size_of: Bytes that a value takes.
        capacity_bytes: Bytes that all values may take.
    """

    def __init__(
        self, size_of: Callable[[Value], int], capacity_bytes: int = DEFAULT_CACHE_BYTES
    ) -> None:
        self._size_of = size_of
        self._capacity = capacity_bytes
        self._values: dict[Any, Value] = {}
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it is not there."""
        with self._lock:
            value = self._values.pop(key, None)
            if value is not None:
                self._values[key] = value  # the last in order is the last used
                return value
        value = make()
        self._put(key, value)
        return value

    def _put(self, key: Hashable, value: Value) -> None:
        with self._lock:
            before = self._values.pop(key, None)
            if before is not None:  # another thread made it too
                self._bytes -= self._size_of(before)
            self._values[key] = value
            self._bytes += self._size_of(value)
            while self._bytes > self._capacity and len(self._values) > 1:
                oldest = next(iter(self._values))
                self._bytes -= self._size_of(self._values.pop(oldest))
