"""The command `searcher search`, for all that a plain search has no words about."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import Colour
from searcher.commands.options import (
    AuthorOption,
    ColourOption,
    LanguageOption,
    PersonOption,
    SectionOption,
    SinceOption,
    SourceOption,
    UntilOption,
    given_filters,
)
from searcher.commands.run_search import run_search
from searcher.commands.typed import SearchArguments, query_behind_options
from searcher.model import Sort

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


def search(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help='Words, all required; "a phrase", OR, -not, elect*, people:Roe, date:2026-01.',
        ),
    ],
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    person: PersonOption = None,
    author: AuthorOption = None,
    section: SectionOption = None,
    language: LanguageOption = None,
    sort: Annotated[Sort, typer.Option(help="The order of hits.")] = Sort.RELEVANCE,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="Hits at most.")
    ] = 10,
    offset: Annotated[int, typer.Option(metavar="N", min=0, help="Hits to pass over.")] = 0,
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
    as_json: JsonOption = False,
) -> None:
    """Find articles, one of each story."""
    told = SearchArguments(
        query=tuple(query),
        filters=given_filters(
            since=since,
            until=until,
            source=source,
            person=person,
            author=author,
            section=section,
            language=language,
        ),
        sort=sort,
        limit=limit,
        offset=offset,
        copies=copies,
        all_words=all_words,
        recent=recent,
        around=around,
        explain=explain,
        archive=archive,
        color=color,
        as_json=as_json,
    )
    if status := run_search(told):
        raise typer.Exit(status)
