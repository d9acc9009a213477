"""Find the standfirst: the sentences that stand between the headline and the article.

Strategy: two signs. What stands after the headline and before the element of the article,
at whatever depth, is read if it is no furniture and only a few sentences or points. Where there is
no such headline, or the names of classes hide the standfirst, the head of the page knows
it: the first block above the article that begins as the declared summary does.

Rule 1: captions and bylines stand there too; they are told by `phrases`, as all lines.
Rule 2: a summary is only a hint where to look. The text is always that of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from selectolax.lexbor import LexborNode

from index.parse.blocks import Block, read_blocks
from index.parse.boilerplate import Furniture, furniture
from index.parse.head import Head
from index.parse.weights import Place

__all__ = ["STANDFIRST", "read_summaries", "standfirst", "with_declared_standfirst"]

STANDFIRST = "standfirst"
"""The kind of a block that the page declares to be its summary."""

SHORTEST = 40
# Sentences, or a list of key points.
MOST_BLOCKS = 5
SUMMARIES = ("description", "og:description")
# From as many letters on hardly two blocks of a page begin alike.
SAME_START = 30
UNBROKEN = 20


def read_summaries(head: Head) -> list[str]:
    """Return what the head of a page says it is about, longer than a slogan."""
    texts = dict.fromkeys(head.values(*SUMMARIES))
    return [text for text in texts if Block(text, "meta").width >= SHORTEST]


def standfirst(headline: LexborNode | None, place: Place) -> list[Block]:
    """Return the sentences that stand between the headline and the article.

    Args:
        headline: The element of the headline, if there is one.
        place: Where the article is.
    """
    found: list[Block] = []
    for node in _between(headline, place):
        if furniture(node) is Furniture.NO:
            found += (
                block
                for block in read_blocks(node, place)
                if block.width >= SHORTEST and block.kind != "tr"
            )
    return found if len(found) <= MOST_BLOCKS else []


def with_declared_standfirst(
    body: LexborNode, place: Place, summaries: Sequence[str], blocks: Sequence[Block]
) -> list[Block]:
    """Return the blocks with those that the head of the page repeats as its summary.

    Args:
        body: The body of the page.
        place: Where the article is.
        summaries: What `read_summaries` returned.
        blocks: What was found already. Among its first the summary is looked for too, and
            gets its kind there.
    """
    starts = [summary[:SAME_START] for summary in summaries]
    for at, block in enumerate(blocks):
        if any(start in block.text for start in starts):
            if at < MOST_BLOCKS and block.text.startswith(tuple(starts)):
                return [*blocks[:at], Block(block.text, STANDFIRST), *blocks[at + 1 :]]
            return [*blocks]
    return [*_missed(body, place, summaries, starts), *blocks]


def _missed(
    body: LexborNode, place: Place, summaries: Sequence[str], starts: Sequence[str]
) -> list[Block]:
    ahead = (*_before_article(body, place), place.root) if starts else ()
    for node in ahead:
        if furniture(node) is Furniture.SURE or not _mentions(node, starts):
            continue
        inside = read_blocks(node, place, by_name=False)
        for at, block in enumerate(inside):
            for summary in summaries:
                if block.text.startswith(summary[:SAME_START]):
                    return _summarized(inside[at:], summary)
    return []


def _mentions(node: LexborNode, starts: Sequence[str]) -> bool:
    """Return whether an element is worth reading; in the tree lines may break in a start."""
    text = node.text_lexbor()
    return any(start[:UNBROKEN] in text for start in starts)


def _summarized(blocks: Sequence[Block], summary: str) -> list[Block]:
    """Return the first block and those after it that the summary goes on with."""
    following = blocks[1:MOST_BLOCKS]
    more = takewhile(lambda block: block.text[:SAME_START] in summary, following)
    return [Block(block.text, STANDFIRST) for block in (blocks[0], *more)]


def _between(headline: LexborNode | None, place: Place) -> list[LexborNode]:
    """Return the elements between the headline and the article, however they are nested."""
    found: list[LexborNode] = []
    above = headline
    while above is not None and above.mem_id not in place.path:
        for node in _siblings_after(above):
            if node.mem_id in place.path:
                return found + _before_article(node, place)
            found.append(node)
        above = above.parent
    return []


def _before_article(around: LexborNode | None, place: Place) -> list[LexborNode]:
    """Return the elements that stand before the article within one that holds it."""
    found: list[LexborNode] = []
    while around is not None and around.mem_id != place.root.mem_id:
        inner = None
        for node in around.iter():
            if node.mem_id in place.path:
                inner = node
                break
            found.append(node)
        around = inner
    return found


def _siblings_after(node: LexborNode) -> Iterator[LexborNode]:
    following = node.next
    while following is not None:
        if following.is_element_node:
            yield following
        following = following.next
