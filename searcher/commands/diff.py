"""The command `searcher diff`: two articles, paragraph by paragraph."""

from __future__ import annotations

from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import NOTHING, Colour, write_json
from searcher.commands.options import ColourOption, PagerOption, paged_screen
from searcher.differences import Change, differences
from searcher.records import change_record
from searcher.screens.differences import difference_lines

__all__ = ["diff"]


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id of the older version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id of the newer one.")],
    *,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    pager: PagerOption = True,
    as_json: JsonOption = False,
) -> None:
    """Show what changed between two articles; ends with status 1 where nothing did."""
    with searcher.open(archive) as opened:
        versions = [opened.article(name) for name in (old, new)]
    changes = differences(*((article.title, *article.paragraphs) for article in versions))
    if as_json:
        for change in changes:
            write_json(change_record(change))
    else:
        with paged_screen(color, pager=pager) as screen:
            screen.show(difference_lines(changes, width=screen.width, coloured=screen.coloured))
    if all(change.change is Change.SAME for change in changes):
        raise typer.Exit(NOTHING)
