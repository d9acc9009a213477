"""What `searcher search` does once it is understood: search, and show or write the hits.

Strategy: nothing is loaded here but what a search needs, so that most of its time is spent
on searching. `tests/project/test_startup.py` names what a search must do without.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import searcher
from index.terminal import (
    DONE,
    NOTHING,
    counted,
    is_coloured,
    page_width,
    printable,
    write_json,
)
from searcher.commands.typed import DEFAULT_LIMIT, Listing
from searcher.records import hit_record, suggestion_record
from searcher.screens.hits import hit_lines, summary
from searcher.screens.layout import Screen, Writable
from searcher.screens.pager import paged

if TYPE_CHECKING:
    from searcher.commands.typed import SearchArguments
    from searcher.search import Archive, Results

__all__ = ["run_search", "show_found"]

# Of more articles the stories are not counted: it would take longer than to find them.
MANY = 100_000


def run_search(told: SearchArguments) -> int:
    """Search, write the hits to stdout, and return the exit status.

    Raises:
        NewsArchiveError: The archive or the query cannot be read.
    """
    with searcher.open(told.archive) as opened:
        return show_found(opened, told)


def show_found(opened: Archive, told: SearchArguments) -> int:
    """Do the same in an archive that is open."""
    if told.listing in {Listing.IDS, Listing.LOCATIONS}:
        from searcher.commands.listing import list_hits

        return list_hits(opened, told)
    results = opened.search(
        " ".join(told.query),
        sort=told.sort,
        limit=DEFAULT_LIMIT if told.limit is None else told.limit,
        offset=told.offset,
        copies=told.copies,
        ids=told.among,
        **told.filters,
    )
    if told.as_json:
        for hit in results:
            write_json(hit_record(hit))
    elif told.listing is Listing.CSV:
        from searcher.commands.listing import write_csv

        write_csv(results)
    elif results.total:
        with paged(sys.stdout, wanted=told.pager) as stream:
            _show_hits(results, told, stream)
    else:
        _hint_at_nothing(told.query)
    _suggest(results, as_json=told.as_json)
    return DONE if results.total else NOTHING


def _show_hits(results: Results, told: SearchArguments, stream: Writable) -> None:
    screen = Screen(stream, width=page_width(), coloured=is_coloured(sys.stdout, told.color))
    for hit in results:
        screen.show(hit_lines(hit, width=screen.width, coloured=screen.coloured))
    stories = None if told.copies or results.total > MANY else results.count_stories()
    line = summary(
        total=results.total,
        stories=stories,
        first=told.offset + 1,
        shown=len(results.hits),
        seconds=results.seconds,
    )
    stream.write(line + "\n")


def _suggest(results: Results, *, as_json: bool) -> None:
    """Say on stderr what may have been meant by words that the archive does not have."""
    found = results.suggestions
    if found and as_json:
        write_json({"suggestions": [*map(suggestion_record, found)]}, sys.stderr)
        return
    for one in found:
        instead = " or ".join(other.value for other in one.instead)
        have = counted(one.articles, "article") if one.articles else "no article"
        verb = "have" if one.articles > 1 else "has"
        line = f"did you mean {instead}? ({have} {verb} {one.word})"
        sys.stderr.write(printable(line) + "\n")


def _hint_at_nothing(query: tuple[str, ...]) -> None:
    sys.stderr.write("no article matches\n")
    if len(" ".join(query).split()) > 1:
        sys.stderr.write("(every word is required; OR between words asks for any of them)\n")
