"""How an archive lies on disk: one folder, a Whoosh index, one commit at a time."""

from index.codec.archive import (
    FORMAT,
    create_archive,
    is_archive,
    lock_archive,
    open_archive,
    reading,
)
from index.codec.segment import Ordinals, Segment
from index.codec.snapshot import Snapshot

__all__ = [
    "FORMAT",
    "Ordinals",
    "Segment",
    "Snapshot",
    "create_archive",
    "is_archive",
    "lock_archive",
    "open_archive",
    "reading",
]
