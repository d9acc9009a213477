from __future__ import annotations

import gzip
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Article, Page, PageKind, Rejected
from index.parse import parse_page
from index.record import article_record

ONE = "The harbour of Lund was closed on Monday after a barge lost its load in the channel."
TWO = "Divers expect to need two days, said Mara Holt, who leads the port's rescue service."
THREE = "Ships bound for the north quay are sent to Ystad, where fees were waived until Friday."
HEAD = """<html lang="en"><head><title>Port of Lund closed - The Lund Herald</title>
<meta property="og:site_name" content="The Lund Herald">
<meta property="article:published_time" content="2025-05-03T14:20:00+02:00">
<link rel="canonical" href="https://lundherald.example/port-closed"></head>"""
PAGE = f"{HEAD}<body><h1>Port of Lund closed</h1><article><p>{ONE}</p><p>{TWO}</p></article>"


def parse(content: str | bytes, kind: PageKind = PageKind.HTML) -> Article | Rejected:
    data = content.encode() if isinstance(content, str) else content
    return parse_page(Page(content=data, location="/pages/1.html", kind=kind))


def article(content: str | bytes, kind: PageKind = PageKind.HTML) -> Article:
    parsed = parse(content, kind)
    assert isinstance(parsed, Article), parsed
    return parsed


def reason(content: str | bytes, kind: PageKind = PageKind.HTML) -> str:
    parsed = parse(content, kind)
    assert isinstance(parsed, Rejected), parsed
    assert parsed.location == "/pages/1.html"
    return parsed.reason


def test_a_page_becomes_an_article_with_all_that_it_says_of_itself() -> None:
    found = article(PAGE)
    assert found.title == "Port of Lund closed"
    assert found.paragraphs == (ONE, TWO)
    assert found.day == date(2025, 5, 3)
    assert found.source == "The Lund Herald"
    assert found.url == "https://lundherald.example/port-closed"
    assert found.language == "en"
    assert found.location == "/pages/1.html"


def test_the_id_comes_from_the_address_so_that_copies_of_a_file_share_it() -> None:
    page = Page(content=PAGE.encode(), location="/elsewhere/2.html")
    other = parse_page(page)
    assert isinstance(other, Article)
    assert other.id == article(PAGE).id


def test_a_text_that_stands_twice_in_a_page_is_kept_once() -> None:
    page = f"<h1>Port closed</h1><div><p>{ONE}</p><p>{TWO}</p><p>{ONE}</p><p>{TWO}</p></div>"
    assert article(page).paragraphs == (ONE, TWO)


def test_a_name_alone_above_the_text_is_the_author_and_no_paragraph() -> None:
    found = article(PAGE.replace("<article>", "<article><p><b>Mara Holt</b></p>"))
    assert found.authors == ("Mara Holt",)
    assert found.paragraphs == (ONE, TWO)


def test_the_agency_before_the_text_is_taken_off() -> None:
    page = f"<h1>Port closed</h1><div><p>LUND (Reuters) - {ONE}</p><p>{TWO}</p></div>"
    assert article(page).paragraphs[0] == f"LUND - {ONE}"


def test_the_declared_text_stands_in_where_the_page_loads_its_own_by_script() -> None:
    declared = {"@type": "NewsArticle", "headline": "Port closed", "articleBody": f"{ONE}\n{TWO}"}
    page = (
        f'<script type="application/ld+json">{json.dumps(declared)}</script><div id="app"></div>'
        "<p>Loading the story for you</p>"
    )
    assert article(page).paragraphs == (ONE, TWO)


def test_the_text_of_the_page_goes_before_a_declared_text_that_is_cut() -> None:
    declared = {"@type": "NewsArticle", "headline": "Port closed", "articleBody": f"{ONE[:50]}..."}
    page = (
        f'<script type="application/ld+json">{json.dumps(declared)}</script>'
        f"<article><p>{ONE}</p><p>{TWO}</p></article>"
    )
    assert article(page).paragraphs == (ONE, TWO)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<h1>Port closed</h1><p>{ONE}</p><p>{TWO}</p>", "Port closed"),
        (f"<title>Port closed</title><p>{ONE}</p><p>{TWO}</p>", "Port closed"),
        (f"<p>{ONE} It rained.</p><p>{TWO}</p>", ONE),
        (f"<p>{'word ' * 60}</p>", "word " * 23 + "word…"),
    ],
)
def test_an_article_without_a_headline_still_gets_a_title(page: str, title: str) -> None:
    assert article(page).title == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings_of_saved_pages(encoding: str) -> None:
    text = "Der Bürgermeister von Überlingen eröffnete am Montag die Brücke über den großen Fluß."
    page = f'<meta charset="{encoding}"><h1>Brücke</h1><p>{text}</p>'
    assert article(page.encode(encoding)).body == text


