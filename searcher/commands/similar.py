"""The command `searcher similar`: the other articles of a story, and articles like it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import NOTHING, Colour, write_json
from searcher.commands.options import (
    NO_FILTERS,
    ColourOption,
    open_screen,
    takes_filters,
)
from searcher.model import Filters
from searcher.records import related_record
from searcher.screens.hits import hit_lines
from searcher.screens.story import member_lines

__all__ = ["similar"]


@takes_filters
def similar(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The id that a hit shows.")],
    *,
    filters: Filters = NO_FILTERS,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="Similar articles at most.")
    ] = 10,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Show the other articles of an article's story, then the articles most like it."""
    with searcher.open(archive) as opened:
        article, members = opened.article(article_id), opened.story(article_id)
        size = opened.story_size(article_id)
        screen, has_copies = open_screen(color), size.pages > 1
        if as_json:
            for member in members if has_copies else ():
                write_json(related_record(member))
        elif has_copies:
            _, *lines = member_lines(article, members, size, width=screen.width)
            screen.show([*lines, ()])
        hits = opened.similar(article_id, limit=limit, **filters).hits
        for hit in hits:
            if as_json:
                write_json(related_record(hit))
            else:
                screen.show(hit_lines(hit, width=screen.width, coloured=screen.coloured))
    if limit and not hits:
        sys.stderr.write("no other article is like it\n")
        if not has_copies:
            raise typer.Exit(NOTHING)
