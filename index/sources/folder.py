"""Saved pages in folders: every file of a known kind, in the order of the names.

Strategy: one walk with a stack of its own, since folders may be nested deeper than Python
calls. Every folder and file is entered once, known by device and inode, so links that run
in circles end and two given paths may overlap. What is found is not read: that is up to
`FoundPage.read`, and everything that is wrong with a page shows there.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.errors import SourceError
from index.model import Page, PageKind, Rejected
from index.settings import SourceSettings
from index.sources.base import FoundPage
from index.sources.content import page_kind
from index.sources.jsonl import RecordFile
from index.sources.locations import location_of, paths_at
from index.sources.reading import UnreadableError, in_plain_words, read_bytes

__all__ = ["FolderSource", "containers_of"]

KINDS = {
    ".html": PageKind.HTML,
    ".htm": PageKind.HTML,
    ".xhtml": PageKind.HTML,
    ".mhtml": PageKind.MHTML,
    ".mht": PageKind.MHTML,
    ".eml": PageKind.EMAIL,
    ".txt": PageKind.TEXT,
    ".jsonl": PageKind.RECORD,
    ".ndjson": PageKind.RECORD,
}
PAGE_EXTENSIONS = (".html", ".htm", ".xhtml")

# Folders that browsers save beside "page.html"; Windows lists these suffixes by language.
SIDE_FOLDER = re.compile(
    r"(.+)(?:[-_.](?:files|file|dateien|fichiers|archivos|arquivos|ficheiros|bestanden|filer|"
    r"tiedostot|pliki|soubory|elemei|dosyalar|datoteke|fajlovi|fitxers|fitxategiak|failid|"
    r"fails|bylos|файлы|файли))",
    re.IGNORECASE | re.DOTALL,
)
ARCHIVE_FILE = "archive.json"  # what makes a folder an archive of ours
ARCHIVE_FILE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the walk; `status` is None for what could not be looked at."""

    path: str
    status: os.stat_result | None
    problem: str | None = None

    @property
    def stamp(self) -> str:
        """Size and times; the change time tells what a copy with its old date hides."""
        status = self.status
        return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}" if status else ""

    @property
    def size_bytes(self) -> int:
        """Size on disk, 0 if not known."""
        return self.status.st_size if self.status else 0


class FolderSource:
    """Pages in folders, walked recursively, and in single files.

    Example:
        `FolderSource([Path("saved")], SourceSettings()).pages()` yields each page found.
    """

    def __init__(self, paths: Sequence[Path], settings: SourceSettings | None = None) -> None:
        """Take the paths, once they are known to be usable.

        Raises:
            SourceError: One of them does not exist, cannot be read at all, or is an
                archive.
        """
        for path in paths:
            _check(path)
        self._paths = tuple(map(_absolute, paths))
        self._settings = settings or SourceSettings()
        self._record_files: dict[str, RecordFile] = {}
        self._given_with_pages: set[str] = set()
        self._unreadable: set[str] = set()

    def pages(self) -> Iterator[FoundPage]:
        """Yield every page found, reading none of them but files of records."""
        self._record_files, self._given_with_pages, self._unreadable = {}, set(), set()
        for found in _walk(self._paths):
            location = location_of(found.path)
            self._given_with_pages.update(self._given_around(location))
            if found.problem is not None:
                self._unreadable.add(location)
                yield _rejected(found, location, found.problem)
            elif _kind(found.path) is PageKind.RECORD:
                yield from self._records(found, location)
            else:
                yield FoundPage(
                    location=location,
                    # What was too large under another limit is to be read again.
                    stamp=f"{found.stamp}-{self._settings.max_page_bytes}",
                    size_bytes=found.size_bytes,
                    read=partial(_read, found.path, location, self._settings),
                )

    def size_bytes(self) -> int:
        """Return the bytes on disk of all files to be read."""
        return sum(found.size_bytes for found in _walk(self._paths))

    def has(self, location: str) -> bool:
        """Return whether a file is there, or a record was seen in its file.

        Records of files that this source did not read, or not to their end, may be there.
        So may what is outside the given paths, or in one that holds no page at all: its
        disk may not be mounted.
        """
        if self._given_with_pages.isdisjoint(self._given_around(location)):
            return True
        if any(map(_may_be_page, paths_at(location))):
            return True
        if any(map(_is_folder, paths_at(location))):
            return location in self._unreadable
        container = next(containers_of(location), None)
        if container is None:
            return False
        records = self._record_files.get(container)
        return records is None or not records.complete or records.gave(location)

    def _given_around(self, location: str) -> Iterator[str]:
        """Yield the given paths that a location is in."""
        return (path for path in self._paths if _is_under(location, location_of(path)))

    def _records(self, found: FoundFile, location: str) -> Iterator[FoundPage]:
        records = RecordFile(
            path=found.path, location=location, stamp=found.stamp, settings=self._settings
        )
        self._record_files[location] = records
        return records.pages()


