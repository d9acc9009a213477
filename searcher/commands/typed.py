"""A search as it was typed: read, its query found among the options, and pointed at.

Strategy: `plain_search` reads what needs no words about it: known options with values that
can be meant. It is right or it gives up, and then the commands of `searcher.commands.app` read
the same arguments, help and complain; what they are built with takes as long to load as
several searches. Tests hold the two to the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from index.terminal import ARCHIVE_VARIABLE, DEFAULT_ARCHIVE, Colour, cells, path_problem
from searcher.model import Filters, Sort

__all__ = [
    "DEFAULT_LIMIT",
    "Listing",
    "SearchArguments",
    "plain_search",
    "query_behind_options",
    "query_with_caret",
]

INDENT = "  "
CUT = "..."
DEFAULT_LIMIT = 10


class Listing(StrEnum):
    """What is listed of the hits for other programs, where it is not all as JSON."""

    CSV = "csv"
    IDS = "ids"
    LOCATIONS = "locations"


class SearchArguments(NamedTuple):
    """What `searcher search` is told; see its help. Without a limit, all hits are wanted.

    Only articles with the ids of `among` are looked at, where there are any.
    """

    query: tuple[str, ...]
    filters: Filters = Filters()  # not to be changed
    sort: Sort = Sort.RELEVANCE
    limit: int | None = DEFAULT_LIMIT
    offset: int = 0
    copies: bool = False
    all_words: bool = False
    recent: bool = False
    around: str | None = None
    explain: bool = False
    archive: Path = Path(DEFAULT_ARCHIVE)
    color: Colour = Colour.AUTO
    as_json: bool = False
    listing: Listing | None = None
    ends_in_null: bool = False
    pager: bool = True
    among: Collection[str] | None = None

    @property
    def text(self) -> str | None:
        """The query as one text; None: there is none, and every article that is left is found."""
        return " ".join(self.query) if self.query else None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def _archive(text: str) -> Path:
    if path_problem(text):
        raise ValueError(text)
    return Path(text)


SWITCHES = MappingProxyType(
    {
        "--json": "as_json",
        "--copies": "copies",
        "--all-words": "all_words",
        "--recent": "recent",
        "--explain": "explain",
    }
)
FLAGS = frozenset({*SWITCHES, "-h", "-0"})  # these are no words; for what they ask this gives up
VALUED: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    **{f"--{name}": (name, str) for name in Filters.__annotations__},
    "--sort": ("sort", Sort),
    "--limit": ("limit", _number),
    "-n": ("limit", _number),
    "--offset": ("offset", _number),
    "--around": ("around", str),
    "--archive": ("archive", _archive),
    "--color": ("color", Colour),
}


def plain_search(arguments: list[str], environ: Mapping[str, str]) -> SearchArguments | None:
    """Return what a search is told, None where the command line is for others to read.

    Args:
        arguments: What was typed behind the name of the program.
        environ: Where the archive may be named.
    """
    if arguments[:1] != ["search"]:
        return None
    ordered = query_behind_options(arguments[1:], FLAGS, VALUED)
    options = ordered[: ordered.index("--")]
    words = tuple(ordered[len(options) + 1 :])
    named = environ.get(ARCHIVE_VARIABLE)
    if named:
        options = ["--archive", named, *options]
    try:
        told = dict(_told(iter(options)))
    except (KeyError, ValueError):
        return None
    filters: Any = {name: told.pop(name) for name in Filters.__annotations__ if name in told}
    return SearchArguments(words, filters=filters, **told) if words else None


def _told(options: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of each option.

    Raises:
        KeyError: An option is not known.
        ValueError: A value is missing, cannot be meant, or may be an option.
    """
    for option in options:
        if option in SWITCHES:
            yield SWITCHES[option], True
            continue
        name, equals, text = option.partition("=")
        if not option.startswith("--"):  # -n5
            name, text = option[:2], option[2:]
        if not (equals or text):
            text = next(options, "-")
        if text.startswith("-"):
            raise ValueError(option)
        field, value = VALUED[name]
        yield field, value(text)


def query_behind_options(
    arguments: Iterable[str], flags: Collection[str], valued: Collection[str]
) -> list[str]:
    """Return the arguments of a search, options first and the words of the query behind `--`.

    A word with one hyphen before it excludes that word; it is no bundle of short options.
    With two hyphens it is an option, known or mistyped, except behind `--`.

    Args:
        arguments: What was typed.
        flags: The options without a value.
        valued: The options with one.

    Example:
        >>> query_behind_options(["flood", "-draft", "-n", "5"], flags=(), valued=("-n",))
        ['-n', '5', '--', 'flood', '-draft']
    """
    options: list[str] = []
    words: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            words.extend(waiting)
        elif argument in valued:
            options.extend([argument, *islice(waiting, 1)])
        elif argument.startswith("--") or argument in flags or _is_number(argument, valued):
            options.append(argument)
        else:
            words.append(argument)
    return [*options, "--", *words]


def _is_number(argument: str, valued: Collection[str]) -> bool:
    """Tell `-n5` from `-nuclear`."""
    return argument[:2] in valued and argument[2:].isdecimal()


def query_with_caret(query: str, position: int, width: int) -> tuple[str, str]:
    r"""Return the query, or the part around a place in it, and a line that points there.

    Args:
        query: The query.
        position: Code points before the place.
        width: Cells of a line.

    Example:
        >>> print("\n".join(query_with_caret("flood (storm", 6, width=80)))
          flood (storm
                ^
    """
    shown = "".join(char if char.isprintable() else " " for char in query)
    room = width - len(INDENT) - len(CUT) - 1
    before, behind = shown[:position], shown[position:]
    if cells(shown) > room:
        behind = _head(behind, max(room - cells(before), room // 2))
        before = _head(before[::-1], room - cells(behind))[::-1]
    line = INDENT + before + behind
    return line, " " * cells(INDENT + before) + "^"


def _head(text: str, room: int) -> str:
    """Return the text, or as much of it as fits in so many cells with dots for the rest."""
    if cells(text) <= room:
        return text
    end = used = 0
    while used + cells(text[end]) <= room - len(CUT):
        used += cells(text[end])
        end += 1
    return text[:end] + CUT
