"""Every field of an article is found wherever pages hide it, and the right source wins."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.document import open_document
from index.parse.hosts import name_from_host
from index.parse.metadata import Metadata, read_metadata

TODAY = date(2026, 6, 1)
URL = "https://www.example-times.org/news/flood.html"


def read(head: str = "", body: str = "", url: str | None = URL) -> Metadata:
    """Return the metadata of a page with this head and body."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(open_document(page), url, today=TODAY)


SAME = "<h1>Flood hits Exampleville</h1>"


def ld(**members: Any) -> str:
    """Return a JSON-LD script of an article."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **members}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    """Return a meta tag."""
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(headline="Flood hits Exampleville"), ""),
        (meta("og:title", "Flood hits Exampleville"), ""),
        ("<title>Flood hits Exampleville</title>", ""),
        ("", "<h1>Flood hits\n <em>Exampleville</em></h1>"),
        ("<title>Flood hits Exampleville | Example Times</title>", ""),
        (meta("og:title", "Flood hits Exampleville - News - Example Times"), SAME),
        (meta("og:title", "Flood hits Exampleville"), "<h1>Example Times</h1>"),
        (meta("og:title", "Flood hits Exampleville"), "<h1>Menu</h1>" + SAME),
        ("<title>Flood hits Exampleville</title><svg><title>Logo</title></svg>", ""),
        (meta("og:title", "Flood hits Example&amp;shy;ville"), ""),
        (
            meta("og:title", "Mobile :: Flood hits Exampleville")
            + "<title>Mobile :: Flood hits Exampleville</title>",
            "<p><b>Flood hits Exampleville</b></p>",
        ),
    ],
)  # fmt: skip
def test_the_title_has_no_outlet_and_no_markup(head: str, body: str) -> None:
    head += meta("og:site_name", "Example Times")
    assert read(head, body).title == "Flood hits Exampleville"


def test_a_title_keeps_its_own_dashes() -> None:
    title = "Flood - the story so far: a river and its town"
    assert read(f"<title>{title}</title>", f"<h1>{title}</h1>").title == title


DAY = date(2026, 1, 3)
MOMENT = datetime(2026, 1, 3, 9, 30, tzinfo=timezone(timedelta(hours=1)))
ISO = MOMENT.isoformat()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta("article:published_time", ISO), ""),
        (ld(datePublished=ISO), ""),
        (ld(datePublished=ISO, dateModified="2026-02-01"), ""),
        (meta("article:modified_time", "2026-02-01") + meta("parsely-pub-date", ISO), ""),
        (meta("sailthru.date", ISO), ""),
        (meta("DC.date.issued", ISO), ""),
        (f'<meta itemprop="datePublished" content="{ISO}">', ""),
        ("", f'<time itemprop="datePublished" datetime="{ISO}">today</time>'),
        ("", f'<span itemprop="datePublished" content="{ISO}">today</span>'),
        ("", f'<time datetime="{ISO}">3 January</time>'),
        (
            "",
            f'<time class="updated" datetime="2026-02-01">x</time><time datetime="{ISO}">x</time>',
        ),
    ],
)
def test_the_moment_of_publication_is_found(head: str, body: str) -> None:
    assert read(head, "<h1>Flood</h1>" + body).published == MOMENT


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Flood</h1><p class='article-date'>3 January 2026</p>",
        "<h1>Flood</h1><p>By Jane Roe</p><p>January 3, 2026</p><p>It rained.</p>",
        "<h1>Flut</h1><p>Von Jana Rehm</p><p>Samstag, 3. Januar 2026</p>",
        "<p>2026年1月3日</p><h1>Flood</h1><p>雨が降った。</p>",
        "<span class='date'>1 March 2026</span><h1>Flood</h1><span class='date'>3.1.2026</span>",
        "<h1>Flood</h1><p class='date'>Updated 1 March 2026</p><p class='date'>3.1.2026</p>",
        "<h1>Flood</h1><div class='related'><time>1 March 2026</time></div><time>3.1.2026</time>",
    ],
)
def test_a_visible_dateline_is_read_where_tags_are_silent(body: str) -> None:
    assert read("", body).published == DAY


def test_the_address_names_the_day() -> None:
    assert read(url="https://example.org/2026/01/03/flood").published == DAY


@pytest.mark.parametrize("text", ["2026-06-04", "2031-01-01", "0001-01-01", "1066-10-14", "soon"])
def test_future_and_absurd_dates_are_refused(text: str) -> None:
    assert read(ld(datePublished=text)).published is None
    assert read(ld(datePublished=text) + meta("parsely-pub-date", "2026-01-03")).published == DAY


def test_when_it_was_modified_is_not_when_it_was_published() -> None:
    assert read(ld(dateModified=ISO) + meta("article:modified_time", ISO)).published is None


def test_the_local_day_wins_over_utc() -> None:
    utc = ld(datePublished="2026-01-04T02:30:00Z")
    assert read(utc, url="https://example.org/2026/01/03/flood").published == DAY
    east = meta("parsely-pub-date", "2026-01-03T21:30:00-05:00")
    found = read(utc + east).published
    assert isinstance(found, datetime)
    assert found.isoformat() == "2026-01-03T21:30:00-05:00"
    noon = ld(datePublished="2026-01-04T18:30:00Z")
    kept = read(noon, url="https://example.org/2026/01/02/flood").published
    assert kept == datetime(2026, 1, 4, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(author={"@type": "Person", "name": "Jane Roe"}), ""),
        (ld(author="By Jane Roe"), ""),
        (ld(author=[{"name": "Jane Roe"}, {"name": "Example Times"}]), ""),
        (ld(author="Jane Roe, Reuters"), ""),
        (meta("author", "Jane Roe"), ""),
        (
            meta("article:author", "https://www.facebook.com/jane")
            + meta("dc.creator", "Jane Roe"),
            "",
        ),
        (meta("parsely-author", "Jane Roe"), ""),
        (ld(author="Example Times"), '<p class="byline">By Jane Roe, Exampleville</p>'),
        ("", '<a rel="author" href="/jane">Jane Roe</a>'),
        ("", '<span itemprop="author"><span itemprop="name">Jane Roe</span></span>'),
        ("", '<div class="comment-author">Troll Doe</div><p class="article__author">Jane Roe</p>'),
        ("", '<aside><p class="author">John Doe</p></aside><p class="author">Jane Roe</p>'),
        ("", "<p>By Jane Roe</p><p>It rained.</p>"),
    ],
)
def test_the_author_is_found(head: str, body: str) -> None:
    head += meta("og:site_name", "Example Times")
    assert read(head, "<h1>Flood</h1>" + body).authors == ("Jane Roe",)


def test_several_authors_keep_their_order() -> None:
    authors = [{"name": "John Doe"}, {"name": "Jane Roe"}]
    assert read(ld(author=authors)).authors == ("John Doe", "Jane Roe")
    links = '<p><a rel="author">John Doe</a> and <a rel="author">Jane Roe</a></p>'
    assert read("", "<h1>Flood</h1>" + links).authors == ("John Doe", "Jane Roe")


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (meta("og:site_name", "The Example Times"), "The Example Times"),
        (meta("og:site_name", "The Example Times | News from Exampleville"), "The Example Times"),
        (ld(publisher={"@type": "Organization", "name": "The Example Times"}), "The Example Times"),
        (
            meta("og:site_name", "example-times.org") + ld(publisher="Example Times"),
            "Example Times",
        ),
        (meta("application-name", "The Example Times"), "The Example Times"),
        ("", "Example Times"),
    ],
)
def test_the_source_is_the_name_people_say(head: str, source: str) -> None:
    assert read(head).source == source


TITLE = "<title>Flood hits Exampleville - {}</title>"
H1 = "<h1>Flood hits Exampleville</h1>"
PUBLISHER = """<div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">
<img itemprop="logo" src="/logo.png"><meta itemprop="name" content="The Examplevillian"></div>"""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", PUBLISHER),
        (TITLE.format("Examplevillian Radio 96.4"), PUBLISHER + H1),
        (meta("publisher", "The Examplevillian"), ""),
        (TITLE.format("News - The Examplevillian - Exampleville, NY"), H1),
        (TITLE.format("The Examplevillian"), H1),
        (TITLE.format("News | The Examplevillian"), H1),
        (TITLE.format("The Examplevillian") + meta("twitter:site", "@exvill"), H1),
        ("<title>The Examplevillian | Flood hits Exampleville</title>", H1),
        ("<title>Flood hits Exampleville : The Examplevillian</title>", H1),
        (TITLE.format("The Examplevillian"), "<font size=5><b>Flood hits Exampleville</b></font>"),
    ],
)
def test_the_page_names_the_source_better_than_its_host(head: str, body: str) -> None:
    assert read(head, body, "https://theexamplevillian.org/").source == "The Examplevillian"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (TITLE.format("www.example-times.org"), H1),
        (TITLE.format("www.example-times.org - Sport"), H1),
        (TITLE.format("The mayor wants to know why"), H1),
        ("<title>Flood hits Exampleville: the river rose by two metres</title>", H1),
        ("<title>Flood - the story so far</title>", "<h1>Another headline</h1>"),
    ],
)
def test_what_stands_beside_a_headline_is_not_always_the_source(head: str, body: str) -> None:
    assert read(head, body).source == "Example Times"


def test_the_owner_of_the_copyright_is_the_source_where_nothing_else_is_known() -> None:
    notice = meta("copyright", "© 2026 Example Times. All rights reserved.")
    assert read(notice, url=None).source == "Example Times"
    assert read(notice, url="https://example-gazette.org/").source == "Example Gazette"


@pytest.mark.parametrize("title", ["{0} - {1}", "{1} - {0}", "{0} : {1}", "{1} | {0}"])
@pytest.mark.parametrize(
    "byline",
    [
        "Exampleville, Saturday 3 January 2026<br><i>by Jane Roe</i>",
        "3rd January 2026 <br> by Jane Roe",
        "<i>by Jane Roe, Saturday, January 3, 2026</i>",
        "Jane Roe, Football writer | 3 January 2026 | 14 comments",
    ],
)
def test_a_page_without_tags_and_address_is_read_from_what_is_seen(title: str, byline: str) -> None:
    headline, outlet = "Exampleville weighs its giant marrow", "Exampleville Gazette"
    found = read(
        f"<title>{title.format(headline, outlet)}</title>",
        f"<table><tr><td><font size=6>{outlet}</font></td></tr><tr><td><a>News</a></td><td>"
        f"<font size=5><b>{headline}</b></font><br><font size=1>{byline}</font><br><br>"
        "<font size=2>It weighs more than the village hall.<br><br>Nobody was hurt.</font>"
        "</td></tr><tr><td>Page last updated 11 May 2026.</td></tr></table>",
        url=None,
    )
    assert found.title == headline
    assert found.source == outlet
    assert found.published == DAY
    assert found.authors == ("Jane Roe",)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.the-example-times.co.uk", "The Example Times"),
        ("example.org", "Example"),
        ("m.exampletimes.com", "Example Times"),
        ("localhost", "Localhost"),
    ],
)
def test_a_host_becomes_readable(host: str, name: str) -> None:
    assert name_from_host(host) == name


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/a/flood">', "https://www.example-times.org/a/flood"),
        ('<link rel="canonical" href="https://example.org/b#top">', "https://example.org/b"),
        ('<link rel="canonical" href="https://www.example-times.org/">', URL),
        ('<link rel="canonical" href="javascript:void(0)">', URL),
        ('<link rel="canonical" href="http://[">', URL),
        (meta("og:url", "https://example.org/c"), "https://example.org/c"),
        (ld(url="https://example.org/d"), "https://example.org/d"),
        (ld(mainEntityOfPage={"@id": "https://example.org/e"}), "https://example.org/e"),
        ("", URL),
    ],
)
def test_the_canonical_address_names_one_page(head: str, url: str) -> None:
    assert read(head).url == url


def test_a_page_without_address_has_none() -> None:
    assert read('<link rel="canonical" href="/a/flood">', url=None).url is None


CRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [
        {"name": "Home"},
        {"item": {"name": "Science"}},
        {"item": {"name": "Flood"}},
    ],
}


@pytest.mark.parametrize(
    "head",
    [
        meta("article:section", "Science"),
        ld(articleSection="Science"),
        ld(articleSection=["Science", "Rivers"]),
        f'<script type="application/ld+json">{json.dumps(CRUMBS)}</script>',
    ],
)
def test_the_section_is_found(head: str) -> None:
    assert read(head).section == "Science"


@pytest.mark.parametrize(
    "body",
    [
        '<p itemprop="articleSection">Science</p>',
        '<meta itemprop="articleSection" content="Science">',
        '<p>in <span class="p-category">Science</span></p>',
        '<nav class="breadcrumb"><a>Home</a> &gt; <a>News</a> &gt; <a>Science</a></nav>',
        '<ul id="crumbs"><li>Home</li><li>Science</li><li>Flood hits Exam…</li></ul>',
        '<p class="topicpath"><a>Top</a> » <a>Science</a> » Flood hits Exampleville</p>',
        '<p class="breadcrumbs">Home / Start<br>Science</p>',
        '<div class="breadcrumb">Home</div><p itemprop="articleSection">Science</p>',
    ],
)
def test_the_section_is_seen_where_tags_are_silent(body: str) -> None:
    assert read("", body + SAME).section == "Science"


def test_a_breadcrumb_of_home_and_headline_names_no_section() -> None:
    assert read("", '<p class="breadcrumb"><a>Top</a> &gt; Home</p>' + SAME).section is None
    trail = '<p class="breadcrumb"><a>Top</a> &gt; Flood hits Exampleville</p>'
    assert read("", trail + SAME).section is None


def test_people_are_persons_that_it_is_about_and_nothing_else() -> None:
    about = [{"@type": "Person", "name": "Kim Poe"}, {"@type": "Place", "name": "Exampleville"}]
    mentions = [{"@type": ["Person"], "name": "Lee Moe"}, "Max Noe", {"@type": "Person"}]
    found = read(ld(about=about, mentions=mentions, keywords=["Ann Other"]))
    assert found.people == ("Kim Poe", "Lee Moe")


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ('<html lang="de-AT"><p>x', "de"),
        ('<html><meta property="og:locale" content="fr_FR">', "fr"),
        ('<html><meta http-equiv="Content-Language" content="es">', "es"),
        ('<html lang="en"><title>市議会は橋を再建しないことを決めた</title>', "ja"),
        ("<html><p>The council said that it will rebuild the bridge which was lost.", "en"),
        ("<html><p>x", None),
    ],
)
def test_the_language_is_declared_or_detected(page: str, language: str | None) -> None:
    assert read_metadata(open_document(page)).language == language


def test_kind_and_article_body() -> None:
    found = read(ld(articleBody="It rained &amp; rained.\n\nThen it stopped."))
    assert found.kind == "newsarticle"
    assert found.article_body == "It rained & rained.\n\nThen it stopped."
    assert read(meta("og:type", "Website")).kind == "website"


def test_the_tree_is_not_altered() -> None:
    page = f"<head>{ld(headline='Flood')}<title>Flood</title></head><h1>Flood</h1><p>By Jane Roe"
    document = open_document(page)
    before = document.tree.html
    read_metadata(document, URL)
    assert document.tree.html == before


@pytest.mark.parametrize("url", [None, "", "not an address", "http://[", "https://example.org:x/"])
def test_no_address_makes_it_fail(url: str | None) -> None:
    assert read("<title>Flood</title>", url=url).title == "Flood"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["og:title", "article:published_time", "author", "og:url", "og:locale"]
            ),
            st.text(),
        )
    ),
    st.text(),
)
def test_no_tags_make_it_fail(tags: list[tuple[str, str]], body: str) -> None:
    head = "".join(f'<meta property="{name}" content="{text}">' for name, text in tags)
    found = read(head.encode("utf-8", "replace").decode(), body.encode("utf-8", "replace").decode())
    assert found.title is None or found.title == " ".join(found.title.split())


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
FIELDS = (
    "headline datePublished author publisher url mainEntityOfPage articleSection about "
    "mentions articleBody inLanguage itemListElement name"
)


@given(st.dictionaries(st.sampled_from(FIELDS.split()), JUNK))
def test_no_linked_data_makes_it_fail(members: dict[str, Any]) -> None:
    found = read(ld(**members))
    assert isinstance(found.authors, tuple)
    assert all(isinstance(name, str) for name in (*found.authors, *found.people))


@pytest.mark.parametrize(
    "mark",
    [
        '<div class="article-byline">By Jane Roe</div>',
        '<span class="autor">Jane Roe</span>',
        '<span itemprop="author">Jane Roe</span>',
        '<span property="dc:creator">Jane Roe</span>',
        '<a rel="author" href="/x">Jane Roe</a>',
        '<div><a href="/autoren/jane-roe">Jane Roe</a></div>',
    ],
)
def test_a_page_that_declares_its_day_alone_shows_its_author(mark: str) -> None:
    declared = ld(headline="Flood hits Exampleville", datePublished="2026-05-03T09:30:00+01:00")
    found = read(declared, f"{SAME}{mark}<time>4 May 2026</time><p>The river rose.</p>")
    assert found.authors == ("Jane Roe",)
    assert found.published == datetime(2026, 5, 3, 9, 30, tzinfo=timezone(timedelta(hours=1)))
