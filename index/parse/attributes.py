"""Keep tags with tens of thousands of attributes from taking minutes.

Strategy: Lexbor compares each attribute with all before it in its tag, so that a tag of a
megabyte takes minutes. Where a page has a long stretch without `<`, it is asked whether that is
inside a tag (and not a script or a text), and what is beyond the first thousands is cut out.

Rule: a stretch is looked for where it must be, at every 8,000th character, so that other
    pages pass in microseconds.
"""

from __future__ import annotations

import re

__all__ = ["limit_attributes"]

STRETCH = 8_000
MOST_ATTRIBUTES = 2_000
TAG_START = re.compile(rb"<[a-zA-Z][^\s/>]*+")
ATTRIBUTE = re.compile(
    rb"""[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?"""
)


def limit_attributes(html: str | bytes) -> str | bytes:
    """Return the page without the attributes beyond the first thousands of a tag.

    Example:
        >>> limit_attributes("<p class=x>unchanged")
        '<p class=x>unchanged'
    """
    if isinstance(html, bytes):
        return _limited(html)
    if not any(html.find("<", at, at + STRETCH) < 0 for at in _stretches(len(html))):
        return html
    return _limited(html.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _stretches(size: int) -> range:
    return range(STRETCH, size - STRETCH, STRETCH)


def _limited(html: bytes) -> bytes:
    kept: list[bytes] = []
    start = looked = 0
    for at in _stretches(len(html)):
        if at < looked or html.find(b"<", at, at + STRETCH) >= 0:
            continue
        cut_from, cut_to = _cut(html, html.rfind(b"<", looked, at))
        if cut_from < cut_to:
            kept.append(html[start:cut_from])
            start = cut_to
        following = html.find(b"<", max(at, cut_to))
        looked = following if following >= 0 else len(html)
    return b"".join([*kept, html[start:]]) if kept else html


def _cut(html: bytes, opened: int) -> tuple[int, int]:
    """Return the half-open range of the attributes that the tag at a place has too many."""
    tag = TAG_START.match(html, opened) if opened >= 0 else None
    if tag is None:
        return 0, 0
    place = cut = tag.end()
    count = 0
    while attribute := ATTRIBUTE.match(html, place):
        place = attribute.end()
        count += 1
        if count <= MOST_ATTRIBUTES:
            cut = place
    return cut, place
