"""What `searcher search` does once it is understood: search, and show or write the hits.

Strategy: nothing is loaded here but what a search needs, so that most of its time is spent
on searching. `tests/project/test_startup.py` names what a search must do without.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import searcher
from index.terminal import DONE, NOTHING, is_coloured, page_width, printable, write_json
from searcher.errors import SearchError
from searcher.query import date_near
from searcher.records import hit_record
from searcher.screens.hits import hit_lines, how_it_was_read, summary
from searcher.screens.layout import Screen
from searcher.screens.styled import ASIDE, wrapped
from searcher.settings import RankingSettings

if TYPE_CHECKING:
    from searcher.commands.typed import SearchArguments
    from searcher.search import Results

__all__ = ["run_search"]

# Of more articles the stories are not counted: it would take longer than to find them.
MANY = 100_000


def run_search(told: SearchArguments) -> int:
    """Search, write the hits to stdout, and return the exit status.

    Raises:
        NewsArchiveError: The archive or the query cannot be read.
    """
    with searcher.open(told.archive) as opened:
        results = opened.search(
            " ".join(told.query),
            sort=told.sort,
            limit=told.limit,
            offset=told.offset,
            copies=told.copies,
            relax=not told.all_words,
            ranking=_ranking(told),
            **told.filters,
        )
        if told.as_json:
            for hit in results:
                record = hit_record(hit) | {"relaxed": results.relaxed}
                if told.explain:
                    record["explanation"] = [*map(asdict, results.explain(hit))]
                write_json(record)
        elif results.total:
            _show_hits(results, told)
        else:
            _hint_at_nothing(told)
        return DONE if results.total else NOTHING


def _show_hits(results: Results, told: SearchArguments) -> None:
    screen = Screen(sys.stdout, width=page_width(), coloured=is_coloured(sys.stdout, told.color))
    if line := how_it_was_read(relaxed=results.relaxed, problem=results.read_as_words):
        screen.show(wrapped(((printable(line), ASIDE),), screen.width, ""))
    for hit in results:
        screen.show(hit_lines(hit, width=screen.width, coloured=screen.coloured))
        if told.explain:
            from searcher.screens.explanation import explanation_lines

            parts = results.explain(hit)
            screen.show(explanation_lines(hit.score, parts, width=screen.width))
    stories = None if told.copies or results.total > MANY else results.count_stories()
    line = summary(
        total=results.total,
        stories=stories,
        first=told.offset + 1,
        shown=len(results.hits),
        seconds=results.seconds,
    )
    sys.stdout.write(line + "\n")


def _ranking(told: SearchArguments) -> RankingSettings:
    if told.recent and told.around:
        raise SearchError("--recent is --around today; say one of the two")
    day = "today" if told.recent else told.around
    return RankingSettings(around=date_near(day) if day else None)


def _hint_at_nothing(told: SearchArguments) -> None:
    sys.stderr.write("no article matches\n")
    if told.all_words and len(" ".join(told.query).split()) > 1:
        sys.stderr.write("(every word is required; OR between words asks for any of them)\n")
