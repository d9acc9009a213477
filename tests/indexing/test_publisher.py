"""The outlet is called what people call it, whatever its tags, title and host say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from index.parse.document import open_document
from index.parse.hosts import name_from_host
from index.parse.metadata import read_metadata
from index.parse.outlets import has_letters, is_named_after, spelled_in_text

HEADLINE = "Flood hits Exampleville"
H1 = f"<h1>{HEADLINE}</h1>"


def source(head: str, body: str = H1, host: str = "exampletimes.org") -> str | None:
    """Return the outlet's name on a page of this host; an empty host: it is not known."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(open_document(page), f"https://{host}/flood" if host else None).source


def meta(name: str, content: str) -> str:
    """Return a meta tag."""
    return f'<meta property="{name}" content="{content}">'


def site(name: str) -> str:
    """Return the tag in which most pages name their site."""
    return meta("og:site_name", name)


def ld(publisher: Any) -> str:
    """Return a JSON-LD script of an article with this publisher."""
    node = {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": publisher}}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def title(end: str) -> str:
    """Return a title element that ends with a text."""
    return f"<title>{HEADLINE} | {end}</title>"


def feed(name: str) -> str:
    """Return a link to a feed."""
    return f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/feed">'


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (site("Example Times | News, Sport"), "Example Times"),
        (site("Flood special | The Example Times"), "The Example Times"),
        (site("Example Times GmbH"), "Example Times"),
        (site("Example Times, Inc."), "Example Times"),
        (site("@ExampleTimes"), "ExampleTimes"),
        (site("Example Times.org"), "Example Times"),
        (site("Example Times.Sport"), "Example Times"),
        (site("The Flood.org"), "The Flood.org"),
        (site("example-other.org | Other Times"), "Example Times"),
        (site("x" * 400), "Example Times"),
        (site("Example Times Online"), "Example Times"),
        (site("EXAMPLE TIMES DIGITAL"), "EXAMPLE TIMES"),
        (site("例日報オンライン"), "例日報"),
        (site("例日報Web"), "例日報"),
        (site("例日報：例ニュース"), "例日報"),
        # The host does not tell that this is called "Flood" without the word.
        (site("Flood Online"), "Flood Online"),
    ],
)
def test_a_name_has_no_slogan_legal_form_or_ending(head: str, name: str) -> None:
    assert source(head) == name


@pytest.mark.parametrize(
    ("head", "host", "name"),
    [
        (site("ExampleTimes.org"), "exampletimes.org", "ExampleTimes"),
        (site("https://www.ExampleTimes.co.uk/"), "exampletimes.co.uk", "ExampleTimes"),
        (site("OtherTimes.org"), "exampletimes.org", "Example Times"),
        (site("St.Example"), "st-example.org", "St.Example"),
        (
            site("ExampleTimes.org") + ld("Example Times Weekly"),
            "exampletimes.org",
            "Example Times Weekly",
        ),
        (
            site("ExampleTimes.org") + meta("application-name", "Connected"),
            "exampletimes.org",
            "ExampleTimes",
        ),
        (site("ExampleTimes.org") + title("Flood News"), "exampletimes.org", "ExampleTimes"),
        (site("ExampleTimes.org") + meta("twitter:site", "@ET_desk"), "x.org", "X"),
        (site("ExampleTimes.org"), "", "ExampleTimes"),
        (
            site("ExampleTimes.org") + meta("dc.publisher", "Mara Ellison"),
            "exampletimes.org",
            "ExampleTimes",
        ),
        (
            site("et-o.org") + meta("dc.publisher", "Example Times Online GmbH"),
            "eto.org",
            "Example Times Online",
        ),
    ],
)
def test_an_address_names_its_own_host_alone(head: str, host: str, name: str) -> None:
    assert source(head, host=host) == name


