"""Elements whose names say that they hold a date or a byline, and the lines by the title.

Strategy: only asked where JSON-LD and meta tags are silent, for it takes a second pass.
One CSS query finds elements by itemprop, rel and parts of class names that publishing
systems share ("byline", "author", "date"); what lies in comments, teasers, menus and
footers is left out, as is what says that it was modified.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborNode

from index.parse.head import one_line
from index.parse.wordlists import AnyCase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser

__all__ = [
    "AUTHOR_QUERY",
    "PUBLISHED_LABEL",
    "Mark",
    "lines_above",
    "lines_below",
    "lines_near",
    "read_marks",
    "title_place",
    "visible_lines",
]

# Pages about authors: /author/jane-roe, /autoren/12, /staff/...
AUTHOR_LINK = (
    'a:is([rel~="author" i],[href*="/aut"],[href*="/staff"],[href*="/report"],'
    '[href*="/contribut"],[href*="/writer"])'
)
AUTHOR_PROPERTIES = '[property*="author" i],[property*="creator" i]'
AUTHOR_CLASSES = '[class*="byline" i],[class*="aut" i]'  # author, autor
DATE_CLASSES = '[class*="dat" i],[class*="fecha" i],[class*="time" i],[class*="publish" i]'


def _query(elements: str, properties: str, classes: str) -> str:
    """Return one `:is`, which costs less than a list, in which an attribute is asked for once.

    Each part of a name costs two passes over the tree all the same: so where only authors are
    asked for, only their names are.
    """
    named = f"[itemprop],[property]:is({properties}):not(meta),[class]:is({classes})"
    return f":is({elements},{named},{AUTHOR_LINK})"


AUTHOR_QUERY = _query("h1", AUTHOR_PROPERTIES, AUTHOR_CLASSES)
QUERY = _query(
    'h1,p,time,[id*="date" i]',
    f'[property*="date" i],{AUTHOR_PROPERTIES}',
    f"{DATE_CLASSES},{AUTHOR_CLASSES}",
)
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:e[ns]|in)?|auteurs?|staff|reporters?|contributors?|writers?)/[^/?#]*[^\W_]"
)
# What stands before the day of publication, or behind it.
PUBLISHED_LABEL = AnyCase(
    r"publish(?:ed|ing)?(?! by)\b|posted\b|post(?:ing)? (?:date|time)|publication date|first aired|"
    r"veröffentlicht|erschienen|erstellt|publiée?\b|publicad[oa]|pubblicat[oa]|publicat\b|"
    r"gepubliceerd|geplaatst|public?er[ae][dt]|publisert|julkaistu|opublikowan|publikován|"
    r"objavljen|közzétéve|yayın|δημοσ|опубликован|опубліков|дата публикации|نشر|diterbitkan|"
    r"등록|입력|発表|公開|掲載|发布|發布"
)
ATTRIBUTES = ("itemprop", "property", "rel", "class", "id")
# Parts of names of elements around or on a mark that speak of something else than the
# article itself.
ELSEWHERE = re.compile(
    r"comment|related|teaser|slider|sidebar|widget(?:_(?!_)|s|-?area)|(?<!post-)(?<!entry-)(?<!article-)footer|recommend|popular|newsletter|"
    r"most-?read|navbar|disqus|respond|promo|trending|carousel|read-?more|read-?next"
)
OTHER_PARTS = frozenset({"footer", "nav", "aside", "form", "select", "figure", "figcaption"})
# Paragraphs are counted; those whose names say these are marks as well.
PARAGRAPH_MARK = re.compile("byline|author|autor|date|datum|fecha|time|publish|headline")
MAX_MARKS = 400
MAX_NODES = 4000  # marks and paragraphs
MAX_LEVELS = 12
MAX_DEPTH = 100  # of a heading
MAX_CHARS = 300
MAX_PIECES, MAX_RAW_CHARS = 1000, 20_000  # blanks and scripts included
LINES_BEFORE, LINES_AFTER = 8, 25
MAX_BODY_CHARS = 400_000
MAX_LABEL_CHARS = 60  # of a line that says "published" and the day
MIN_YEAR = 4  # characters; most lines are blank
YEAR = re.compile(r"\d{4}")
MIN_TITLE_PART = 15  # characters; a shorter line is in many titles
START_CHARS = 12  # cheap to look for; most lines are menus


class Mark(NamedTuple):
    """An element that may hold a date or a byline.

    Attributes:
        node: The element.
        names: Its itemprop, property, rel, class and id in lower case, joined by spaces.
        after_title: Whether it comes after the first level one heading.
        paragraph: How many paragraphs begin between that and this; negative: before it, 0
            where there is no such heading.
        around_title: The elements that hold that heading, by their number in memory.
    """

    node: LexborNode
    names: str
    after_title: bool
    paragraph: int = 0
    around_title: frozenset[int] = frozenset()

    @property
    def is_elsewhere(self) -> bool:
        """Whether an element around says that this is not about the article.

        It costs a walk up the tree: asked only of what would be taken otherwise.
        """
        parent = self.node if self.node.tag == "figcaption" else self.node.parent
        for _ in range(MAX_LEVELS):
            if parent is None or parent.tag in {"body", "html", "article", "main"}:
                return False
            if parent.mem_id in self.around_title:  # a wrapper around the whole article
                return False
            if parent.tag in OTHER_PARTS:
                return True
            attributes = parent.attributes
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
            if len(names) < MAX_CHARS and _is_elsewhere(names):
                return True
            parent = parent.parent
        return False

    @property
    def text(self) -> str:
        """The visible text, its parts on lines of their own; empty where it is long."""
        lines = map(one_line, _raw_text(self.node).splitlines())
        text = "\n".join(filter(None, lines))
        return text if len(text) <= MAX_CHARS else ""


def _raw_text(node: LexborNode) -> str:
    """Return the pieces of text in an element on lines of their own; empty where it is very long.

    Elements with such names may hold each other and the whole page: no more is read than tells.
    """
    pieces: list[str] = []
    chars = 0
    for at, piece in enumerate(node.traverse(include_text=True)):
        text = piece.text_content or ""
        chars += len(text)
        if chars > MAX_RAW_CHARS or at > MAX_PIECES:
            return ""
        pieces.append(text)
    return "\n".join(pieces)


def read_marks(tree: LexborHTMLParser, query: str = QUERY) -> tuple[Mark, ...]:
    """Return the marked elements of the page, those after its title first.

    Args:
        tree: The parsed page; it is not altered.
        query: What to look for. With `AUTHOR_QUERY` no paragraphs are counted.
    """
    found: list[tuple[LexborNode, str, int]] = []
    title_at, marks_before, paragraphs = None, 0, 0
    around: frozenset[int] = frozenset()
    for node in tree.css(query)[:MAX_NODES]:
        tag = node.tag
        if tag == "h1":
            if title_at is None:
                title_at, marks_before, around = paragraphs, len(found), _around(node)
            continue
        paragraphs += tag == "p"
        attributes = node.attributes
        if tag == "p" and not attributes:
            continue
        names = _names(tag, attributes)
        if tag == "p" and not PARAGRAPH_MARK.search(names):
            continue
        if len(found) < MAX_MARKS and not _is_elsewhere(names):
            found.append((node, names, paragraphs))
    if title_at is None:
        return tuple(Mark(node, names, after_title=False) for node, names, _ in found)
    marks = [
        Mark(node, names, at >= marks_before, paragraph - title_at, around)
        for at, (node, names, paragraph) in enumerate(found)
    ]
    return (*marks[marks_before:], *marks[:marks_before])


def _around(node: LexborNode) -> frozenset[int]:
    """Return the elements that hold an element, by their number in memory."""
    found: list[int] = []
    parent = node.parent
    while parent is not None and len(found) < MAX_DEPTH:
        found.append(parent.mem_id)
        parent = parent.parent
    return frozenset(found)


def _names(tag: str | None, attributes: Mapping[str, str | None]) -> str:
    names = " ".join([attributes.get(key) or "" for key in ATTRIBUTES]).lower()
    if tag == "a" and AUTHOR_PAGE.search(attributes.get("href") or ""):
        names += " author-page"
    return names


@lru_cache(maxsize=1 << 14)
def _is_elsewhere(names: str) -> bool:
    """Return whether names of an element, in lower case, speak of something else."""
    return ELSEWHERE.search(names) is not None


def visible_lines(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Return the texts of the page's body, within bounds; each may still hold blanks."""
    body = tree.body
    text = body.text(separator="\n", skip_empty=True) if body is not None else ""
    return tuple(text[:MAX_BODY_CHARS].splitlines())


