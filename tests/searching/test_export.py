"""What exports promise: each is read here as the programs read it that it is for."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import PurePath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index import Article, Copy
from index.record import article_from_record
from searcher import Filters, Hit, Snippet
from searcher.export import Format, Report, exported, format_named
from searcher.export.names import read_name
from searcher.export.parts import text_of

TODAY = date(2026, 3, 1)
NASTY = "a \\ {b} }{ $5 & 50% #1 x_y^2 ~z <script>alert(1)</script> *em* [l](u) `c` | “q” 東京 é"
texts = st.text(
    st.one_of(
        st.sampled_from("\\{}$&#^_~%<>\"'*`[]()|!-+=.,:;@\n\r\t\0\x1b\x9b\u202e\ud800 1aé東"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=30,
)


def make(title: str = "Flood", body: str = "The river rose.", **facts: object) -> Article:
    known = {"id": "a1", "location": "/pages/flood.html"} | facts
    return Article(title=title, body=body, **known)  # type: ignore[arg-type]


def hits(*articles: Article) -> list[Hit]:
    return [
        Hit(
            rank=rank,
            score=1.5,
            article=article,
            title=Snippet(text=article.title),
            snippets=(Snippet(text=article.body, highlights=((0, 1),)),),
        )
        for rank, article in enumerate(articles, start=1)
    ]


def text(chosen: Format, *articles: Article, **facts: object) -> str:
    report = Report(made=TODAY, **facts)  # type: ignore[arg-type]
    return "".join(exported(hits(*articles), chosen, report))


@pytest.mark.parametrize("chosen", Format)
def test_hits_are_asked_for_one_after_the_other(chosen: Format) -> None:
    asked: list[int] = []

    def watched() -> object:
        for hit in hits(*(make(title=f"Title {number}") for number in range(50))):
            asked.append(hit.rank)
            yield hit

    pieces = exported(watched(), chosen, Report(made=TODAY))  # type: ignore[arg-type]
    written = ""
    while "Title 3" not in written:
        written += next(pieces)
    assert len(asked) <= 5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", "jsonl"),
        ("a.CSV", "csv"),
        ("a.ris", "ris"),
        ("a.bib", "bibtex"),
        ("a.md", "markdown"),
        ("x/a.html", "html"),
        ("a.txt", None),
        ("bib", None),
    ],
)
def test_the_name_of_a_file_says_its_form(name: str, expected: str | None) -> None:
    assert format_named(PurePath(name)) == expected


# JSON lines


FACTS: dict[str, object] = {
    "id": "a1",
    "published": "2025-06-03T08:30:00+02:00",
    "people": ["Jane Roe"],
    "copies": [{"location": "/y", "url": None}],
    "language": "en",
}
needed = texts.filter(lambda drawn: drawn.replace("\0", "").strip())


@given(title=needed, body=needed)
def test_a_line_of_json_is_the_article_again(title: str, body: str) -> None:
    article = article_from_record(FACTS | {"title": title, "body": body}, "/x")
    (line,) = text(Format.JSONL, article).split("\n")[:-1]
    assert article_from_record(json.loads(line), article.location) == article


# CSV


def rows(written: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(written, newline=""))]


def test_a_table_has_a_header_and_ends_lines_as_its_standard_says() -> None:
    written = text(Format.CSV, make(authors=("Ann Lee", "Tom Doe"), published=date(2025, 6, 3)))
    header, row, end = written.split("\r\n")
    assert header.startswith("rank,id,title,published,source,authors,")
    assert row.startswith("1,a1,Flood,2025-06-03,,Ann Lee; Tom Doe,")
    assert end == ""
    assert text(Format.CSV) == header + "\r\n"


@pytest.mark.parametrize(
    "begins", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\x1b[0m=1", "＝1"]
)
def test_no_cell_of_a_text_is_a_formula(begins: str) -> None:
    article = make(begins, begins, source=begins, authors=(begins,), people=(begins,))
    (row,) = rows(text(Format.CSV, article, full=True))
    cells = [row[name] for name in ("title", "source", "authors", "people", "body", "snippets")]
    assert all(cell.lstrip("' ") and cell.startswith("'") for cell in cells)


@given(title=texts, body=texts)
def test_a_table_reads_back_cell_by_cell(title: str, body: str) -> None:
    first, second = rows(text(Format.CSV, make(title, body), make(), full=True))
    assert text_of(first["title"]) in {text_of(title), text_of(f"'{title}")}
    assert first["location"] == "/pages/flood.html"
    assert (second["rank"], second["body"]) == ("2", "The river rose.")


def test_paragraphs_stay_apart_in_a_cell() -> None:
    (row,) = rows(text(Format.CSV, make(body="One.\n\nTwo."), full=True))
    assert row["body"] == "One.\n\nTwo."
    assert (row["words"], row["score"]) == ("2", "1.5")


# Citations

SIGNED = make(
    authors=("Jane Roe", "Ludwig van Beethoven", "Tom Doe Jr.", "Associated Press"),
    source="Herald & Post",
    published=datetime(2025, 6, 3, 8, 30),  # noqa: DTZ001 (a page without a zone)
    url="https://herald.example/a_b%20c?{x}",
    section="Local",
    language="en",
    people=("Ana Ruiz",),
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jane Roe", ("Roe", "Jane", "")),
        ("Mary Jane Roe", ("Roe", "Mary Jane", "")),
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig", "")),
        ("Charles de la Vallée", ("de la Vallée", "Charles", "")),
        ("Ben Ali", ("Ali", "Ben", "")),
        ("Roe, Jane", ("Roe", "Jane", "")),
        ("Tom Doe Jr.", ("Doe", "Tom", "Jr.")),
        ("Doe, Jr.", ("Doe Jr.", "", "")),
        ("Tom Doe, Jr.", ("Doe", "Tom", "Jr.")),
        ("Henry Tudor III", ("Tudor", "Henry", "III")),
        ("Reuters", ("Reuters", "", "")),
        ("Associated Press", ("Associated Press", "", "")),
        ("Harwick News Desk", ("Harwick News Desk", "", "")),
        ("Simon and Garfield", ("Simon and Garfield", "", "")),
        ("山田太郎", ("山田太郎", "", "")),
        ("山田 太郎", ("山田 太郎", "", "")),
        ("de", ("de", "", "")),
    ],
)
def test_names_are_taken_apart(name: str, parts: tuple[str, str, str]) -> None:
    assert tuple(read_name(name)) == parts


def test_a_citation_for_reference_managers() -> None:
    assert text(Format.RIS, SIGNED).split("\r\n") == [
        "TY  - NEWS",
        "AU  - Roe, Jane",
        "AU  - van Beethoven, Ludwig",
        "AU  - Doe, Tom, Jr.",
        "AU  - Associated Press",
        "TI  - Flood",
        "T2  - Herald & Post",
        "PY  - 2025",
        "DA  - 2025/06/03",
        "SE  - Local",
        "LA  - en",
        "KW  - Ana Ruiz",
        "UR  - https://herald.example/a_b%20c?%7Bx%7D",
        "Y2  - 2026/03/01",
        "AN  - a1",
        "ER  - ",
        "",
        "",
    ]


@given(title=texts, source=texts, body=texts)
def test_no_text_ends_or_begins_an_entry_for_reference_managers(
    title: str, source: str, body: str
) -> None:
    written = text(Format.RIS, make(title, body, source=source), make(), full=True)
    tags = [line[:6] for line in written.split("\r\n")]
    assert tags.count("ER  - ") == tags.count("TY  - ") == 2
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - |", tag) for tag in tags)


def test_a_citation_for_latex() -> None:
    assert text(Format.BIBTEX, SIGNED) == (
        "@article{roe2025-a1,\n"
        "  author = {Roe, Jane and van Beethoven, Ludwig and Doe, Jr., Tom and"
        " {Associated Press}},\n"
        "  title = {{Flood}},\n"
        "  journal = {Herald \\& Post},\n"
        "  date = {2025-06-03},\n"
        "  year = {2025},\n"
        "  url = {https://herald.example/a_b%20c?%7Bx%7D},\n"
        "  urldate = {2026-03-01},\n"
        "}\n\n"
    )


def test_without_a_source_it_is_cited_as_online() -> None:
    assert text(Format.BIBTEX, make(id="x.é:1")) == (
        "@online{article-x.ue9:1,\n  title = {{Flood}},\n}\n\n"
    )


LATEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "$&#_%"},
}


def braced(written: str) -> list[str]:
    """Return what stands in the outermost braces, as BibTeX counts them: no backslash matters."""
    depth, begin, found = 0, 0, []
    for at, char in enumerate(written):
        if char == "{":
            depth += 1
            begin = at if depth == 1 else begin
        elif char == "}":
            depth -= 1
            assert depth >= 0
            if depth == 0:
                found.append(written[begin + 1 : at])
    assert depth == 0
    return found


@given(title=texts)
def test_latex_prints_the_title_and_obeys_nothing_in_it(title: str) -> None:
    entry, second = braced(text(Format.BIBTEX, make(title, authors=(title,)), make()))
    assert second.startswith("article-a1,")
    written = re.search(r"  title = \{\{(.*)\}\},\n", entry)
    assert written
    pieces = re.split(rf"({'|'.join(map(re.escape, LATEX))})", written[1])
    assert not set("".join(pieces[::2])) & set("\\{}$&#^_~%")
    assert "".join(LATEX.get(piece, piece) for piece in pieces) == text_of(title)


# Reports

TOLD = {"query": "river <flood>", "filters": Filters(since="2025"), "articles": 12, "stories": 11}


class Page(HTMLParser):
    """What a browser would find in a page: tags with attributes, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