@pytest.mark.parametrize(
    ("head", "host", "name"),
    [
        (site("Politics") + ld("Example Times"), "exampletimes.org", "Example Times"),
        (ld("例報") + title("Example Times"), "exampletimes.org", "Example Times"),
        (ld("Flood Agency") + site("ExampleTimes.org"), "exampletimes.org", "ExampleTimes"),
        # The name holds the host or the host holds the name: they belong together.
        (site("Sunday Example Times") + ld("Example Times"), "exampletimes.org",
         "Sunday Example Times"),
        # A company is no rival of the journal that it publishes.
        (site("Journal of Floods") + meta("dc.publisher", "Exampler Press"), "examplerpress.org",
         "Journal of Floods"),
        # Short hosts are abbreviations or words that names hold by chance.
        (site("Flood Post") + ld("Exa"), "exa.org", "Flood Post"),
    ],
)  # fmt: skip
def test_a_name_that_is_a_stranger_to_the_host_yields(head: str, host: str, name: str) -> None:
    assert source(head, host=host) == name


@pytest.mark.parametrize(
    ("head", "host", "name"),
    [
        (ld("ExZ"), "exampler-zeitung.example", "Exampler Zeitung"),
        (site("EN - Exampler Nachrichten") + ld("Exampler Nachrichten"), "en-web.org",
         "Exampler Nachrichten"),
        (ld("fp.org") + meta("copyright", "Floodland Post"), "fp.org", "Floodland Post"),
        (title("Floodland Financial Society"), "ffs.org", "Floodland Financial Society"),
        # What people say is the short name, unless the page's own tags spell it out.
        (site("EBC") + meta("copyright", "Example Broadcasting Company"), "ebc.org", "EBC"),
        (site("EBC") + ld("Flood Media Group"), "ebc.org", "EBC"),
        (site("EBC") + ld("Ebcan"), "ebc.org", "EBC"),
        (site("EP News") + ld("Exampled Press"), "epnews.org", "Exampled Press"),
        (site("Flood News") + ld("Flooded Press"), "floodnews.org", "Flood News"),
    ],
)  # fmt: skip
def test_an_abbreviation_is_spelled_out(head: str, host: str, name: str) -> None:
    assert source(head, host=host) == name


@pytest.mark.parametrize(
    ("name", "notice", "expected"),
    [
        ("EP News", "Copyright 2026 The Exampled Press. All rights reserved.", "Exampled Press"),
        ("EP", "© 2026 Exampled Press", "Exampled Press"),
        ("EP News", "© 2026 Other Media", "EP News"),
        # Three letters and more are what people say.
        ("EBC", "© 2026 Example Broadcasting Company", "EBC"),
    ],
)
def test_two_letters_are_spelled_out_by_a_notice(name: str, notice: str, expected: str) -> None:
    assert source(site(name), f"{H1}<p>{notice}</p>", host="epnews.org") == expected


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        (site("examplepaper") + ld("Example Paper"), H1, "Example Paper"),
        (site("examplepaper") + title("Example Paper"), H1, "Example Paper"),
        (site("examplepaper") + meta("twitter:site", "@ExamplePaper"), H1, "ExamplePaper"),
        (site("examplepaper"), H1 + "<p>© 2026 Example Paper. Contact</p>", "Example Paper"),
        ("", H1 + "<p>EXAMPLE PAPER</p><p>Example Paper</p><p>Example Paper</p>", "Example Paper"),
        ("", H1 + "<p>an example paper; examplepaper.org</p>", "Examplepaper"),
        ("", H1 + "<p>Example Papers</p>", "Examplepaper"),
    ],
)
def test_a_host_is_written_as_the_page_writes_it(head: str, body: str, name: str) -> None:
    assert source(head, body, "examplepaper.org") == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            feed("Floods &amp; Tea » Feed") + feed("Floods &amp; Tea » Comments Feed"),
            "Floods & Tea",
        ),
        (feed("Floods and Tea - Atom"), "Floods and Tea"),
        (feed("RSS » Sport"), "Host"),
        (feed("RSS - Feed"), "Host"),
        (feed("Headlines"), "Host"),
        (meta("og:title", f"{HEADLINE} | Floods and Tea"), "Floods and Tea"),
        (title("Floods and Tea, the Weekly"), "Host"),
        ("<title>Flood | Floods and Tea</title>", "Host"),
        (f"<title>{HEADLINE} |</title>" + meta("og:title", f"{HEADLINE}|"), "Host"),
    ],
)
def test_titles_and_feeds_name_the_source_where_tags_do_not(head: str, name: str) -> None:
    assert source(head, host="diary.host.org") == name


