"""A capture that was written as Markdown: its marks come off.

Strategy: tools that save the text of a page often write it so. Where a line is a heading of
Markdown, or several links are, the marks of headings, links, pictures and emphasis go; lists
are told by their look as in other captures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["without_markdown"]

HEADING = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t#]*$")
IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
EMPHASIS = re.compile(r"(?<!\w)(\*\*\*|\*\*|__|\*|_)(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)")
QUOTE = re.compile(r"(?:>[ \t]?)+")
FEWEST_LINKS = 3


def without_markdown(lines: Sequence[str]) -> list[str]:
    """Return the lines of a capture without marks, or as they are if it has none.

    Example:
        >>> without_markdown(["# Flood", "", "By *Jane Roe* of the [Times](https://x.example)"])
        ['Flood', '', 'By Jane Roe of the Times']
    """
    links = sum("](" in line for line in lines)
    if links < FEWEST_LINKS and not any(map(HEADING.match, lines)):
        return [*lines]
    return [_plain(line) for line in lines]


def _plain(line: str) -> str:
    if heading := HEADING.match(line):
        line = heading[1]
    elif quote := QUOTE.match(line):
        line = line[quote.end() :]
    if "](" in line:
        line = LINK.sub(r"\1", IMAGE.sub("", line))
    return EMPHASIS.sub(r"\2", line) if "*" in line or "_" in line else line
