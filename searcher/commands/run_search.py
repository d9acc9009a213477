"""What `searcher search` does once it is understood: search, and show or write the hits.

Strategy: nothing is loaded here but what a search needs, so that most of its time is spent
on searching. `tests/project/test_startup.py` names what a search must do without.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
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
from searcher.errors import SearchError
from searcher.screens.hits import (
    further_lines,
    hit_lines,
    how_it_was_read,
    say_how_it_was_read,
    summary,
)
from searcher.screens.layout import Screen, Writable
from searcher.screens.pager import paged
from searcher.screens.styled import ASIDE, wrapped
from searcher.settings import RankingSettings

if TYPE_CHECKING:
    from searcher.commands.typed import SearchArguments
    from searcher.results import Results
    from searcher.search import Archive

__all__ = ["may_relax", "ranking_of", "run_search", "show_found"]

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
        told.text,
        sort=told.sort,
        limit=DEFAULT_LIMIT if told.limit is None else told.limit,
        offset=told.offset,
        copies=told.copies,
        relax=may_relax(told),
        ranking=ranking_of(told),
        ids=told.among,
        **told.filters,
    )
    if told.as_json:
        _write_records(results, told)
    elif told.listing is Listing.CSV:
        from searcher.commands.listing import write_csv

        say_how_it_was_read(results)
        write_csv(results)
    elif results.total:
        with paged(sys.stdout, wanted=told.pager) as stream:
            _show_hits(results, told, stream)
    else:
        _hint_at_nothing(told)
    _suggest(results, as_json=told.as_json)
    return DONE if results.total else NOTHING


def _write_records(results: Results, told: SearchArguments) -> None:
    from searcher.records import hit_record

    for hit in results:
        record = hit_record(hit) | {"read_as_words": results.read_as_words}
        if told.explain:
            record["explanation"] = [*map(asdict, results.explain(hit))]
        write_json(record)


def _show_hits(results: Results, told: SearchArguments, stream: Writable) -> None:
    screen = Screen(stream, width=page_width(), coloured=is_coloured(sys.stdout, told.color))
    if line := how_it_was_read(relaxed=results.relaxed, problem=results.read_as_words):
        screen.show(wrapped(((printable(line), ASIDE),), screen.width, ""))
    parted = results.relaxed
    for hit in results:
        if hit.relaxed and not parted:
            screen.show(further_lines(screen.width))
            parted = True
        screen.show(hit_lines(hit, width=screen.width, coloured=screen.coloured))
        if told.explain:
            from searcher.screens.explanation import explanation_lines

            parts = results.explain(hit)
            screen.show(explanation_lines(hit.score, parts, width=screen.width))
    stories = None if told.copies or results.total > MANY else results.count_stories()
    line = summary(
        total=results.total,
        stories=stories,
        further=results.further_total,
        first=told.offset + 1,
        shown=len(results.hits),
        seconds=results.seconds,
    )
    stream.write(line + "\n")


def _suggest(results: Results, *, as_json: bool) -> None:
    """Say on stderr what may have been meant by words that the archive does not have."""
    found = results.suggestions
    if found and as_json:
        from searcher.records import suggestion_record

        write_json({"suggestions": [*map(suggestion_record, found)]}, sys.stderr)
        return
    for one in found:
        instead = " or ".join(other.value for other in one.instead)
        have = counted(one.articles, "article") if one.articles else "no article"
        verb = "have" if one.articles > 1 else "has"
        line = f"did you mean {instead}? ({have} {verb} {one.word})"
        sys.stderr.write(printable(line) + "\n")


def may_relax(told: SearchArguments) -> bool:
    """Return whether plain words need not all match; what is new has all words of its search."""
    return not told.all_words and told.among is None


def ranking_of(told: SearchArguments) -> RankingSettings:
    """Return how a search ranks.

    Raises:
        SearchError: It is told two days to rank near to.
    """
    if told.recent and told.around:
        raise SearchError("--recent is --around today; say one of the two")
    day = "today" if told.recent else told.around
    if not day:
        return RankingSettings()
    from searcher.query import date_near

    return RankingSettings(around=date_near(day))


def _hint_at_nothing(told: SearchArguments) -> None:
    sys.stderr.write("no article matches\n")
    if told.all_words and len((told.text or "").split()) > 1:
        sys.stderr.write("(every word is required; OR between words asks for any of them)\n")