def test_header_lines_above_the_page_are_heeded_and_not_read_as_text() -> None:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}"
    assert article(page).paragraphs == (ONE, TWO)


def test_a_single_file_web_page_is_opened() -> None:
    message = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://lundherald.example/x\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html\r\nContent-Location: https://lundherald.example/x\r\n\r\n"
        f"<h1>Port closed</h1><p>{ONE}</p><p>{TWO}</p>\r\n--b--\r\n"
    )
    found = article(message, PageKind.MHTML)
    assert found.paragraphs == (ONE, TWO)
    assert found.url == "https://lundherald.example/x"


def test_a_text_capture_is_read_line_by_line() -> None:
    capture = f"Home\nSport\nPort of Lund closed\n{ONE}\n{TWO}\n{THREE}\nComments\nNo comment"
    found = article(capture, PageKind.TEXT)
    assert found.title == "Port of Lund closed"
    assert found.paragraphs == (ONE, TWO, THREE)


def test_a_record_comes_back_as_it_went_out() -> None:
    record = article_record(article(PAGE))
    assert article(json.dumps(record), PageKind.RECORD) == article(PAGE)


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"", PageKind.HTML, "empty page"),
        (b" \n\t", PageKind.TEXT, "empty page"),
        (b"<html><body></body></html>", PageKind.HTML, "no article text found"),
        (b"<title>403 Forbidden</title><h1>403 Forbidden</h1>", PageKind.HTML, "error page (403"),
        (b"<title>404 Not Found</title><h1>Not Found</h1>", PageKind.HTML, "page not found"),
        (
            b"HTTP/1.1 502 Bad Gateway\n\n<h1>Oh</h1><p>Try again</p>",
            PageKind.HTML,
            "error page (5",
        ),
        (b"From: x\n\nno page", PageKind.MHTML, "web archive (MHTML) without a page"),
        (b"{not json", PageKind.RECORD, "not a JSON record"),
        (b"\xff\xfe{", PageKind.RECORD, "not a JSON record"),
        (b"[1]", PageKind.RECORD, "not a JSON record: a JSON object"),
        (b"[" * 100_000, PageKind.RECORD, "not a JSON record"),
        (b'{"title": "x"}', PageKind.RECORD, "not an article: 'body'"),
        (gzip.compress(PAGE.encode() * 3), PageKind.HTML, "no readable text"),
    ],
)
def test_bad_input_is_rejected_with_a_reason(content: bytes, kind: PageKind, expected: str) -> None:
    assert reason(content, kind).startswith(expected)


def test_a_list_of_headlines_is_rejected_as_such() -> None:
    links = "".join(
        f"<h2><a href='/{n}'>Headline number {n} about something</a></h2><p>A teaser.</p>"
        for n in range(30)
    )
    assert (
        reason(f"<title>The Lund Herald</title><h1>News</h1>{links}") == "index page of headlines"
    )


def test_nul_characters_and_lone_surrogates_do_not_reach_the_article() -> None:
    page = f"<h1>Port\0 closed</h1><p>{ONE}\0 &#xD800;&#0;</p><p>{TWO}</p>"
    found = article(page)
    text = found.title + found.body
    assert "\0" not in text
    assert text.encode()


def test_a_title_of_many_parts_takes_no_square_time() -> None:
    parts = "Port closed | " * 50_000
    assert article(f"<title>{parts}</title><p>{ONE}</p><p>{TWO}</p>").paragraphs == (ONE, TWO)


@given(st.binary(max_size=400), st.sampled_from(PageKind))
def test_no_bytes_make_it_raise(content: bytes, kind: PageKind) -> None:
    assert isinstance(parse(content, kind), Article | Rejected)


MARKUP = ["<p>", "</p>", "<div>", "<h1>", "<a href=x>", "</a>", "<script>", "<!--", "<br>", "&#0;"]


@given(st.lists(st.sampled_from([*MARKUP, ONE, TWO, "<table><tr><td>", "\ud800", "\0"])))
def test_no_markup_is_beyond_it(parts: list[str]) -> None:
    content = "".join(parts).encode("utf-8", "surrogatepass")
    parsed = parse(content)
    if isinstance(parsed, Article):
        assert parsed.title == " ".join(parsed.title.split()) != ""
        assert parsed.body
