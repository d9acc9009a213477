"""The command `searcher facets`: what the articles that match have in common."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import NOTHING, Colour, counted, write_json
from searcher.commands.options import (
    NO_FILTERS,
    ColourOption,
    OfOption,
    QueryArgument,
    given_query,
    open_screen,
    takes_filters,
)
from searcher.commands.saved_query import takes_saved
from searcher.model import Counted, Filters
from searcher.records import count_record
from searcher.screens.bars import has_blocks
from searcher.screens.facets import facet_lines, facet_rows
from searcher.screens.hits import say_how_it_was_read

__all__ = ["Facet", "facets"]


class Facet(StrEnum):
    """What articles are counted by, as it is typed."""

    SOURCE = "source"
    PEOPLE = "people"
    SECTION = "section"
    LANGUAGE = "language"
    AUTHOR = "author"
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"

    @property
    def field(self) -> str:
        """The name of the facet for `Results.facets`."""
        return "authors" if self is Facet.AUTHOR else self.value


USUAL = (Facet.SOURCE, Facet.PEOPLE, Facet.SECTION, Facet.LANGUAGE, Facet.YEAR)


@takes_filters
@takes_saved
def facets(
    query: QueryArgument = None,
    *,
    by: Annotated[
        list[Facet] | None,
        typer.Option(
            "--by",
            show_default=", ".join(USUAL),
            help="What to count by; may be given several times.",
        ),
    ] = None,
    of: OfOption = Counted.ARTICLES,
    filters: Filters = NO_FILTERS,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="Values of each at most.")
    ] = 10,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Count the articles that match, or all, by source, people, section, time ..."""
    screen = open_screen(color)
    with searcher.open(archive) as opened:
        results = opened.search(given_query(query), limit=0, **filters)
        say_how_it_was_read(results)
        for one in dict.fromkeys(by or USUAL):
            counts = results.facets(one.field, limit + 1, of=of)  # to tell whether there are more
            if as_json:
                for count in counts[:limit]:
                    write_json({"by": one} | count_record(count))
            elif sys.stdout.isatty():
                blocks = has_blocks(sys.stdout)
                lines = facet_lines(one, counts, limit, width=screen.width, blocks=blocks)
                screen.show(lines)
            else:
                screen.show(facet_rows(one, counts[:limit]))
        if sys.stdout.isatty() and not as_json:
            told = counted(results.total, "article")
            if of is Counted.STORIES:
                told += f" in {counted(results.count_stories(), 'story')}, which are counted"
            sys.stdout.write(told + "\n")
    if not results.total:
        sys.stderr.write("no article matches\n")
        raise typer.Exit(NOTHING)
