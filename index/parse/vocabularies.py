"""The headline that a page marks by microdata, RDFa or a microformat rather than by an h1.

Strategy: old systems and print views have the outlet in the h1, or none, and mark the headline
with a word of a vocabulary: `itemprop="headline"`, `property="dc:title"`, `class="entry-title"`.
Teasers of other articles and the heads of sites bear the same marks. So one counts only within
an element that is marked as an article, and if it is the only one or if the title has it, too.

Dates and authors that are marked so are among the marks (`marks`), the publisher is found by
`outlets`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.parse.head import one_line
from index.parse.titles import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["marked_headline"]

QUERY = (
    ':is([itemprop~="headline" i],[itemprop~="name" i],[property~="headline" i],'
    '[property$=":headline" i],[property~="dc:title" i],[property~="name" i],'
    ".entry-title,.p-name):not(meta)"
)
# What an article is called: schema.org in microdata and RDFa, SIOC, hAtom, hNews, h-entry.
ARTICLE = re.compile(
    r"article\b|posting\b|sioc:(?:item|post)\b|(?:^|\s)(?:hentry|hnews|h-entry)(?:\s|$)",
    re.IGNORECASE,
)
SCOPES = ("itemtype", "typeof", "class")
MAX_MARKS = 40
MAX_LEVELS = 12
MAX_CHARS = 300
MIN_LETTERS = 8  # of a headline within a title; fewer are in many


def marked_headline(tree: LexborHTMLParser, titles: Iterable[str | None]) -> str | None:
    """Return the headline that a page marks with a word of a vocabulary; None: none is sure.

    Args:
        tree: The parsed page.
        titles: What stands in the title element and in its likes.
    """
    texts = map(_headline, tree.css(QUERY)[:MAX_MARKS])
    found = {key: text for text in texts if text and (key := folded(text))}
    if len(found) == 1:
        return next(iter(found.values()))
    known = [folded(title) for title in titles if title]
    told = (key for key in found if len(key) >= MIN_LETTERS and any(key in text for text in known))
    return found.get(next(told, ""))


def _headline(node: LexborNode) -> str | None:
    """Return the text of an element if the nearest scope around it is an article."""
    around = node.parent
    for _ in range(MAX_LEVELS):
        if around is None:
            return None
        attributes = around.attributes
        scope = " ".join(attributes.get(name) or "" for name in SCOPES)
        if ARTICLE.search(scope):
            text = node.attributes.get("content") or node.text(separator=" ")
            return one_line(text) if len(text) <= MAX_CHARS else None
        if "itemtype" in attributes or "typeof" in attributes:
            return None  # a person, the site's head, a picture
        around = around.parent
    return None
