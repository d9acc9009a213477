"""Pages that look like walls, errors or lists and are articles all the same, and real ones."""

from __future__ import annotations

import pytest

from index.model import Article, Page, PageKind, Rejected
from index.parse import parse_page
from index.parse.document import open_document
from index.parse.secondlook import second_look

ONE = "The harbour of Lund was closed on Monday after a barge lost its load in the channel."
TWO = "Divers expect to need two days, said Mara Holt, who leads the port's rescue service."
MENU = "".join(f'<a href="/{n}">Section number {n}</a> ' for n in range(4))
LOGIN = (
    '<div class="login-box"><p>Already have an account? Sign in to continue.</p>'
    '<form><input type="password"></form></div>'
)
DATED = '<meta property="article:published_time" content="2025-05-03T14:20:00+02:00">'
LONG = f"{ONE} {TWO} " * 3


def parse(html: str, kind: PageKind = PageKind.HTML) -> Article | Rejected:
    return parse_page(Page(content=html.encode(), location="/pages/1.html", kind=kind))


@pytest.mark.parametrize(
    "page",
    [
        f"{DATED}<h1>Port closed</h1><article><p>{ONE}</p></article>{LOGIN}",
        f"<h1>Port closed</h1><article><p>{LONG}</p></article>{LOGIN}",
        (
            f"<h1>Port closed</h1><article><p>{ONE}</p><p>{TWO}</p></article>"
            '<div class="newsletter"><p>Sign up for our newsletter</p></div>'
        ),
        (
            f"<h1>Port closed</h1><article><p>{ONE}</p><p>{TWO}</p></article>"
            "<noscript>Enable JavaScript to continue</noscript>"
        ),
        f"<h1>Port closed</h1><video src=x></video><article><p>{ONE}</p><p>{TWO}</p></article>",
        f"<h1>Why pages are not found</h1><p>{LONG}</p><p>404 pages, he said, are an art.</p>",
        "<h1>The week in review</h1>"
        + "".join(
            f"<h2><a href='/{n}'>Story number {n} of the week</a></h2><p>{LONG}</p>"
            for n in range(4)
        ),
        f"<h1>Poem</h1><p>{ONE}</p><p>It rained on...</p><p>{TWO}</p><p>And on.</p>",
        f"<h1>Archives of the port opened</h1><p>{ONE}</p><p>{TWO}</p>",
        f"{DATED}<meta property='og:type' content='article'><h1>Topics: harbour</h1><p>{ONE}</p>"
        + "".join(f"<li><a href='/{n}'>Another headline, number {n}</a></li>" for n in range(9)),
    ],
)
def test_what_stands_beside_an_article_does_not_reject_it(page: str) -> None:
    found = parse(f"<body>{MENU}{page}")
    assert isinstance(found, Article), found


def test_a_notice_in_a_form_is_seen_where_there_is_no_text() -> None:
    found = parse(f"<title>The Lund Herald</title><body>{MENU}{LOGIN}")
    assert isinstance(found, Rejected)
    assert found.reason == "login wall"


def test_a_list_that_says_so_is_one_even_with_long_teasers() -> None:
    teasers = "".join(
        f"<div><a href='/{n}'>Headline number {n} of this list</a><p>{ONE} {TWO}</p></div>"
        for n in range(4)
    )
    declared = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    found = parse(f"{declared}<h1>Harbours</h1><main>{teasers}</main>")
    assert isinstance(found, Rejected)
    assert found.reason == "index page of headlines"


def test_a_second_look_reads_what_stands_outside_links_and_menus() -> None:
    page = open_document(
        "<nav>Menu <a href=/>Home</a></nav>"
        "<p>Please <b>wait</b>. <a href=/x>A headline of some story</a>"
        "<script>no</script><footer>Imprint</footer><video></video><input type=PASSWORD>"
    )
    seen = second_look(page.whole)
    assert seen.lines == ("Please", "wait", ".")
    assert len(seen.headlines) == 1
    assert seen.has_player
    assert seen.asks_password
    assert not seen.is_text
