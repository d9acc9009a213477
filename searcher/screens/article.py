"""How a whole article looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from index.model import Article, Copy
from index.terminal import counted, printable
from searcher.model import Snippet
from searcher.screens.layout import labelled, marked
from searcher.screens.styled import ASIDE, LINK, PLAIN, TITLE, Line, wrapped

__all__ = ["article_lines"]


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
    yield from wrapped(marked(title, TITLE, coloured=coloured), width)
    yield ()
    for label, fact in _all_facts(article):
        yield from labelled(label, fact, width)
    for paragraph in paragraphs:
        yield ()
        yield from wrapped(marked(paragraph, PLAIN, coloured=coloured), width)
    if article.copies:
        yield ()
        yield ((f"{counted(len(article.copies), 'copy')} of this article:", ASIDE),)
        for copy in article.copies:
            yield (("  ", PLAIN), (printable(copy.location), PLAIN))
            if said := " | ".join(_other_facts(copy, article)):
                yield (("    ", PLAIN), (printable(said), ASIDE))
            if copy.url:
                yield (("    ", PLAIN), (printable(copy.url), LINK))


def _other_facts(copy: Copy, article: Article) -> Iterator[str]:
    """Yield what a copy says otherwise than the article."""
    if copy.day and copy.day != article.day:
        yield copy.day.isoformat()
    if copy.source and copy.source != article.source:
        yield copy.source


def _all_facts(article: Article) -> Iterator[tuple[str, str]]:
    facts = {
        "Published": _moment(article.published),
        "Source": article.source,
        "Authors": ", ".join(article.authors),
        "People": ", ".join(_people(article)),
        "Section": article.section,
        "Access": article.access,
        "Words": f"{article.word_count:,}",
        "Language": article.language,
        "URL": article.url,
        "Location": article.location,
        "ID": article.id,
    }
    yield from ((label, fact) for label, fact in facts.items() if fact)


def _people(article: Article) -> Iterator[str]:
    """Yield the persons, those marked whose full name is of other articles."""
    inferred = {person.name for person in article.persons if person.inferred}
    yield from (f"{name} (inferred)" if name in inferred else name for name in article.people)


def _moment(published: date | datetime | None) -> str:
    if not isinstance(published, datetime):
        return published.isoformat() if published else "no date"
    zone = published.strftime("%z")
    return f"{published:%Y-%m-%d %H:%M}" + (f" {zone[:3]}:{zone[3:5]}" if zone else "")
