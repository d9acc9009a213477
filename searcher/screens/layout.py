"""What all screens share: where they are written, marks of what matched, facts with labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from index.terminal import printable
from searcher.model import Snippet
from searcher.screens.styled import ASIDE, MATCH, PLAIN, Line, enable_styles, painted, wrapped

__all__ = ["LABEL", "MARGIN", "Screen", "Writable", "labelled", "marked"]

MARGIN = 4  # cells before what belongs to the line above
LABEL = 11  # cells of a label


class Writable(Protocol):
    """What a screen needs of a stream."""

    def write(self, text: str, /) -> object:
        """Write a text."""
        ...


class Screen:
    """Where results for a person are written to."""

    def __init__(self, stream: Writable, *, width: int, coloured: bool) -> None:
        self.width = width
        self.coloured = coloured
        self._stream = stream
        if coloured:
            enable_styles()

    def show(self, lines: Iterable[Line]) -> None:
        """Write the lines as they are."""
        for line in lines:
            self._stream.write(painted(line, coloured=self.coloured) + "\n")


def marked(snippet: Snippet, style: str, *, coloured: bool) -> Line:
    """Return a snippet with what matched in it in a colour, or between ** and **."""
    pieces = ((printable(text), matched) for text, matched in snippet.pieces())
    if coloured:
        return tuple((text, MATCH if matched else style) for text, matched in pieces)
    return tuple((f"**{text}**" if matched else text, style) for text, matched in pieces)


def labelled(label: str, fact: str, width: int) -> Iterator[Line]:
    """Yield a fact behind its label."""
    fact = printable(fact)
    first = f"{label:{LABEL}}"
    if " " not in fact:  # an address or a path stays in one piece
        yield ((first, ASIDE), (fact, PLAIN))
    else:
        yield from wrapped(((fact, PLAIN),), width, " " * LABEL, first=first)
