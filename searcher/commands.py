"""The commands of `searcher` as they are typed: options, help, and what each runs.

Strategy: a command reads its options, asks the public API, and hands values to the screen
or writes them as JSON.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption, index_pages, parse_pages
from index.model import PageRecord, Person
from index.record import article_record
from index.terminal import FAILED, NOTHING, Colour, is_coloured, page_width, printable, write_json
from searcher.diff_command import change_record, difference_lines
from searcher.differences import Change, differences
from searcher.model import PersonCount, Sort
from searcher.screen import Screen, article_lines, person_line, rejected_lines, stats_lines
from searcher.search_command import member_record, run_search, snippet_record
from searcher.story_screen import member_lines
from searcher.typed import SearchArguments, query_behind_options

__all__ = ["app"]

ColourOption = Annotated[
    Colour, typer.Option("--color", help="When to colour; else matches stand between **.")
]

app = typer.Typer(
    name="searcher",
    help="Search an archive of saved news pages.",
    epilog="Start with: searcher index FOLDER, then: searcher search WORDS",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("index", epilog="Example: searcher index saved-pages")(index_pages)
app.command("parse", epilog="Example: searcher parse page.html | jq .title")(parse_pages)


class _SearchCommand(TyperCommand):
    """A command whose words may begin with a hyphen."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        flags: set[str] = set()
        valued: set[str] = set()
        for option in self.get_params(ctx):
            if option.param_type_name == "option":
                (flags if getattr(option, "is_flag", False) else valued).update(option.opts)
        return super().parse_args(ctx, query_behind_options(args, flags, valued))


def _show_version(wanted: bool) -> None:  # noqa: FBT001 (typer passes it so)
    if wanted:
        from importlib.metadata import version

        typer.echo(f"searcher {version('news-archive-search')}")
        raise typer.Exit


@app.callback()
def _searcher(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    pass


@app.command("search", cls=_SearchCommand, epilog='Example: searcher search flood "city council"')
def _search(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help='Words, all required; "a phrase", OR, -not, elect*, people:Roe, date:2026-01.',
        ),
    ],
    *,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="First day: 2026, 2026-01 or 2026-01-03.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day, itself included.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Words of the source's name.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Words of a person's name.")
    ] = None,
    sort: Annotated[Sort, typer.Option(help="The order of hits.")] = Sort.RELEVANCE,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="Hits at most.")
    ] = 10,
    offset: Annotated[int, typer.Option(metavar="N", min=0, help="Hits to pass over.")] = 0,
    copies: Annotated[
        bool, typer.Option("--copies", help="Show every article of a story, not the first only.")
    ] = False,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Find articles, one of each story."""
    told = SearchArguments(
        query=tuple(query),
        since=since,
        until=until,
        source=source,
        person=person,
        sort=sort,
        limit=limit,
        offset=offset,
        copies=copies,
        archive=archive,
        color=color,
        as_json=as_json,
    )
    if status := run_search(told):
        raise typer.Exit(status)


@app.command("show", epilog="Example: searcher show 3fa9c1d2e4b5 --query flood")
def _show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The id that a hit shows.")],
    *,
    query: Annotated[
        str | None, typer.Option(metavar="QUERY", help="Highlight what matches.")
    ] = None,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Show a whole article, with its copies and the other articles of its story."""
    with searcher.open(archive) as opened:
        article = opened.article(article_id)
        members = opened.story(article_id)
        highlighted = opened.highlight(article, query) if query is not None else None
    if as_json:
        record = article_record(article)
        record["members"] = [member_record(one) | {"relation": one.relation} for one in members]
        if highlighted:
            title, paragraphs = highlighted
            record["highlights"] = {
                "title": snippet_record(title),
                "paragraphs": [snippet_record(paragraph) for paragraph in paragraphs],
            }
        write_json(record)
        return
    screen = _screen(color)
    screen.show(article_lines(article, highlighted, width=screen.width, coloured=screen.coloured))
    screen.show(member_lines(article, members, width=screen.width))


@app.command("people", epilog="Example: searcher people flood --since 2025-06")
def _people(
    query: Annotated[
        str, typer.Argument(metavar="QUERY|ID", help="What to look for, or the id of an article.")
    ],
    *,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Words of the source.")] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="Persons at most.")
    ] = 20,
    archive: ArchiveOption = ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """List who is in the articles that match and with whom, or who is in one article."""
    with searcher.open(archive) as opened:
        try:
            persons: Sequence[Person | PersonCount] = opened.article(query).persons[:limit]
        except searcher.ArticleNotFoundError:
            persons = opened.people(query, since=since, until=until, source=source, limit=limit)
    for person in persons:
        if as_json:
            write_json(asdict(person))
        else:
            typer.echo(printable(person_line(person)))
    if not persons:
        raise typer.Exit(NOTHING)


@app.command("diff", epilog="Example: searcher diff 3fa9c1d2e4b5 9b07d1c66a20")
def _diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id of the older version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id of the newer one.")],
    *,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
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
        screen = _screen(color)
        screen.show(difference_lines(changes, width=screen.width, coloured=screen.coloured))
    if all(change.change is Change.SAME for change in changes):
        raise typer.Exit(NOTHING)


@app.command("stats", epilog="Example: searcher stats --rejected")
def _stats(
    *,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="List the pages that gave no article, and why.")
    ] = False,
    archive: ArchiveOption = ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Tell what is in an archive."""
    with searcher.open(archive) as opened:
        if rejected:
            _list_rejected(opened.rejected(), as_json=as_json)
        elif as_json:
            write_json({"archive": str(archive)} | asdict(opened.stats()))
        else:
            screen = _screen(Colour.AUTO)
            screen.show(stats_lines(opened.stats(), str(archive), width=screen.width))


def _list_rejected(pages: Iterable[PageRecord], *, as_json: bool) -> None:
    if as_json:
        for page in pages:
            write_json({"location": page.location, "url": page.url, "reason": page.reason})
    elif sys.stdout.isatty():
        screen = _screen(Colour.AUTO)
        screen.show(rejected_lines(pages, width=screen.width))
    else:
        for page in pages:
            typer.echo(f"{printable(page.location)}\t{printable(page.reason or '')}")


def _screen(color: Colour) -> Screen:
    return Screen(sys.stdout, width=page_width(), coloured=is_coloured(sys.stdout, color))


@app.command("check", epilog="Example: searcher check --archive archive.idx")
def _check(*, archive: ArchiveOption = ARCHIVE, as_json: JsonOption = False) -> None:
    """Verify that an archive is whole."""
    with searcher.open(archive) as opened:
        problems = opened.check()
    if as_json:
        write_json({"archive": str(archive), "sound": not problems, "problems": list(problems)})
    else:
        for line in problems or (f"{archive} is sound",):
            typer.echo(printable(line))
    if problems:
        raise typer.Exit(FAILED)
