"""The command `searcher people`: who is in what was found, or in an article."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.model import Person
from index.terminal import NOTHING, Colour, write_json
from searcher.commands.options import (
    NO_FILTERS,
    ColourOption,
    given_query,
    open_screen,
    takes_filters,
)
from searcher.commands.saved_query import takes_saved
from searcher.model import Filters, PersonCount
from searcher.records import person_record
from searcher.screens.people import person_lines

__all__ = ["people"]


@takes_filters
@takes_saved
def people(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY|ID",
            help="What to look for, or the id of an article; every article where left out.",
        ),
    ] = None,
    *,
    filters: Filters = NO_FILTERS,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="Persons at most.")
    ] = 20,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """List who is in the articles that match and with whom, or who is in one article."""
    words = given_query(query)
    with searcher.open(archive) as opened:
        try:
            persons: Sequence[Person | PersonCount] = opened.article(words or "").persons[:limit]
        except searcher.ArticleNotFoundError:
            persons = opened.people(words, limit=limit, **filters)
        else:
            if filters:
                raise typer.BadParameter("filters narrow a query; one article is as it is")
    screen = open_screen(color)
    # In a pipe a person is a line, however long.
    width = screen.width if sys.stdout.isatty() else sys.maxsize
    for one in persons:
        if as_json:
            write_json(asdict(one) if isinstance(one, Person) else person_record(one))
        else:
            screen.show(person_lines(one, width=width))
    if not persons:
        sys.stderr.write("no person is in what was looked at\n")
        raise typer.Exit(NOTHING)
