"""Find the article in a page and return its paragraphs.

Strategy: take out of the tree what holds no text, find the element that holds the
article (`weights`), read the blocks under it (`blocks`) with the standfirst that stands
between headline and article, and tidy the lines at the edges that are not part of it
(`phrases`).

Rule 1: no rule for any site; what a rule knows is HTML, common names of classes and
    common wording of news pages.
Rule 2: rather a line too much than a paragraph too few: where names of classes leave out
    most of what was found, it is read again without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.parse.blocks import HEADINGS, Block, read_blocks
from index.parse.boilerplate import STRIPPED_TAGS, Furniture, furniture
from index.parse.phrases import announces_other_pages, is_credit_line, is_furniture_line
from index.parse.titles import folded
from index.parse.weights import Place, find_article

__all__ = ["Body", "read_body"]

MOST_LEFT_OUT = 0.4
SHORTEST_STANDFIRST = 40
LONGEST_STANDFIRST = 3
# Where running text begins: the first block as long as a short sentence.
RUNNING_TEXT = 80
# A standfirst is running text, and bylines stand below it.
CREDITS_BELOW = 4
# Headline lists under an article are announced in its last part, chapters before it.
LAST_PART = 0.7
IDEOGRAPHS = "\u2e80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a page has of an article.

    Attributes:
        paragraphs: Paragraphs and subheadings in reading order, one line each.
        link_share: Share of the visible text of the page that stands in links, 0 to 1.
    """

    paragraphs: tuple[str, ...]
    link_share: float


def read_body(tree: LexborHTMLParser, title: str | None) -> Body:
    """Return the paragraphs of the article in a page.

    Args:
        tree: The page; it is altered.
        title: The headline, so that it is not repeated as a paragraph.
    """
    tree.strip_tags(STRIPPED_TAGS)
    body = tree.body
    if body is None:
        return Body(paragraphs=(), link_share=0.0)
    link_share = _link_share(body)
    headline = body.css_first("h1")
    place = find_article(body, headline)
    blocks = _standfirst(headline, place) + _article_blocks(place)
    return Body(paragraphs=_tidy(blocks, folded(title or "")), link_share=link_share)


def _link_share(body: LexborNode) -> float:
    chars = len("".join(body.text().split()))
    linked = sum(len("".join(link.text().split())) for link in body.css("a"))
    return min(1.0, linked / chars) if chars else 0.0


def _article_blocks(place: Place) -> list[Block]:
    blocks = read_blocks(place.root, place.weights)
    least = MOST_LEFT_OUT * place.weights.get(place.root.mem_id, 0.0)
    if sum(len(block.text) for block in blocks) >= max(1.0, least):
        return blocks
    return read_blocks(place.root, place.weights, by_name=False)


def _standfirst(headline: LexborNode | None, place: Place) -> list[Block]:
    """Return the sentences that stand between the headline and the article."""
    found: list[Block] = []
    for node in _between(headline, place):
        if furniture(node) is Furniture.NO:
            found += (
                block
                for block in read_blocks(node, place.weights)
                if _width(block.text) >= SHORTEST_STANDFIRST and block.kind not in {"li", "tr"}
            )
    return found if len(found) <= LONGEST_STANDFIRST else []


def _between(headline: LexborNode | None, place: Place) -> list[LexborNode]:
    """Return the elements after the headline and before the way down to the article."""
    found: list[LexborNode] = []
    above = headline
    while above is not None and above.mem_id not in place.path:
        for node in _siblings_after(above):
            if node.mem_id in place.path:
                return found
            found.append(node)
        above = above.parent
    return []


def _siblings_after(node: LexborNode) -> Iterator[LexborNode]:
    following = node.next
    while following is not None:
        if following.is_element_node:
            yield following
        following = following.next


def _tidy(blocks: list[Block], title: str) -> tuple[str, ...]:
    blocks = _without_end(_from_headline(blocks, title))
    blocks = [block for block in blocks if not is_furniture_line(block.text)]
    blocks = _without_credits(blocks)
    return tuple(
        block.text
        for place, block in enumerate(blocks)
        if not (block.kind in HEADINGS and _is_empty_section(blocks, place))
    )


def _from_headline(blocks: list[Block], title: str) -> list[Block]:
    """Drop the headline, and what stands above it: rubric, date, breadcrumbs."""
    start = next((place for place, block in enumerate(blocks) if block.kind == "h1"), -1)
    if any(_width(block.text) >= RUNNING_TEXT for block in blocks[: max(start, 0)]):
        start = -1
    # Twice the letters: spaces and punctuation; what is longer cannot be the headline.
    longest = 2 * len(title)
    return [
        block
        for place, block in enumerate(blocks)
        if place > start and not (len(block.text) <= longest and folded(block.text) == title)
    ]


def _without_credits(blocks: list[Block]) -> list[Block]:
    """Drop the bylines, dates and rubrics above the running text."""
    start = next(
        (
            place
            for place, block in enumerate(blocks)
            if block.kind not in HEADINGS and _width(block.text) >= RUNNING_TEXT
        ),
        0,
    )
    return [
        block
        for place, block in enumerate(blocks)
        if place > start + CREDITS_BELOW
        or block.kind in HEADINGS
        or not is_credit_line(block.text, above_text=place < start)
    ]


def _without_end(blocks: list[Block]) -> list[Block]:
    """Drop what follows a line such as "Related stories" in the last part."""
    whole = sum(len(block.text) for block in blocks)
    chars = 0
    for place, block in enumerate(blocks):
        if chars > LAST_PART * whole and announces_other_pages(block.text):
            return blocks[:place]
        chars += len(block.text)
    return blocks


def _is_empty_section(blocks: list[Block], place: int) -> bool:
    """Return whether a heading is followed by one of its own or a higher rank, or nothing."""
    if place + 1 == len(blocks):
        return True
    following = blocks[place + 1].kind
    return following in HEADINGS and following <= blocks[place].kind


def _width(text: str) -> int:
    """Return a length in which a Chinese or Japanese sentence is as long as its translation."""
    if text.isascii() or len(text) >= RUNNING_TEXT:
        return len(text)
    return len(text) + sum(character >= IDEOGRAPHS for character in text)
