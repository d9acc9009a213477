"""How two articles look, paragraph by paragraph, with what changed marked."""

from __future__ import annotations

from collections.abc import Iterator

from index.terminal import printable
from searcher.differences import Change, ParagraphChange, Ranges
from searcher.model import Snippet
from searcher.screens.styled import ASIDE, FACT, MATCH, PLAIN, Line, wrapped

__all__ = ["difference_lines"]

# What stands around marked words where there is no colour, as in `wdiff`.
REMOVED = ("[-", "-]")
ADDED = ("{+", "+}")


def difference_lines(
    changes: tuple[ParagraphChange, ...], *, width: int, coloured: bool
) -> Iterator[Line]:
    """Yield the lines that show what became of each paragraph."""
    for number, one in enumerate(changes):
        if number:
            yield ()
        if one.change is Change.SAME:
            yield from wrapped(((printable(one.old or ""), ASIDE),), width, "  ", first="  ")
            continue
        if one.old is not None:
            marked = _marked(one.old, one.removed, MATCH, REMOVED, coloured=coloured)
            yield from wrapped(marked, width, "  ", first="- ")
        if one.new is not None:
            marked = _marked(one.new, one.added, FACT, ADDED, coloured=coloured)
            yield from wrapped(marked, width, "  ", first="+ ")


def _marked(
    text: str, ranges: Ranges, style: str, signs: tuple[str, str], *, coloured: bool
) -> Line:
    pieces = Snippet(text=text, highlights=ranges).pieces()
    before, after = ("", "") if coloured else signs
    return tuple(
        (f"{before}{printable(piece)}{after}", style) if changed else (printable(piece), PLAIN)
        for piece, changed in pieces
    )
