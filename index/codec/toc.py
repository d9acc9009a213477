"""The table of contents: which segments an archive consists of after its last commit.

Strategy: one file, `_MAIN_<generation>.toc`, for two readers. It begins with a table of contents
of Whoosh's, so that `whoosh.index.open_dir` opens the archive; behind it, where Whoosh does not
look, stands our own manifest as JSON, and at the end a trailer that says how long the manifest
is and what the CRC-32 of the file was:

    Whoosh's table of contents | manifest (JSON, UTF-8) | magic (8) | length u32 | CRC-32 u32

Whoosh's part is a pickle, and to read a pickle is to run what its author wrote. We never do: the
manifest is found from the end of the file, and its names and numbers are checked before use.

A commit is the moment when the file of the next generation gets its name. Readers take the
newest; what only older generations name may be deleted (`remove_unused`).
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeGuard

from index.errors import ArchiveDamagedError, ArchiveVersionError

__all__ = [
    "INDEX_NAME",
    "KINDS",
    "READ_ATTEMPTS",
    "SEGMENT_SUFFIX",
    "Manifest",
    "SegmentEntry",
    "newest_generation",
    "read_manifest",
    "remove_unused",
    "sync_folder",
    "toc_name",
    "write_manifest",
]

INDEX_NAME = "MAIN"  # Whoosh's default, which `whoosh.index.open_dir` looks for
SEGMENT_SUFFIX = ".seg"
KINDS = ("article", "page")

MANIFEST_FORMAT = 1
MAGIC = b"NEWSTOC\n"
TRAILER = struct.Struct("<8sII")  # magic, bytes of the manifest, CRC-32 of all before the CRC
CRC_BYTES = 4

# An entry takes about 120 bytes and a segment is never alone with few articles for long, so an
# honest file has some kilobytes. A stranger's must not fill the memory.
MAX_TOC_BYTES = 64 << 20
MAX_COUNT = 2**32 - 1  # document numbers are uint32

# A commit deletes the table of contents that it replaced; whoever just saw its name looks again.
READ_ATTEMPTS = 5

# Stricter than Whoosh's own pattern, in which the dot is any character.
TOC_NAME = re.compile(rf"_{INDEX_NAME}_(0|[1-9][0-9]{{0,17}})\.toc")
SEGMENT_NAME = re.compile(rf"{INDEX_NAME}_[0-9a-z]{{1,64}}")
DELETIONS_SUFFIX = re.compile(r"\.[0-9]{1,18}\.del")
OWN_FILE = re.compile(rf"_?{INDEX_NAME}_.*(\.seg|\.del|\.tmp)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEntry:
    """What the table of contents says of one segment.

    Attributes:
        name: `MAIN_` and the segment's own letters and digits; its file is the name and `.seg`.
        docs: Documents in the file, deleted ones too.
        deleted: How many of them are deleted.
        deletions: The file that says which (`<name>.<generation>.del`); None if none are.
        kind: What its documents are, one of `KINDS`.
    """

    name: str
    docs: int
    deleted: int
    deletions: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """An archive after a commit: the commit's number, counted from 0, and the segments."""

    generation: int
    segments: tuple[SegmentEntry, ...]


def toc_name(generation: int) -> str:
    """Return the name of the table of contents of a generation."""
    return f"_{INDEX_NAME}_{generation}.toc"


def newest_generation(folder: Path) -> int | None:
    """Return the number of the last commit; None if the folder has no table of contents."""
    found = (TOC_NAME.fullmatch(path.name) for path in folder.iterdir())
    return max((int(match[1]) for match in found if match), default=None)


def read_manifest(folder: Path) -> Manifest:
    """Return what the newest table of contents says, running nothing of what is in it.

    Raises:
        ArchiveDamagedError: There is none, or it is not what was written.
        ArchiveVersionError: A newer version wrote it.
        FileNotFoundError: There is no such folder.
    """
    for _ in range(READ_ATTEMPTS - 1):
        with suppress(FileNotFoundError):
            return _read_newest(folder)
    return _read_newest(folder)


def _read_newest(folder: Path) -> Manifest:
    generation = newest_generation(folder)
    if generation is None:
        raise ArchiveDamagedError(f"{folder} is damaged: it has no table of contents")
    path = folder / toc_name(generation)
    values = _json_of(path)
    _check_format(path, values.get("format"))
    if values.get("generation") != generation:
        raise _damaged(path, "it is of another generation than its name says")
    return Manifest(generation=generation, segments=tuple(_entries(path, values.get("segments"))))


