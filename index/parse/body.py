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

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.parse.blocks import HEADINGS, Block, read_blocks
from index.parse.document import Document, open_document
from index.parse.phrases import (
    announces_end,
    announces_other_pages,
    article_lines,
    is_credit_line,
    is_furniture_line,
)
from index.parse.scripted import script_texts, scripted_article
from index.parse.standfirst import (
    STANDFIRST,
    read_summaries,
    standfirst,
    with_declared_standfirst,
)
from index.parse.titles import folded
from index.parse.weights import Place, find_article

__all__ = ["Body", "read_body"]

# What holds text, but none of an article. Each costs a pass over what is left of the tree, so that
# the largest come first, and only those that many pages have; `blocks` passes over the others.
STRIPPED = ["nav", "footer", "svg", "script", "style", "select", "noscript", "button"]
MOST_LEFT_OUT = 0.4
# A page that shows less loads its article by script.
SHORTEST_SHOWN = 250
# Where running text begins: the first block as long as a short sentence.
RUNNING_TEXT = 80
# "Local elections Voters turn away": a rubric may stand in one line with the headline.
WITH_RUBRIC = 1.6
# A standfirst is running text, and bylines stand below it.
CREDITS_BELOW = 4
NEVER_CREDITS = HEADINGS | {STANDFIRST}
# "Launch | 1998", a row of data, has a year and no sentence, as bylines have.
NEVER_CREDITS_BELOW = NEVER_CREDITS | {"tr"}
# Headline lists under an article are announced in its last part, chapters before it.
LAST_PART = 0.7
# Or earlier, if from there to the end no paragraph is longer than a teaser.
FIRST_PART = 0.3
LONGEST_TEASER = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a page has of an article.

    Attributes:
        paragraphs: Paragraphs and subheadings in reading order, one line each.
        shown: The element of all that the page shows; None: nothing.
        credits_above: The lines left out above the running text: bylines, dates, rubrics.
    """

    paragraphs: tuple[str, ...]
    shown: LexborNode | None
    credits_above: tuple[str, ...] = ()

    def link_share(self) -> float:
        """Return the share of the visible text of the page that stands in links, 0 to 1."""
        if self.shown is None:
            return 0.0
        chars = len("".join(self.shown.text_lexbor().split()))
        linked = sum(len("".join(link.text_lexbor().split())) for link in self.shown.css("a"))
        return min(1.0, linked / chars) if chars else 0.0


def read_body(document: Document, title: str | None) -> Body:
    """Return the paragraphs of the article in a page.

    Args:
        document: The page; its tree is altered.
        title: The headline, so that it is not repeated as a paragraph.
    """
    body = _read_tree(document, title)
    if _chars(body) >= SHORTEST_SHOWN:
        return body
    markup = scripted_article(script_texts(document.whole))
    return max(body, _read_tree(open_document(markup), title), key=_chars) if markup else body


def _chars(body: Body) -> int:
    return sum(map(len, body.paragraphs))


def _read_tree(document: Document, title: str | None) -> Body:
    _strip(document.tree)
    body = document.tree.body
    if body is None:
        return Body(paragraphs=(), shown=None)
    headline = next((h1 for h1 in document.head.headings if _is_within(h1, body)), None)
    place = find_article(body, headline)
    blocks = standfirst(headline, place) + _article_blocks(place)
    blocks = with_declared_standfirst(body, place, read_summaries(document.head), blocks)
    blocks = _without_end(_from_headline(blocks, folded(title or "")))
    if headline is not None and blocks and folded(blocks[0].text) == folded(headline.text()):
        del blocks[0]  # the headline, where the title is worded in another way
    blocks = [blocks[place] for place in article_lines([block.text for block in blocks])]
    kept, credits_above = _without_credits(blocks)
    return Body(paragraphs=_tidy(kept), shown=body, credits_above=credits_above)


def _strip(tree: LexborHTMLParser) -> None:
    tree.strip_tags(STRIPPED)


def _is_within(node: LexborNode, body: LexborNode) -> bool:
    """Return whether an element that was found before is still in the tree."""
    above: LexborNode | None = node
    while above is not None and above.mem_id != body.mem_id:
        above = above.parent
    return above is not None


def _article_blocks(place: Place) -> list[Block]:
    blocks = read_blocks(place.root, place)
    least = MOST_LEFT_OUT * place.weights.get(place.root.mem_id, 0.0)
    if sum(len(block.text) for block in blocks) >= max(1.0, least):
        return blocks
    return read_blocks(place.root, place, by_name=False)


def _tidy(blocks: list[Block]) -> tuple[str, ...]:
    """Return the texts of blocks but for the headings of nothing."""
    return tuple(
        block.text
        for place, block in enumerate(blocks)
        if not (block.kind in HEADINGS and _is_empty_section(blocks, place))
    )


def _from_headline(blocks: list[Block], title: str) -> list[Block]:
    """Drop the headline, and what stands above it: rubric, date, breadcrumbs."""
    start = next((place for place, block in enumerate(blocks) if block.kind == "h1"), -1)
    above = (block for block in blocks[: max(start, 0)] if block.width >= RUNNING_TEXT)
    if not all(is_furniture_line(block.text) for block in above):
        start = -1
    return [
        block
        for place, block in enumerate(blocks)
        if place > start and not _is_headline(block.text, title, atop=place < CREDITS_BELOW)
    ]


def _is_headline(text: str, title: str, *, atop: bool) -> bool:
    """Return whether a line is the headline, at the top of the article with its rubric."""
    # Twice the letters: spaces and punctuation; what is longer cannot be the headline.
    if len(text) > (1 + WITH_RUBRIC) * len(title):
        return False
    # Nor can what begins with another letter, unless that is of a rubric.
    if not atop and text[0].isalnum() and text[0].casefold()[0] != title[0]:
        return False
    letters = folded(text)
    with_rubric = atop and letters.endswith(title) and len(letters) <= WITH_RUBRIC * len(title)
    return letters == title or with_rubric


def _without_credits(blocks: list[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Part the blocks from the bylines, dates and rubrics above the running text."""
    start = next(
        (
            place
            for place, block in enumerate(blocks)
            if block.kind not in HEADINGS and block.width >= RUNNING_TEXT
        ),
        0,
    )
    credits_above = {
        place: block.text
        for place, block in enumerate(blocks[: start + CREDITS_BELOW + 1])
        if block.kind not in (NEVER_CREDITS if place < start else NEVER_CREDITS_BELOW)
        and is_credit_line(block.text, above_text=place < start)
    }
    kept = [block for place, block in enumerate(blocks) if place not in credits_above]
    return kept, tuple(credits_above.values())


def _without_end(blocks: list[Block]) -> list[Block]:
    """Drop what follows a line such as "Related stories" or "Leave a reply"."""
    whole = sum(len(block.text) for block in blocks)
    chars = 0
    for place, block in enumerate(blocks):
        if chars > LAST_PART * whole and announces_other_pages(block.text):
            return blocks[:place]
        if chars > FIRST_PART * whole and announces_end(block.text):
            longest = max((len(block.text) for block in blocks[place + 1 :]), default=0)
            if chars > LAST_PART * whole or longest <= LONGEST_TEASER:
                return blocks[:place]
        chars += len(block.text)
    return blocks


def _is_empty_section(blocks: list[Block], place: int) -> bool:
    """Return whether a heading is followed by one of its own or a higher rank, or nothing."""
    if place + 1 == len(blocks):
        return True
    following = blocks[place + 1].kind
    return following in HEADINGS and following <= blocks[place].kind
