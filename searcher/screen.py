"""How hits, articles and statistics look, on a terminal and as plain text.

Strategy: each value becomes lines of rich `Text`, wrapped here to the cell; the console
only paints them. Text of articles is cleaned and is never a `str` to rich, which would
obey markup in it. Where there is no colour, what matched stands between ** and **.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TextIO

from rich.console import Console
from rich.text import Text

from index.model import Article, Copy, Outcome, PageRecord
from index.terminal import cells, counted, line_breaks, printable
from searcher.model import ArchiveStats, Count, Hit, Snippet

__all__ = [
    "Screen",
    "article_lines",
    "hit_lines",
    "rejected_lines",
    "stats_lines",
    "summary",
]

TITLE = "bold"
MATCH = "bold red"
FACT = "green"
LINK = "cyan"
ASIDE = "dim"

# So many fit on a line beside date and source; the rest is a number.
PEOPLE_SHOWN = 3
COPIES_SHOWN = 2
COUNTS_SHOWN = 10
MARGIN = 4
LABEL = 11

HOST = re.compile(r"[a-z]+://(?:www\.)?([^/?#:]+)", re.IGNORECASE)


class Screen:
    """Where results for a person are written to."""

    def __init__(self, stream: TextIO, *, width: int, coloured: bool) -> None:
        self.width = width
        self.coloured = coloured
        self._console = Console(
            file=stream,
            width=width,
            force_terminal=coloured,
            color_system="standard" if coloured else None,
            no_color=not coloured,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )

    def show(self, lines: Iterable[Text]) -> None:
        """Write the lines as they are."""
        for line in lines:
            self._console.print(line)


@dataclass(frozen=True, slots=True)
class _Mark:
    """How to show what matched: in a colour, or between stars."""

    coloured: bool

    def text(self, snippet: Snippet, style: str = "") -> Text:
        text = Text(style=style)
        for piece, matched in snippet.pieces():
            piece = printable(piece)  # noqa: PLW2901 (the piece, made safe)
            if not matched:
                text.append(piece)
            elif self.coloured:
                text.append(piece, style=MATCH)
            else:
                text.append(f"**{piece}**")
        return text


def hit_lines(hit: Hit, *, width: int, coloured: bool) -> Iterator[Text]:
    """Yield the lines that show a hit."""
    mark = _Mark(coloured)
    number = f"{hit.rank:>2}. "
    indent = " " * max(MARGIN, len(number))
    article = hit.article
    yield from _wrapped(mark.text(hit.title, TITLE), width, indent, first=number)
    yield from _wrapped(_facts(article), width, indent)
    for snippet in hit.snippets:
        yield from _wrapped(mark.text(snippet), width, indent)
    # In one piece, however long, so that it can be clicked and copied.
    yield Text(indent).append(printable(article.url or article.location), style=LINK)
    yield from _wrapped(_reference(article), width, indent)
    yield Text()


def _facts(article: Article) -> Text:
    facts = [
        article.day.isoformat() if article.day else "no date",
        article.source,
        _people(article.people),
    ]
    return Text(printable(" | ".join(filter(None, facts))), style=FACT)


def _people(people: tuple[str, ...]) -> str:
    more = len(people) - PEOPLE_SHOWN
    return ", ".join(people[:PEOPLE_SHOWN]) + (f" +{more} more" if more > 0 else "")


def _reference(article: Article) -> Text:
    text = f"id {article.id}"
    if article.copies:
        places = list(dict.fromkeys(map(_place, article.copies)))
        more = ", ..." if len(places) > COPIES_SHOWN else ""
        copies = counted(len(article.copies), "copy")
        text += f" | +{copies}: {', '.join(places[:COPIES_SHOWN])}{more}"
    return Text(printable(text), style=ASIDE)


def _place(copy: Copy) -> str:
    host = HOST.match(copy.url or "")
    return host[1] if host else copy.location


def summary(*, total: int, first: int, shown: int, seconds: float) -> str:
    """Return the line below the hits: how many matched, which are shown, in what time.

    Example:
        >>> summary(total=12, first=1, shown=10, seconds=0.004)
        '12 articles match (1-10 shown) in 4 ms'
    """
    part = ""
    if shown == 0:
        part = " (none shown)"
    elif shown < total:
        last = first + shown - 1
        part = f" ({first:,}-{last:,} shown)" if shown > 1 else f" (number {first:,} shown)"
    verb = "matches" if total == 1 else "match"
    return f"{counted(total, 'article')} {verb}{part} in {_time(seconds)}"


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
) -> Iterator[Text]:
    """Yield the lines that show a whole article.

    Args:
        article: The article.
        highlighted: Its title and paragraphs with what a query matched in them.
        width: Cells of a line.
        coloured: Whether to show that by colour.
    """
    plain = tuple(Snippet(text=paragraph) for paragraph in article.paragraphs)
    title, paragraphs = highlighted or (Snippet(text=article.title), plain)
    mark = _Mark(coloured)
    yield from _wrapped(mark.text(title, TITLE), width)
    yield Text()
    for label, fact in _all_facts(article):
        yield from _labelled(label, fact, width)
    for paragraph in paragraphs:
        yield Text()
        yield from _wrapped(mark.text(paragraph), width)
    if article.copies:
        yield Text()
        yield Text(f"{counted(len(article.copies), 'copy')} of this article:", style=ASIDE)
        for copy in article.copies:
            yield Text("  ").append(printable(copy.location))
            if copy.url:
                yield Text("    ").append(printable(copy.url), style=LINK)


def _all_facts(article: Article) -> Iterator[tuple[str, str]]:
    facts = {
        "Published": _moment(article.published),
        "Source": article.source,
        "Authors": ", ".join(article.authors),
        "People": ", ".join(article.people),
        "Section": article.section,
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


def stats_lines(stats: ArchiveStats, archive: str, *, width: int) -> Iterator[Text]:
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


def _counts(label: str, counts: tuple[Count, ...], width: int) -> Iterator[Text]:
    yield from _labelled(label, f"{len(counts):,}", width)
    shown = [(printable(count.value), f"{count.articles:,}") for count in counts[:COUNTS_SHOWN]]
    room = max((len(number) for _, number in shown), default=0)
    for name, number in shown:
        line = Text(f"{'':{LABEL}}{number:>{room}}  ")
        yield from _wrapped(Text(name), width, " " * len(line), first=line.plain)
    if len(counts) > COUNTS_SHOWN:
        yield Text(f"{'':{LABEL}}and {len(counts) - COUNTS_SHOWN:,} more", style=ASIDE)


def _size(size_bytes: int) -> str:
    size, units = float(size_bytes), ["bytes", "KB", "MB", "GB"]
    step = 1000
    while size >= step and len(units) > 1:
        size, units = size / step, units[1:]
    return f"{size:,.0f} {units[0]}" if units[0] == "bytes" else f"{size:,.1f} {units[0]}"


def rejected_lines(pages: Iterable[PageRecord], *, width: int) -> Iterator[Text]:
    """Yield the pages that gave no article, and below each why."""
    for page in pages:
        yield Text(printable(page.location))
        reason = Text(printable(page.reason or ""), style=ASIDE)
        yield from _wrapped(reason, width, " " * MARGIN)


def _labelled(label: str, fact: str, width: int) -> Iterator[Text]:
    fact = printable(fact)
    first = f"{label:{LABEL}}"
    if " " not in fact:  # an address or a path stays in one piece
        yield Text().append(first, style=ASIDE).append(fact)
    else:
        yield from _wrapped(Text(fact), width, " " * LABEL, first=first)


def _wrapped(text: Text, width: int, indent: str = "", *, first: str = "") -> Iterator[Text]:
    """Yield the text in lines, the first behind `first`, all others behind `indent`."""
    room = max(width - cells(indent), MARGIN)
    lead = first.ljust(len(indent))
    for line in text.divide(line_breaks(text.plain, room)):
        line.rstrip()
        yield Text().append(lead, style=ASIDE).append_text(line)
        lead = indent
