"""Read the blocks of text that stand under one element of a page, furniture left out.

Strategy: one iterative walk in reading order. Text gathers until a block-level element
begins or ends, or two line breaks follow each other, and then becomes a `Block`. When an
element ends, what was read inside it is judged as a whole: a part that is mostly links
is taken back, and the short cells of a table row become one line.

Rule 1: what an element says of itself (tag, class, id) can leave it out, but not where it
    holds most of the text: names such as `has-sidebar` or `widget` are also given to the
    element around a whole article.
Rule 2: nothing here recurses; pages nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from index.parse.boilerplate import NEVER_TEXT, NO, SURE, furniture
from index.parse.weights import Place
from index.parse.widths import width
from index.parse.wordlists import words

__all__ = ["HEADINGS", "Block", "read_blocks"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb "
    "ruby s samp small span strike strong sub sup time tt u var wbr"
)
# More of an element in links, and it is a list of links; more of a paragraph, the same.
# Sentences of news are rarely linked to more than a quarter, lists of headlines wholly.
LINKED_ELEMENT = 0.3
LINKED_PARAGRAPH = 0.75
# An element with the name of furniture that holds more of the text is a wrapper around it.
WRAPS_ARTICLE = 0.7
# So many blocks in a row that begin with a link, hardly less than other ones, and short ones
# on average: these are headlines of other articles, each with its teaser.
SHORTEST_HEADLINE = 10
FEWEST_HEADLINES = 3
HEADLINES_PER_TEASER = 0.75
LONGEST_TEASER = 240
LONGEST_CELL = 100
LONG = 100  # in any script
# Old pages begin a paragraph with a break and an indentation.
INDENTED = re.compile(r"[ \t\r\n]*(?:\xa0[ \xa0]|\u3000)")
EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
# The last two are no elements, but comments and the like.
NEVER_READ = NEVER_TEXT | {"-comment", ""}
NEVER_JUDGED = INLINE | HEADINGS | {"p"}


class Block(NamedTuple):
    """A paragraph, heading, list item or table row: one line of text.

    Attributes:
        text: The text, white space collapsed, not empty.
        kind: Tag of the element it stands in.
    """

    text: str
    kind: str

    @property
    def width(self) -> int:
        """A length in which a Chinese or Japanese sentence is as long as its translation."""
        text = self.text
        return len(text) if len(text) >= LONG else width(text, ideograph=2)


# What was read before an element or a rule: blocks, characters, those in links, blocks headed by a
# link and others. Made for each element that is judged; a class would take five times as long.
Counts = tuple[int, int, int, int, int]
# An element whose children are being read: its tag, the tag of the innermost element around them
# that is not inline, the children, and the counts before it, unless it is never judged.
Level = tuple[str, str, Iterator[LexborNode], Counts | None]


@dataclass(slots=True)
class Reader:
    """What has been read so far: whole blocks, the pieces of the one under way, the last rule."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    pieces_linked: int = 0
    chars: int = 0
    linked: int = 0
    open_links: int = 0
    breaks: int = 0
    linked_blocks: int = 0
    plain_blocks: int = 0
    headed_by_link: bool = False
    ruled: Counts | None = None

    def counts(self) -> Counts:
        """Return how much was read so far."""
        return len(self.blocks), self.chars, self.linked, self.linked_blocks, self.plain_blocks

    def add(self, text: str) -> None:
        """Add a piece of text to the block under way."""
        if text.isspace():
            if not self.pieces and not self.open_links:
                return
        elif self.breaks:
            self.breaks = 0
        if self.open_links:
            if not self.pieces_linked and not "".join(self.pieces).strip():
                self.headed_by_link = len(text) >= SHORTEST_HEADLINE
            self.pieces_linked += len(text)
        self.pieces.append(text)

    def add_text(self, text: str, kind: str) -> None:
        """Add the text of an element; where its line breaks are seen, an empty line parts it."""
        if self.breaks and INDENTED.match(text):
            self.finish_block(kind)
        if kind != "pre":
            self.add(text)
            return
        for number, part in enumerate(EMPTY_LINE.split(text)):
            if number:
                self.finish_block(kind)
            self.add(part)

    def break_line(self, kind: str) -> None:
        """Take in a `<br>`; two of them part paragraphs."""
        self.breaks += 1
        if self.breaks > 1:
            self.finish_block(kind)
        self.pieces.append(" ")

    def finish_block(self, kind: str) -> None:
        """Turn the pieces into a block, if there is text in them and not only links."""
        pieces = self.pieces
        if not pieces:
            return
        text = _collapsed(pieces[0] if len(pieces) == 1 else "".join(pieces))
        linked = min(self.pieces_linked, len(text))
        headed = self.headed_by_link
        pieces.clear()
        self.pieces_linked = self.breaks = 0
        self.headed_by_link = False
        if not text:
            return
        self.chars += len(text)
        self.linked += linked
        if headed:
            self.linked_blocks += 1
        if linked < LINKED_PARAGRAPH * len(text):
            self.plain_blocks += 1
        if kind in HEADINGS or linked <= LINKED_PARAGRAPH * len(text):
            self.blocks.append(Block(text, kind))

    def finish_element(self, tag: str, before: Counts) -> None:
        """Judge what was read inside an element that ends."""
        blocks, chars, linked, linked_blocks, plain_blocks = before
        if self.chars == chars:
            return
        if self.is_list_of_links(before):
            del self.blocks[blocks:]
            self.chars, self.linked = chars, linked
            self.linked_blocks, self.plain_blocks = linked_blocks, plain_blocks
        elif tag == "tr":
            self.join_cells(blocks)
        elif tag == "table" and self.is_boxed_note(blocks):
            del self.blocks[blocks:]

    def is_boxed_note(self, first: int) -> bool:
        """Return whether a table is a frame around a few lines within an article."""
        inside = self.blocks[first:]
        return (
            first > 0
            and [block.kind for block in inside] == ["td"]
            and len(inside[0].text) <= LONGEST_TEASER
        )

    def drop_foot(self) -> None:
        """Drop a few lines with links under a rule: on old pages the foot of the page."""
        first, _, linked, *_ = self.ruled or self.counts()
        inside = self.blocks[first:]
        if (
            first
            and self.linked > linked
            and sum(len(block.text) for block in inside) <= LONGEST_TEASER
        ):
            del self.blocks[first:]

    def is_list_of_links(self, before: Counts) -> bool:
        """Return whether an element is mostly links, or linked headlines with their teasers."""
        _, chars, linked, linked_blocks, plain_blocks = before
        chars = self.chars - chars
        if self.linked - linked > LINKED_ELEMENT * chars:
            return True
        headlines = self.linked_blocks - linked_blocks
        teasers = self.plain_blocks - plain_blocks
        return (
            headlines >= FEWEST_HEADLINES
            and headlines >= HEADLINES_PER_TEASER * teasers
            and chars <= LONGEST_TEASER * headlines
        )

    def join_cells(self, first: int) -> None:
        """Make the cells of a row of data one line; a row that lays out a page stays."""
        cells = self.blocks[first:]
        if len(cells) > 1 and all(
            cell.kind in {"td", "th"} and len(cell.text) <= LONGEST_CELL for cell in cells
        ):
            self.blocks[first:] = [Block(" | ".join(cell.text for cell in cells), "tr")]


