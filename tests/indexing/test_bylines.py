"""Authors are names only, in the order of the byline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from index.parse.bylines import declared_authors, marked_authors
from index.parse.head import read_head
from index.parse.jsonld import read_linked_data
from index.parse.marks import read_marks
from index.parse.pictured import pictured_authors
from index.parse.signatures import clean_names, is_house, signed_names
from index.parse.signedlines import line_authors, lone_authors

OUTLETS = ("The Example", "example.org")


def declared(html: str) -> list[str]:
    head = read_head(LexborHTMLParser(html))
    return list(declared_authors(read_linked_data(head.scripts), head, OUTLETS))


def marked(html: str) -> list[str]:
    return list(marked_authors(read_marks(LexborHTMLParser(html)), OUTLETS))


def json_ld(authors: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"Article","author":{authors}}}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def card(number: int, label: str, value: str) -> str:
    """Return one of the pairs that a card of a social network shows."""
    return meta(f"twitter:label{number}", label) + meta(f"twitter:data{number}", value)


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("By Jane Roe", ["Jane Roe"]),
        ("by: Jane Roe", ["Jane Roe"]),
        ("Written by Jane Roe", ["Jane Roe"]),
        ("Von Jana Rehm", ["Jana Rehm"]),
        ("Ein Artikel von Jana Rehm", ["Jana Rehm"]),
        ("Par Jeanne Roux", ["Jeanne Roux"]),
        ("Por Juana Ruiz", ["Juana Ruiz"]),
        ("Di Gianna Rossi", ["Gianna Rossi"]),
        ("Door Jannie de Roo", ["Jannie de Roo"]),
        ("Av Jenny Roos", ["Jenny Roos"]),
        ("Af Jens Roe", ["Jens Roe"]),
        ("Автор: Яна Рогова", ["Яна Рогова"]),
        ("بقلم: جنى راشد", ["جنى راشد"]),
        ("Piše: Mara Holt", ["Mara Holt"]),
        ("लेखक: मीरा शर्मा", ["मीरा शर्मा"]),
        ("نویسنده: سلمی حداد", ["سلمی حداد"]),
        ("홍길동 기자", ["홍길동"]),
        ("取材：山田花子", ["山田花子"]),
        ("JANE ROE", ["Jane Roe"]),
        ("Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Jane Roe, John Doe & Kim Poe", ["Jane Roe", "John Doe", "Kim Poe"]),
        ("Jana Rehm und Jan Dorn", ["Jana Rehm", "Jan Dorn"]),
        ("Jeanne Roux et Jean Doux", ["Jeanne Roux", "Jean Doux"]),
        ("Juana Ruiz y Juan Díaz", ["Juana Ruiz", "Juan Díaz"]),
        ("Jane Roe, Political Editor", ["Jane Roe"]),
        ("Jane Roe | Staff Writer", ["Jane Roe"]),
        ("Jane Roe (The Example)", ["Jane Roe"]),
        ("Jane Roe, Reuters", ["Jane Roe"]),
        ("Jane Roe jane.roe@example.org", ["Jane Roe"]),
        ("JANE ROE @janeroe", ["Jane Roe"]),
        ("Jane Roe on Monday, 3 May 2026", ["Jane Roe"]),
        ("Jana Rehm am", ["Jana Rehm"]),
        ("Publié par Jeanne Roux le 3 mai 2026", ["Jeanne Roux"]),
        ("Kim Le", ["Kim Le"]),
        ("Door onze redacteur Jannie de Roo", ["Jannie de Roo"]),
        ("Von unserer Korrespondentin Jana Rehm", ["Jana Rehm"]),
        ("Jane Roe, jane.roe@example.org", ["Jane Roe"]),
        ("Jane Roe, @janeroe", ["Jane Roe"]),
        ("Roe, Jane", ["Jane Roe"]),
        ("Jane O'Roe-Doe", ["Jane O'Roe-Doe"]),
        ("https://www.facebook.com/example", []),
        ("@example", []),
        ("example.org", []),
        ("Staff", []),
        ("Staff Reporter", []),
        ("admin", []),
        ("Redaktion", []),
        ("By", []),
        ("January 3, 2026", []),
        ("", []),
        ("A sentence that is far too long to be the name of anybody at all", []),
        ("Reuters", ["Reuters"]),
    ],
)
def test_a_byline_gives_names(byline: str, expected: list[str]) -> None:
    assert list(clean_names([byline])) == expected


def test_names_come_once_and_in_order() -> None:
    assert clean_names(["Jane Roe", "John Doe", "JANE ROE"]) == ("Jane Roe", "John Doe")


def test_for_whom_somebody_writes_is_no_part_of_the_name() -> None:
    assert clean_names(["Jane Roe for the Example Times"], ["Example Times"]) == ("Jane Roe",)
    assert clean_names(["Jane Roe For Exampleonline"], ["exampleonline"]) == ("Jane Roe",)
    centre = "Open Centre for the Records"
    assert clean_names([centre], ["Example Times"]) == (centre,)


def test_the_outlet_is_no_author_beside_a_person() -> None:
    assert clean_names(["The Example", "Jane Roe"], ["The Example"]) == ("Jane Roe",)
    assert clean_names(["The Example"], ["The Example"]) == ("The Example",)


@pytest.mark.parametrize("author", ["Reuters", "The Example", "Example GmbH", "example.org"])
def test_houses_are_told_from_persons(author: str) -> None:
    assert is_house(author, ["The Example", "example"])
    assert not is_house("Jane Roe", ["The Example", "example"])


def test_a_line_by_the_title_names_the_author() -> None:
    lines = ["Share", "Updated today", "By Jane Roe and John Doe", "By the river lay a boat"]
    assert line_authors(lines, []) == ("Jane Roe", "John Doe")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Egilea: Miren Etxaniz", ["Miren Etxaniz"]),
        ("எழுதியவர்: கவிதா முருகன்", ["கவிதா முருகன்"]),
        ("రచయిత: మీరా రావు", ["మీరా రావు"]),
        ("লেখক: মীরা সেন", ["মীরা সেন"]),
        ("എഴുതിയത്: മീര നായർ", ["മീര നായർ"]),
        ("تحریر: مریم خان", ["مریم خان"]),
        ("ავტორი: ნინო ბერიძე", ["ნინო ბერიძე"]),
        ("记者：王小明", ["王小明"]),
        ("本报记者 王小明 李华", ["王小明", "李华"]),
        ("作者:王小明 2026-01-03", ["王小明"]),
        ("文・山田花子", ["山田花子"]),
        ("【山田花子記者】", ["山田花子"]),
        ("홍길동 기자", ["홍길동"]),
        ("홍길동 기자 gildong@zeitung.example", ["홍길동"]),
        ("홍길동·김영희 기자", ["홍길동", "김영희"]),
        # Rubrics, lists and a sentence.
        ("글 목록", []),
        ("文化", []),
        ("记者会", []),
        ("기자 회견", []),
        ("記者クラブ", []),
        ("记者王小明周一从港口报道说渡轮整天停靠", []),
    ],
)
def test_bylines_of_more_languages(line: str, expected: list[str]) -> None:
    assert list(line_authors(["a rubric", line], [])) == expected


def test_a_sentence_is_no_byline() -> None:
    assert line_authors(["By the end of the year all was said and done."], []) == ()


@pytest.mark.parametrize(
    "line",
    [
        "Jane Roe, Football writer | Thursday 20 February 2025 | 14 comments",
        "Jane Roe, senior political correspondent",
        "Jane Roe | Reporter",
        "Jane Roe – Redakteurin",
    ],
)
def test_a_name_with_its_work_is_a_byline(line: str) -> None:
    assert line_authors(["Sport", line], []) == ("Jane Roe",)


@pytest.mark.parametrize(
    "line",
    [
        "New York, Thursday 20 February 2025",
        "Jane Roe, the mayor of the town",
        "Writer | 20 February 2025",
        "Jane Roe, a writer from the valley who keeps bees, has won the prize.",
    ],
)
def test_a_line_without_name_or_work_is_no_byline(line: str) -> None:
    assert line_authors([line], []) == ()


@given(st.lists(st.text()))
def test_no_text_makes_it_fail(texts: list[str]) -> None:
    assert all(name.strip() == name and name for name in clean_names(texts, texts[:1]))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (json_ld('[{"name":"Jane Roe"},{"name":"The Example"}]'), ["Jane Roe"]),
        (json_ld('"The Example"') + meta("author", "Jane Roe"), ["Jane Roe"]),
        (json_ld('"The Example"') + meta("author", "Reuters"), ["The Example"]),
        (json_ld('[{"name":"Jane Roe"},{"name":"Reuters"}]'), ["Jane Roe", "Reuters"]),
        (json_ld('"Jane Roe, Reuters"'), ["Jane Roe"]),
        (json_ld('"TE Staff Report"'), ["TE Staff Report"]),
        (json_ld('"XY Staff Report"'), []),
        (json_ld('"example.org"'), ["example.org"]),
        (json_ld('"The Example Newsroom"'), ["The Example Newsroom"]),
        (json_ld('"Newsroom"'), []),
        (json_ld('"elsewhere.org"'), []),
        (
            f"{meta('author', 'Cited Author')}{meta('citation_author', 'Jane Roe')}",
            ["Jane Roe"],
        ),
        (card(1, "Written by", "Jane Roe"), ["Jane Roe"]),
        (card(1, "Filed under", "Jane Roe"), []),
        (
            card(1, "Reading time", "Three minutes") + card(2, "Verfasst von", "Jana Rehm"),
            ["Jana Rehm"],
        ),
        (meta("twitter:misc:Written by", "Jane Roe"), ["Jane Roe"]),
        (meta("mrf:authors", "Jane Roe;John Doe"), ["Jane Roe", "John Doe"]),
        (meta("article_author_name", "Jane Roe"), ["Jane Roe"]),
        (meta("article:author:url", "Jane Roe"), []),
        (meta("smartbanner:author", "Example Media"), []),
        (
            """<meta name="parsely-page" content='{"authors": ["Jane Roe"], "type": "post"}'>""",
            ["Jane Roe"],
        ),
        (meta("parsely-page", "{'authors': broken"), []),
    ],
)
def test_tags_declare_authors(html: str, expected: list[str]) -> None:
    assert declared(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            'By <a href="/author/jane">Jane Roe</a>, <a href="/author/john">John Doe</a>',
            ["Jane Roe", "John Doe"],
            id="links-to-pages-about-authors",
        ),
        pytest.param(
            f'<p>It rained, <a href="/staff/jane">Jane Roe</a> said{" again" * 50}.</p>',
            [],
            id="link-within-a-paragraph",
        ),
        pytest.param('<a href="/writer/jane">Jane Roe</a>', ["Jane Roe"], id="page-of-a-writer"),
        pytest.param('<a href="/reporter/1">山田花子</a>', ["山田花子"], id="name-without-a-blank"),
        pytest.param('<a href="/authors/">All Our Authors</a>', [], id="link-to-all-authors"),
        pytest.param(
            '<a href="/staff/x">Staff</a><a href="/staff/y">Jane Roe</a>',
            [],
            id="after-the-first-link-others-sign",
        ),
        pytest.param('<a href="/staff/support">Support</a>', [], id="one-word-of-a-menu"),
        pytest.param(
            '<p class="byline">3 May <span>· by</span> <b>Jane Roe</b> <i>· in</i> <i>Sport</i>',
            ["Jane Roe"],
            id="behind-by",
        ),
        pytest.param('<p class="byline">Wednesday, 8 April 2026</p>', [], id="the-day-of-the-week"),
        pytest.param(
            '<p class="byline"><b>Jane Roe</b> <b>The Example</b></p>',
            ["Jane Roe"],
            id="person-and-outlet",
        ),
        pytest.param(
            '<p class="byline">Sport</p><p class="author">Jane Roe</p>',
            ["Jane Roe"],
            id="author-before-byline",
        ),
        pytest.param(
            '<a rel="author" href="/author/jroe77">jroe77</a>', ["jroe77"], id="account-signs"
        ),
        pytest.param(
            '<a rel="author" href="/author/x">siteadmin</a>', [], id="account-of-the-house"
        ),
        pytest.param('<span class="author">jroe77</span>', [], id="account-without-a-page"),
        pytest.param(
            '<div class="builder-widget-post-info"><b class="author">Jane Roe</b></div>',
            ["Jane Roe"],
            id="part-of-a-page-builder",
        ),
        pytest.param(
            '<div class="widget-area"><b class="author">Jane Roe</b></div>', [], id="sidebar"
        ),
        pytest.param(
            '<div class="post-footer"><b class="author">Jane Roe</b></div>',
            ["Jane Roe"],
            id="foot-of-the-article",
        ),
        pytest.param(
            '<div class="footer"><b class="author">Jane Roe</b></div>', [], id="foot-of-the-page"
        ),
        pytest.param(
            '<p class="article-title__author">Jane Roe</p>', ["Jane Roe"], id="in-the-title-block"
        ),
        pytest.param(
            '<figcaption class="author">Jane Roe</figcaption>', [], id="author-of-a-picture"
        ),
        pytest.param('<p class="quote-author">Jane Roe</p>', [], id="author-of-a-quotation"),
        pytest.param(
            '<a class="author" href="/author/1"><b>Jane</b> <b>Roe</b></a>',
            ["Jane Roe"],
            id="a-name-in-parts",
        ),
        pytest.param(
            '<article><p class="byline">By Jane Roe</p></article>'
            '<article><p class="byline">By John Doe</p></article>',
            ["Jane Roe"],
            id="the-next-article-of-a-page-without-end",
        ),
    ],
)
def test_marked_elements_name_authors(html: str, expected: list[str]) -> None:
    assert marked(f"<h1>A headline</h1>{html}") == expected


def test_a_link_above_the_headline_is_in_a_menu() -> None:
    assert marked('<a href="/author/jane-roe">Jane Roe</a><h1>A headline</h1>') == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["By", "Jane Roe"], ["Jane Roe"]),
        (["Written by:", "Jane Roe", "and", "John Doe", "Sport"], ["Jane Roe", "John Doe"]),
        (["Ein Artikel von", "Jana Rehm", "| 27.01.2026"], ["Jana Rehm"]),
        (["Interview", "Jane Roe"], []),
        (["By The Example", "By Jane Roe"], ["Jane Roe"]),
        (["Reviewed by John Doe", "By Jane Roe"], ["Jane Roe"]),
        (["Reviewed by John Doe"], ["John Doe"]),
        (["By TE, in"], ["TE"]),
        (["By XY, in"], []),
        (["By"], []),
        (["March 3rd, 2026 by Jane Roe"], ["Jane Roe"]),
        (["Route 66 by Jane Roe"], []),
        (["Na ASHA JUMA"], ["Asha Juma"]),
        (["Na koncu dana"], []),
        (["기자명 홍길동 기자"], ["홍길동"]),
        (["記者王小明／港灣報導"], ["王小明"]),
        (["By Jane Roe, The Example, New Exampleville"], ["Jane Roe"]),
    ],
)
def test_a_word_for_by_goes_with_the_next_line(lines: list[str], expected: list[str]) -> None:
    assert list(line_authors(lines, OUTLETS)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Some text.", " By Jane Roe ", "More text."], ["Jane Roe"]),
        (["Autorin: Jana Rehm, Leiterin des Amtes."], ["Jana Rehm"]),
        (["Some text.", "Von", "Jana Rehm"], ["Jana Rehm"]),
        (["Autor", "Jan Dorn", ",", "Ein Satz, der " + "lang " * 20 + "ist."], ["Jan Dorn"]),
        (["By Jane Roe", "Text", "By Jane Roe"], ["Jane Roe"]),
        (["By Jane Roe", "By John Doe"], []),
        (["a song by", "Jane Roe"], []),
        (["Text", "Posted by Jane Roe at 09:12 AM in"], ["Jane Roe"]),
        (["본문", "홍길동 기자 | gil@example.org"], ["홍길동"]),
        (["홍길동 기자", "김철수 기자"], []),
        ([], []),
    ],
)
def test_a_line_alone_in_its_kind_signs_the_page(lines: list[str], expected: list[str]) -> None:
    assert list(lone_authors(lines, OUTLETS)) == expected


PICTURE = '<img alt="{}" src="/p.jpg">'


@pytest.mark.parametrize(
    ("alt", "lines", "expected"),
    [
        ("Jane Roe", ["Jane Roe", "3 May 2026"], ["Jane Roe"]),
        ("Photo of Jane Roe", ["3 May 2026", "|", "Jane Roe"], ["Jane Roe"]),
        ("Jane Roe", ["Jane Roe", "It rained."], []),
        ("The river", ["Jane Roe", "3 May 2026"], []),
        ("The Example", ["The Example", "3 May 2026"], []),
        ("Sport", ["Sport", "3 May 2026"], []),
    ],
)
def test_a_name_beside_a_day_signs_with_its_picture(
    alt: str, lines: list[str], expected: list[str]
) -> None:
    tree = LexborHTMLParser(PICTURE.format(alt))
    assert list(pictured_authors(tree, lines, (), OUTLETS)) == expected
    assert list(pictured_authors(tree, (), lines, OUTLETS)) == expected


@given(st.lists(st.text()))
def test_no_lines_make_it_fail(lines: list[str]) -> None:
    assert lone_authors(lines, ()) in {(), line_authors(lines, ()), *map(_signed, lines)}


def _signed(line: str) -> tuple[str, ...]:
    return signed_names(line, ())


def test_an_element_that_holds_the_page_is_no_byline() -> None:
    nested = "<span class='author'>By Jane Roe, who saw the flood. " * 5000
    assert {mark.text for mark in read_marks(LexborHTMLParser(nested))} == {""}


def test_a_wrapper_around_the_headline_says_nothing_of_the_byline() -> None:
    byline = '<h1>A headline</h1><p class="author">Jane Roe</p>'
    assert marked(f'<div class="content-with-sidebar">{byline}</div>') == ["Jane Roe"]
    assert marked(f'<h1>A headline</h1><div class="sidebar">{byline[19:]}</div>') == []


def test_a_line_that_signs_comes_before_a_mark() -> None:
    assert line_authors(["3 May", "By Jane Roe", "It rained."], OUTLETS, within=2) == ("Jane Roe",)
    assert line_authors(["3 May", "By Jane Roe", "It rained."], OUTLETS, within=1) == ()
