"""What is seen of a page: marked elements and lines, looked up only where its tags are silent."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from index.parse.marks import (
    AUTHOR_QUERY,
    Mark,
    lines_above,
    lines_below,
    lines_near,
    read_marks,
    title_place,
    visible_lines,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["Visible"]


class Visible:
    """What is seen of a page, looked up when it is asked for.

    Attributes:
        tree: The page.
        titles: The article's title and its headings, once they are known.
    """

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.titles: tuple[str, ...] = ()
        self.tree = tree

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Elements whose names say that they hold a date or a byline."""
        return read_marks(self.tree)

    @cached_property
    def author_marks(self) -> tuple[Mark, ...]:
        """Those that hold a byline; where dates were asked for, they are among those marks."""
        if "marks" in self.__dict__:
            return self.marks
        return read_marks(self.tree, AUTHOR_QUERY)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """All lines."""
        return visible_lines(self.tree)

    @cached_property
    def place(self) -> int | None:
        """Which line is the title; the titles must be known by then."""
        return title_place(self.lines, self.titles)

    @cached_property
    def below(self) -> tuple[str, ...]:
        """Lines below the title."""
        return lines_below(self.lines, self.place)

    @property
    def above(self) -> tuple[str, ...]:
        """Lines above the title."""
        return lines_above(self.lines, self.place)

    @cached_property
    def near(self) -> tuple[str, ...]:
        """Lines below the title, above it, and a dateline elsewhere."""
        return lines_near(self.lines, self.place)
