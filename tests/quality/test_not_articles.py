"""Pages that hold no article are rejected, with the reason that a person would give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Article, Page, PageKind, Rejected
from index.parse import parse_page
from not_article_pages import NotArticle, not_article_pages, visible_text

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["not_articles"]
PAGES = not_article_pages()


def _parsed(page: NotArticle, kind: PageKind) -> Article | Rejected:
    text = page.html if kind is PageKind.HTML else visible_text(page.html)
    return parse_page(Page(content=text.encode(), location=page.name, kind=kind))


@pytest.mark.parametrize("kind", [PageKind.HTML, PageKind.TEXT])
def test_pages_without_an_article_are_rejected(kind: PageKind) -> None:
    parsed = [(page, _parsed(page, kind)) for page in PAGES]
    rejected = [(page, found) for page, found in parsed if isinstance(found, Rejected)]
    right = [page for page, found in rejected if found.reason.startswith(page.why)]
    let_in = [page.name for page, found in parsed if isinstance(found, Article)]
    assert len(rejected) / len(PAGES) >= FLOORS[kind]["rejected"], let_in
    assert len(right) / len(PAGES) >= FLOORS[kind]["right_reason"]


def test_the_pages_are_many_and_of_many_kinds() -> None:
    assert len(PAGES) >= 150
    assert len({page.html for page in PAGES}) == len(PAGES)
    assert len({page.why for page in PAGES}) >= 9
