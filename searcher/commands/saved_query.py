"""The option `--saved` of the commands that look around: a saved search says what to look for."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from searcher.saved import kept_searches

__all__ = ["is_typed", "takes_saved"]

SavedOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Look for what the search of that name does.")
]

Value = TypeVar("Value")


def takes_saved(command: Callable[..., Value]) -> Callable[..., Value]:
    """Give a command the option `--saved NAME`, for its parameters query, filters and archive.

    Filters that are typed beside it add to those saved, or replace them, as the archive does.
    """
    own = signature(command, eval_str=True)

    def told(*, ctx: typer.Context, saved: str | None, **given: Any) -> Value:
        if saved is not None:
            if given["query"]:
                raise typer.BadParameter("--saved goes with no query of yours")
            search = kept_searches().get(saved)
            given["query"] = [search.query] if search.query else []
            given["filters"] = {**search.filters, **given["filters"]}
            if not is_typed(ctx, "archive"):
                given["archive"] = Path(search.archive)
        return command(**given)

    update_wrapper(told, command)
    added = (
        Parameter("saved", Parameter.KEYWORD_ONLY, default=None, annotation=SavedOption),
        Parameter("ctx", Parameter.KEYWORD_ONLY, annotation=typer.Context),
    )
    vars(told)["__signature__"] = own.replace(parameters=[*own.parameters.values(), *added])
    return told


def is_typed(ctx: typer.Context, name: str) -> bool:
    """Tell whether a parameter was typed, and not left as it is or set in the environment."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
