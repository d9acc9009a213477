"""The command `searcher timeline`: when the articles that match were published."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.terminal import NOTHING, Colour, complain, counted, write_json
from searcher.charts import MAX_BARS, as_png, as_svg, timeline_chart
from searcher.commands.options import (
    NO_FILTERS,
    ColourOption,
    OfOption,
    QueryArgument,
    given_query,
    open_screen,
    takes_filters,
)
from searcher.commands.outfile import out_to, to_stdout
from searcher.commands.saved_query import takes_saved
from searcher.model import Count, Counted, Filters, Period
from searcher.records import count_record
from searcher.screens.bars import has_blocks
from searcher.screens.hits import say_how_it_was_read
from searcher.screens.timeline import timeline_lines, timeline_rows

if TYPE_CHECKING:
    from searcher.results import Results

__all__ = ["timeline"]

MAX_ROWS = 62  # two months of days, a year of weeks, five years of months
CSV, SVG, PNG = ".csv", ".svg", ".png"


def _picture(text: str) -> Path:
    if Path(text).suffix.lower() not in {CSV, SVG, PNG}:
        raise typer.BadParameter("give it a name that ends in .svg, .png or .csv")
    return Path(text)


@takes_filters
@takes_saved
def timeline(
    query: QueryArgument = None,
    *,
    by: Annotated[Period, typer.Option("--by", help="The length of a step.")] = Period.MONTH,
    of: OfOption = Counted.ARTICLES,
    filters: Filters = NO_FILTERS,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            parser=_picture,
            help="Write a chart (.svg, .png) or a table (.csv) instead.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace FILE where there is one.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write a table, for programs.")] = False,
    archive: ArchiveOption = ARCHIVE,
    color: ColourOption = Colour.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Show when the articles that match, or all, were published."""
    if sum((as_csv, as_json, output is not None)) > 1:
        raise typer.BadParameter("only one of --csv, --json and --output can be had")
    with searcher.open(archive) as opened:
        results = opened.search(given_query(query), limit=0, **filters)
        say_how_it_was_read(results)
        counts = results.timeline(by, of=of)
        if not counts:
            _explain_nothing(results.total)
        elif output:
            if output.exists() and not force:
                raise searcher.SearchError(f"{output} exists; --force replaces it")
            _write_file(output, results, by, of, _title(query, filters, results.total))
        elif as_csv:
            to_stdout()(_table(counts))
        elif as_json:
            for count in counts:
                write_json({"by": by} | count_record(count))
        elif sys.stdout.isatty():
            _show_bars(results, by, of, color)
        else:
            open_screen(color).show(timeline_rows(counts))
    if not counts:
        raise typer.Exit(NOTHING)


def _explain_nothing(total: int) -> None:
    without = "the article that matches has no date"
    if total > 1:
        without = f"none of the {total:,} articles that match has a date"
    sys.stderr.write((without if total else "no article matches") + "\n")


def _title(query: list[str] | None, filters: Filters, total: int) -> str:
    """Return what a timeline is about, and of how many articles."""
    told = [f"{name} {text}" for name, text in filters.items()]
    about = ", ".join(filter(None, [given_query(query), *told]))
    return f"{about}: {counted(total, 'article')}" if about else counted(total, "article")


def _fitting(results: Results, period: Period, most: int) -> tuple[Period, str | None]:
    """Return the finest periods, from those asked for on, of which there are not too many.

    With them comes how many were asked for where these would be too many.
    """
    asked = len(results.timeline(period))
    coarser = [*Period][[*Period].index(period) + 1 :]
    if asked <= most or not coarser:
        return period, None
    fitting = (one for one in coarser if len(results.timeline(one)) <= most)
    return next(fitting, coarser[-1]), counted(asked, period)


def _show_bars(results: Results, by: Period, of: Counted, color: Colour) -> None:
    screen = open_screen(color)
    period, merged = _fitting(results, by, MAX_ROWS)
    lines = timeline_lines(
        results.timeline(period, of=of),
        period,
        total=results.total,
        merged=merged,
        width=screen.width,
        blocks=has_blocks(sys.stdout),
    )
    screen.show(lines)


def _write_file(path: Path, results: Results, by: Period, of: Counted, title: str) -> None:
    if path.suffix.lower() == CSV:
        with out_to(path, force=True) as write:
            write(_table(results.timeline(by, of=of)))
        return
    period, merged = _fitting(results, by, MAX_BARS)
    if merged:
        complain(f"{merged} would not fit on a chart; it is by {period}, and .csv has them all")
    chart = timeline_chart(results.timeline(period, of=of), f"{title} by {period}{_counted_by(of)}")
    if path.suffix.lower() == SVG:
        with out_to(path, force=True) as write:
            write(as_svg(chart))
    else:
        path.write_bytes(as_png(chart))


def _counted_by(of: Counted) -> str:
    return ", their stories counted" if of is Counted.STORIES else ""


def _table(counts: Sequence[Count]) -> str:
    written = io.StringIO()
    rows = csv.writer(written)  # RFC 4180, as an export is
    kind = Counted.ARTICLES if counts[0].stories is None else Counted.STORIES
    rows.writerow(["period", kind])
    rows.writerows((count.value, count.number) for count in counts)
    return written.getvalue()
