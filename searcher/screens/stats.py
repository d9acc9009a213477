"""How what is in an archive looks, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.model import Outcome, PageRecord
from index.terminal import counted, printable
from searcher.model import ArchiveStats, Count
from searcher.screens.layout import LABEL, MARGIN, labelled
from searcher.screens.styled import ASIDE, PLAIN, Line, wrapped

__all__ = ["rejected_lines", "stats_lines"]

COUNTS_SHOWN = 10


def stats_lines(stats: ArchiveStats, archive: str, *, width: int) -> Iterator[Line]:
    """Yield the lines of a table of what is in an archive."""
    for label, fact in _stats(stats, archive):
        yield from labelled(label, fact, width)
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
    yield from labelled(label, f"{len(counts):,}", width)
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