def title_place(lines: Sequence[str], titles: Sequence[str]) -> int | None:
    """Return which of the visible lines is the title.

    Args:
        lines: What `visible_lines` returned.
        titles: The article's title and its like; the first that is a line counts.
    """
    places = (_place(lines, title) for title in titles)
    return next((place for place in places if place is not None), None)


def lines_below(lines: Sequence[str], place: int | None) -> tuple[str, ...]:
    """Return the short lines behind the title, which is at this place."""
    return _short(lines[place + 1 :][:LINES_AFTER]) if place is not None else ()


def lines_above(lines: Sequence[str], place: int | None) -> tuple[str, ...]:
    """Return the short lines before the title, which is at this place, in their order."""
    return _short(lines[:place][-LINES_BEFORE:]) if place is not None else ()


def lines_near(lines: Sequence[str], place: int | None) -> tuple[str, ...]:
    """Return the short lines behind the title, those before it, and a dateline elsewhere."""
    above = reversed(lines_above(lines, place))
    return (*lines_below(lines, place), *above, *_short(_dateline(lines)))


def _short(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for part in lines if (line := one_line(part)) and len(line) <= MAX_CHARS)


def _place(lines: Sequence[str], title: str) -> int | None:
    """Return where the title stands, else the first line that has most of it."""
    start = title.split(maxsplit=1)[0][:START_CHARS] if title.strip() else ""
    for at, line in enumerate(lines):
        if start in line and one_line(line) == title:
            return at
    least, most = max(MIN_TITLE_PART, len(title) * 3 // 5), len(title) * 5 // 3
    for at, line in enumerate(lines):
        if least <= len(line) <= most and ((part := one_line(line)) in title or title in part):
            return at
    return None


def _dateline(lines: Sequence[str]) -> Sequence[str]:
    """Return the line with the day behind "published", or both, if there is only one."""
    # Asked of each line of a page; years of other calendars are not written in ASCII alone.
    days = [
        at
        for at, line in enumerate(lines)
        if MIN_YEAR <= len(line) <= MAX_LABEL_CHARS
        and ("20" in line or "19" in line or not line.isascii())
        and YEAR.search(line)
    ]
    places = []
    for at in days:
        start = at if PUBLISHED_LABEL.search(lines[at]) else at - 1
        if start == at or PUBLISHED_LABEL.search(lines[start][:MAX_LABEL_CHARS]):
            places.append((start, at + 1))
        if len(places) > 1:
            return ()
    return lines[slice(*places[0])] if len(places) == 1 else ()
