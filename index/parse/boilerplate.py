"""Tell the furniture of a page from its article by what elements say about themselves.

Strategy: tag, class and id are cut into words (`articleShare-bar` is article, share,
bar) and looked up in sets; each attribute text is judged once and remembered, since the
pages of a site share their names.

Rule 1: SURE is what never holds an article: menus, comments, consent dialogs.
Rule 2: LIKELY is what mostly does not, but may be said of a wrapper around the article;
    who reads the page weighs what it holds.
Rule 3: elements that stand for text itself (`article`, `main`, `p`) are not named away:
    themes write all they know about a page into their class. Only what stands at the edge
    of an article (caption, byline) is told by the class of its paragraph.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from selectolax.lexbor import LexborNode

from index.parse.wordlists import words

__all__ = ["LIKELY", "NEVER_TEXT", "NO", "SURE", "Furniture", "furniture"]

NEVER_TEXT = words(
    """applet audio button canvas datalist dialog embed footer frame frameset head iframe
    img input label link map math menu meta meter nav noscript object optgroup option
    picture progress rp rt script select source style svg template textarea track video"""
)
"""Elements without text of the article."""

LIKELY_TAGS = frozenset({"aside", "fieldset", "figcaption", "figure", "form"})
TEXT_TAGS = frozenset({"article", "body", "h1", "h2", "h3", "html", "main", "p"})
PARAGRAPH_TAGS = frozenset({"h2", "h3", "p"})
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
NO_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz"))
BETWEEN_WORDS = bytes.maketrans(NO_LETTERS, b" " * len(NO_LETTERS))
# "wm-ipp" is the bar that a web archive lays over the pages that it has saved.
SURE_WORDS = frozenset(
    b"""ipp cmp comentarios commentaires comments consent cookie cookies disqus gdpr
    kommentare menu modal nav navigation notification popup respond""".split()
)
LIKELY_WORDS = frozenset(
    b"""ad ads advert advertisement advertising affiliate author authors bio breadcrumb breadcrumbs
    byline caption comment copyright correction credit credits dateline disclaimer discussion
    donate donation encuesta enquete factbox follow footer gallery hidden infobox inquerito kicker
    legal login meta metadata more newsletter newsletters outbrain overlay pagination paywall
    player poll popular promo promoted promotion pull pullquote quiz rating read recirc
    recirculation recommend recommendations recommended related rubric share sharebar shares
    sharing sidebar sign signup skip slideshow social sondage sondaggio sponsor sponsored
    subscribe subscription support survey taboola tags teaser teasers timestamp tool toolbar tools
    tooltip topics trending umfrage widget""".split()
)
KNOWN_WORDS = SURE_WORDS | LIKELY_WORDS
# What even the class of a paragraph or heading says truly.
EDGE_WORDS = frozenset(
    b"""byline caption credit credits dateline kicker rubric signature teaser timestamp""".split()
)


class Furniture(IntEnum):
    """Whether an element is furniture by its own account."""

    NO = 0
    LIKELY = 1
    SURE = 2


# Members of an enum cost a look-up of their own at each use.
NO, LIKELY, SURE = Furniture


def furniture(node: LexborNode, tag: str | None = None) -> Furniture:
    """Return what tag, class, id and style of an element tell about it.

    Args:
        node: The element.
        tag: Its tag, where that is known already.
    """
    tag = tag or node.tag or ""
    attributes = node.attributes
    if not attributes and "-" not in tag:
        return LIKELY if tag in LIKELY_TAGS else NO
    found = _judged(tag, attributes.get("class"), attributes.get("id"))
    if found is NO and ("hidden" in attributes or "style" in attributes):
        return LIKELY if "hidden" in attributes or _hides(attributes["style"]) else NO
    return found


# Asked of each element of an article; the pages of a site, and all with like themes, share them.
@lru_cache(maxsize=1 << 16)
def _judged(tag: str, name: str | None, key: str | None) -> Furniture:
    found = LIKELY if tag in LIKELY_TAGS else NO
    if tag in TEXT_TAGS:
        at_edge = tag in PARAGRAPH_TAGS and name and not EDGE_WORDS.isdisjoint(_words(name))
        return LIKELY if at_edge else found
    said = _words(f"{tag if '-' in tag else ''} {name or ''} {key or ''}")
    if KNOWN_WORDS.isdisjoint(said):
        return found
    return LIKELY if SURE_WORDS.isdisjoint(said) else SURE


def _words(names: str) -> list[bytes]:
    """Return the words that names are made of, in lower case; bytes, in which they go fastest."""
    if not names.islower():
        names = " ".join(WORD.findall(names)).lower()
    return names.encode("utf-8", "replace").translate(BETWEEN_WORDS).split()


def _hides(style: str | None) -> bool:
    return style is not None and "display:none" in style.replace(" ", "").lower()
