"""How hits, articles and statistics look, on a terminal and as plain text.

Strategy: each value becomes lines of `searcher.styled`, wrapped to the cell, and painted when
they are written. Text of articles is cleaned before. Where there is no colour, what matched
stands between ** and **.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TextIO

from index.model import Article, Copy, Outcome, PageRecord, Person
from index.terminal import counted, printable
from searcher.model import ArchiveStats, Count, Hit, PersonCount, Snippet
from searcher.styled import (
    ASIDE,
    FACT,
    LINK,
    MATCH,
    PLAIN,
    TITLE,
    Line,
    enable_styles,
    painted,
    wrapped,
)

__all__ = [
    "Screen",
    "article_lines",
    "hit_lines",
    "person_line",
    "rejected_lines",
    "stats_lines",
    "summary",
]

# So many fit on a line beside date and source; the rest is a number.
PEOPLE_SHOWN = 3
COPIES_SHOWN = 2
COUNTS_SHOWN = 10
MARGIN = 4
LABEL = 11

HOST = r"[a-z]+://(?:www\.)?([^/?#:]+)"


class Screen:
    """Where results for a person are written to."""

    def __init__(self, stream: TextIO, *, width: int, coloured: bool) -> None:
        self.width = width
        self.coloured = coloured
        self._stream = stream
        if coloured:
            enable_styles()

    def show(self, lines: Iterable[Line]) -> None:
        """Write the lines as they are."""
        for line in lines:
            self._stream.write(painted(line, coloured=self.coloured) + "\n")


def _marked(snippet: Snippet, style: str, *, coloured: bool) -> Line:
    """Return a snippet with what matched in it in a colour, or between stars."""
    pieces = ((printable(text), matched) for text, matched in snippet.pieces())
    if coloured:
        return tuple((text, MATCH if matched else style) for text, matched in pieces)
    return tuple((f"**{text}**" if matched else text, style) for text, matched in pieces)


def hit_lines(hit: Hit, *, width: int, coloured: bool) -> Iterator[Line]:
    """Yield the lines that show a hit."""
    number = f"{hit.rank:>2}. "
    indent = " " * max(MARGIN, len(number))
    article = hit.article
    title = _marked(hit.title, TITLE, coloured=coloured)
    yield from wrapped(title, width, indent, first=number)
    yield from wrapped(_facts(article), width, indent)
    for snippet in hit.snippets:
        yield from wrapped(_marked(snippet, PLAIN, coloured=coloured), width, indent)
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
    if count := hit.other_count + len(hit.article.copies):
        outlets = [other.source or other.id for other in hit.others]
        places = list(dict.fromkeys([*outlets, *map(_place, hit.article.copies)]))
        more = ", ..." if len(places) > COPIES_SHOWN else ""
        copies = counted(count, "copy")
        text += f" | +{copies}: {', '.join(places[:COPIES_SHOWN])}{more}"
    return ((printable(text), ASIDE),)


def _place(copy: Copy) -> str:
    host = re.match(HOST, copy.url or "", re.IGNORECASE)
    return host[1] if host else copy.location


def summary(*, total: int, stories: int | None, first: int, shown: int, seconds: float) -> str:
    """Return the line below the hits: how many matched, which are shown, in what time.

    Args:
        total: How many articles match.
        stories: How many hits these are, one a story; None: not counted, or one an article.
        first: The number of the first hit that is shown.
        shown: How many are.
        seconds: How long it took.

    Example:
        >>> summary(total=12, stories=11, first=1, shown=10, seconds=0.004)
        '12 articles in 11 stories match (1-10 shown) in 4 ms'
    """
    hits = total if stories is None else stories
    part = ""
    if shown == 0:
        part = " (none shown)"
    elif shown < hits:
        last = first + shown - 1
        part = f" ({first:,}-{last:,} shown)" if shown > 1 else f" (number {first:,} shown)"
    verb = "matches" if total == 1 else "match"
    grouped = f" in {counted(hits, 'story')}" if hits < total else ""
    return f"{counted(total, 'article')}{grouped} {verb}{part} in {_time(seconds)}"


def _time(seconds: float) -> str:
    milliseconds = seconds * 1000
    if milliseconds < 1:
        return "less than 1 ms"
    return f"{milliseconds:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def article_lines(
    article: Article,
    highlighted: tuple[Snippet, tuple[Snippet, ...]] | None = None,
    *,
    width: int,
    coloured: bool,
) -> Iterator[Line]:
    """Yield the lines that show a whole article.

    Args:
        article: The article.
        highlighted: Its title and paragraphs with what a query matched in them.
        width: Cells of a line.
        coloured: Whether to show that by colour.
    """
    plain = tuple(Snippet(text=paragraph) for paragraph in article.paragraphs)
    title, paragraphs = highlighted or (Snippet(text=article.title), plain)
    yield from wrapped(_marked(title, TITLE, coloured=coloured), width)
    yield ()
    for label, fact in _all_facts(article):
        yield from _labelled(label, fact, width)
    for paragraph in paragraphs:
        yield ()
        yield from wrapped(_marked(paragraph, PLAIN, coloured=coloured), width)
    if article.copies:
        yield ()
        yield ((f"{counted(len(article.copies), 'copy')} of this article:", ASIDE),)
        for copy in article.copies:
            yield (("  ", PLAIN), (printable(copy.location), PLAIN))
            if copy.url:
                yield (("    ", PLAIN), (printable(copy.url), LINK))


def _all_facts(article: Article) -> Iterator[tuple[str, str]]:
    facts = {
        "Published": _moment(article.published),
        "Source": article.source,
        "Authors": ", ".join(article.authors),
        "People": ", ".join(article.people),
        "Section": article.section,
        "Access": article.access,
        "Words": f"{article.word_count:,}",
        "Language": article.language,
        "URL": article.url,
        "Location": article.location,
        "ID": article.id,
    }
    yield from ((label, fact) for label, fact in facts.items() if fact)


def _moment(published: date | datetime | None) -> str:
    if not isinstance(published, datetime):
        return published.isoformat() if published else "no date"
    zone = published.strftime("%z")
    return f"{published:%Y-%m-%d %H:%M}" + (f" {zone[:3]}:{zone[3:5]}" if zone else "")


def person_line(person: Person | PersonCount) -> str:
    """Return the line of a person of an article, or of those of many articles."""
    if isinstance(person, Person):
        return f"{person.name}  {counted(person.mentions, 'mention')}, {person.confidence:.0%} sure"
    others = ", ".join(f"{own.value} ({own.articles:,})" for own in person.companions)
    return f"{person.name}  {counted(person.articles, 'article')}" + (
        f", with {others}" if others else ""
    )


def stats_lines(stats: ArchiveStats, archive: str, *, width: int) -> Iterator[Line]:
    """Yield the lines of a table of what is in an archive."""
    for label, fact in _stats(stats, archive):
        yield from _labelled(label, fact, width)
    yield from _counts("Sources", stats.sources, width)
    yield from _counts("Languages", stats.languages, width)


def _stats(stats: ArchiveStats, archive: str) -> Iterator[tuple[str, str]]:
    yield "Archive", f"{archive} ({_size(stats.size_bytes)})"
    yield "Articles", f"{stats.articles:,}"
    days = f"{stats.first_day} to {stats.last_day}" if stats.first_day else "none"
    yield "Dates", days + (f", {stats.undated:,} without a date" if stats.undated else "")
    yield "People", f"{stats.people:,}"
    pages = stats.pages
    kinds = (
        (Outcome.ARTICLE, "article"),
        (Outcome.DUPLICATE, "duplicate"),
        (Outcome.REJECTED, None),
    )
    parts = (
        counted(pages.get(kind, 0), noun) if noun else f"{pages.get(kind, 0):,} rejected"
        for kind, noun in kinds
    )
    yield "Pages", f"{sum(pages.values()):,} = {' + '.join(parts)}"


def _counts(label: str, counts: tuple[Count, ...], width: int) -> Iterator[Line]:
    yield from _labelled(label, f"{len(counts):,}", width)
    shown = [(printable(count.value), f"{count.articles:,}") for count in counts[:COUNTS_SHOWN]]
    room = max((len(number) for _, number in shown), default=0)
    for name, number in shown:
        first = f"{'':{LABEL}}{number:>{room}}  "
        yield from wrapped(((name, PLAIN),), width, " " * len(first), first=first)
    if len(counts) > COUNTS_SHOWN:
        yield ((f"{'':{LABEL}}and {len(counts) - COUNTS_SHOWN:,} more", ASIDE),)


def _size(size_bytes: int) -> str:
    size, units = float(size_bytes), ["bytes", "KB", "MB", "GB"]
    step = 1000
    while size >= step and len(units) > 1:
        size, units = size / step, units[1:]
    return f"{size:,.0f} {units[0]}" if units[0] == "bytes" else f"{size:,.1f} {units[0]}"


def rejected_lines(pages: Iterable[PageRecord], *, width: int) -> Iterator[Line]:
    """Yield the pages that gave no article, and below each why."""
    for page in pages:
        yield ((printable(page.location), PLAIN),)
        reason = ((printable(page.reason or ""), ASIDE),)
        yield from wrapped(reason, width, " " * MARGIN)


def _labelled(label: str, fact: str, width: int) -> Iterator[Line]:
    fact = printable(fact)
    first = f"{label:{LABEL}}"
    if " " not in fact:  # an address or a path stays in one piece
        yield ((first, ASIDE), (fact, PLAIN))
    else:
        yield from wrapped(((fact, PLAIN),), width, " " * LABEL, first=first)
