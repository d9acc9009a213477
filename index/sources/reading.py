"""Files read within bounds, and what went wrong in words for a person.

Never more than one byte over the limit is read or decompressed. What is compressed is
told by its bytes, not its name: downloaders unpack files and keep the name.
"""

from __future__ import annotations

import gzip
import stat
import zlib
from pathlib import Path
from typing import IO, BinaryIO, cast

from index.sources.content import binary_kind

__all__ = [
    "UnreadableError",
    "in_plain_words",
    "open_file",
    "read_bytes",
    "too_large",
    "unpacked",
]

GZIP_MAGIC = b"\x1f\x8b"
MEGABYTE = 1024 * 1024


class UnreadableError(Exception):
    """A file gives no page; the text says why, in words for a person."""


def read_bytes(path: str, limit_bytes: int) -> bytes:
    """Return the decompressed bytes of a file of text.

    Raises:
        UnreadableError: It cannot be read, is too large, empty, broken or not text.
    """
    try:
        with open_file(path) as file:
            content = _read_within(file, limit_bytes)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(in_plain_words(error)) from error
    if not content:
        raise UnreadableError("empty file")
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableError("empty: nothing but blanks")
    if kind := binary_kind(content):
        raise UnreadableError(f"not text but {kind}")
    return content


def open_file(path: str) -> BinaryIO:
    """Open a file, but no pipe or device, which might never answer.

    Raises:
        UnreadableError: It is something else than a file.
        OSError: As by `open`.
    """
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise UnreadableError("not a regular file")
    return Path(path).open("rb")


def unpacked(file: BinaryIO) -> BinaryIO:
    """Return the stream itself, or one that decompresses it where it is gzip."""
    magic = file.read(len(GZIP_MAGIC))
    file.seek(0)
    if magic != GZIP_MAGIC:
        return file
    return cast("BinaryIO", gzip.GzipFile(fileobj=cast("IO[bytes]", file), mode="rb"))


def _read_within(file: BinaryIO, limit_bytes: int) -> bytes:
    stream = unpacked(file)
    content = stream.read(limit_bytes + 1)
    if len(content) > limit_bytes:
        raise UnreadableError(too_large(limit_bytes))
    return content


def too_large(limit_bytes: int) -> str:
    """Return the reason for which a page over the limit is rejected."""
    return f"too large: over the limit of {limit_bytes / MEGABYTE:.3g} MB for a page"


def in_plain_words(error: Exception) -> str:
    """Return what an error of the system or of gzip means, for a person."""
    match error:
        case EOFError():
            return "broken gzip file: it ends too early"
        case gzip.BadGzipFile() | zlib.error():
            return "broken gzip file: its contents do not match its checksum or format"
        case FileNotFoundError():
            return "no longer there, or a broken link"
        case PermissionError():
            return "no permission to read it"
        case OSError():
            return f"cannot be read: {error.strerror or error}"
        case _:
            return f"cannot be read: {error}"
