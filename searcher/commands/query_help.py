"""The page of `searcher search --help-query`: what may be written in a query, by example."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from index.terminal import cells

__all__ = ["EXAMPLES", "query_help"]

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "Words": (
        ("flood bridge", "both words, in any of their forms"),
        ("flood OR storm", "either"),
        ("flood -storm", "the first and not the second; also NOT"),
        ("flood (storm OR bridge)", "groups"),
    ),
    "Phrases": (
        ('"river authority"', "the words in a row"),
        ('"river authority"~2', "with at most 2 other words between"),
        ("river NEAR/2 authority", "in any order; NEAR: 10 words"),
    ),
    "Many words": (
        ("elect*", "words that begin so; also *ridge, ast*labe"),
        ("w?rd", "one letter for each ?"),
        ("elison~1", "words one letter away, or two exchanged; ~2: twice that"),
    ),
    "Fields": (
        ("title:flood", "in the title; body:, url:, section:, author:, language:"),
        ("people:roe", "a person, in part; source: likewise"),
        ('people:"Jane Roe"', "exactly that name"),
        ("people:(ellison OR doe)", "any of several"),
    ),
    "Dates": (
        ("date:2025-09", "in that month; also 2025, 2025-09-20, today, yesterday"),
        ("date:2025-11..2026-01", "from the first day to the last"),
        ("since:2026", "from the first day on; until: up to the last"),
        ('date:"last month"', 'also "this week", "past 2 weeks", "3 days ago", 14d'),
    ),
    "Order": (("flood storm^3", "the word counts three times as much"),),
}
NOTE = (
    "In quotation marks, signs and operators are text. Case, accents and the kind of a quotation "
    "mark or dash do not count. A shell wants the query in single quotes."
)
MARGIN = "  "
COLUMN = 27
MIN_WIDTH = 60  # of a page with two columns


def query_help(width: int) -> Iterator[str]:
    """Yield the lines of the page.

    Args:
        width: Cells of a line; example queries are never cut.
    """
    for heading, examples in EXAMPLES.items():
        yield heading
        for query, meaning in examples:
            yield from _example(query, meaning, width)
    yield ""
    yield from textwrap.wrap(NOTE, max(width, 20))


def _example(query: str, meaning: str, width: int) -> Iterator[str]:
    if width < MIN_WIDTH:
        yield MARGIN + query
        indent = MARGIN * 2
        yield from textwrap.wrap(
            meaning, max(width, 20), initial_indent=indent, subsequent_indent=indent
        )
        return
    gap = " " * max(COLUMN - cells(MARGIN + query), 2)
    yield from textwrap.wrap(
        meaning,
        width,
        initial_indent=MARGIN + query + gap,
        subsequent_indent=" " * COLUMN,
        drop_whitespace=True,
        break_long_words=False,
    )
