"""A report as Markdown: what was looked for, and each article with its passages or its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.terminal import printable
from searcher.export.parts import Report, facts, head_lines, link, text_of
from searcher.model import Hit, Snippet

__all__ = ["markdown_report"]

MARKS = re.compile(
    r"([\\`*_\[\]<>|~&$])"
)  # in CommonMark, and in the tables and formulas of others
HEADING_END = re.compile(r"#$")  # such signs at the end of a heading are taken for its frame
# Where a line begins with it, it begins a list, a heading, or a line below one.
LINE_START = re.compile(r"\d{1,9}(?=[.)])|(?=[-+=#])")


def markdown_report(hits: Iterable[Hit], report: Report) -> Iterator[str]:
    """Yield the report, an article at a time."""
    yield "# News articles\n\n"
    for label, text in head_lines(report):
        yield f"- {label}: {_escaped(text)}\n"
    for hit in hits:
        yield from _section(hit, report)


def _section(hit: Hit, report: Report) -> Iterator[str]:
    url = link(hit.article)
    title = _escaped(text_of(hit.article.title))
    heading = f"[{title}](<{url}>)" if url else HEADING_END.sub(r"\\#", title)
    yield f"\n## {hit.rank}. {heading}\n\n"
    yield "  \n".join(f"{label}: {_escaped(text)}" for label, text in facts(hit)) + "\n"
    if report.full:
        for paragraph in hit.article.paragraphs:
            yield f"\n{_line(_escaped(text_of(paragraph)))}\n"
    else:
        for snippet in hit.snippets:
            yield f"\n> {_marked(snippet)}\n"


def _marked(snippet: Snippet) -> str:
    """Return a passage with what matched in bold."""
    pieces = ((_escaped(printable(text)), matched) for text, matched in snippet.pieces())
    line = "".join(f"**{text}**" if matched else text for text, matched in pieces)
    return _line(line.strip())  # what stood before the white space may have no print


def _escaped(text: str) -> str:
    return MARKS.sub(r"\\\1", text)


def _line(escaped: str) -> str:
    """Return an escaped text as one that a line may begin with."""
    start = LINE_START.match(escaped)
    return f"{start[0]}\\{escaped[start.end() :]}" if start else escaped
