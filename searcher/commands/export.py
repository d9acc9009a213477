"""The command `searcher export`: what was found, for other programs and other readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption
from index.terminal import NOTHING, complain, counted, printable
from searcher.commands.options import (
    NO_FILTERS,
    QueryArgument,
    given_query,
    takes_filters,
)
from searcher.commands.outfile import out_to
from searcher.commands.saved_query import takes_saved
from searcher.export import Format, Report, exported, format_named
from searcher.model import Filters, Sort
from searcher.screens.hits import say_how_it_was_read
from searcher.settings import SnippetSettings

__all__ = ["export"]


@takes_filters
@takes_saved
def export(
    query: QueryArgument = None,
    *,
    filters: Filters = NO_FILTERS,
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Else what FILE ends in says it; else jsonl."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else stdout.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace FILE where there is one.")
    ] = False,
    full: Annotated[
        bool,
        typer.Option("--full", help="The whole text of each article, not its best passages."),
    ] = False,
    sort: Annotated[
        Sort | None,
        typer.Option(help="Else relevance; without a query, the order of the archive."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="Articles at most.")
    ] = None,
    copies: Annotated[
        bool | None,
        typer.Option(
            "--copies/--no-copies",
            help="Every article of a story or its first only; without a query it is every one.",
        ),
    ] = None,
    archive: ArchiveOption = ARCHIVE,
) -> None:
    """Write what was found as JSON lines, CSV, RIS, BibTeX, or a report in Markdown or HTML."""
    file = None if output is None or str(output) == "-" else output
    chosen = form or _meant(file)
    wanted = given_query(query)
    with_copies = wanted is None if copies is None else copies
    with searcher.open(archive) as opened:
        found = opened.search(wanted, limit=0, **filters)
        say_how_it_was_read(found)
        hits = opened.scan(
            wanted,
            sort=sort or (None if wanted is None else Sort.RELEVANCE),
            limit=limit,
            copies=with_copies,
            snippets=SnippetSettings() if chosen.shows_passages else None,
            **filters,
        )
        report = Report(
            made=date.today(),  # noqa: DTZ011 (the day of whoever makes it)
            query=wanted,
            filters=filters,
            articles=found.total,
            stories=None if with_copies else found.count_stories(),
            limit=limit,
            full=full,
        )
        with out_to(file, force=force) as write:
            for piece in exported(hits, chosen, report):
                write(piece)
    _tell(report, file)


def _meant(file: Path | None) -> Format:
    if file is None:
        return Format.JSONL
    meant = format_named(file)
    if meant is None:
        forms = ", ".join(Format)
        raise typer.BadParameter(f"{file.name!r} tells no form; name one by --format: {forms}")
    return meant


def _tell(report: Report, file: Path | None) -> None:
    hits = report.articles if report.stories is None else report.stories
    written = hits if report.limit is None else min(hits, report.limit)
    if file is not None:
        typer.echo(f"{counted(written, 'article')} written to {printable(str(file))}")
    if not report.articles:
        complain("no article matches")
        raise typer.Exit(NOTHING)
