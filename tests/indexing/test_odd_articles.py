"""Articles of odd shape, and as publishing systems print them, an invented page each.

They lie in tests/cases/odd_articles.

Each page begins with a line of name, title, day, authors and source, `*` for what is not asked
of it; what of it is the article stands between ⟦ and ⟧, a paragraph each.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from index import Article, Page, PageKind
from index.parse import parse_page

FOLDER = Path(__file__).parent.parent / "cases" / "odd_articles"
PAGE_LINE = re.compile(r"^<!-- article: (.*?) -->\n", re.MULTILINE)
PARAGRAPH = re.compile(r"⟦(.*?)⟧", re.DOTALL)
CELL_END = re.compile(r"</t[hd]><t[hd]>")
TAG = re.compile(r"<[^>]*>")


class OddArticle(NamedTuple):
    """A page, and what a reader wants from it."""

    name: str
    told: tuple[str, ...]
    paragraphs: tuple[str, ...]
    html: str


def odd_articles() -> list[OddArticle]:
    found = []
    for path in sorted(FOLDER.glob("*.html")):
        _, *parts = PAGE_LINE.split(path.read_text("utf-8"))
        found += [_page(head, html) for head, html in zip(parts[0::2], parts[1::2], strict=True)]
    return found


def _page(head: str, html: str) -> OddArticle:
    name, *told = (item.strip() for item in head.split(" |"))
    paragraphs = tuple(_plain(text) for text in PARAGRAPH.findall(html))
    return OddArticle(name, tuple(told), paragraphs, re.sub("[⟦⟧]", "", html))


def _plain(markup: str) -> str:
    return " ".join(TAG.sub("", CELL_END.sub(" | ", markup)).split())


@pytest.mark.parametrize("page", odd_articles(), ids=lambda page: page.name)
def test_the_article_is_found_whatever_its_shape(page: OddArticle) -> None:
    found = parse_page(Page(content=page.html.encode(), location="/x", kind=PageKind.HTML))
    assert isinstance(found, Article), found
    assert found.paragraphs == page.paragraphs
    read = (found.title, str(found.day or ""), "; ".join(found.authors), found.source or "")
    for value, wanted in zip(read, page.told, strict=True):
        assert wanted in {"*", value}