KNOWN_TAGS = set("html head meta title style body h1 h2 dl dt dd main article p a mark".split())  # noqa: SIM905


@given(title=texts, body=texts, url=texts)
def test_a_page_loads_and_runs_nothing_whatever_the_articles_say(
    title: str, body: str, url: str
) -> None:
    page = Page(text(Format.HTML, make(title, body, url=url, source=title), **TOLD))
    assert {tag for tag, _ in page.tags} <= KNOWN_TAGS
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in {"src", "style"}}
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert all(link.startswith(("http://", "https://")) for link in links)
    assert text_of(title) in text_of("".join(page.texts))


def test_a_page_tells_what_was_looked_for_and_what_was_found() -> None:
    article = make(NASTY, "One.\n\nTwo.", url="https://x.example/?a&b", people=("Ana Ruiz",))
    written = text(Format.HTML, article, full=True, **TOLD)
    page = Page(written)
    said = "\n".join(page.texts)
    for fact in ("river <flood>", "2025", "12 articles in 11 stories", "2026-03-01", "Ana Ruiz"):
        assert fact in said
    assert text_of(NASTY) in text_of("".join(page.texts))
    assert [tag for tag, _ in page.tags].count("p") == 2
    assert ("a", {"href": "https://x.example/?a&b", "rel": "noreferrer"}) in page.tags
    named = {attributes.get("name"): attributes for tag, attributes in page.tags if tag == "meta"}
    assert "width=device-width" in (named["viewport"]["content"] or "")
    assert "@media print" in written


