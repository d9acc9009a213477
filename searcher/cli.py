"""The command `searcher`: what is typed, what it runs, and how it ends.

Strategy: a command reads its options, asks the public API, and hands values to the screen
or writes them as JSON. `main` is the one place where errors become a line on stderr and
an exit status: 0 found or done, 1 nothing found, 2 an error or a command that cannot be
understood, 130 interrupted. A reader that closes the pipe has what it wanted: 0.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterable
from dataclasses import asdict
from importlib import metadata
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperCommand

import searcher
from index.cli import DEFAULT_ARCHIVE, ArchiveOption, JsonOption, index_pages, parse_pages
from index.errors import NewsArchiveError
from index.model import PageRecord
from index.record import article_record
from index.terminal import (
    Colour,
    complain,
    in_words,
    is_coloured,
    page_width,
    prepare_streams,
    printable,
    write_json,
)
from searcher.errors import QuerySyntaxError
from searcher.model import Hit, Snippet, Sort
from searcher.typed import query_behind_options, query_with_caret

if TYPE_CHECKING:
    from searcher.screen import Screen
    from searcher.search import Results

__all__ = ["main"]

DONE, NOTHING, FAILED, INTERRUPTED = 0, 1, 2, 130

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
        typer.echo(f"searcher {metadata.version('news-archive-search')}")
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
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Find articles."""
    with searcher.open(archive) as opened:
        results = opened.search(
            " ".join(query),
            since=since,
            until=until,
            source=source,
            person=person,
            sort=sort,
            limit=limit,
            offset=offset,
        )
        if as_json:
            for hit in results:
                write_json(_hit_record(hit))
        elif results.total:
            _show_hits(results, offset, color)
        else:
            _hint_at_nothing(query)
        if not results.total:
            raise typer.Exit(NOTHING)


def _show_hits(results: Results, offset: int, color: Colour) -> None:
    from searcher.screen import hit_lines, summary

    screen = _screen(color)
    for hit in results:
        screen.show(hit_lines(hit, width=screen.width, coloured=screen.coloured))
    shown = len(results.hits)
    typer.echo(summary(total=results.total, first=offset + 1, shown=shown, seconds=results.seconds))


def _hint_at_nothing(query: list[str]) -> None:
    typer.echo("no article matches", err=True)
    if len(" ".join(query).split()) > 1:
        typer.echo("(every word is required; OR between words asks for any of them)", err=True)


def _hit_record(hit: Hit) -> dict[str, object]:
    return article_record(hit.article) | {
        "rank": hit.rank,
        "score": hit.score,
        "snippets": [_snippet_record(snippet) for snippet in hit.snippets],
    }


def _snippet_record(snippet: Snippet) -> dict[str, object]:
    return {"text": snippet.text, "highlights": [list(span) for span in snippet.highlights]}


@app.command("show", epilog="Example: searcher show 3fa9c1d2e4b5 --query flood")
def _show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The id that a hit shows.")],
    *,
    query: Annotated[
        str | None, typer.Option(metavar="QUERY", help="Highlight what matches.")
    ] = None,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Show a whole article, with the copies of it."""
    with searcher.open(archive) as opened:
        article = opened.article(article_id)
        highlighted = opened.highlight(article, query) if query is not None else None
    if as_json:
        record = article_record(article)
        if highlighted:
            title, paragraphs = highlighted
            record["highlights"] = {
                "title": _snippet_record(title),
                "paragraphs": [_snippet_record(paragraph) for paragraph in paragraphs],
            }
        write_json(record)
        return
    from searcher.screen import article_lines

    screen = _screen(color)
    screen.show(article_lines(article, highlighted, width=screen.width, coloured=screen.coloured))


@app.command("stats", epilog="Example: searcher stats --rejected")
def _stats(
    *,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="List the pages that gave no article, and why.")
    ] = False,
    archive: ArchiveOption = DEFAULT_ARCHIVE,
    as_json: JsonOption = False,
) -> None:
    """Tell what is in an archive."""
    with searcher.open(archive) as opened:
        if rejected:
            _list_rejected(opened.rejected(), as_json=as_json)
        elif as_json:
            write_json({"archive": str(archive)} | asdict(opened.stats()))
        else:
            from searcher.screen import stats_lines

            screen = _screen(Colour.AUTO)
            screen.show(stats_lines(opened.stats(), str(archive), width=screen.width))


def _list_rejected(pages: Iterable[PageRecord], *, as_json: bool) -> None:
    if as_json:
        for page in pages:
            write_json({"location": page.location, "url": page.url, "reason": page.reason})
    elif sys.stdout.isatty():
        from searcher.screen import rejected_lines

        screen = _screen(Colour.AUTO)
        screen.show(rejected_lines(pages, width=screen.width))
    else:
        for page in pages:
            typer.echo(f"{printable(page.location)}\t{printable(page.reason or '')}")


def _screen(color: Colour) -> Screen:
    from searcher.screen import Screen

    return Screen(sys.stdout, width=page_width(), coloured=is_coloured(sys.stdout, color))


@app.command("check", epilog="Example: searcher check --archive archive.idx")
def _check(*, archive: ArchiveOption = DEFAULT_ARCHIVE, as_json: JsonOption = False) -> None:
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


def main() -> NoReturn:
    """Run the command, and end the process with its exit status."""
    prepare_streams()
    logging.getLogger().addHandler(logging.NullHandler())  # else Python prints errors itself
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        status = _status()
    except BrokenPipeError:  # of stderr
        status = DONE
    for stream in (sys.stdout, sys.stderr):
        _settle(stream)
    sys.exit(status)


def _status() -> int:
    """Return the exit status, after what went wrong was said."""
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode and not isinstance(error, NewsArchiveError):
            raise
        _explain(error)
        return FAILED
    return status


def _explain(error: Exception) -> None:
    match error:
        case NewsArchiveError() | OSError():
            complain(in_words(error))
        case MemoryError():
            complain("there is not enough memory")
        case _:
            complain(
                f"a defect of this program ({type(error).__name__}: {error}); "
                "to see where, run: python -X dev -m searcher ..."
            )
    if isinstance(error, QuerySyntaxError):
        for line in query_with_caret(error.query, error.position, page_width()):
            typer.echo(line, err=True)


def _run() -> int:
    try:
        app(prog_name="searcher")
    except SystemExit as end:
        # typer and rich turn a closed pipe into an exit status of 1.
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        return end.code if isinstance(end.code, int) else DONE
    return DONE


def _settle(stream: TextIO) -> None:
    """Write what waits, or give it up: Python's own try on leaving ends in a traceback."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
