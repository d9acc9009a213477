"""Bars of counts: each number of articles behind its name, and as a length beside the others."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from typing import TextIO

from index.terminal import cells, printable
from searcher.model import Count
from searcher.screens.styled import ASIDE, FACT, PLAIN, Line

__all__ = ["bar_lines", "has_blocks"]

GAP = "  "
# What a bar ends in, by eighths of a cell.
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
BLOCK, SIGN = "█", "#"
DOTS = "..."


def has_blocks(stream: TextIO) -> bool:
    """Tell whether a stream can take block characters."""
    return codecs.lookup(stream.encoding).name.startswith("utf")


def bar_lines(
    counts: Sequence[Count], *, width: int, blocks: bool, indent: str = ""
) -> Iterator[Line]:
    """Yield a line for each count: its name, its number, its bar.

    Names take half of a line at most, and are cut where they are longer.

    Args:
        counts: What to show, in order.
        width: Cells of a line.
        blocks: Whether bars are of block characters; else of number signs.
        indent: What each line begins with.
    """
    names = [_cut(printable(count.value), width // 2 - len(indent)) for count in counts]
    numbers = [f"{count.number:,}" for count in counts]
    most = max((count.number for count in counts), default=0)
    name_room = max(map(cells, names), default=0)
    number_room = max(map(len, numbers), default=0)
    bar_room = max(width - len(indent) - name_room - number_room - 2 * len(GAP), 1)
    for count, name, number in zip(counts, names, numbers, strict=True):
        begin = indent + name + " " * (name_room - cells(name))
        line: Line = ((begin, PLAIN), (f"{GAP}{number:>{number_room}}", ASIDE))
        if count.number:
            bar = _bar(count.number * bar_room * len(EIGHTHS) // most, blocks=blocks)
            line += ((GAP, PLAIN), (bar, FACT))
        yield line


def _bar(eighths: int, *, blocks: bool) -> str:
    """Return a bar; something is seen of the shortest too."""
    whole, part = divmod(eighths, len(EIGHTHS))
    if not blocks:
        return SIGN * max(whole, 1)
    return BLOCK * whole + EIGHTHS[part] or EIGHTHS[1]


def _cut(name: str, room: int) -> str:
    if cells(name) <= room:
        return name
    while cells(name) > room - len(DOTS):
        name = name[:-1]
    return name.rstrip() + DOTS
