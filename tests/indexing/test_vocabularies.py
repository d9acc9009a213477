"""Metadata in the vocabularies that sites use, one page each: headline, day and author found."""

from __future__ import annotations

from datetime import date

import pytest

from index.parse.document import open_document
from index.parse.metadata import read_metadata

H1 = "</head><body><h1>Port closed</h1>"
TEXT = "<p>The harbour of Skarholm was closed on Monday after a barge lost its load.</p>" * 3


def ld(script: str) -> str:
    return f'<script type="application/ld+json">{script}</script>{H1}'


PAGES = {
    "Dublin Core": '<meta name="DC.title" content="Port closed"><meta name="DC.creator" '
    f'content="Ann Lee"><meta name="DC.date.issued" content="2025-05-03">{H1}',
    "Dublin Core terms": '<meta name="dcterms.creator" content="Ann Lee">'
    f'<meta name="dcterms.created" content="2025-05-03">{H1}',
    "Parsely": '<meta name="parsely-title" content="Port closed"><meta name="parsely-author" '
    f'content="Ann Lee"><meta name="parsely-pub-date" content="2025-05-03T07:00:00Z">{H1}',
    "Sailthru": '<meta name="sailthru.title" content="Port closed"><meta name="sailthru.author" '
    f'content="Ann Lee"><meta name="sailthru.date" content="2025-05-03 07:00:00">{H1}',
    "microdata": '</head><body><div itemscope itemtype="https://schema.org/NewsArticle">'
    '<h1 itemprop="headline">Port closed</h1><span itemprop="author" itemscope>'
    '<span itemprop="name">Ann Lee</span></span>'
    '<time itemprop="datePublished" datetime="2025-05-03">May</time>',
    "a live blog": ld(
        '{"@type": "LiveBlogPosting", "headline": "Port closed", "datePublished": "2025-05-03", '
        '"author": [{"@type": "Person", "name": "Ann Lee"}], "liveBlogUpdate": [{"@type": '
        '"BlogPosting", "headline": "Divers", "datePublished": "2025-05-04", "author": "T. Doe"}]}'
    ),
    "a review": ld(
        '{"@type": "Review", "name": "Port closed", "author": {"name": "Ann Lee"}, '
        '"datePublished": "2025-05-03", "itemReviewed": {"@type": "Movie", "name": "The Port"}}'
    ),
    "a recipe": ld(
        '{"@type": "Recipe", "name": "Port closed", "author": {"name": "Ann Lee"}, '
        '"datePublished": "2025-05-03"}'
    ),
    "entities in strings": ld(
        '{"@type": "NewsArticle", "headline": "Port&#32;closed", '
        '"author": {"name": "Ann&nbsp;Lee"}, "datePublished": "2025-05-03"}'
    ),
    "markup in strings": ld(
        '{"@type": "NewsArticle", "headline": "<b>Port</b> closed", "author": "Ann Lee", '
        '"datePublished": "2025-05-03"}'
    ),
    "lists of everything": ld(
        '[{"@context": ["https://schema.org"], "@type": ["NewsArticle", "Article"], '
        '"headline": ["Port closed"], "author": [["Ann Lee"]], "datePublished": ["2025-05-03"]}]'
    ),
    "a graph": ld(
        '{"@graph": [{"@type": "WebSite", "name": "Post"}, {"@type": "NewsArticle", '
        '"headline": "Port closed", "author": {"@id": "#a"}, "datePublished": "2025-05-03"}, '
        '{"@type": "Person", "@id": "#a", "name": "Ann Lee"}]}'
    ),
    "a comma too many and comments": ld(
        '<!-- {"@type": "NewsArticle", "headline": "Port closed", /* x */ "author": "Ann Lee",\n'
        '// y\n"datePublished": "2025-05-03",} -->'
    ),
    "an escape that JSON does not know": ld(
        '{"@type": "NewsArticle", "headline": "Port closed", "description": "it\\\'s", '
        '"author": "Ann Lee", "datePublished": "2025-05-03"}'
    ),
    "creator and dateCreated": ld(
        '{"@type": "NewsArticle", "headline": "Port closed", "creator": ["Ann Lee"], '
        '"dateCreated": "2025-05-03"}'
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_says_of_itself_is_read(name: str) -> None:
    tree = open_document(f"<html><head>{PAGES[name]}{TEXT}")
    found = read_metadata(tree, None, date(2026, 1, 1))
    assert found.title == "Port closed"
    assert str(found.published)[:10] == "2025-05-03"
    assert found.authors == ("Ann Lee",)
