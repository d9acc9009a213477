"""The options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from inspect import signature
from typing import Annotated, Any, TypeVar, cast

import typer

from index.terminal import Colour, is_coloured, page_width
from searcher.model import Counted, Filters
from searcher.screens.layout import Screen
from searcher.screens.pager import paged

__all__ = [
    "NO_FILTERS",
    "ColourOption",
    "OfOption",
    "PagerOption",
    "QueryArgument",
    "given_query",
    "open_screen",
    "paged_screen",
    "takes_filters",
]

QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", help="What to look for; every article where left out."),
]

ColourOption = Annotated[
    Colour, typer.Option("--color", help="When to colour; else matches stand between **.")
]
PagerOption = Annotated[
    bool, typer.Option("--pager/--no-pager", help="Whether more than a screen goes to a pager.")
]
OfOption = Annotated[
    Counted, typer.Option("--of", help="What is counted: articles, or stories, each once.")
]
NO_FILTERS = Filters()

Value = TypeVar("Value")


def _filters(
    *,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help='First day: 2026, 2026-01, 2026-01-03 or "last month".'),
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
    author: Annotated[
        str | None, typer.Option(metavar="NAME", help="Words of an author's name.")
    ] = None,
    section: Annotated[
        str | None, typer.Option(metavar="NAME", help="Words of the section's name.")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="As en, de or ja.")] = None,
) -> Filters:
    told = locals()
    return cast("Filters", {name: text for name, text in told.items() if text is not None})


def takes_filters(command: Callable[..., Value]) -> Callable[..., Value]:
    """Give a command an option for each filter, where it has the parameter `filters`."""
    own, options = (signature(each, eval_str=True) for each in (command, _filters))

    def typed(**told: Any) -> Value:
        filters = _filters(**{name: told.pop(name) for name in options.parameters})
        return command(**told, filters=filters)

    update_wrapper(typed, command)
    parameters = [
        option
        for place in own.parameters.values()
        for option in (options.parameters.values() if place.name == "filters" else (place,))
    ]
    vars(typed)["__signature__"] = own.replace(parameters=parameters)
    return typed


def given_query(words: list[str] | None) -> str | None:
    """Return the query that was typed as words, None where none was."""
    return " ".join(words) if words else None


def open_screen(color: Colour = Colour.AUTO) -> Screen:
    """Return the screen that a command shows its answer on."""
    return Screen(sys.stdout, width=page_width(), coloured=is_coloured(sys.stdout, color))


@contextmanager
def paged_screen(color: Colour = Colour.AUTO, *, pager: bool = True) -> Iterator[Screen]:
    """Give the same with a pager for what is more than a screen."""
    with paged(sys.stdout, wanted=pager) as stream:
        yield Screen(stream, width=page_width(), coloured=is_coloured(sys.stdout, color))
