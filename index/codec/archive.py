"""An archive as a folder: made, opened, locked, and told apart from other folders.

`archive.json` says that a folder is an archive, of which format and for which engine; the
rest is a Whoosh index. What a commit adds becomes visible when Whoosh renames its table of
contents into place. Whoosh never syncs a file, so a power cut after a commit could leave a
table of contents that names segments which never reached the disk; `DurableStorage` does.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.util.filelock import FileLock

from index.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    NotAnArchiveError,
)
from index.schema import make_schema

__all__ = [
    "FORMAT",
    "create_archive",
    "damaged_segments",
    "is_archive",
    "lock_archive",
    "open_archive",
    "reading",
]

FORMAT = 1
ENGINE = "whoosh"
MARKER = "archive.json"
LOCK = "BUILDING"
INDEX_NAME = "MAIN"  # Whoosh's default, which `whoosh.index.open_dir` looks for

# Beside each segment lies its CRC-32 (zlib's), for `searcher check`: Whoosh keeps none. The name
# begins like the segment's, so that Whoosh deletes both together.
SEGMENT = ".seg"
CHECKSUM = ".crc"
CHECKSUM_BLOCK_BYTES = 1 << 20

# A commit deletes the segments it replaced; whoever read the old table of contents just before
# finds them gone, and the new one in place.
OPEN_ATTEMPTS = 5


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder whose files are on the disk when they are closed, and renames when they return."""

    def create_file(self, name: str, **options: Any) -> StructFile:
        """Return a new file that is synced before it is closed."""
        file = super().create_file(name, **options)
        file.onclose = self._finish
        return file

    def _finish(self, file: StructFile) -> None:
        file.flush()
        os.fsync(file.fileno())
        name = str(file)
        if name.endswith(SEGMENT):
            with self.create_file(name + CHECKSUM) as checksum:
                checksum.write(_checksum(Path(self.folder, name)))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 (Whoosh's signature)
        """Rename, and sync the folder before the new name and after it."""
        _sync_folder(self.folder)
        super().rename_file(oldname, newname, safe=safe)
        _sync_folder(self.folder)


def _checksum(path: Path) -> bytes:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(CHECKSUM_BLOCK_BYTES):
            crc = zlib.crc32(block, crc)
    return f"{crc:08x}".encode()


def damaged_segments(folder: Path, reader: IndexReader) -> list[str]:
    """Return the names of a reader's segments whose bytes are not those that were written.

    A segment that no commit took in, left by one that failed, is none of the archive's.
    """
    segments = [part.segment() for part, _ in reader.leaf_readers()]  # an empty archive has [None]
    names = [segment.segment_id() + SEGMENT for segment in segments if segment]
    return [name for name in sorted(names) if not _is_intact(folder / name)]


def _is_intact(segment: Path) -> bool:
    checksum = Path(f"{segment}{CHECKSUM}")
    return checksum.is_file() and checksum.read_bytes() == _checksum(segment)


def _sync_folder(folder: str) -> None:
    with suppress(PermissionError):  # Windows opens no folders, and keeps renames by itself
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
        storage = DurableStorage(str(folder))
        FileIndex.create(storage, make_schema(), INDEX_NAME)
        made_by = f"news-archive-search {version('news-archive-search')}"
        marker = {"format": FORMAT, "engine": ENGINE, "made_by": made_by}
        with storage.create_file(MARKER + ".new") as file:
            file.write(json.dumps(marker).encode())
        storage.rename_file(MARKER + ".new", MARKER)
    except OSError as error:
        raise ArchiveError(f"cannot make an archive at {folder}: {error.strerror}") from error


def _may_become_archive(folder: Path) -> bool:
    # The marker is written last: without it, an empty table of contents is a making cut short.
    unfinished = (f"_{INDEX_NAME}_0.toc", MARKER + ".new")
    return folder.is_dir() and all(file.name.startswith(unfinished) for file in folder.iterdir())


def open_archive(folder: Path) -> FileIndex:
    """Open an archive at its last commit.

    Raises:
        ArchiveNotFoundError: There is nothing at that place.
        NotAnArchiveError: It holds something else.
        ArchiveVersionError: A newer version made it.
        ArchiveDamagedError: Its table of contents cannot be read.
    """
    _check_marker(folder)
    with reading(folder):
        for _ in range(OPEN_ATTEMPTS - 1):
            with suppress(FileNotFoundError):
                return FileIndex(DurableStorage(str(folder)), indexname=INDEX_NAME)
        return FileIndex(DurableStorage(str(folder)), indexname=INDEX_NAME)


@contextmanager
def lock_archive(folder: Path) -> Iterator[None]:
    """Hold the archive for one build; the lock is gone with the process, however it ends.

    Raises:
        ArchiveLockedError: Another build holds it.
        ArchiveError: The folder cannot be written.
    """
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
        raise ArchiveError(f"cannot read the archive {folder}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamagedError(f"{folder / MARKER} is not what it should be") from error
    if found < FORMAT:
        raise ArchiveDamagedError(f"{folder / MARKER} names format {found}, which never was")
    if found > FORMAT or engine != ENGINE:
        raise ArchiveVersionError(
            f"{folder} has format {found} ({engine}), and this version reads format {FORMAT} "
            f"({ENGINE}); upgrade with: pip install --upgrade news-archive-search"
        )


@contextmanager
def reading(folder: Path, verb: str = "read") -> Iterator[None]:
    """Turn what Whoosh raises on files that are missing or broken into our own errors.

    Args:
        folder: The archive.
        verb: What was about to be done with it, for the message.
    """
    try:
        yield
    except ArchiveError:
        raise
    except FileNotFoundError as error:
        name = Path(error.filename).name if error.filename else "a file"
        raise ArchiveDamagedError(
            f"{folder} is damaged: {name} is missing; index the pages again into a new archive"
        ) from error
    except OSError as error:
        raise ArchiveError(f"cannot {verb} the archive {folder}: {error.strerror}") from error
    except Exception as error:  # unpickling broken bytes raises anything
        raise ArchiveDamagedError(
            f"{folder} is damaged ({type(error).__name__}: {error}); "
            f"index the pages again into a new archive"
        ) from error
