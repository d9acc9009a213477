"""How an archive lies on disk: one folder, a Whoosh index, one commit at a time."""

from index.codec.archive import (
    FORMAT,
    create_archive,
    damaged_segments,
    is_archive,
    lock_archive,
    open_archive,
    reading,
)
from index.codec.lookup import documents_with, stored_with

__all__ = [
    "FORMAT",
    "create_archive",
    "damaged_segments",
    "documents_with",
    "is_archive",
    "lock_archive",
    "open_archive",
    "reading",
    "stored_with",
]
