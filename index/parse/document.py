"""Open a page: it is parsed once, and what its tags say is read once, for all who ask."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from index.parse.head import Head, read_head
from index.parse.nesting import limit_nesting

__all__ = ["Document", "open_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A page, opened.

    Attributes:
        tree: The page, parsed.
        head: What its tags say about it.
    """

    tree: LexborHTMLParser
    head: Head


def open_document(html: str | bytes) -> Document:
    """Return a page, parsed.

    Args:
        html: The page, decoded, or in UTF-8, which is what the parser reads.
    """
    # The events are for those who change a tree while it is built; without them a sixth is saved.
    options = LexborDocumentOptions.WO_EVENTS
    tree = LexborHTMLParser(limit_nesting(html), options=options)
    return Document(tree, read_head(tree))
