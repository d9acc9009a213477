"""Files of one JSON record a line.

A record is found again by its id, else its URL, else its text, so that it is the same
page wherever in the file it moves. Lines are read one at a time, and never more of a line
than a page may have.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from index.errors import RecordError
from index.identity import content_key
from index.model import Page, PageKind, Rejected
from index.record import article_from_record
from index.settings import SourceSettings
from index.sources.base import FoundPage
from index.sources.reading import UnreadableError, in_plain_words, open_file, too_large, unpacked

__all__ = ["RecordFile"]

UTF_8_MARK = b"\xef\xbb\xbf"
MAX_NAME_CHARS = 300  # of an id or URL in a location; longer ones are no names
KEY_CHARS = 12
SKIPPED_BYTES = 1 << 20  # of a line that is too long, at a time


@dataclass(slots=True, kw_only=True)
class RecordFile:
    """A file of records, gone through once.

    Attributes:
        path: The file.
        location: The same, as locations have it.
        stamp: Of the file; a file that cannot be read is a page of its own.
        settings: How pages are read.
        seen: Hashes of the locations it gave, with the keys of their records.
        complete: Whether it was read to its end, so that `seen` is all there is.
    """

    path: str
    location: str
    stamp: str
    settings: SourceSettings
    seen: dict[int, str] = field(default_factory=dict)
    complete: bool = False

    def pages(self) -> Iterator[FoundPage]:
        """Yield the records, and one Rejected for the file if it cannot be read on."""
        try:
            with open_file(self.path) as file:
                yield from self._records(file)
            self.complete = True
        except UnreadableError as error:
            yield self._unreadable(str(error))
        except (OSError, EOFError, zlib.error) as error:
            yield self._unreadable(in_plain_words(error))

    def gave(self, location: str) -> bool:
        """Whether a record of that location was seen."""
        return hash(location) in self.seen

    def _records(self, file: BinaryIO) -> Iterator[FoundPage]:
        stream = unpacked(file)
        accounted = 0
        for number, line in enumerate(_lines(stream, self.settings.max_page_bytes), start=1):
            if line is not None and not line.strip():
                continue
            at = file.tell()
            yield self._record(line, number, at - accounted)
            accounted = at

    def _record(self, line: bytes | None, number: int, size_bytes: int) -> FoundPage:
        try:
            record = _parse(line, self.settings.max_page_bytes)
        except RecordError as error:
            location = self._new_location(f"{self.location}:{number}", "")
            rejected = Rejected(location=location, reason=f"line {number}: {error}")
            return FoundPage(
                location=location,
                stamp=content_key(line or b""),
                size_bytes=size_bytes,
                read=lambda: rejected,
            )
        content = (line or b"").strip()
        key = content_key(content)
        location = self._new_location(f"{self.location}#{_name(record, key)}", key)
        return FoundPage(
            location=location,
            stamp=key,
            size_bytes=size_bytes,
            read=partial(_read_record, content, location, number),
        )

    def _new_location(self, location: str, key: str) -> str:
        """Return the location, with the key behind it if another record has it already."""
        if self.seen.setdefault(hash(location), key) == key:
            return location
        location = f"{location}~{key[:KEY_CHARS]}"
        self.seen[hash(location)] = key
        return location

    def _unreadable(self, reason: str) -> FoundPage:
        rejected = Rejected(location=self.location, reason=reason)
        return FoundPage(
            location=self.location, stamp=self.stamp, size_bytes=0, read=lambda: rejected
        )


def _lines(stream: BinaryIO, limit_bytes: int) -> Iterator[bytes | None]:
    """Yield the lines without a byte order mark; None stands for one over the limit."""
    first = True
    while line := stream.readline(limit_bytes + 2):
        if len(line) > limit_bytes and not line.endswith(b"\n"):
            while rest := stream.readline(SKIPPED_BYTES):
                if rest.endswith(b"\n"):
                    break
            yield None
        else:
            yield line.removeprefix(UTF_8_MARK) if first else line
        first = False


def _parse(line: bytes | None, limit_bytes: int) -> dict[str, Any]:
    if line is None:
        raise RecordError(too_large(limit_bytes))
    try:
        record = json.loads(line.strip().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError("not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise RecordError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(
            "not JSON that can be read: nested too deep or a number too long"
        ) from error
    if not isinstance(record, dict):
        raise RecordError('not a JSON object such as {"title": ..., "body": ...}')
    return record


def _name(record: dict[str, Any], key: str) -> str:
    for value in (record.get("id"), record.get("url")):
        if isinstance(value, str | int) and not isinstance(value, bool):
            # A lone surrogate ("\ud800" in JSON) cannot be written to any file.
            name = "".join(str(value).encode("utf-8", "backslashreplace").decode().split())
            if name and name.isprintable() and len(name) <= MAX_NAME_CHARS:
                return name
    return key[:KEY_CHARS]


def _read_record(content: bytes, location: str, number: int) -> Page | Rejected:
    """Return the record as a page, once it is sure to be an article."""
    try:
        article_from_record(json.loads(content), location)
    except RecordError as error:
        return Rejected(location=location, reason=f"line {number}: {error}")
    return Page(content=content, location=location, kind=PageKind.RECORD)
