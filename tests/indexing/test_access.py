"""Whether an article is free is read from what the page says, in all the ways it is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index import Access, Article
from index.parse.document import open_document
from index.parse.metadata import read_metadata


def access(head: str) -> Access | None:
    return read_metadata(open_document(f"<head>{head}</head>")).access


def ld(**members: Any) -> str:
    value = json.dumps({"@type": "NewsArticle", "headline": "Port closed", **members})
    return f'<script type="application/ld+json">{value}</script>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(isAccessibleForFree=True), Access.FREE),
        (ld(isAccessibleForFree=False), Access.PAID),
        (ld(isAccessibleForFree="False"), Access.PAID),
        (ld(isAccessibleForFree="true"), Access.FREE),
        (ld(isAccessibleForFree="http://schema.org/False"), Access.PAID),
        (ld(isAccessibleForFree=None), None),
        (ld(isAccessibleForFree=["?"]), None),
        (ld(), None),
        ('<meta itemprop="isAccessibleForFree" content="false">', Access.PAID),
        ('<meta property="article:content_tier" content="free">', Access.FREE),
        ('<meta property="article:content_tier" content="locked">', Access.PAID),
        ('<meta property="article:content_tier" content="metered">', Access.PAID),
        ('<meta property="article:content_tier" content="gold">', None),
        (
            ld(isAccessibleForFree=False) + '<meta name="content_tier" content="free">',
            Access.PAID,
        ),
    ],
)
def test_who_may_read_it(head: str, expected: Access | None) -> None:
    assert access(head) == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", 0),
        ("The river rose.\n\nIt fell.", 5),
        ("It's the mayor’s well-known No. 3", 6),
        ("市長は橋を閉じた。", 8),
        ("Мэр закрыл мост", 3),
        ("Price: 1,200.50 euros", 3),
    ],
)
def test_words_are_counted(body: str, words: int) -> None:
    assert Article(id="a", title="x", body=body, location="/x").word_count == words
