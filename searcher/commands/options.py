"""The options that several commands share."""

from __future__ import annotations

import sys
from typing import Annotated, Unpack, cast

import typer

from index.terminal import Colour, is_coloured, page_width
from searcher.model import Filters
from searcher.screens.layout import Screen

__all__ = [
    "AuthorOption",
    "ColourOption",
    "LanguageOption",
    "PersonOption",
    "SectionOption",
    "SinceOption",
    "SourceOption",
    "UntilOption",
    "given_filters",
    "open_screen",
]

ColourOption = Annotated[
    Colour, typer.Option("--color", help="When to colour; else matches stand between **.")
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help='First day: 2026, 2026-01, 2026-01-03 or "last month".'),
]
UntilOption = Annotated[str | None, typer.Option(metavar="DATE", help="Last day, itself included.")]
SourceOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Words of the source's name.")
]
PersonOption = Annotated[str | None, typer.Option(metavar="NAME", help="Words of a person's name.")]
AuthorOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Words of an author's name.")
]
SectionOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Words of the section's name.")
]
LanguageOption = Annotated[str | None, typer.Option(metavar="CODE", help="As en, de or ja.")]


def given_filters(**filters: Unpack[Filters]) -> Filters:
    """Return the filters that were typed."""
    return cast("Filters", {name: text for name, text in filters.items() if text is not None})


def open_screen(color: Colour = Colour.AUTO) -> Screen:
    """Return the screen that a command shows its answer on."""
    return Screen(sys.stdout, width=page_width(), coloured=is_coloured(sys.stdout, color))
