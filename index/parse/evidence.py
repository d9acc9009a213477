"""What is known of a page when it is judged whether it is an article: see reject.py."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.parse import widths

__all__ = ["ARTICLE_KIND", "LONGEST_ERROR", "RUNNING_TEXT", "Evidence", "width"]

# Error pages, walls and robot checks are shorter (with their help texts), and with the lines
# of the site around them.
LONGEST_ERROR = 600
LONGEST_WITH_SITE = 3000
# A paragraph this long is running text; headlines and teasers of index pages are shorter.
RUNNING_TEXT = 160
IDEOGRAPH_WIDTH = 3
ARTICLE_KIND = re.compile(r"article|posting|report|review|live")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a page when it is judged."""

    lines: tuple[str, ...]
    chars: int
    longest: int
    kind: str
    status: int | None
    link_share: float
    has_date_or_author: bool
    title: str = ""
    is_refined: bool = False

    @property
    def is_declared(self) -> bool:
        """Whether the page calls itself an article and says when it is from, or whose."""
        return bool(ARTICLE_KIND.search(self.kind)) and self.has_date_or_author

    def says(self, phrase: re.Pattern[str]) -> bool:
        """Return whether a page as short as an error page has a short line with the phrase."""
        most = LONGEST_WITH_SITE if self.is_refined else LONGEST_ERROR
        return self.chars <= most and any(
            len(line) < RUNNING_TEXT and phrase.search(line) for line in self.lines
        )


def width(text: str) -> int:
    """Return a length in which an ideograph counts as the word that it is."""
    return len(text) if len(text) >= LONGEST_ERROR else widths.width(text, IDEOGRAPH_WIDTH)
