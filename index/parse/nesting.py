"""Keep pages that nest without end from taking time and memory without end.

Strategy: Lexbor follows the HTML standard, which asks at each `<div>` and each end tag to
look through all open elements: 100,000 nested ones take ten seconds, a million a quarter
of an hour. Browsers stop at 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`); so do we, by
taking the tags that would nest deeper out of the source before it is parsed. Their text
stays.

Rule 1: pages with few tags are not even looked at, so that most pages pass at once.
Rule 2: depth is counted, not parsed: a closing tag takes one off, whatever it closes.
    Elements without an end tag, or for which it may be left out, do not count.
Rule 3: formatting elements that are not closed (`<font>`, `<b>`) count on their own: the
    standard opens all of them again in every paragraph that follows.
Rule 4: after very many tags the page ends; the largest live blogs have a tenth of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.parse.attributes import limit_attributes
from index.parse.wordlists import words

__all__ = ["limit_nesting"]

DEEPEST = 512
MOST_FORMATTING = 16
# Nested this deep, they take a hundredth of a second; no need to count below.
FEW_TAGS = 4_000
MOST_TAGS = 400_000
# No `<` within: a page of unfinished tags would be searched to its end at each of them. What
# a quantifier took it keeps (`*+`), else an unfinished long tag is tried at each of its letters.
TAG = re.compile(r"<(?:!--|(/?)([a-z][^\s/<>]*+)[^<>]*+>)", re.IGNORECASE)
# What these hold is not markup, or (svg) closes itself.
OPAQUE = frozenset({"script", "style", "svg", "textarea"})
FORMATTING = words("b big code em font i nobr s small strike strong tt u")
WITHOUT_END = words(
    "area base br col embed frame hr img input link meta param source track wbr basefont bgsound "
    "keygen caption colgroup dd dt li optgroup option p rb rp rt tbody td tfoot th thead tr"
)


def limit_nesting(html: str) -> str:
    """Return the page without the tags that nest deeper than browsers follow.

    Example:
        >>> limit_nesting("<div>" * 3 + "deep")
        '<div><div><div>deep'
    """
    html = limit_attributes(html)
    if html.count("<") < FEW_TAGS:
        return html
    kept, start = [], 0
    for cut_from, cut_to in _cuts(html):
        kept.append(html[start:cut_from])
        start = cut_to
    return "".join([*kept, html[start:]]) if start else html


def _cuts(html: str) -> Iterator[tuple[int, int]]:
    depth = formatting = 0
    for count, tag in enumerate(_tags(html)):
        if count >= MOST_TAGS:
            yield tag.start(), len(html)
            return
        name, step = tag[2].lower(), -1 if tag[1] else 1
        if name in WITHOUT_END:
            continue
        if name in FORMATTING:
            if max(formatting, formatting + step) > MOST_FORMATTING:
                yield tag.span()
            formatting = max(0, formatting + step)
        else:
            if max(depth, depth + step) > DEEPEST:
                yield tag.span()
            depth = max(0, depth + step)


def _tags(html: str) -> Iterator[re.Match[str]]:
    """Yield the tags of a page, without comments and what looks like tags inside scripts."""
    place = 0
    # Of these no end follows any more: searching for it again and again would take long.
    endless: set[str] = set()
    while tag := TAG.search(html, place):
        place = tag.end()
        name = (tag[2] or "!--").lower()
        if name == "!--":
            place = html.find("-->", place)
            if place < 0:
                return
            continue
        yield tag
        if name in OPAQUE and not tag[1] and name not in endless:
            end = re.compile(f"</{name}", re.IGNORECASE).search(html, place)
            if end:
                place = end.start()
            else:
                endless.add(name)