def _check_format(path: Path, found: object) -> None:
    if not _is_count(found, MAX_COUNT) or found < MANIFEST_FORMAT:
        raise _damaged(path, "it names no format that ever was")
    if found > MANIFEST_FORMAT:
        raise ArchiveVersionError(
            f"{path} has format {found}, and this version reads format {MANIFEST_FORMAT}; "
            f"upgrade with: pip install --upgrade news-archive-search"
        )


def _damaged(path: Path, what: str) -> ArchiveDamagedError:
    return ArchiveDamagedError(
        f"{path} is damaged: {what}; index the pages again into a new archive"
    )


def _json_of(path: Path) -> Mapping[str, object]:
    """Return the manifest as it stands in the file, once the trailer vouches for it."""
    with path.open("rb") as file:
        data = file.read(MAX_TOC_BYTES + 1)
    if len(data) < TRAILER.size:
        raise _damaged(path, "it is cut short")
    if len(data) > MAX_TOC_BYTES:
        raise _damaged(path, f"it has more than {MAX_TOC_BYTES} bytes")
    magic, length, crc = TRAILER.unpack_from(data, len(data) - TRAILER.size)
    if magic != MAGIC:
        raise _damaged(path, "its end is missing, or another program wrote it")
    end = len(data) - TRAILER.size
    if length > end or zlib.crc32(memoryview(data)[:-CRC_BYTES]) != crc:
        raise _damaged(path, "its bytes are not those that were written")
    try:
        values = json.loads(data[end - length : end])
    except (ValueError, RecursionError) as error:
        raise _damaged(path, "its manifest is no JSON") from error
    if not isinstance(values, dict):
        raise _damaged(path, "its manifest is no object")
    return values


def _entries(path: Path, values: object) -> Iterator[SegmentEntry]:
    if not isinstance(values, list):
        raise _damaged(path, "it names no segments")
    names: set[str] = set()
    for value in values:
        entry = _entry(value)
        if entry is None or entry.name in names:
            raise _damaged(path, "what it says of a segment cannot be")
        names.add(entry.name)
        yield entry


def _entry(value: object) -> SegmentEntry | None:
    """Return the entry that a JSON value stands for; None if it is not one."""
    match value:
        case {
            "name": str(name),
            "docs": docs,
            "deleted": deleted,
            "deletions": None | str() as deletions,
            "kind": str(kind),
        } if (
            SEGMENT_NAME.fullmatch(name)
            and _is_count(docs, MAX_COUNT)
            and _is_count(deleted, docs)
            and _is_deletions(deletions, name) == (deleted > 0)
            and kind in KINDS
        ):
            return SegmentEntry(
                name=name, docs=docs, deleted=deleted, deletions=deletions, kind=kind
            )
    return None


def _is_count(value: object, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_deletions(deletions: str | None, name: str) -> bool | None:
    """Tell whether it names the deletions of that segment; a name of something else is None."""
    if deletions is None:
        return False
    right = deletions.startswith(name) and DELETIONS_SUFFIX.fullmatch(deletions, len(name))
    return True if right else None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Commit: give the table of contents its name, once it and all names it needs are on disk.

    Raises:
        OSError: It could not be written; the archive is as it was, unless only the last
            sync of the folder failed.
    """
    from index.codec.whoosh_codec import whoosh_toc  # readers of manifests load no Whoosh

    path = folder / toc_name(manifest.generation)
    temporary = path.with_name(path.name + ".tmp")  # Whoosh's pattern ends with .toc
    try:
        with temporary.open("wb") as file:
            file.write(_sealed(whoosh_toc(manifest), manifest))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(folder)


def _sealed(whoosh_part: bytes, manifest: Manifest) -> bytes:
    values = {"format": MANIFEST_FORMAT, **asdict(manifest)}
    written = json.dumps(values, separators=(",", ":")).encode()
    body = whoosh_part + written + TRAILER.pack(MAGIC, len(written), 0)[:-CRC_BYTES]
    return body + zlib.crc32(body).to_bytes(CRC_BYTES, "little")


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    with suppress(PermissionError):  # Windows opens no folders, and keeps renames by itself
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_unused(folder: Path, manifest: Manifest) -> None:
    """Delete what earlier commits and failed ones left: all of ours that is not in the manifest.

    A file that cannot be deleted, as one that another process reads on Windows, is left to a
    later call.
    """
    used = {toc_name(manifest.generation)}
    for entry in manifest.segments:
        used |= {entry.name + SEGMENT_SUFFIX, entry.deletions or ""}
    for path in [*folder.iterdir()]:
        ours = TOC_NAME.fullmatch(path.name) or OWN_FILE.fullmatch(path.name)
        if ours and path.name not in used:
            with suppress(OSError):
                path.unlink()
