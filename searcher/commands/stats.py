"""The command `searcher stats`: what is in an archive, and which pages are not."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer

import searcher
from index.cli import ARCHIVE, ArchiveOption, JsonOption
from index.model import PageRecord
from index.terminal import printable, write_json
from searcher.commands.options import PagerOption, open_screen, paged_screen
from searcher.records import count_record
from searcher.screens.stats import rejected_lines, stats_lines

__all__ = ["stats"]


def stats(
    *,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="List the pages that gave no article, and why.")
    ] = False,
    archive: ArchiveOption = ARCHIVE,
    pager: PagerOption = True,
    as_json: JsonOption = False,
) -> None:
    """Tell what is in an archive."""
    with searcher.open(archive) as opened:
        if rejected:
            _list_rejected(opened.rejected(), as_json=as_json, pager=pager)
        elif as_json:
            write_json({"archive": str(archive)} | _stats_record(opened.stats()))
        else:
            screen = open_screen()
            screen.show(stats_lines(opened.stats(), str(archive), width=screen.width))


def _stats_record(stats: searcher.ArchiveStats) -> dict[str, object]:
    return asdict(stats) | {
        "sources": [*map(count_record, stats.sources)],
        "languages": [*map(count_record, stats.languages)],
    }


def _list_rejected(pages: Iterable[PageRecord], *, as_json: bool, pager: bool) -> None:
    if as_json:
        for page in pages:
            write_json({"location": page.location, "url": page.url, "reason": page.reason})
    elif sys.stdout.isatty():
        with paged_screen(pager=pager) as screen:
            screen.show(rejected_lines(pages, width=screen.width))
    else:
        for page in pages:
            typer.echo(f"{printable(page.location)}\t{printable(page.reason or '')}")
