"""The saved page at a location, read again long after it was indexed.

Strategy: a location is a path, or that of a file of records with the name of one behind it.
It is read as a build reads it, so that what comes out is what went in, or the reason why not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.errors import SourceError
from index.model import Page, Rejected
from index.settings import SourceSettings
from index.sources.folder import FolderSource, containers_of
from index.sources.locations import location_of, paths_at

__all__ = ["path_of", "saved_page"]

# A build may have had a higher limit than the usual one; no page that was read is larger.
SETTINGS = SourceSettings(max_page_bytes=256 * 1024 * 1024)


def saved_page(location: str) -> Page | Rejected:
    """Return the page that is saved at a location, or why there is none any more.

    Args:
        location: As articles and the ledger of an archive have it.
    """
    for path in _files(location):
        try:
            pages = FolderSource([Path(path)], SETTINGS).pages()
            found = next((page for page in pages if page.location == location), None)
        except SourceError as error:
            return Rejected(location=location, reason=str(error))
        if found:
            return found.read()
    return Rejected(location=location, reason="it is no longer there")


def path_of(location: str) -> str | None:
    """Return the path of the file that a location names, None where there is no such file."""
    return next((path for path in paths_at(location) if Path(path).is_file()), None)


def _files(location: str) -> Iterator[str]:
    """Yield the files that a page at a location may be in: itself, or one of records."""
    for place in (location, *containers_of(location)):
        path = path_of(place)
        if path and location_of(path) == place:
            yield path