def _check(path: Path) -> None:
    """Raise a SourceError unless the path can be read."""
    try:
        is_folder = path.is_dir()
        if is_folder:
            os.scandir(path).close()
        elif not os.access(path, os.R_OK):
            path.stat()  # tells why, if it is not only the permission
            raise PermissionError(f"no permission to read {path}")
    except FileNotFoundError as error:
        raise SourceError(f"there is no file or folder {_shown(path)}") from error
    except (OSError, ValueError) as error:
        words = in_plain_words(error)
        raise SourceError(f"{_shown(path)} cannot be indexed: {words}") from error
    if is_folder and _is_archive(str(path)):
        raise SourceError(
            f"{_shown(path)} is an archive made by this program, not a folder of saved pages"
        )


def _absolute(path: Path) -> str:
    try:
        return os.path.normpath(path.absolute())
    except FileNotFoundError as error:
        raise SourceError("the current folder was deleted; go to another one") from error


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()


def _walk(paths: Sequence[str]) -> Iterator[FoundFile]:
    seen: set[tuple[int, int] | str] = set()
    waiting = list(reversed(paths))
    while waiting:
        path = waiting.pop()
        try:
            status = Path(path).stat()
        except OSError as error:
            yield FoundFile(path, None, in_plain_words(error))
            continue
        # Some network file systems number nothing: all inodes are 0 there.
        identity = (status.st_dev, status.st_ino) if status.st_ino else path
        if identity in seen:
            continue
        seen.add(identity)
        if not stat.S_ISDIR(status.st_mode):
            yield FoundFile(path, status, None if _kind(path) else _unknown_kind(path))
            continue
        try:
            waiting.extend(reversed(_inside(path)))
        except OSError as error:
            yield FoundFile(path, None, f"folder: {in_plain_words(error)}")


def _inside(folder: str) -> list[str]:
    """Return what is to be looked at in a folder, sorted by name."""
    if _is_archive(folder):
        return []
    with os.scandir(folder) as entries:
        found = {entry.name: entry for entry in entries}
    names = frozenset(name.casefold() for name in found)
    return [
        entry.path
        for name, entry in sorted(found.items())
        if not name.startswith(".")
        and (not _is_side_folder(name, names) if _leads_to_folder(entry) else _kind(name))
    ]


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def _is_side_folder(name: str, beside: frozenset[str]) -> bool:
    """Whether a folder holds the pictures of a page saved beside it."""
    side = SIDE_FOLDER.fullmatch(name)
    page = side[1].casefold() if side else ""
    return side is not None and any(
        page + extension + packed in beside
        for extension in PAGE_EXTENSIONS
        for packed in ("", ".gz")
    )


def _is_archive(folder: str) -> bool:
    try:
        with Path(folder, ARCHIVE_FILE).open("rb") as file:
            about = json.loads(file.read(ARCHIVE_FILE_BYTES))
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(about, dict)
        and isinstance(about.get("format"), int)
        and isinstance(about.get("engine"), str)
    )


def _kind(path: str) -> PageKind | None:
    """Return what the name says, with `.gz` behind or not."""
    return KINDS.get(Path(path.lower().removesuffix(".gz")).suffix)


def _unknown_kind(path: str) -> str:
    name = _shown(Path(Path(path).suffix or Path(path).name))
    return f"unknown kind of file {name!r}; known are {' '.join(KINDS)}, and these with .gz"


def _read(path: str, location: str, settings: SourceSettings) -> Page | Rejected:
    try:
        content = read_bytes(path, settings.max_page_bytes)
    except UnreadableError as error:
        return Rejected(location=location, reason=str(error))
    named = _kind(path) or PageKind.HTML
    return Page(content=content, location=location, kind=page_kind(content, named))


def _rejected(found: FoundFile, location: str, reason: str) -> FoundPage:
    rejected = Rejected(location=location, reason=reason)
    return FoundPage(
        location=location,
        stamp=found.stamp,
        size_bytes=found.size_bytes,
        read=lambda: rejected,
    )


def containers_of(location: str) -> Iterator[str]:
    """Yield the files of records that a location may be a record or a line of."""
    for mark in re.finditer(r"#|:(?=\d+$)", location):
        container = location[: mark.start()]
        if any(map(_is_file, paths_at(container))):
            yield container


def _is_under(location: str, root: str) -> bool:
    """Return whether a location is the root, in it, or a record of it."""
    rest = location.removeprefix(root)
    return rest != location and (not rest or root.endswith(os.sep) or rest[0] in (os.sep, "#", ":"))


def _may_be_page(path: str) -> bool:
    try:
        return not stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:  # no permission to look, or a name that no file can have
        return error.errno != errno.ENAMETOOLONG


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:  # a name longer than names may be, or no permission
        return False
