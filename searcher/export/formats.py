"""Which forms there are, and which one the name of a file means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import PurePath

from searcher.export.parts import Report
from searcher.model import Hit

__all__ = ["Format", "exported", "format_named"]


class Format(StrEnum):
    """A form of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    RIS = "ris"
    BIBTEX = "bibtex"
    MARKDOWN = "markdown"
    HTML = "html"

    @property
    def shows_passages(self) -> bool:
        """Whether it has passages of an article with what matched in them."""
        return self in {Format.CSV, Format.MARKDOWN, Format.HTML}


ENDINGS = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".ris": Format.RIS,
    ".bib": Format.BIBTEX,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}


def format_named(file: PurePath) -> Format | None:
    """Return the form that the name of a file means, None where it means none.

    Example:
        >>> format_named(PurePath("floods.bib"))
        <Format.BIBTEX: 'bibtex'>
    """
    return ENDINGS.get(file.suffix.lower())


def exported(hits: Iterable[Hit], chosen: Format, report: Report) -> Iterator[str]:
    """Yield the text of an export, to be written as UTF-8 with its line ends as they are.

    Args:
        hits: What is exported, as from `Archive.scan`; asked for one after the other.
        chosen: The form.
        report: What the export says of itself.
    """
    return _writer(chosen)(hits, report)


def _writer(chosen: Format) -> Callable[[Iterable[Hit], Report], Iterator[str]]:
    match chosen:
        case Format.JSONL:
            from searcher.export.jsonl import json_lines

            return json_lines
        case Format.CSV:
            from searcher.export.csv_rows import csv_rows

            return csv_rows
        case Format.RIS:
            from searcher.export.ris import ris_entries

            return ris_entries
        case Format.BIBTEX:
            from searcher.export.bibtex import bibtex_entries

            return bibtex_entries
        case Format.MARKDOWN:
            from searcher.export.markdown import markdown_report

            return markdown_report
        case Format.HTML:
            from searcher.export.html_page import html_report

            return html_report