def read_blocks(root: LexborNode, place: Place, *, by_name: bool = True) -> list[Block]:
    """Return the blocks of text under an element.

    Args:
        root: The element that is read.
        place: Where the article is, and how much running text elements hold.
        by_name: Leave out what its tag, class or id calls something else than text. What
            is menu or comments by name is left out in any case.
    """
    reader = Reader()
    pieces = reader.pieces
    most = WRAPS_ARTICLE * place.weights.get(root.mem_id, 0.0)
    tag = root.tag or "div"
    # The root is the article, whatever share of it is linked.
    stack: list[Level] = [
        (tag, "div" if tag in INLINE else tag, root.iter(include_text=True), None)
    ]
    while stack:
        _, kind, children, _ = stack[-1]
        for node in children:
            # Asking this costs half of what the tag does, and most are texts.
            if node.is_text_node:
                # Blanks between elements, which are most of the texts, begin no block.
                if pieces or reader.open_links or not node.is_empty_text_node:
                    reader.add_text(node.text_content or "", kind)
                continue
            tag = node.tag or ""
            if tag in NEVER_READ:
                continue
            if tag == "br":
                reader.break_line(kind)
            elif tag == "hr":
                reader.finish_block(kind)
                reader.ruled = reader.counts()
            elif (found := furniture(node, tag)) is not NO and (
                found is SURE or (by_name and _is_beside(node, place, most))
            ):
                continue
            elif (level := _opened(reader, node, tag, kind)) is not None:
                stack.append(level)
                break
        else:
            tag, _, _, before = stack.pop()
            _close(reader, tag, before)
    reader.finish_block("div")  # what an inline root leaves
    reader.drop_foot()
    return reader.blocks


def _opened(reader: Reader, node: LexborNode, tag: str, kind: str) -> Level | None:
    """Return an element whose children are to be read; None: it is read already."""
    if tag == "a":
        reader.open_links += 1
    elif tag not in INLINE:
        reader.finish_block(kind)
        kind = tag
    before = None if tag in NEVER_JUDGED else reader.counts()
    only = node.first_child
    # Most elements hold one text and nothing else: no need to go through that.
    if only is not None and not (only.is_text_node and only.next is None):
        return tag, kind, node.iter(include_text=True), before
    if only is not None:
        reader.add_text(only.text_content or "", kind)
    _close(reader, tag, before)
    return None


def _close(reader: Reader, tag: str, before: Counts | None) -> None:
    if tag == "a":
        reader.open_links -= 1
    elif tag not in INLINE:
        reader.finish_block(tag)
        if before:
            reader.finish_element(tag, before)


def _collapsed(text: str) -> str:
    """Return a text with single blanks; most have no others, and are told at half the cost."""
    if "  " in text or not text.isprintable():
        return " ".join(text.split())
    return text.strip(" ")


def _is_beside(node: LexborNode, place: Place, most: float) -> bool:
    """Return whether what bears the name of furniture is no wrapper, and holds no shown post."""
    key = node.mem_id
    return place.weights.get(key, 0.0) <= most and key not in place.around_posts
