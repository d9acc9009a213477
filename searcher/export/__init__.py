"""Hits in forms that other programs take: a module for each.

formats    which forms there are, and which one the name of a file means
jsonl      one article a line, whole; `searcher index` reads it back
csv_rows   a row an article, for spreadsheets
ris        citations for reference managers
bibtex     citations for LaTeX
markdown   a report as plain text with marks
html_page  a report as one file for a browser
names      authors as citations want them
parts      what several of them share: texts made safe, the head of a report

Strategy: a form is a function from hits to pieces of text, which asks for one hit after the
other, so that an export of any size needs the memory of one article. What is in the articles
is not trusted: each form escapes all that it would take for marks of its own.
"""

from __future__ import annotations

from searcher.export.formats import Format, exported, format_named
from searcher.export.parts import Report

__all__ = ["Format", "Report", "exported", "format_named"]
