r"""Paths as locations: text that can be printed, indexed and written as JSON.

File names are bytes. Python holds those that are not UTF-8 as lone surrogates, which no
UTF-8 file can take up. A location shows such bytes as `\xE9`, and a file is found again by
trying that reading where no file has the location itself as its name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

__all__ = ["location_of", "paths_at"]

SHOWN_BYTE = re.compile(r"\\x([89a-f][0-9a-f])")


def location_of(path: str) -> str:
    r"""Return a path as text without lone surrogates.

    Example:
        >>> print(location_of("/saved/caf\udce9.html"))
        /saved/caf\xe9.html
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def paths_at(location: str) -> Iterator[str]:
    """Yield the paths that may have been shown as this location, the likeliest first."""
    if "\0" in location:
        return
    yield location
    if SHOWN_BYTE.search(location):
        as_bytes = SHOWN_BYTE.sub(lambda shown: chr(0xDC00 + int(shown[1], 16)), location)
        yield os.fsdecode(as_bytes.encode("utf-8", "surrogateescape"))
