"""Citations as RIS, which Zotero, EndNote, Mendeley and most other reference managers take.

Source:
    Research Information Systems, "RIS Format Specifications" (2011); the type NEWS is a
    newspaper article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.model import Article
from searcher.export.names import read_name
from searcher.export.parts import Report, link, text_of
from searcher.model import Hit

__all__ = ["ris_entries"]

LINE_END = "\r\n"


def ris_entries(hits: Iterable[Hit], report: Report) -> Iterator[str]:
    """Yield an entry for each article; with `report.full` its text is the abstract."""
    for hit in hits:
        tags = (("TY", "NEWS"), *_tags(hit.article, report), ("ER", ""))
        lines = (f"{tag}  - {text_of(text)}{LINE_END}" for tag, text in tags)
        yield "".join(lines) + LINE_END


def _tags(article: Article, report: Report) -> Iterator[tuple[str, str]]:
    for author in article.authors:
        yield "AU", ", ".join(filter(None, read_name(author)))
    yield "TI", article.title
    if article.source:
        yield "T2", article.source
    if article.day:
        yield "PY", f"{article.day:%Y}"
        yield "DA", f"{article.day:%Y/%m/%d}"
    if article.section:
        yield "SE", article.section
    if article.language:
        yield "LA", article.language
    for person in article.people:
        yield "KW", person
    if report.full:
        yield "AB", article.body
    if url := link(article):
        yield "UR", url
        yield "Y2", f"{report.made:%Y/%m/%d}"
    yield "AN", article.id
