"""The command `searcher stories`: the largest or latest stories."""

from __future__ import annotations

from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import NOTHING, Colour, complain, write_json
from searcher.commands.options import (
    NO_FILTERS,
    ColourOption,
    open_screen,
    takes_filters,
)
from searcher.commands.saved_query import takes_saved
from searcher.model import Filters, StoryOrder
from searcher.records import story_record
from searcher.screens.story import story_lines

__all__ = ["stories"]


@takes_filters
@takes_saved
def stories(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help="What its articles match; else all do."),
    ] = None,
    *,
    latest: Annotated[
        bool, typer.Option("--latest", help="Those with the newest article, not the largest.")
    ] = False,
    filters: Filters = NO_FILTERS,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="Stories at most.")
    ] = 10,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """List the largest stories: headline, articles, days and outlets of each.

    Counted are the articles that match.
    """
    with searcher.open(archive) as opened:
        found = opened.stories(
            " ".join(query) if query else None,
            order=StoryOrder.LATEST if latest else StoryOrder.LARGEST,
            limit=limit,
            **filters,
        )
    if as_json:
        for story in found:
            write_json(story_record(story))
    else:
        screen = open_screen(color)
        for rank, story in enumerate(found, start=1):
            screen.show(story_lines(story, rank, width=screen.width))
    if not found:
        if not as_json:
            complain("no article matches")
        raise typer.Exit(NOTHING)
