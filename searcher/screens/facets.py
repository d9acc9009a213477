"""How facets look: the values of a field below its name, each with a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.terminal import printable
from searcher.model import Count
from searcher.screens.bars import bar_lines
from searcher.screens.styled import ASIDE, PLAIN, TITLE, Line

__all__ = ["facet_lines", "facet_rows"]

INDENT = "  "


def facet_lines(
    field: str, counts: Sequence[Count], limit: int, *, width: int, blocks: bool
) -> Iterator[Line]:
    """Yield the lines that show a facet on a terminal.

    Args:
        field: What the articles are counted by.
        counts: Its values, the most frequent first.
        limit: Values to show at most; that there are more is said.
        width: Cells of a line.
        blocks: Whether the terminal has block characters.
    """
    yield ((field, TITLE),)
    yield from bar_lines(counts[:limit], width=width, blocks=blocks, indent=INDENT)
    if len(counts) > limit:
        yield ((f"{INDENT}and more", ASIDE),)
    if not counts:
        yield ((f"{INDENT}(none)", ASIDE),)
    yield ()


def facet_rows(field: str, counts: Sequence[Count]) -> Iterator[Line]:
    """Yield a line for each value: field, value and number with tabs between them."""
    for count in counts:
        yield ((f"{field}\t{printable(count.value)}\t{count.number}", PLAIN),)
