"""Find the element of a page that holds the article, by where its running text stands.

Strategy: each `<p>` weighs as many characters as it has, less 1.6 times those that stand
in links; the weight is handed up to all elements around it. From the body downwards, as
long as one child holds a strong majority, that child is taken. Pages that hardly use
`<p>` (line breaks in table cells, text in `div`) are weighed by their runs of text.

Rule 1: a weak majority is not followed: an article in three sections would lose two. Nor is
    a strong one past a running paragraph beside it: a long quotation is not the article.
    Only an element that says it is the article, by tag or class, or that the headline
    stands in, is taken with less: the rest is the next article, or a list of others.
Rule 2: furniture hands nothing up, else long comments outweigh a short article. It counts
    all the same where nearly all text is in it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from index.parse.boilerplate import Furniture, furniture

__all__ = ["Place", "find_article"]

LINK_COST = 1.6
# What the shortest paragraphs ("Share this", "By Jane Roe") weigh too much.
PARAGRAPH_COST = 10
# Paragraphs in list items are mostly teasers of other articles.
LISTED = 0.25
SHORTEST_RUN = 40
FEW_PARAGRAPHS = 0.25
# An element with the name of furniture that holds more of the text is a wrapper around it.
WRAPS_ARTICLE = 0.5
ALL_IS_FURNITURE = 0.03
STRONG_MAJORITY = 0.8
# Text of a paragraph right beside an element: the article goes on around it.
RUNNING_TEXT = 80
NAMED_SHARE = 0.35
HEADLINE_SHARE = 0.2
EMPHASIS = frozenset({"b", "big", "em", "font", "i", "small", "span", "strong", "u"})
RUN_TAGS = "div,td,li,section,article,blockquote,span,pre,dd,font,center,body,figcaption"
ARTICLE_TAGS = frozenset({"article", "main"})
ARTICLE_NAME = re.compile(
    r"(?:^|\s)(?:entry|post|article|story|news)[-_]{0,2}(?:content|body|text)(?=\s|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the article of a page is.

    Attributes:
        root: The element that holds it.
        path: `mem_id` of the elements from the body down to `root`.
        weights: Weight of all elements that hold text, by `mem_id`.
    """

    root: LexborNode
    path: frozenset[int]
    weights: Mapping[int, float]


@dataclass(slots=True)
class Sums:
    """Weights handed up a tree, and the children that carry them."""

    weights: dict[int, float]
    children: dict[int, list[LexborNode]]


def find_article(body: LexborNode, headline: LexborNode | None) -> Place:
    """Return where in a page the article stands.

    Args:
        body: The body of a page, stripped of what holds no text.
        headline: The element of the headline, if there is one.
    """
    holders: dict[int, tuple[LexborNode, float]] = {}
    _weigh_paragraphs(body, holders)
    everything, sums = _sums(body, holders)
    if sums.weights.get(body.mem_id, 0.0) < FEW_PARAGRAPHS * len(body.text()):
        _weigh_runs(body, holders)
        everything, sums = _sums(body, holders)
    whole = everything.weights.get(body.mem_id, 0.0)
    if sums.weights.get(body.mem_id, 0.0) < ALL_IS_FURNITURE * whole:
        sums = everything
    root, path = _descend(body, sums, _ancestors(headline))
    return Place(root, path, everything.weights)


def _weigh_paragraphs(body: LexborNode, holders: dict[int, tuple[LexborNode, float]]) -> None:
    for paragraph in body.css("p"):
        if parent := paragraph.parent:
            share = LISTED if parent.tag == "li" else 1.0
            _put(holders, parent, share * max(0, len(paragraph.text()) - PARAGRAPH_COST))
    for link in body.css("p a"):
        above = link.parent
        while above is not None and above.tag != "p":
            above = above.parent
        if above is not None and (parent := above.parent):
            _put(holders, parent, -LINK_COST * len(link.text()))


