"""The labelled pages that are no articles: tests/cases/not_articles.

A file holds many pages. Each begins with a line

    <!-- page: why it is rejected | frame | title -->

followed by what its site puts into the head, a line `<!-- main -->` and what is special to the
page; without that line, all is main. A frame is a site around it: menus, sidebars, legal lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

__all__ = ["NotArticle", "not_article_pages", "visible_text"]

FOLDER = Path(__file__).parent.parent / "cases" / "not_articles"
PAGE_LINE = re.compile(r"^<!-- page: (.*?) \| (\w+) \|(.*?)-->\n", re.MULTILINE)
MAIN_LINE = "<!-- main -->\n"


@dataclass(frozen=True, slots=True)
class NotArticle:
    """A page that holds no article.

    Attributes:
        name: File and number, for messages.
        why: How the reason begins for which it is rejected.
        html: The whole page.
    """

    name: str
    why: str
    html: str


def not_article_pages() -> list[NotArticle]:
    """Return all of them, in order."""
    return [page for path in sorted(FOLDER.glob("*.html")) for page in _pages(path)]


def _pages(path: Path) -> list[NotArticle]:
    _, *parts = PAGE_LINE.split(path.read_text("utf-8"))
    pages = zip(parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    return [
        NotArticle(f"{path.stem}-{number}", why, _framed(frame, title.strip(), content))
        for number, (why, frame, title, content) in enumerate(pages, 1)
    ]


def _framed(frame: str, title: str, content: str) -> str:
    head, has_head, main = content.partition(MAIN_LINE)
    if not has_head:
        head, main = "", content
    page = (FOLDER / "frames" / f"{frame}.html").read_text("utf-8")
    for slot, value in (("{title}", title), ("{head}", head), ("{main}", main)):
        page = page.replace(slot, value)
    return page


def visible_text(html: str) -> str:
    """Return the page as a text capture: title, then each text on a line of its own."""
    tree = LexborHTMLParser(" ".join(html.split()))
    title = tree.css_first("title")
    tree.strip_tags(["script", "style", "noscript", "title"])
    lines = tree.body.text(separator="\n").splitlines() if tree.body else []
    return "\n".join(filter(str.strip, [title.text() if title else "", *lines]))
