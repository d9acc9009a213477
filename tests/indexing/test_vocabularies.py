"""Metadata in the vocabularies that sites use, one page each: headline, day and author found."""

from __future__ import annotations

from datetime import date

import pytest

from index.parse.document import open_document
from index.parse.metadata import read_metadata
from index.parse.vocabularies import marked_headline

H1 = "</head><body><h1>Port closed</h1>"
PAPER = "<title>Skarholm Post</title></head><body><h1>Skarholm Post</h1>"
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
    "microdata below the name of the paper": f"{PAPER}<div itemscope "
    'itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">Port closed</h2>'
    '<span itemprop="author">Ann Lee</span><meta itemprop="datePublished" content="2025-05-03">',
    "RDFa": f'{PAPER}<div vocab="https://schema.org/" typeof="NewsArticle">'
    '<h2 property="headline">Port closed</h2><span property="author" typeof="Person">'
    '<span property="name">Ann Lee</span></span><span property="datePublished" '
    'content="2025-05-03">May</span>',
    "RDFa with prefixes": f'{PAPER}<article typeof="schema:Article"><h2 property="schema:headline">'
    'Port closed</h2><a property="dc:creator" href="/p/1">Ann Lee</a>'
    '<span property="dc:date" content="2025-05-03">May</span>',
    "SIOC": f'{PAPER}<div typeof="sioc:Item foaf:Document"><span property="dc:title" '
    'content="Port closed"></span><span property="dc:date dc:created" content="2025-05-03" '
    'rel="sioc:has_creator">Submitted by <a property="foaf:name">Ann Lee</a></span>',
    "hNews": f'{PAPER}<div class="hnews hentry item"><h2 class="entry-title">Port closed</h2>'
    '<p class="byline author vcard">By <span class="fn">Ann Lee</span></p>'
    '<abbr class="published updated" title="2025-05-03T07:00:00+02:00">May</abbr>',
    "h-entry": f'{PAPER}<article class="h-entry"><h3 class="p-name">Port closed</h3>'
    '<a class="p-author h-card" href="/a">Ann Lee</a>'
    '<time class="dt-published" datetime="2025-05-03">May</time>',
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
    "JavaScript for JSON": ld(
        "{'@type': 'NewsArticle', headline: \"Port closed\", author : {name: 'Ann Lee'}, "
        "'description': 'it\\'s \"over\", they say: no', 'datePublished': '2025-05-03'}"
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


@pytest.mark.parametrize(
    ("marks", "title"),
    [
        # Two articles, of which the title of the page names one; no sure one; not of an article.
        (('<i class="hentry"><b class="entry-title">Fares of the ferry rise</b></i>'
         '<i class="hentry"><b class="entry-title">Lido opens at night</b></i>'),
         "Lido opens at night"),
        (('<i class="hentry"><b class="entry-title">Fares rise</b></i>'
         '<i class="hentry"><b class="entry-title">Crane driver rescued</b></i>'), None),
        ('<i itemscope itemtype="https://schema.org/WPHeader"><b itemprop="headline">Post</b></i>',
         None),
        (('<i itemscope itemtype="https://schema.org/Article"><i itemprop="author" itemscope '
         'itemtype="https://schema.org/Person"><b itemprop="name">Ann Lee</b></i></i>'), None),
        ('<b class="entry-title">Fares rise</b>', None),
    ],
)  # fmt: skip
def test_a_marked_headline_counts_where_it_is_sure_to_be_that_of_the_article(
    marks: str, title: str | None
) -> None:
    document = open_document(f"<body>{marks}{TEXT}")
    assert marked_headline(document.tree, ["Lido opens at night - Skarholm Post"]) == title


def test_hnews_names_the_agency_and_rdfa_the_publisher() -> None:
    for mark in (
        '<span class="source-org vcard"><b class="org fn">Skarholm Agency</b>, Ostvik</span>',
        '<span property="publisher" typeof="Organization"><b property="name">Skarholm Agency</b>',
    ):
        document = open_document(f"<body><h1>Port closed</h1>{mark}{TEXT}")
        assert read_metadata(document, None).source == "Skarholm Agency"
