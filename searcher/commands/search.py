"""The command `searcher search`, for all that a plain search has no words about."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import Colour, page_width
from searcher.commands.options import (
    NO_FILTERS,
    ColourOption,
    PagerOption,
    takes_filters,
)
from searcher.commands.run_search import run_search
from searcher.commands.saved import run_and_save, run_saved
from searcher.commands.saved_query import is_typed
from searcher.commands.typed import (
    DEFAULT_LIMIT,
    Listing,
    SearchArguments,
    query_behind_options,
)
from searcher.model import Filters, Sort

__all__ = ["SearchCommand", "search"]


class SearchCommand(TyperCommand):
    """A command whose words may begin with a hyphen."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed, options first."""
        flags: set[str] = set()
        valued: set[str] = set()
        for option in self.get_params(ctx):
            if option.param_type_name == "option":
                (flags if getattr(option, "is_flag", False) else valued).update(option.opts)
        return super().parse_args(ctx, query_behind_options(args, flags, valued))


def _show_query_help(wanted: bool) -> None:  # noqa: FBT001 (typer passes it so)
    if wanted:
        from searcher.commands.query_help import query_help

        for line in query_help(page_width()):
            typer.echo(line)
        raise typer.Exit


@takes_filters
def search(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            help='Words, all required; "a phrase", OR, -not, elect*, people:Roe, date:2026-01. '
            "All that may be written: --help-query.",
        ),
    ] = None,
    *,
    filters: Filters = NO_FILTERS,
    sort: Annotated[Sort, typer.Option(help="The order of hits.")] = Sort.RELEVANCE,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            metavar="N",
            min=0,
            help=f"Hits at most; else {DEFAULT_LIMIT}, and all with --ids or --locations.",
        ),
    ] = None,
    offset: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Hits to pass over.")
    ] = None,
    page: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The page of hits, --limit on each; first is 1."),
    ] = None,
    copies: Annotated[
        bool, typer.Option("--copies", help="Show every article of a story, not the first only.")
    ] = False,
    all_words: Annotated[
        bool, typer.Option("--all-words", help="Find nothing rather than articles with some words.")
    ] = False,
    recent: Annotated[bool, typer.Option("--recent", help="Lift articles of these days.")] = False,
    around: Annotated[
        str | None, typer.Option(metavar="DATE", help="Lift articles of about that day.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what each score is made of.")
    ] = False,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    pager: PagerOption = True,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV, for spreadsheets.")] = False,
    ids: Annotated[
        bool, typer.Option("--ids", help="Write the ids of the hits only, one a line.")
    ] = False,
    locations: Annotated[
        bool, typer.Option("--locations", help="Write where the pages are only, one a line.")
    ] = False,
    save: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep this search under a name.")
    ] = None,
    saved: Annotated[
        str | None, typer.Option(metavar="NAME", help="Run the search kept under a name.")
    ] = None,
    new_since: Annotated[
        str | None,
        typer.Option(
            metavar="last|DATE",
            help="With --saved: all that it never told, or did not tell before a day.",
        ),
    ] = None,
    null: Annotated[
        bool, typer.Option("--null", "-0", help="With these two: NUL behind each, for xargs -0.")
    ] = False,
    _help_query: Annotated[
        bool,
        typer.Option(
            "--help-query",
            is_eager=True,
            callback=_show_query_help,
            help="Show what may be written in a query, and exit.",
        ),
    ] = False,
) -> None:
    """Find articles, one of each story."""
    forms = {
        Listing.CSV: as_csv,
        Listing.IDS: ids,
        Listing.LOCATIONS: locations,
    }
    chosen = [listing for listing, wanted in forms.items() if wanted]
    if len(chosen) + as_json > 1:
        raise typer.BadParameter("only one of --json, --csv, --ids and --locations can be had")
    if null and not (ids or locations):
        raise typer.BadParameter("--null goes with --ids or --locations")
    if explain and chosen:
        raise typer.BadParameter("--explain has no place in a table or a list; it goes with --json")
    if page is not None and offset is not None:
        raise typer.BadParameter("--page says what --offset is; only one of them can be had")
    if limit is None and (page is not None or not (ids or locations or new_since)):
        limit = DEFAULT_LIMIT
    _check_saved(query, save, saved, new_since)
    if saved is None and not query and not filters:
        raise typer.BadParameter(
            "say what to look for, or narrow all articles by --person, --since or another filter, "
            "or name a saved search with --saved"
        )
    if page is not None:
        offset = (page - 1) * (limit or 0)
    told = SearchArguments(
        query=tuple(query or ()),
        filters=filters,
        sort=sort,
        limit=limit,
        offset=offset or 0,
        copies=copies,
        all_words=all_words,
        recent=recent,
        around=around,
        explain=explain,
        archive=archive,
        color=color,
        as_json=as_json,
        listing=chosen[0] if chosen else None,
        ends_in_null=null,
        pager=pager,
    )
    if saved is not None:
        typed = {name for name in ("sort", "archive") if is_typed(ctx, name)}
        status = run_saved(told, saved, new_since, typed)
    else:
        status = run_search(told) if save is None else run_and_save(told, save)
    if status:
        raise typer.Exit(status)


def _check_saved(
    query: list[str] | None, save: str | None, saved: str | None, new_since: str | None
) -> None:
    if saved is None and new_since is not None:
        raise typer.BadParameter("--new-since goes with --saved NAME")
    if saved is not None and (query or save is not None):
        raise typer.BadParameter("--saved goes neither with a query of yours nor with --save")
