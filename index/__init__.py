"""From saved news pages to an index: the contract that other packages build on.

    Page -> parse -> Article | Rejected -> people -> story -> writer -> commit

The machine itself is `index.build`; importing this package loads the standard
library alone.
"""

from __future__ import annotations

from index.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    NewsArchiveError,
    NotAnArchiveError,
    RecordError,
    SourceError,
)
from index.model import (
    Access,
    Article,
    Copy,
    Outcome,
    Page,
    PageKind,
    PageRecord,
    Person,
    Rejected,
)

__all__ = [
    "Access",
    "ArchiveDamagedError",
    "ArchiveError",
    "ArchiveLockedError",
    "ArchiveNotFoundError",
    "ArchiveVersionError",
    "Article",
    "Copy",
    "NewsArchiveError",
    "NotAnArchiveError",
    "Outcome",
    "Page",
    "PageKind",
    "PageRecord",
    "Person",
    "RecordError",
    "Rejected",
    "SourceError",
]
