"""What `searcher search` writes for other programs beside JSON: CSV, ids, places of pages.

Strategy: `--ids` and `--locations` list all that is found, since whoever pipes them on means
all of it; they are read one after the other. In a pipe each stands as it is, with nothing
quoted: what is between two line ends, or two NULs, is the name. A terminal gets it without
what it would obey.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

from index.terminal import DONE, NOTHING, printable
from searcher.commands.outfile import to_stdout
from searcher.commands.run_search import may_relax, ranking_of
from searcher.commands.typed import Listing
from searcher.screens.hits import say_how_it_was_read

if TYPE_CHECKING:
    from searcher.commands.typed import SearchArguments
    from searcher.results import Results
    from searcher.search import Archive

__all__ = ["list_hits", "write_csv"]


def write_csv(results: Results) -> None:
    """Write the hits as CSV."""
    from searcher.export import Format, Report, exported

    write = to_stdout()
    for piece in exported(results, Format.CSV, Report(made=date.today())):  # noqa: DTZ011 (not in it)
        write(piece)


def list_hits(archive: Archive, told: SearchArguments) -> int:
    """Write the id or the place of each hit, and return the exit status."""
    relax, ids = may_relax(told), told.among
    say_how_it_was_read(archive.search(told.text, limit=0, relax=relax, ids=ids, **told.filters))
    hits = archive.scan(
        told.text,
        sort=told.sort,
        limit=told.limit,
        offset=told.offset,
        copies=told.copies,
        relax=relax,
        ranking=ranking_of(told),
        ids=ids,
        **told.filters,
    )
    end = "\0" if told.ends_in_null else "\n"
    by_id = told.listing is Listing.IDS
    found = False
    for hit in hits:
        found = True
        _write(hit.article.id if by_id else hit.article.location, end, is_path=not by_id)
    return DONE if found or told.limit == 0 else NOTHING


def _write(name: str, end: str, *, is_path: bool) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(printable(name) + end)
        return
    raw = os.fsencode(_on_disk(name)) if is_path else name.encode()
    sys.stdout.buffer.write(raw + end.encode())


def _on_disk(location: str) -> str:
    r"""Return the path of a page; its location shows bytes that are no text as `\xe9`."""
    if "\\x" not in location:
        return location
    from index.sources.saved import path_of

    return path_of(location) or location
