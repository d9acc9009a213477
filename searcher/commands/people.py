"""The command `searcher people`: who is in what was found, or in an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.model import Person
from index.terminal import NOTHING, printable, write_json
from searcher.commands.options import (
    AuthorOption,
    LanguageOption,
    PersonOption,
    SectionOption,
    SinceOption,
    SourceOption,
    UntilOption,
    given_filters,
)
from searcher.model import PersonCount
from searcher.records import person_record
from searcher.screens.people import person_line

__all__ = ["people"]


def people(
    query: Annotated[
        str, typer.Argument(metavar="QUERY|ID", help="What to look for, or the id of an article.")
    ],
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    person: PersonOption = None,
    author: AuthorOption = None,
    section: SectionOption = None,
    language: LanguageOption = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="Persons at most.")
    ] = 20,
    archive: ArchiveOption = ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """List who is in the articles that match and with whom, or who is in one article."""
    filters = given_filters(
        since=since,
        until=until,
        source=source,
        person=person,
        author=author,
        section=section,
        language=language,
    )
    with searcher.open(archive) as opened:
        try:
            persons: Sequence[Person | PersonCount] = opened.article(query).persons[:limit]
        except searcher.ArticleNotFoundError:
            persons = opened.people(query, limit=limit, **filters)
    for one in persons:
        if as_json:
            write_json(asdict(one) if isinstance(one, Person) else person_record(one))
        else:
            typer.echo(printable(person_line(one)))
    if not persons:
        raise typer.Exit(NOTHING)
