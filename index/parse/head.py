"""What a page says about itself in its tags: one pass over meta, link, title and the like.

Strategy: one CSS query finds every element that can hold metadata, in document order,
and sorts it by what it is. The tree is not altered. Which of the values is right is for
others to say: titles.py, published.py, bylines.py, publisher.py, addresses.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Head", "one_line", "read_head"]

# Each costs a pass over the tree: the root is known, and the first title is found at once.
QUERY = 'meta,link[rel~="canonical" i],h1,script[type*="ld+json" i],template'
SHADOW_ROOT = frozenset({"shadowroot", "shadowrootmode"})
NAMES = ("property", "name", "itemprop", "http-equiv")
LISTS = frozenset({"property", "itemprop"})  # "dateCreated datePublished"
MAX_VALUES = 50  # of one name; papers of science have that many authors
PARSELY = "parsely-page"
PARSELY_MEMBERS = {
    "title": "parsely-title",
    "pub_date": "parsely-pub-date",
    "authors": "parsely-author",
    "author": "parsely-author",
    "section": "parsely-section",
}
MAX_JSON_CHARS = 20_000
MAX_VALUE_CHARS = 2000  # longer values of meta tags are data of programs
INVISIBLE = re.compile(r"[\x00-\x1f\x7f\xad\u200b\u2028\u2029\u2060\ufeff\ufffd\ud800-\udfff]")


def one_line(text: str) -> str:
    r"""Return a text on one line: entities resolved, no control or invisible characters.

    Many programs escape twice, so entities are looked for in text that the parser has
    already resolved once.

    Example:
        >>> one_line(" Rock &amp; Roll\n returns ")
        'Rock & Roll returns'
    """
    if "&" in text:
        text = unescape(text)
    # Most texts are clean, and asking is cheaper than parting, joining and substituting.
    if text.isprintable() and "  " not in text and "\ufffd" not in text:
        return text.strip(" ")
    return INVISIBLE.sub("", " ".join(text.split())).strip()


@dataclass(slots=True)
class Head:
    """The elements of a page that hold metadata.

    Attributes:
        metas: Contents of meta tags by name, property, itemprop or http-equiv in lower case.
        canonical: Value of link rel=canonical.
        title: Text of the title element.
        language: The html element's lang.
        headings: Elements h1, in order.
        scripts: Texts of JSON-LD scripts, in order.
        has_shadow_root: Whether a template declares what browsers show.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    title: str | None = None
    language: str | None = None
    headings: list[LexborNode] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    has_shadow_root: bool = False

    def values(self, *names: str) -> list[str]:
        """Return the contents of these meta tags, in the order of the names."""
        return [value for name in names for value in self.metas.get(name, ())]

    def first(self, *names: str) -> str | None:
        """Return the first content of these meta tags."""
        return next((values[0] for name in names if (values := self.metas.get(name))), None)


def read_head(tree: LexborHTMLParser) -> Head:
    """Return what the page's own tags say about it; the tree is not altered."""
    title = tree.css_first("title")  # an SVG has titles too; the page's own is the first
    attributes = tree.root.attributes if tree.root is not None else {}
    head = Head(
        title=one_line(title.text()) if title is not None else None,
        language=attributes.get("lang") or attributes.get("xml:lang"),
    )
    for node in tree.css(QUERY):
        match node.tag:
            case "meta":
                _add_meta(head, node)
            case "h1":
                head.headings.append(node)
            case "script":
                head.scripts.append(node.text_lexbor())
            case "link":
                head.canonical = head.canonical or node.attributes.get("href")
            case _:
                head.has_shadow_root |= not SHADOW_ROOT.isdisjoint(node.attributes)
    return head


def _add_meta(head: Head, node: LexborNode) -> None:
    attributes = node.attributes
    content = attributes.get("content")
    if attributes.get("name") == PARSELY:
        _add_parsely(head, content or "")
        return
    if not content or not (content := one_line(content[:MAX_VALUE_CHARS])):
        return
    for key in NAMES:
        if not (name := attributes.get(key)):
            continue
        name = name.strip().lower()
        for own in name.split() if " " in name and key in LISTS else (name,):
            values = head.metas.setdefault(own, [])
            if len(values) < MAX_VALUES:
                values.append(content)


def _add_parsely(head: Head, content: str) -> None:
    """Add what a meta tag of old holds as JSON as if each member had a tag of its own."""
    try:
        page = json.loads(content[:MAX_JSON_CHARS])
    except (ValueError, RecursionError):
        return
    for key, name in PARSELY_MEMBERS.items() if isinstance(page, dict) else ():
        value = page.get(key)
        values = value[:MAX_VALUES] if isinstance(value, list) else [value]
        texts = [one_line(text[:MAX_VALUE_CHARS]) for text in values if isinstance(text, str)]
        if texts := [*filter(None, texts)]:
            head.metas.setdefault(name, texts)
