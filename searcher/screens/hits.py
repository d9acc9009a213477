"""How hits look, and the line that counts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.model import Article
from index.terminal import complain, counted, printable
from searcher.copies import hit_copies
from searcher.model import Hit
from searcher.screens.layout import MARGIN, marked
from searcher.screens.styled import ASIDE, FACT, LINK, PLAIN, TITLE, Line, wrapped

if TYPE_CHECKING:
    from searcher.results import Results

__all__ = ["further_lines", "hit_lines", "how_it_was_read", "say_how_it_was_read", "summary"]

# So many fit on a line beside date and source; the rest is a number.
PEOPLE_SHOWN = 3


def hit_lines(hit: Hit, *, width: int, coloured: bool) -> Iterator[Line]:
    """Yield the lines that show a hit."""
    number = f"{hit.rank:>2}. "
    indent = " " * max(MARGIN, len(number))
    article = hit.article
    title = marked(hit.title, TITLE, coloured=coloured)
    yield from wrapped(title, width, indent, first=number)
    yield from wrapped(_facts(article), width, indent)
    for snippet in hit.snippets:
        yield from wrapped(marked(snippet, PLAIN, coloured=coloured), width, indent)
    # In one piece, however long, so that it can be clicked and copied.
    yield ((indent, PLAIN), (printable(article.url or article.location), LINK))
    yield from wrapped(_reference(hit), width, indent)
    yield ()


def _facts(article: Article) -> Line:
    facts = [
        article.day.isoformat() if article.day else "no date",
        article.source,
        _people(article.people),
    ]
    return ((printable(" | ".join(filter(None, facts))), FACT),)


def _people(people: tuple[str, ...]) -> str:
    more = len(people) - PEOPLE_SHOWN
    return ", ".join(people[:PEOPLE_SHOWN]) + (f" +{more} more" if more > 0 else "")


def _reference(hit: Hit) -> Line:
    """Return the id of a hit, and where its story is besides: in other articles and pages."""
    text = f"id {hit.article.id}"
    if copies := hit_copies(hit):
        text += f" | {copies}"
    return ((printable(text), ASIDE),)


def how_it_was_read(*, relaxed: bool, problem: str | None) -> str:
    """Return what is said before hits that do not match the query as it stands; else nothing.

    Example:
        >>> how_it_was_read(relaxed=True, problem=None)
        'few or no articles have all these words; those below have some, the best first'
    """
    words = "few or no articles have all these words; those below have some, the best first"
    parts = (f"taken as plain words: {problem}" if problem else "", words if relaxed else "")
    return "; ".join(filter(None, parts))


def say_how_it_was_read(results: Results) -> None:
    """Say on stderr where what was found does not match the query as it stands."""
    if line := how_it_was_read(relaxed=results.relaxed, problem=results.read_as_words):
        complain(line)


def further_lines(width: int) -> Iterator[Line]:
    """Yield the lines between the hits that match and those that only have some of the words."""
    yield from wrapped(
        (("those below have only some of these words, the best first", ASIDE),), width, ""
    )
    yield ()


def summary(
    *, total: int, stories: int | None, further: int, first: int, shown: int, seconds: float
) -> str:
    """Return the line below the hits: how many matched, which are shown, in what time.

    Args:
        total: How many articles match.
        stories: How many hits these are, one a story; None: not counted, or one an article.
        further: How many articles more have only some of the words.
        first: The number of the first hit that is shown.
        shown: How many are.
        seconds: How long it took.

    Example:
        >>> summary(total=12, stories=11, further=0, first=1, shown=10, seconds=0.004)
        '12 articles in 11 stories match (1-10 shown) in 4 ms'
        >>> summary(total=3, stories=3, further=240, first=1, shown=10, seconds=0.004)
        '3 articles match, 240 more have some of the words (1-10 shown) in 4 ms'
    """
    hits = total if stories is None else stories
    part = ""
    if shown == 0:
        part = " (none shown)"
    elif shown < hits + further:
        last = first + shown - 1
        part = f" ({first:,}-{last:,} shown)" if shown > 1 else f" (number {first:,} shown)"
    verb = "matches" if total == 1 else "match"
    grouped = f" in {counted(hits, 'story')}" if hits < total else ""
    if further:
        verb += f", {further:,} more {'has' if further == 1 else 'have'} some of the words"
    return f"{counted(total, 'article')}{grouped} {verb}{part} in {_time(seconds)}"


def _time(seconds: float) -> str:
    milliseconds = seconds * 1000
    if milliseconds < 1:
        return "less than 1 ms"
    return f"{milliseconds:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"
