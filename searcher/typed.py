"""The query as it was typed: found among the options, and pointed at where it is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from index.terminal import cells

__all__ = ["query_behind_options", "query_with_caret"]

INDENT = "  "
CUT = "..."


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
