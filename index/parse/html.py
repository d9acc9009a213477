"""An HTML page -> Article | Rejected.

Strategy: one parse. The metadata is read first, since reading the body takes out of the
tree what it does not need. The text of the page goes before the `articleBody` that the
publisher declares: that one is often cut, and stands in for a page which loads its text
by script.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from index.model import Article, Page, Rejected
from index.parse.assemble import assemble
from index.parse.body import read_body
from index.parse.document import open_document
from index.parse.listings import LONGEST_TEASER
from index.parse.metadata import Metadata, read_metadata
from index.parse.phrases import is_furniture_line
from index.parse.repeats import without_repeats
from index.parse.secondlook import second_look
from index.parse.signed import credited_authors

__all__ = ["parse_html"]

# Share of the declared text that the page must hold to be believed instead of it.
DECLARED_IS_LONGER = 0.5


def parse_html(
    html: str | bytes, page: Page, *, status: int | None = None, told: Metadata | None = None
) -> Article | Rejected:
    """Return the article in an HTML page, or why there is none.

    Args:
        html: The page, decoded, or in UTF-8.
        page: Where it is from.
        status: HTTP status that was seen when it was fetched.
        told: What is known of it from elsewhere and goes before what the page says.
    """
    document = open_document(html)
    metadata = read_metadata(document, page.url)
    if told:
        metadata = metadata.with_told(told)
    body = read_body(document, metadata.title)
    paragraphs = body.paragraphs
    declared = metadata.article_body or ""
    if sum(map(len, paragraphs)) < DECLARED_IS_LONGER * len(declared):
        paragraphs = _lines(declared)
    paragraphs = without_repeats(paragraphs)
    is_short = all(len(paragraph) <= LONGEST_TEASER for paragraph in paragraphs)
    authors = credited_authors(metadata.authors, body.credits_above, metadata.source)
    return assemble(
        page,
        metadata if authors == metadata.authors else replace(metadata, authors=authors),
        paragraphs,
        status=status,
        # Nobody asks for the share of links where there is running text.
        link_share=body.link_share() if is_short else 0.0,
        look=cache(lambda: second_look(document.whole)),
    )


def _lines(declared: str) -> tuple[str, ...]:
    """Return the paragraphs of a declared text, which may hold markup."""
    lines = (" ".join(line.split()) for line in declared.splitlines())
    return tuple(line for line in lines if line and not is_furniture_line(line))
