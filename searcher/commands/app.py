"""The program with all its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from index.cli import index_pages, parse_pages
from searcher.commands.check import check
from searcher.commands.diff import diff
from searcher.commands.export import export
from searcher.commands.facets import facets
from searcher.commands.people import people
from searcher.commands.saved import saved
from searcher.commands.search import SearchCommand, search
from searcher.commands.show import show
from searcher.commands.similar import similar
from searcher.commands.stats import stats
from searcher.commands.stories import stories
from searcher.commands.timeline import timeline

__all__ = ["app"]

app = typer.Typer(
    name="searcher",
    help="Search an archive of saved news pages.",
    epilog="Start with: searcher index FOLDER, then: searcher search WORDS",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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


app.command(epilog="Example: searcher index saved-pages", name="index")(index_pages)
app.command(epilog="Example: searcher parse page.html | jq .title", name="parse")(parse_pages)
app.command(cls=SearchCommand, epilog='Example: searcher search flood "city council"')(search)
app.command(epilog="Example: searcher show 3fa9c1d2e4b5 --query flood")(show)
app.command(cls=SearchCommand, epilog="Example: searcher facets flood --by source --by year")(
    facets
)
app.command(cls=SearchCommand, epilog="Example: searcher timeline flood --by week -o flood.svg")(
    timeline
)
app.command(epilog="Example: searcher similar 3fa9c1d2e4b5 --since 2025")(similar)
app.command(cls=SearchCommand, epilog="Example: searcher stories flood --latest")(stories)
app.command(cls=SearchCommand, epilog="Example: searcher people flood --since 2025-06")(people)
app.command(epilog="Example: searcher diff 3fa9c1d2e4b5 9b07d1c66a20")(diff)
app.command(cls=SearchCommand, epilog="Example: searcher export flood -o floods.bib")(export)
app.command(epilog="Example: searcher saved --remove strikes")(saved)
app.command(epilog="Example: searcher stats --rejected")(stats)
app.command(epilog="Example: searcher check --archive archive.idx")(check)
