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
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from index.parse.boilerplate import LIKELY, SURE, furniture

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
RUN_TAGS = ":is(div,td,li,section,article,blockquote,span,pre,dd,font,center,body,figcaption)"
# A post that the article shows, in the form that the script of its network looks for.
SHOWN_POST = "blockquote.twitter-tweet"
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
        weights: Weight of all elements that hold text, by `mem_id`; others hold none.
        around_posts: `mem_id` of the posts that the page shows, and of all around them.
    """

    root: LexborNode
    path: frozenset[int]
    weights: Mapping[int, float]
    around_posts: Container[int]


@dataclass(slots=True)
class Sums:
    """Weights handed up a tree, the children that carry them, and those that hand nothing up."""

    weights: dict[int, float]
    children: dict[int, list[tuple[int, LexborNode]]]
    ends: Container[int] = ()

    def carriers(self, key: int) -> list[tuple[int, LexborNode]]:
        """Return the children of an element that hand it their weight."""
        below = self.children.get(key, ())
        return [child for child in below if child[0] in self.weights and child[0] not in self.ends]


@dataclass(slots=True)
class Holders:
    """The elements with text of their own, and what that text weighs, by `mem_id`."""

    nodes: dict[int, LexborNode] = field(default_factory=dict)
    own: dict[int, float] = field(default_factory=dict)

    def whole(self) -> float:
        """Return the weight of all."""
        return sum(weight for weight in self.own.values() if weight > 0)

    def put(self, node: LexborNode, weight: float) -> None:
        """Add to what an element holds."""
        key = node.mem_id
        if key in self.own:
            self.own[key] += weight
        else:
            self.nodes[key], self.own[key] = node, weight


def find_article(body: LexborNode, headline: LexborNode | None) -> Place:
    """Return where in a page the article stands.

    Args:
        body: The body of a page, stripped of what holds no text.
        headline: The element of the headline, if there is one.
    """
    holders = Holders()
    _weigh_paragraphs(body, holders)
    few = FEW_PARAGRAPHS * len(body.text(skip_empty=True))
    # Furniture only takes away, so that what is too little at once need not be summed.
    found = _sums(body, holders) if holders.whole() >= few else None
    if found is None or found[1].weights.get(body.mem_id, 0.0) < few:
        _weigh_runs(body, holders)
        found = _sums(body, holders)
    everything, sums = found
    whole = everything.weights.get(body.mem_id, 0.0)
    if sums.weights.get(body.mem_id, 0.0) < ALL_IS_FURNITURE * whole:
        sums = everything
    root, path = _descend(body, sums, _with_ancestors([headline] if headline else []))
    posts = _with_ancestors(body.css(SHOWN_POST))
    return Place(root, path, everything.weights, posts)


def _weigh_paragraphs(body: LexborNode, holders: Holders) -> None:
    for paragraph in body.css("p"):
        if parent := paragraph.parent:
            share = LISTED if parent.tag == "li" else 1.0
            holders.put(parent, share * max(0, len(paragraph.text_lexbor()) - PARAGRAPH_COST))
    for link in body.css("p a"):
        above = link.parent
        while above is not None and above.tag != "p":
            above = above.parent
        if above is not None and (parent := above.parent):
            holders.put(parent, -LINK_COST * len(link.text_lexbor()))


def _weigh_runs(body: LexborNode, holders: Holders) -> None:
    for node in body.css(RUN_TAGS):
        text = node.text(deep=False)
        # Most are only blanks between tags.
        if len(text) >= SHORTEST_RUN and (length := len(" ".join(text.split()))) >= SHORTEST_RUN:
            holders.put(node, length)
    for link in body.css("a"):
        above = link.parent
        while above is not None and above.tag in EMPHASIS and above.mem_id not in holders.own:
            above = above.parent
        if above is not None and above.mem_id in holders.own and above.tag != "p":
            holders.put(above, -LINK_COST * len(link.text_lexbor()))


def _sums(body: LexborNode, holders: Holders) -> tuple[Sums, Sums]:
    """Return the sums of all text, and those without what furniture holds."""
    ways, children = _climb(holders)
    weights = _hand_up(holders, ways, ())
    ends = _furniture_in(weights, children, body)
    left = _hand_up(holders, ways, ends)
    return Sums(weights, children), Sums(left, children, ends)


def _climb(
    holders: Holders,
) -> tuple[list[tuple[int, int]], dict[int, list[tuple[int, LexborNode]]]]:
    """Return the ways from holders up to the root, and the children that they pass through.

    A way ends where an earlier one went on, so that from the first to the last step each
    element is whole before its parent takes it in.
    """
    children: dict[int, list[tuple[int, LexborNode]]] = {}
    ways: list[list[tuple[int, int]]] = []
    seen: set[int] = set()
    for holder, weight in holders.own.items():
        if weight <= 0:
            continue
        node, key, way = holders.nodes[holder], holder, []
        while key not in seen:
            seen.add(key)
            parent = node.parent
            if parent is None:
                break
            above = parent.mem_id
            children.setdefault(above, []).append((key, node))
            way.append((key, above))
            node, key = parent, above
        ways.append(way)
    return [step for way in reversed(ways) for step in way], children


def _hand_up(
    holders: Holders, ways: Iterable[tuple[int, int]], ends: Container[int]
) -> dict[int, float]:
    """Sum weights up the ancestors; an element in `ends` keeps its own to itself."""
    weights = {key: weight for key, weight in holders.own.items() if weight > 0}
    for key, above in ways:
        if key in weights and key not in ends:
            weights[above] = weights.get(above, 0.0) + weights[key]
    return weights


def _furniture_in(
    weights: Mapping[int, float],
    children: Mapping[int, list[tuple[int, LexborNode]]],
    body: LexborNode,
) -> set[int]:
    """Return the outermost elements that are furniture; within them nobody looks."""
    most = WRAPS_ARTICLE * weights.get(body.mem_id, 0.0)
    found = set()
    waiting = [body.mem_id]
    while waiting:
        for key, node in children.get(waiting.pop(), ()):
            kind = furniture(node)
            if kind is SURE or (kind is LIKELY and weights[key] < most):
                found.add(key)
            else:
                waiting.append(key)
    return found


def _with_ancestors(nodes: Iterable[LexborNode]) -> set[int]:
    """Return the `mem_id` of elements and of all around them."""
    found: set[int] = set()
    for node in nodes:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in found:
            found.add(above.mem_id)
            above = above.parent
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
    children = sums.carriers(root.mem_id)
    if not children:
        return None
    weights, whole = sums.weights, sums.weights[root.mem_id]
    heaviest, inner = max(children, key=lambda child: weights[child[0]])
    beside = whole - sum(weights[key] for key, _ in children)
    if weights[heaviest] >= STRONG_MAJORITY * whole and beside < RUNNING_TEXT:
        return inner
    named = [
        (key, node)
        for key, node in children
        if _says_article(node, weights[key] / whole, under_headline=key in headline)
    ]
    # Of several articles the page is about the one under the headline.
    named = [(key, node) for key, node in named if key in headline] or named
    return named[0][1] if len(named) == 1 else None


def _says_article(node: LexborNode, share: float, *, under_headline: bool) -> bool:
    if share <= HEADLINE_SHARE:
        return False
    if node.tag in ARTICLE_TAGS:
        return share > (HEADLINE_SHARE if under_headline else NAMED_SHARE)
    attributes = node.attributes
    return share > NAMED_SHARE and (
        attributes.get("itemprop") == "articleBody"
        or ARTICLE_NAME.search(attributes.get("class") or "") is not None
    )
