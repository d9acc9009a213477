"""Lines of text in parts, each with a style: how they are wrapped, and how they are painted.

Strategy: a line is a tuple of parts, and a style is the number that a terminal knows it by
(ECMA-48, "Select Graphic Rendition"). A few styles are all that a list of hits needs; the
library that the progress bar is drawn with takes longer to load than a search takes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from index.terminal import cells, line_breaks

__all__ = [
    "ASIDE",
    "FACT",
    "LINK",
    "MATCH",
    "PLAIN",
    "TITLE",
    "Line",
    "Part",
    "enable_styles",
    "painted",
    "wrapped",
]

Part: TypeAlias = tuple[str, str]  # a text without line breaks, and its style
Line: TypeAlias = tuple[Part, ...]

PLAIN = ""
TITLE = "1"  # bold
ASIDE = "2"  # dim
MATCH = "1;31"  # bold red
FACT = "32"  # green
LINK = "36"  # cyan

MIN_ROOM = 4  # cells that a line has at least behind its indent


def painted(line: Line, *, coloured: bool) -> str:
    r"""Return the line as a terminal takes it; without colour, its text.

    Example:
        >>> painted((("a ", PLAIN), ("flood", MATCH)), coloured=True)
        'a \x1b[1;31mflood\x1b[0m'
    """
    if not coloured:
        return "".join(text for text, _ in line)
    return "".join(
        f"\x1b[{style}m{text}\x1b[0m" if style and text else text for text, style in line
    )


def wrapped(line: Line, width: int, indent: str = "", *, first: str = "") -> Iterator[Line]:
    """Yield the line as lines that fit, the first behind `first`, all others behind `indent`.

    Args:
        line: What is too long.
        width: Cells of a line.
        indent: What all lines but the first begin with.
        first: What the first begins with; it is filled up to the indent.

    Example:
        >>> [painted(part, coloured=False) for part in wrapped((("a b c d", PLAIN),), 7, "   ")]
        ['   a b', '   c d']
    """
    text = "".join(text for text, _ in line)
    lead = first.ljust(len(indent))
    breaks = line_breaks(text, max(width - cells(indent), MIN_ROOM))
    for start, end in pairwise((0, *breaks, len(text))):
        yield ((lead, ASIDE), *_cut(line, start, start + len(text[start:end].rstrip())))
        lead = indent


def _cut(line: Line, start: int, end: int) -> Iterator[Part]:
    """Yield what stands between two places of a line."""
    for text, style in line:
        if start < len(text) and end > 0:
            yield text[max(start, 0) : end], style
        start, end = start - len(text), end - len(text)


def enable_styles() -> None:
    """Make the console of Windows obey styles, which others always do."""
    if sys.platform == "win32":
        import ctypes

        kernel, stdout, all_output_modes = ctypes.windll.kernel32, -11, 7
        kernel.SetConsoleMode(kernel.GetStdHandle(stdout), all_output_modes)
