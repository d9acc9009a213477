"""What news pages throw at a reader, an invented page each: the article comes out alone."""

# ruff: noqa: E501 - markup is read more easily unbroken
from __future__ import annotations

import json
from datetime import date

import pytest

from index.model import Article, Page, PageKind
from index.parse import parse_page

ONE = "The harbour of Skarholm was closed on Monday after a barge lost its load in the channel."
TWO = "Divers expect to need two days, said Mara Holt, who leads the rescue service of the port."
THREE = "Ships bound for the north quay are sent to Ostvik, where fees were waived until Friday."
FOUR = "The barge had come from Lillesund with gravel for the new breakwater, the owner said."
TEXT = (ONE, TWO, THREE, FOUR)
NAV = (
    "<nav><a href=/>Home</a><a href=/news>News</a><a href=/sport>Sport</a></nav>"
    '<div class="cookie-banner"><p>We use cookies. Accept all cookies or manage them.</p></div>'
)
FOOT = (
    '<section class="related"><h2>Related stories</h2><ul><li><a href=/1>Ferry fares rise</a></li>'
    "<li><a href=/2>Lido opens at night</a></li><li><a href=/3>Crane driver rescued</a></li></ul>"
    "</section><footer><p>© 2025 Skarholm Post. All rights reserved.</p></footer>"
)
HEAD = (
    '<html lang="en"><head><title>Port of Skarholm closed - Skarholm Post</title>'
    '<meta property="og:site_name" content="Skarholm Post">'
    '<meta property="article:published_time" content="2025-05-03T07:00:00+02:00"></head>'
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(main: str, head: str = HEAD) -> str:
    return f"<!doctype html>{head}<body>{NAV}<main>{main}</main>{FOOT}</body></html>"


def read(content: str, kind: PageKind = PageKind.HTML) -> Article:
    found = parse_page(Page(content=content.encode(), location="/x", kind=kind))
    assert isinstance(found, Article), found
    return found


H1 = "<h1>Port of Skarholm closed</h1>"


@pytest.mark.parametrize(
    ("name", "main", "expected"),
    [
        (
            "standfirst and subheadings",
            (
                f"{H1}<p class=standfirst>{ONE}</p><article>{paragraphs(TWO)}<h2>How it happened</h2>"
                f"{paragraphs(THREE, FOUR)}</article>"
            ),
            (ONE, TWO, "How it happened", THREE, FOUR),
        ),
        (
            "furniture in the middle",
            (
                f"{H1}<article>{paragraphs(ONE)}<figure><img src=x><figcaption>The barge. Photo: Ann "
                f"Lee</figcaption></figure>{paragraphs(TWO)}<div class=newsletter-signup><p>Sign up for "
                f"our newsletter</p></div><aside>Read more: <a href=/x>Ferry fares rise</a></aside>"
                f"{paragraphs(THREE)}<div class=share-bar><a>Share</a></div>{paragraphs(FOUR)}"
                "<div class=author-bio><p>Ann Lee has written about the sea for the Post since 2009."
                "</p></div><ul class=tags><li><a href=/t>Harbour</a></li><li><a href=/t>Skarholm</a></li>"
                "</ul><div id=comments><p>Well said, and about time too, I must say. Troll Doe</p>"
                "</div>"
                "</article>"
            ),
            TEXT,
        ),
        (
            "lists, quotes and tables of the story",
            (
                f"{H1}<article>{paragraphs(ONE, TWO)}<ul><li>The north quay is closed.</li>"
                "<li>The south quay is open.</li></ul><blockquote><p>We have never seen so much gravel."
                "</p></blockquote><table><tr><th>Day</th><th>Ships</th></tr><tr><td>Monday</td>"
                f"<td>12</td></tr></table>{paragraphs(THREE, FOUR)}</article>"
            ),
            (
                *(ONE, TWO),
                "The north quay is closed.",
                "The south quay is open.",
                "We have never seen so much gravel.",
                "Day | Ships",
                "Monday | 12",
                *(THREE, FOUR),
            ),
        ),
        ("breaks for paragraphs", f"{H1}<div>{'<br><br>'.join(TEXT)}</div>", TEXT),
        ("divs for paragraphs", H1 + "".join(f"<div>{text}</div>" for text in TEXT), TEXT),
        ("a form around the page", f"<form action=/>{H1}{paragraphs(*TEXT)}</form>", TEXT),
        (
            "a page laid out with tables",
            f"<table><tr><td><a href=/>Home</a></td><td>{H1}{paragraphs(*TEXT)}</td></tr></table>",
            TEXT,
        ),
        (
            "custom elements",
            f"<x-page><x-title>{H1}</x-title><x-text>{paragraphs(*TEXT)}</x-text></x-page>",
            TEXT,
        ),
        (
            "an interview",
            (
                f"{H1}<article>{paragraphs(ONE)}<p><b>What happened?</b></p><p>It slid.</p>"
                f"<p><b>And then?</b></p>{paragraphs(TWO, THREE)}</article>"
            ),
            (ONE, "What happened?", "It slid.", "And then?", TWO, THREE),
        ),
        (
            "a transcript",
            (
                f"{H1}<div class=transcript><p>HOLT: {ONE}</p><p>LEE: Yes.</p><p>HOLT: {TWO}</p>"
                f"<p>LEE: Yes.</p><p>HOLT: {THREE}</p></div>"
            ),
            (f"HOLT: {ONE}", "LEE: Yes.", f"HOLT: {TWO}", "LEE: Yes.", f"HOLT: {THREE}"),
        ),
        (
            "a recipe",
            (
                f"{H1}<article>{paragraphs(ONE)}<h2>Ingredients</h2><ul><li>200 g flour</li>"
                f"<li>2 eggs</li></ul><h2>Method</h2><ol><li>{TWO}</li><li>{THREE}</li></ol></article>"
            ),
            (ONE, "Ingredients", "200 g flour", "2 eggs", "Method", TWO, THREE),
        ),
        (
            "a match report",
            (
                f"{H1}<article>{paragraphs(*TEXT)}<p>Skarholm 2 Ostvik 1</p>"
                "<p>Skarholm: Holt; Lee, Roe. Ostvik: Doe; Poe, Moe. Referee: A. Fair.</p></article>"
            ),
            (
                *TEXT,
                "Skarholm 2 Ostvik 1",
                "Skarholm: Holt; Lee, Roe. Ostvik: Doe; Poe, Moe. Referee: A. Fair.",
            ),
        ),
        (
            "a gallery",
            (
                f"{H1}<div class=gallery><figure><img src=1><figcaption>{ONE}</figcaption></figure>"
                f"<figure><img src=2><figcaption>{TWO}</figcaption></figure></div>"
            ),
            (ONE, TWO),
        ),
        (
            "a live blog",
            (
                f"{H1}<div class=liveblog><article class=post><time>10:40</time><h2>Channel open</h2>"
                f"{paragraphs(ONE, TWO)}</article><article class=post><time>09:15</time>"
                f"<h2>Divers arrive</h2>{paragraphs(THREE, FOUR)}</article></div>"
            ),
            ("Channel open", ONE, TWO, "Divers arrive", THREE, FOUR),
        ),
        (
            "ruby",
            (
                f"{H1}<p>The <ruby>harbour<rp>(</rp><rt>HAR-bor</rt><rp>)</rp></ruby> of Skarholm was "
                f"closed on Monday after a barge lost its load in the channel.</p>{paragraphs(TWO)}"
            ),
            (ONE, TWO),
        ),
        (
            "characters that are not seen",
            (
                f"{H1}<p>The harbour of\u200b Skar\u2060holm was \u200eclosed on Monday after a "
                f"barge lost\ufeff its load in the channel.</p>{paragraphs(TWO)}"
            ),
            (ONE, TWO),
        ),
        (
            "entities escaped twice",
            f"{H1}{paragraphs('Holt &amp;amp; Lee saw &amp;quot;no accident&amp;quot;. ' + ONE, TWO)}",
            (f'Holt & Lee saw "no accident". {ONE}', TWO),
        ),
        (
            "ligatures",
            f"{H1}{paragraphs('The ﬁrst ofﬁcer ﬂed. ' + ONE, TWO)}",
            (f"The first officer fled. {ONE}", TWO),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "",
)
def test_the_article_comes_out_whole_and_alone(
    name: str, main: str, expected: tuple[str, ...]
) -> None:
    del name
    found = read(page(main))
    assert found.title == "Port of Skarholm closed"
    assert found.paragraphs == expected
    assert found.day == date(2025, 5, 3)
    assert found.source == "Skarholm Post"


MARKUP = paragraphs(*TEXT)
NEXT = {"props": {"pageProps": {"article": {"title": "Port", "body": MARKUP}}}}
BLOCKS = [{"type": "text", "content": text} for text in TEXT]
SHELL = '<div id="root"><h1>Port of Skarholm closed</h1></div>'


def escaped(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{escaped(NEXT)}</script>',
        f"<script>window.__PRELOADED_STATE__ = {escaped({'story': {'html': MARKUP}})};</script>",
        f"<script>window.__INITIAL_STATE__=JSON.parse({json.dumps(escaped(NEXT))});</script>",
        (
            "<script>Fusion.globalContent="
            f"{escaped({'content_elements': BLOCKS})};Fusion.globalContentConfig={{}}</script>"
        ),
        (
            f'<script id="__NEXT_DATA__" type="application/json">'
            f"{escaped({'blocks': [{'paragraphs': [{'text': text} for text in TEXT]}]})}</script>"
        ),
        (
            '<script type="application/ld+json">'
            f"{json.dumps({'@type': 'NewsArticle', 'articleBody': chr(10).join(TEXT)})}</script>"
        ),
    ],
    ids=["next", "preloaded state", "parsed string", "fusion", "blocks", "articleBody"],
)
def test_the_text_of_a_page_that_shows_none_is_in_its_scripts(script: str) -> None:
    assert read(page(SHELL + script)).paragraphs == TEXT


WAYBACK = (
    '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><div id="wm-ipp">'
    '<div id="wm-capinfo">The Wayback Machine - https://web.archive.example/web/20250601000000/</div>'
    "<p>18 captures from 3 May 2025 to 1 June 2026 were made of this page by many crawls.</p>"
    "</div></div><!-- END WAYBACK TOOLBAR INSERT -->"
)


@pytest.mark.parametrize(
    "content",
    [
        f"<!doctype html>{HEAD}<body>{WAYBACK}{NAV}{H1}<article>{MARKUP}</article>{FOOT}",
        (
            f"<!doctype html><html ⚡>{HEAD}<body><amp-sidebar><ul><li>Menu</ul></amp-sidebar>{H1}"
            f"<amp-img src=x></amp-img><div class=article-body>{MARKUP}</div><amp-ad></amp-ad>{FOOT}"
        ),
        (
            f"{HEAD}<body onload='window.print()'><h2>Skarholm Post</h2>{H1}{MARKUP}<hr>Printed from "
            "https://skarholm.example/port on 4 May 2025"
        ),
        (
            f"<!-- Page saved with SingleFile \n url: https://skarholm.example/port \n saved date: "
            f"Sun May 04 2025 -->{page(H1 + '<article>' + MARKUP + '</article>')}"
        ),
        f"<!-- saved from url=(0032)https://skarholm.example/port -->{page(H1 + MARKUP)}",
    ],
    ids=["web archive", "amp", "print view", "SingleFile", "complete page"],
)
def test_pages_that_were_saved_otherwise(content: str) -> None:
    found = read(content)
    assert found.paragraphs == TEXT
    assert found.title == "Port of Skarholm closed"
    assert found.day == date(2025, 5, 3)


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0032)https://skarholm.example/port -->",
        "<!--\n Page saved with SingleFile \n url: https://skarholm.example/port \n saved date: x-->",
    ],
)
def test_the_address_that_a_browser_noted_is_that_of_the_page(comment: str) -> None:
    assert read(comment + page(H1 + MARKUP)).url == "https://skarholm.example/port"