def test_a_page_marks_what_matched() -> None:
    assert "<mark>T</mark>he river rose." in text(Format.HTML, make())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " java\nscript:x", "https:x", "file:///x"]
)
@pytest.mark.parametrize("chosen", [Format.HTML, Format.MARKDOWN, Format.RIS, Format.BIBTEX])
def test_only_addresses_of_the_web_are_linked(chosen: Format, url: str) -> None:
    written = text(chosen, make(url=url))
    assert "script:" not in written
    assert "data:" not in written
    assert "](" not in written
    assert "UR  -" not in written


def test_a_limit_is_told_where_it_cut() -> None:
    assert "12 articles in 11 stories, the first 5 shown" in text(Format.HTML, **TOLD, limit=5)
    assert "shown" not in text(Format.MARKDOWN, **TOLD, limit=11)


@given(
    title=texts,
    paragraphs=st.lists(texts.filter(text_of), min_size=1, max_size=3),
    url=st.sampled_from(["https://x.example/", None]),
)
@example(title="The path in C #", paragraphs=["Text."], url=None)
def test_markdown_shows_every_text_as_it_is(
    title: str, paragraphs: list[str], url: str | None
) -> None:
    article = make(text_of(title), "\n\n".join(map(text_of, paragraphs)), url=url)
    written = text(Format.MARKDOWN, article, full=True)
    tokens = MarkdownIt("commonmark", {"html": True}).parse(written)
    headings = [
        after
        for before, after in pairwise(tokens)
        if (before.type, before.tag) == ("heading_open", "h2")
    ]
    (heading,) = headings
    assert plain(heading).strip() == f"1. {article.title}".strip()
    after = tokens[tokens.index(heading) + 5 :]
    assert [plain(token) for token in after if token.type == "inline"] == [*article.paragraphs]
    kinds = {token.type for token in after}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}


def plain(token: object) -> str:
    children = token.children  # type: ignore[attr-defined]
    allowed = {"text", "text_special", "link_open", "link_close", "softbreak"}
    assert {child.type for child in children} <= allowed
    return "".join(child.content for child in children)


def test_markdown_quotes_passages_with_what_matched_in_bold() -> None:
    article = make(copies=(Copy(location="/y"),), published=date(2025, 6, 3), source="Herald_")
    written = text(Format.MARKDOWN, article, **TOLD)
    assert "- Query: river \\<flood\\>\n- Since: 2025\n" in written
    assert "Day: 2025-06-03  \nSource: Herald\\_  \nID: a1\n" in written
    assert "\n> **T**he river rose.\n" in written


def test_no_passage_begins_a_heading_in_markdown() -> None:
    hit = replace(hits(make())[0], snippets=(Snippet(text="\u200b # river"),))
    written = "".join(exported([hit], Format.MARKDOWN, Report(made=TODAY)))
    assert "\n> \\# river\n" in written
