"""Open a page: it is parsed once, and what its tags say is read once, for all who ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from index.parse.head import Head, read_head
from index.parse.mojibake import encoded_once, is_encoded_twice
from index.parse.nesting import limit_nesting

__all__ = ["Document", "open_document"]

# What browsers show of such a template, parsers keep apart. The name that it gets ends where the
# element around it ends, and a lone </template> ends nothing.
SHADOW_ROOT = re.compile(rb"<template(?=[^<>]{1,300}?\bshadowroot(?:mode)?\b)", re.IGNORECASE)
OPEN_ROOT = b"<shadow-root"
MOST_ROOTS = 400  # each lies within the one before, and 160,000 took half a minute


@dataclass(frozen=True)
class Document:
    """A page, opened.

    Attributes:
        tree: The page, parsed.
        head: What its tags say about it.
        html: The page, as it was parsed.
    """

    tree: LexborHTMLParser
    head: Head
    html: str | bytes

    @cached_property
    def whole(self) -> LexborHTMLParser:
        """The page parsed once more, since reading the body takes much out of its tree."""
        return _parsed(self.html)


def open_document(html: str | bytes) -> Document:
    """Return a page, parsed.

    Args:
        html: The page, decoded, or in UTF-8, which is what the parser reads.
    """
    tree = _parsed(html)
    head = read_head(tree)
    if is_encoded_twice(head.title or ""):
        html = encoded_once(html)
        tree = _parsed(html)
        head = read_head(tree)
    # Parsing those few pages again costs less than looking for the word in the source of all.
    if head.has_shadow_root:
        html = _with_shadow_roots(html)
        tree = _parsed(html)
        head = read_head(tree)
    return Document(tree, head, html)


def _parsed(html: str | bytes) -> LexborHTMLParser:
    # The events are for those who change a tree while it is built; without them a sixth is saved.
    return LexborHTMLParser(limit_nesting(html), options=LexborDocumentOptions.WO_EVENTS)


def _with_shadow_roots(html: str | bytes) -> bytes:
    """Return a page in which the declared shadow roots are elements like others."""
    data = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    return SHADOW_ROOT.sub(OPEN_ROOT, data, MOST_ROOTS)
