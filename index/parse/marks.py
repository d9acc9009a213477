"""Elements whose names say that they hold a date or a byline, and the lines by the title.

Strategy: only asked where JSON-LD and meta tags are silent, for it takes a second pass.
One CSS query finds elements by itemprop, rel and parts of class names that publishing
systems share ("byline", "author", "date"); what lies in comments, teasers, menus and
footers is left out, as is what says that it was modified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.parse.head import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Mark", "lines_near", "read_marks", "visible_lines"]

QUERY = (
    'h1,time,[itemprop],[rel~="author" i],[class*="byline" i],[class*="author" i],'
    '[class*="autor" i],[class*="date" i],[class*="datum" i],[class*="fecha" i],'
    '[class*="time" i],[class*="publish" i],[id*="date" i]'
)
ATTRIBUTES = ("itemprop", "rel", "class", "id")
# Parts of names of elements around or on a mark that speak of something else than the
# article itself.
ELSEWHERE = re.compile(
    r"comment|related|teaser|slider|sidebar|widget|footer|recommend|popular|newsletter|"
    r"most-?read|navbar|disqus|respond|promo|trending|carousel|read-?more|read-?next",
    re.IGNORECASE,
)
OTHER_PARTS = frozenset({"footer", "nav", "aside", "form", "select"})
MAX_MARKS = 400
MAX_LEVELS = 12
MAX_CHARS = 300
LINES_BEFORE, LINES_AFTER = 8, 25
MAX_BODY_CHARS = 400_000
START_CHARS = 12  # cheap to look for; most lines are menus


@dataclass(frozen=True, slots=True)
class Mark:
    """An element that may hold a date or a byline.

    Attributes:
        node: The element.
        names: Its itemprop, rel, class and id in lower case, joined by spaces.
        after_title: Whether it comes after the first level one heading.
    """

    node: LexborNode
    names: str
    after_title: bool

    @property
    def is_elsewhere(self) -> bool:
        """Whether an element around says that this is not about the article.

        It costs a walk up the tree: asked only of what would be taken otherwise.
        """
        parent = self.node.parent
        for _ in range(MAX_LEVELS):
            if parent is None or parent.tag in {"body", "html", "article", "main"}:
                return False
            if parent.tag in OTHER_PARTS:
                return True
            attributes = parent.attributes
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if len(names) < MAX_CHARS and ELSEWHERE.search(names):
                return True
            parent = parent.parent
        return False

    @property
    def text(self) -> str:
        """The visible text, its parts on lines of their own; empty where it is long."""
        parts = map(one_line, self.node.text(separator="\n").splitlines())
        text = "\n".join(filter(None, parts))
        return text if len(text) <= MAX_CHARS else ""


def read_marks(tree: LexborHTMLParser) -> tuple[Mark, ...]:
    """Return the marked elements of the page, those after its title first."""
    marks: list[Mark] = []
    after_title = False
    for node in tree.css(QUERY)[:MAX_MARKS]:
        if node.tag == "h1":
            after_title = True
            continue
        attributes = node.attributes
        names = " ".join(attributes.get(key) or "" for key in ATTRIBUTES).lower()
        if not ELSEWHERE.search(names):
            marks.append(Mark(node, names, after_title))
    return tuple(sorted(marks, key=lambda mark: not mark.after_title))


def visible_lines(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Return the texts of the page's body, within bounds; each may still hold blanks."""
    body = tree.body
    text = body.text(separator="\n", skip_empty=True) if body is not None else ""
    return tuple(text[:MAX_BODY_CHARS].splitlines())


def lines_near(lines: Sequence[str], title: str | None) -> tuple[str, ...]:
    """Return the short lines behind the title, then those before it.

    Args:
        lines: What `visible_lines` returned.
        title: The article's title, without which none is near it.
    """
    if not title or not title.strip():
        return ()
    start = title.split()[0][:START_CHARS]
    places = (at for at, line in enumerate(lines) if start in line and one_line(line) == title)
    place = next(places, None)
    if place is None:
        return ()
    near = (*lines[place + 1 :][:LINES_AFTER], *reversed(lines[:place][-LINES_BEFORE:]))
    return tuple(line for part in near if (line := one_line(part)) and len(line) <= MAX_CHARS)
