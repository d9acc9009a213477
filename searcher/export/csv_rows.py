"""A row an article, for spreadsheets and data frames (RFC 4180).

Strategy: lists are joined by "; " in one cell. Spreadsheets run a cell that begins like a
formula, wherever it came from, so a text that does gets an apostrophe before it, which they
take for "this is text". Numbers are ours and stay numbers.

Source:
    OWASP, "CSV Injection": the signs that begin a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from index.model import PARAGRAPH_BREAK
from index.terminal import printable
from searcher.export.parts import Report
from searcher.model import Hit

__all__ = ["COLUMNS", "csv_rows"]

COLUMNS = (
    "rank",
    "id",
    "title",
    "published",
    "source",
    "authors",
    "people",
    "section",
    "language",
    "access",
    "url",
    "location",
    "story",
    "words",
    "copies",
    "score",
    "relaxed",
    "snippets",
)
BETWEEN = "; "
# The full-width forms are what Japanese and Chinese spreadsheets take for the same.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_rows(hits: Iterable[Hit], report: Report) -> Iterator[str]:
    """Yield the header, and a row for each hit; with `report.full` the body is the last column."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow([*COLUMNS, "body"] if report.full else COLUMNS)
    yield _taken(line)
    for hit in hits:
        writer.writerow(_row(hit, full=report.full))
        yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _row(hit: Hit, *, full: bool) -> Iterator[str | int | float]:
    article = hit.article
    yield hit.rank
    for text in (
        article.id,
        article.title,
        article.published.isoformat() if article.published else "",
        article.source or "",
        BETWEEN.join(article.authors),
        BETWEEN.join(article.people),
        article.section or "",
        article.language or "",
        article.access or "",
        article.url or "",
        article.location,
        article.story or "",
    ):
        yield _cell(text)
    yield article.word_count
    yield hit.copy_count
    yield hit.score
    yield str(hit.relaxed).lower()
    yield _cell(" | ".join(snippet.text for snippet in hit.snippets))
    if full:
        yield _cell(*article.paragraphs)


def _cell(*paragraphs: str) -> str:
    text = PARAGRAPH_BREAK.join(map(printable, paragraphs))
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
