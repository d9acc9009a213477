"""What is the outlet called in the links to its front page and its feeds?

Strategy: the name of a site stands above all its pages and links to the front page, as text or
as the description of a logo. Old themes have it in the h1, where an article's headline never
links there. Elsewhere such a link may say anything ("Home", "Back"), so that it names the outlet
only if another place has the same: a part of the title, the copyright notice. The titles of feeds
begin with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.parse.head import one_line
from index.parse.outlets import owners_in_text
from index.parse.sections import HOME
from index.parse.titles import SEPARATOR, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from index.parse.head import Head

__all__ = ["front_page_headings", "names_of_feeds", "names_of_front_page"]

FRONT = re.compile(
    r"(?:(?:.*:)?//(?P<host>[^/?#]+)/?|/|\./)(?:(?:index|default|home)\.\w+)?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
LINKS = 'a:is([rel~="home" i],[href="/"],[href="./"])'
LOGO = re.compile(r"^logo\b\W*|\W*\blogo$", re.IGNORECASE)
FEEDS = 'link[rel~="alternate" i][type][title]'
FEED = re.compile(r"\b(?:feeds?|rss|atom)\b", re.IGNORECASE)
MAX_FEEDS = 8
MAX_HREF_CHARS, MAX_NAME_CHARS, MAX_LINKS = 500, 50, 12
MIN_LETTERS = 3


def front_page_headings(head: Head, url: str | None) -> list[str]:
    """Return the texts of the h1 elements that link to the front page, and are no headlines.

    Args:
        head: The page's tags.
        url: Where the page was fetched from, where known.
    """
    texts = ((node, one_line(node.text(separator=" "))) for node in head.headings)
    return [text for node, text in texts if len(text) <= MAX_NAME_CHARS and _is_link(node, url)]


def _is_link(heading: LexborNode, url: str | None) -> bool:
    link = heading.css_first("a[href]") or heading.parent
    if link is None or link.tag != "a":
        return False
    found = FRONT.fullmatch((link.attributes.get("href") or "")[:MAX_HREF_CHARS])
    is_whole = folded(link.text()) == folded(heading.text())
    return found is not None and is_whole and (found["host"] or "") in (url or found[0])


def names_of_front_page(tree: LexborHTMLParser, offers: Iterable[str | None]) -> list[str]:
    """Return what links to the front page call it, if another place of the page does so, too.

    Args:
        tree: The parsed page.
        offers: What may have the name: the title element and its likes. Where they have not, the
            copyright notices are looked at.
    """
    known = {folded(part) for offer in offers for part in SEPARATOR.split(offer or "")}
    names = map(_name_of, tree.css(LINKS)[:MAX_LINKS])
    fit = dict.fromkeys(
        name for name in names if len(folded(name)) >= MIN_LETTERS and not name.islower()
    )
    if fit and known.isdisjoint(map(folded, fit)):
        known = set(map(folded, owners_in_text(tree)))
    return [name for name in fit if folded(name) in known]


def names_of_feeds(tree: LexborHTMLParser) -> list[str]:
    """Return what stands before "Feed", "RSS" or the like in the titles of the page's feeds.

    Example:
        "Example Times » Comments Feed" tells that the outlet is called "Example Times".
    """
    titles = (node.attributes.get("title") or "" for node in tree.css(FEEDS)[:MAX_FEEDS])
    parts = (SEPARATOR.split(one_line(title[:MAX_HREF_CHARS])) for title in titles)
    return [
        some[0]
        for some in parts
        if len(some) > 1 and len(some[0]) <= MAX_NAME_CHARS and FEED.search(some[-1])
        if not FEED.search(some[0])
    ]


def _name_of(link: LexborNode) -> str:
    picture = link.css_first("img[alt]")
    text = one_line(link.text(separator=" ")[:MAX_HREF_CHARS])
    text = text or one_line((picture and picture.attributes.get("alt")) or "")
    name = LOGO.sub("", text)
    return name if len(name) <= MAX_NAME_CHARS and folded(name) not in HOME else ""