def test_a_name_may_be_longer_than_the_headline() -> None:
    head = "<title>Flood! - The New Example Times Weekly</title>"
    assert source(head, "<h1>Flood!</h1>") == "The New Example Times Weekly"


@pytest.mark.parametrize(
    ("name", "label", "same"),
    [
        ("The Example-Times", "theexampletimes", True),
        ("Éxample Times", "exampletimes", True),
        ("Exämple Times", "exaemple-times", True),
        ("Example Times Weekly", "exampletimes", False),
        ("Times", "exampletimes", False),
        ("例報", "exampletimes", False),
        ("Example", "", False),
    ],
)
def test_a_name_has_the_letters_of_a_host(name: str, label: str, *, same: bool) -> None:
    assert has_letters(name, label) is same


@pytest.mark.parametrize(
    ("name", "label", "named"),
    [
        ("The New Example Times", "exampletimes", True),
        ("The river rose again; the Example Times saw it", "exampletimes", False),
        ("The Exa Times", "exa", False),
    ],
)
def test_a_name_holds_a_host(name: str, label: str, *, named: bool) -> None:
    assert is_named_after(label, name) is named


def test_only_head_and_foot_of_a_page_spell_its_name() -> None:
    filler = "<p>water</p>" * 10_000
    page = "<body>{}</body>"
    inside = LexborHTMLParser(page.format(f"{filler}<p>Example Paper</p>{filler}"))
    assert spelled_in_text(inside, "examplepaper") is None
    foot = LexborHTMLParser(page.format(f"{filler}<p>Example Paper</p>"))
    assert spelled_in_text(foot, "examplepaper") == "Example Paper"


@pytest.mark.parametrize(("host", "name"), [("xtz.example", "XTZ"), ("exa.example", "Exa")])
def test_letters_that_cannot_be_spoken_are_an_abbreviation(host: str, name: str) -> None:
    assert name_from_host(host) == name


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        (title("Example Times"), '<a href="/">Example Times</a>', "Example Times"),
        ("", '<a href="/">Example Times</a><p>© 2026 Example Times</p>', "Example Times"),
        ("", '<a rel="home" href="/"><img alt="Example Times logo"></a><p>© Example Times</p>',
         "Example Times"),
        ("", '<h1><a href="/">Example Times</a></h1>', "Example Times"),
        ("", '<a href="/">Example Times</a>', None),
        (title("Home"), '<a href="/">Home</a>', None),
        ("", '<h1><a href="/flood">Flood hits Exampleville</a></h1>', None),
        (meta("SiteName", "Example Times"), "", "Example Times"),
        (f"<title>{HEADLINE} - by Jane Roe</title>", "", None),
        (f"<title>{HEADLINE}- Example Times</title>", "", "Example Times"),
    ],
)  # fmt: skip
def test_a_page_without_an_address_names_its_source_in_links_to_the_front_page(
    head: str, body: str, name: str | None
) -> None:
    assert source(meta("og:title", HEADLINE) + head, body, host="") == name


@pytest.mark.parametrize(
    ("heading", "headline"),
    [
        ('<h1><a href="/">Example Times</a></h1>', HEADLINE),
        ('<h1><a href="https://example.org/">Example Times</a></h1>', HEADLINE),
        ('<a href="/"><h1>Example Times</h1></a>', HEADLINE),
        ('<h1><a href="/times">Example Times, the story</a></h1>', "Example Times, the story"),
    ],
)
def test_a_heading_that_links_to_the_front_page_is_no_headline(heading: str, headline: str) -> None:
    page = f"<title>Example Times: {HEADLINE}</title>{heading}<h2>{HEADLINE}</h2>"
    assert read_metadata(open_document(page)).title == headline
