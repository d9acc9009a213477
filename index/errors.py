"""Every error that the two packages raise on purpose.

    NewsArchiveError
    ├── SourceError            a path to read pages from cannot be used at all
    ├── RecordError            a JSON record is not an article
    └── ArchiveError
        ├── ArchiveNotFoundError   there is no archive at that place
        ├── NotAnArchiveError      the folder holds something else
        ├── ArchiveVersionError    the archive was made by a newer version
        ├── ArchiveLockedError     another build is writing to the archive
        └── ArchiveDamagedError    a file of the archive is missing or unreadable

A bad page is not an error but a value, `Rejected`. The messages say what to do
next; they end without a full stop. Factored out to avoid import loops.
"""

from __future__ import annotations

__all__ = [
    "ArchiveDamagedError",
    "ArchiveError",
    "ArchiveLockedError",
    "ArchiveNotFoundError",
    "ArchiveVersionError",
    "NewsArchiveError",
    "NotAnArchiveError",
    "RecordError",
    "SourceError",
]


class NewsArchiveError(Exception):
    """Root of all errors of this project; its text is fit to show to a person."""


class SourceError(NewsArchiveError):
    """A path given to read pages from does not exist or cannot be read."""


class RecordError(NewsArchiveError):
    """A JSON record does not describe an article."""


class ArchiveError(NewsArchiveError):
    """Something is wrong with an archive as a whole."""


class ArchiveNotFoundError(ArchiveError):
    """There is no archive at the place that was named."""


class NotAnArchiveError(ArchiveError):
    """The place that was named holds something else than an archive."""


class ArchiveVersionError(ArchiveError):
    """The archive was written by a version whose files this one does not read."""


class ArchiveLockedError(ArchiveError):
    """Another build is writing to the archive."""


class ArchiveDamagedError(ArchiveError):
    """A file of the archive is missing, cut short or unreadable."""
