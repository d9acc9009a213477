"""Open a page: it is parsed once, and what its tags say is read once, for all who ask."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from index.parse.head import Head, read_head
from index.parse.nesting import limit_nesting

__all__ = ["Document", "open_document"]

# What browsers show of such a template, parsers keep apart. The name that it gets ends where the
# element around it ends, and a lone </template> ends nothing.
SHADOW_MARK = b"shadowroot"
SHADOW_ROOT = re.compile(rb"<template(?=[^<>]{1,300}?\bshadowroot(?:mode)?\b)", re.IGNORECASE)
OPEN_ROOT = b"<shadow-root"


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
    tree = LexborHTMLParser(limit_nesting(_with_shadow_roots(html)), options=options)
    return Document(tree, read_head(tree))


def _with_shadow_roots(html: str | bytes) -> str | bytes:
    """Return a page in which the declared shadow roots are elements like others."""
    if isinstance(html, str):
        return _with_shadow_roots(html.encode("utf-8", "replace")) if "shadowroot" in html else html
    return SHADOW_ROOT.sub(OPEN_ROOT, html) if SHADOW_MARK in html else html
