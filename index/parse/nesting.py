"""Keep pages that nest without end from taking time and memory without end.

Strategy: Lexbor follows the HTML standard, which asks at each `<div>` and each end tag to
look through all open elements: 100,000 nested ones take ten seconds, a million a quarter
of an hour. Browsers stop at 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`); so do we, by
taking the tags that would nest deeper out of the source before it is parsed. Their text
stays.

Rule 1: depth is not counted where few elements begin, so that nearly all pages pass at once.
Rule 2: depth is counted, not parsed: a closing tag takes one off, whatever it closes.
    Elements without an end tag, or for which it may be left out, do not count.
Rule 3: formatting elements that are not closed (`<font>`, `<b>`) count on their own: the
    standard opens all of them again in every paragraph that follows.
Rule 4: after very many `<` the page ends; the largest live blogs have a tenth of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from index.parse.attributes import limit_attributes
from index.parse.wordlists import words

__all__ = ["limit_nesting"]

LESS_THAN = ord("<")
PART = 1 << 16
LOWER_CASE = 0x20  # the bit that it has and capitals lack
DEEPEST = 512
MOST_FORMATTING = 16
# So many elements may nest in each other, or be looked through at all end tags together: a tenth of
# a second. No need to count depth below, where hardly any page is above.
FEW_ELEMENTS = 6_000
MOST_LOOKS = 80_000_000
MOST_TAGS = 400_000
# Where a tag begins; where it ends is only looked for if it is taken out. No `<` within: a page of
# unfinished tags would be searched to its end at each of them.
# The most frequent of those that do not count are not even found.
TAG = re.compile(
    r"<(?:!--|(/?)(?!(?:br|img|input|li|link|meta|option|p|source)[\s/>])([a-zA-Z][^\s/<>]*+))"
)
TAG_END = re.compile(r"[^<>]*+>")
# What these hold is not markup, or (svg) closes itself.
OPAQUE = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "svg", "textarea")
}
FORMATTING = words("b big code em font i nobr s small strike strong tt u")
WITHOUT_END = words(
    "area base br col embed frame hr img input link meta param source track wbr basefont bgsound "
    "keygen caption colgroup dd dt li optgroup option p rb rp rt tbody td tfoot th thead tr"
)


def limit_nesting(html: str | bytes) -> str | bytes:
    """Return the page without the tags that nest deeper than browsers follow.

    Example:
        >>> limit_nesting("<div>" * 3 + "deep")
        '<div><div><div>deep'
    """
    html = limit_attributes(html)
    count = _count_signs(html)
    if count < FEW_ELEMENTS:
        return html
    elements = _count_elements(html)
    if elements < FEW_ELEMENTS and elements * count < MOST_LOOKS:
        return html
    html = html if isinstance(html, str) else html.decode("utf-8", "replace")
    if count > MOST_TAGS:
        html = "<".join(html.split("<", MOST_TAGS)[:MOST_TAGS])
    kept, start = [], 0
    for cut_from, cut_to in _cuts(html):
        kept.append(html[start:cut_from])
        start = cut_to
    return "".join([*kept, html[start:]]) if start else html


def _count_signs(html: str | bytes) -> int:
    if isinstance(html, str):
        return html.count("<")
    # Eight times as fast as `bytes.count`, and asked of every page; in parts that the cache holds.
    signs = np.frombuffer(html, np.uint8)
    parts = (signs[at : at + PART] for at in range(0, len(signs), PART))
    return sum(int(np.count_nonzero(part == LESS_THAN)) for part in parts)


def _count_elements(html: str | bytes) -> int:
    """Return how many elements begin."""
    data = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    signs = np.frombuffer(data, np.uint8)
    following = signs[1:][signs[:-1] == LESS_THAN] | LOWER_CASE
    return int(np.count_nonzero((following >= ord("a")) & (following <= ord("z"))))


def _cuts(html: str) -> Iterator[tuple[int, int]]:
    depth = formatting = 0
    for tag, name, is_end in _tags(html):
        if name in FORMATTING:
            formatting += not is_end
            if formatting > MOST_FORMATTING:
                yield from _whole(html, tag)
            if is_end and formatting:
                formatting -= 1
        else:
            depth += not is_end
            if depth > DEEPEST:
                yield from _whole(html, tag)
            if is_end and depth:
                depth -= 1


def _whole(html: str, tag: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where a tag goes, if it has an end."""
    if end := TAG_END.match(html, tag.end()):
        yield tag.start(), end.end()


def _tags(html: str) -> Iterator[tuple[re.Match[str], str, bool]]:
    """Yield the tags that count, their names, and whether they end an element.

    Comments, and what looks like tags inside scripts, are passed over.
    """
    read_to = 0
    # Of these no end follows any more: searching for it again and again would take long.
    endless: set[str] = set()
    for tag in TAG.finditer(html):
        if tag.start() < read_to:
            continue
        slash, name = tag.groups()
        if name is None:
            read_to = html.find("-->", tag.end())
            if read_to < 0:
                return
            continue
        name = name.lower()
        if name in WITHOUT_END:
            continue
        yield tag, name, bool(slash)
        if name in OPAQUE and not slash and name not in endless:
            end = OPAQUE[name].search(html, tag.end())
            if end:
                read_to = end.start()
            else:
                endless.add(name)
