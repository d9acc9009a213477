"""How timelines look on a terminal and in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.terminal import counted
from searcher.model import Count, Period
from searcher.screens.bars import bar_lines
from searcher.screens.styled import ASIDE, PLAIN, Line, wrapped

__all__ = ["timeline_lines", "timeline_rows"]


def timeline_lines(
    counts: Sequence[Count],
    period: Period,
    *,
    total: int,
    merged: str | None,
    width: int,
    blocks: bool,
) -> Iterator[Line]:
    """Yield the lines that show a timeline, a bar for each period.

    Args:
        counts: The periods in their order.
        period: Their length.
        total: How many articles match, those without a day too.
        merged: What was asked for and did not fit, as `731 days`; None: it fits.
        width: Cells of a line.
        blocks: Whether the terminal has block characters.
    """
    yield from bar_lines(counts, width=width, blocks=blocks)
    undated = total - sum(count.articles for count in counts)
    about = f"{counted(total, 'article')} by {period}"
    if any(count.stories is not None for count in counts):
        about += ", their stories counted"
    if undated:
        about += f", {undated:,} without a date"
    if merged:
        about += f" ({merged} would not fit; --csv lists them)"
    yield from wrapped(((about, ASIDE),), width)


def timeline_rows(counts: Sequence[Count]) -> Iterator[Line]:
    """Yield a line for each period: its name and its number with a tab between them."""
    for count in counts:
        yield ((f"{count.value}\t{count.number}", PLAIN),)