def _weigh_runs(body: LexborNode, holders: dict[int, tuple[LexborNode, float]]) -> None:
    for node in body.css(RUN_TAGS):
        length = len(" ".join(node.text(deep=False).split()))
        if length >= SHORTEST_RUN:
            _put(holders, node, length)
    for link in body.css("a"):
        above = link.parent
        while above is not None and above.tag in EMPHASIS and above.mem_id not in holders:
            above = above.parent
        if above is not None and above.tag != "p" and above.mem_id in holders:
            _put(holders, above, -LINK_COST * len(link.text()))


def _put(holders: dict[int, tuple[LexborNode, float]], node: LexborNode, weight: float) -> None:
    key = node.mem_id
    holders[key] = (node, holders[key][1] + weight if key in holders else weight)


def _sums(body: LexborNode, holders: Mapping[int, tuple[LexborNode, float]]) -> tuple[Sums, Sums]:
    """Return the sums of all text, and those without what furniture holds."""
    everything = _hand_up(holders, ())
    return everything, _hand_up(holders, _furniture_in(everything, body))


def _hand_up(holders: Mapping[int, tuple[LexborNode, float]], ends: Container[int]) -> Sums:
    """Sum weights up the ancestors; an element in `ends` keeps its own to itself."""
    weights: dict[int, float] = {}
    children: dict[int, list[LexborNode]] = {}
    ways: list[tuple[int, int]] = []  # from child to parent
    for holder, weight in holders.values():
        if weight <= 0:
            continue
        way: list[tuple[int, int]] = []
        node, key = holder, holder.mem_id
        while key not in weights:
            weights[key] = 0.0
            parent = None if key in ends else node.parent
            if parent is None:
                break
            children.setdefault(parent.mem_id, []).append(node)
            way.append((key, parent.mem_id))
            node, key = parent, parent.mem_id
        weights[holder.mem_id] += weight
        ways += reversed(way)
    # A way ends where an earlier one went on, so that from the last to the first each
    # element is whole before its parent takes it in.
    for key, above in reversed(ways):
        weights[above] += weights[key]
    return Sums(weights, children)


def _furniture_in(sums: Sums, body: LexborNode) -> set[int]:
    most = WRAPS_ARTICLE * sums.weights.get(body.mem_id, 0.0)
    found = set()
    for nodes in sums.children.values():
        for node in nodes:
            kind = furniture(node)
            light = sums.weights[node.mem_id] < most
            if kind is Furniture.SURE or (kind is Furniture.LIKELY and light):
                found.add(node.mem_id)
    return found


def _ancestors(node: LexborNode | None) -> set[int]:
    found = set()
    while node is not None:
        found.add(node.mem_id)
        node = node.parent
    return found


def _descend(
    body: LexborNode, sums: Sums, headline: Container[int]
) -> tuple[LexborNode, frozenset[int]]:
    root, path = body, {body.mem_id}
    while inner := _next(root, sums, headline):
        root = inner
        path.add(root.mem_id)
    return root, frozenset(path)


def _next(root: LexborNode, sums: Sums, headline: Container[int]) -> LexborNode | None:
    children = sums.children.get(root.mem_id)
    if not children:
        return None
    weights, whole = sums.weights, sums.weights[root.mem_id]
    heaviest = max(children, key=lambda node: weights[node.mem_id])
    beside = whole - sum(weights[node.mem_id] for node in children)
    if weights[heaviest.mem_id] >= STRONG_MAJORITY * whole and beside < RUNNING_TEXT:
        return heaviest
    named = [
        node for node in children if _says_article(node, weights[node.mem_id] / whole, headline)
    ]
    # Of several articles the page is about the one under the headline.
    named = [node for node in named if node.mem_id in headline] or named
    return named[0] if len(named) == 1 else None


def _says_article(node: LexborNode, share: float, headline: Container[int]) -> bool:
    if node.tag in ARTICLE_TAGS:
        return share > (HEADLINE_SHARE if node.mem_id in headline else NAMED_SHARE)
    attributes = node.attributes
    return share > NAMED_SHARE and (
        attributes.get("itemprop") == "articleBody"
        or ARTICLE_NAME.search(attributes.get("class") or "") is not None
    )
