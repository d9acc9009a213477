"""An archive as a folder: made, opened, locked, and told apart from other folders.

`archive.json` says that a folder is an archive, of which format and for which engine; the
rest is a Whoosh index: tables of contents (`index.codec.toc`) and segments. What a commit
adds becomes visible when its table of contents is renamed into place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from index.codec.snapshot import Snapshot
from index.codec.toc import Manifest, sync_folder, toc_name, write_manifest
from index.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    NewsArchiveError,
    NotAnArchiveError,
)

__all__ = [
    "FORMAT",
    "create_archive",
    "is_archive",
    "lock_archive",
    "open_archive",
    "reading",
]

FORMAT = 2  # 1 had Whoosh's own segments
ENGINE = "whoosh"
MARKER = "archive.json"
LOCK = "BUILDING"


def is_archive(folder: Path) -> bool:
    """Tell whether the folder was made by `create_archive`."""
    return (folder / MARKER).is_file()


def create_archive(folder: Path) -> None:
    """Make an empty archive of a folder that is empty or not there yet.

    Raises:
        NotAnArchiveError: The folder holds something else.
        ArchiveError: The folder cannot be made or written.
    """
    try:
        if folder.exists() and not _may_become_archive(folder):
            raise NotAnArchiveError(
                f"{folder} holds something else than an archive; "
                f"name an empty or a new folder with --archive"
            )
        folder.mkdir(parents=True, exist_ok=True)
        write_manifest(folder, Manifest(generation=0, segments=()))
        from importlib.metadata import version  # searching makes no archive

        made_by = f"news-archive-search {version('news-archive-search')}"
        _write_marker(folder, {"format": FORMAT, "engine": ENGINE, "made_by": made_by})
    except OSError as error:
        raise ArchiveError(f"cannot make an archive at {folder}: {error.strerror}") from error


def _write_marker(folder: Path, marker: Mapping[str, int | str]) -> None:
    unfinished = folder / (MARKER + ".new")
    with unfinished.open("wb") as file:
        file.write(json.dumps(marker).encode())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / MARKER)
    sync_folder(folder)


def _may_become_archive(folder: Path) -> bool:
    # The marker is written last: without it, an empty table of contents is a making cut short.
    unfinished = (toc_name(0), MARKER + ".new")
    return folder.is_dir() and all(file.name.startswith(unfinished) for file in folder.iterdir())


def open_archive(folder: Path) -> Snapshot:
    """Open an archive at its last commit.

    Raises:
        ArchiveNotFoundError: There is nothing at that place.
        NotAnArchiveError: It holds something else.
        ArchiveVersionError: Another version made it.
        ArchiveDamagedError: A file of it cannot be read.
    """
    _check_marker(folder)
    with reading(folder):
        return Snapshot(folder)


@contextmanager
def lock_archive(folder: Path) -> Iterator[None]:
    """Hold the archive for one build; the lock is gone with the process, however it ends.

    Raises:
        ArchiveLockedError: Another build holds it.
        ArchiveError: The folder cannot be written.
    """
    from whoosh.util.filelock import FileLock  # searching needs no lock

    lock = FileLock(str(folder / LOCK))
    try:
        taken = lock.acquire(blocking=False)
    except OSError as error:
        raise ArchiveError(f"cannot write to the archive {folder}: {error.strerror}") from error
    if not taken:
        raise ArchiveLockedError(f"another build is writing to {folder}; try again when it is done")
    try:
        yield
    finally:
        lock.release()


def _check_marker(folder: Path) -> None:
    try:
        marker = json.loads((folder / MARKER).read_bytes())
        found, engine = int(marker["format"]), str(marker["engine"])
    except (FileNotFoundError, NotADirectoryError):
        if not folder.exists():
            raise ArchiveNotFoundError(
                f"there is no archive at {folder}; make one with: searcher index FOLDER"
            ) from None
        raise NotAnArchiveError(f"{folder} is not an archive: it has no file {MARKER}") from None
    except OSError as error:
        raise ArchiveError(f"cannot read {folder / MARKER}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ArchiveDamagedError(
            f"{folder / MARKER} is damaged: it names no format; "
            "index the pages again into a new archive"
        ) from error
    if found < 1:
        raise ArchiveDamagedError(f"{folder / MARKER} names format {found}, which never was")
    if found < FORMAT:
        raise ArchiveVersionError(
            f"{folder} has format {found}, and this version reads format {FORMAT}; "
            f"index the pages again into a new archive"
        )
    if found > FORMAT or engine != ENGINE:
        raise ArchiveVersionError(
            f"{folder} has format {found} ({engine}), and this version reads format {FORMAT} "
            f"({ENGINE}); upgrade with: pip install --upgrade news-archive-search"
        )


class reading:  # noqa: N801 (used as a context manager, like contextlib.suppress)
    """Turn what is raised on files that are missing or broken into our own errors.

    Args:
        folder: The archive.
        verb: What was about to be done with it, for the message.
    """

    __slots__ = ("_folder", "_verb")

    def __init__(self, folder: Path, verb: str = "read") -> None:
        self._folder = folder
        self._verb = verb

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, NewsArchiveError):
            raise self._told(error) from error

    def _told(self, error: Exception) -> ArchiveError:
        advice = "index the pages again into a new archive"
        if isinstance(error, FileNotFoundError):
            name = Path(error.filename).name if error.filename else "a file"
            return ArchiveDamagedError(f"{self._folder} is damaged: {name} is missing; {advice}")
        if isinstance(error, OSError):
            place = error.filename or f"the archive {self._folder}"
            return ArchiveError(f"cannot {self._verb} {place}: {error.strerror}")
        if isinstance(error, MemoryError):
            return ArchiveError(f"too little memory to {self._verb} the archive {self._folder}")
        return ArchiveDamagedError(  # numbers that cannot be lead anywhere
            f"{self._folder} is damaged ({type(error).__name__}: {error}); {advice}"
        )
