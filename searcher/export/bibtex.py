r"""Citations as BibTeX, for LaTeX with biblatex or with the older styles.

Strategy: values stand in braces, and what LaTeX would obey is written out. A brace in a text
becomes a command, never `\{`: BibTeX counts braces and knows of no backslash. Titles stand in
two pairs, so that no style turns the names in them into small letters. An article with a
source is an `@article` of it, any other is `@online`. `date` is for biblatex and `year` for
the older styles.

Source:
    Kime, Wemheuer and Lehman, "The biblatex Package": entry types, fields, and names as
    "family, suffix, given".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from index.model import Article
from searcher.export.names import read_name
from searcher.export.parts import Report, link, text_of
from searcher.model import Hit

__all__ = ["bibtex_entries"]

SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)


def bibtex_entries(hits: Iterable[Hit], report: Report) -> Iterator[str]:
    """Yield an entry for each article; with `report.full` its text is the abstract."""
    for hit in hits:
        article = hit.article
        kind = "article" if article.source else "online"
        fields = (f"  {name} = {{{value}}},\n" for name, value in _fields(article, report))
        yield f"@{kind}{{{_key(article)},\n{''.join(fields)}}}\n\n"


def _fields(article: Article, report: Report) -> Iterator[tuple[str, str]]:
    if article.authors:
        yield "author", " and ".join(map(_author, article.authors))
    yield "title", f"{{{_escaped(article.title)}}}"
    if article.source:
        yield "journal", _escaped(article.source)
    if article.day:
        yield "date", article.day.isoformat()
        yield "year", f"{article.day:%Y}"
    if url := link(article):
        yield "url", url
        yield "urldate", report.made.isoformat()
    if report.full:
        yield "abstract", _escaped(article.body)


def _author(name: str) -> str:
    """Return a name as BibTeX reads it; of an outlet in braces, so that it is not taken apart."""
    family, given, suffix = map(_escaped, read_name(name))
    if not given:
        return f"{{{family}}}"
    return ", ".join(filter(None, (family, suffix, given)))


def _escaped(text: str) -> str:
    return text_of(text).translate(SPECIAL)


def _key(article: Article) -> str:
    """Return what a text cites the article by: who, when, and the id, which makes it unique."""
    signed = read_name(article.authors[0]).family if article.authors else article.source or ""
    bare = unicodedata.normalize("NFKD", signed).encode("ascii", "ignore").decode().lower()
    who = re.sub(r"[^a-z]+", "", bare) or "article"
    year = f"{article.day:%Y}" if article.day else ""
    own = "".join(char if char.isascii() else f"u{ord(char):x}" for char in article.id)
    return f"{who}{year}-{own}"
