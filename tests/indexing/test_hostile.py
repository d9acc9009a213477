"""Pages made to do harm end as an article or as a rejection, within bounds that are counted."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import index.parse
from hostile_pages import HOSTILE, HOSTILE_TEXTS, UNITS
from index.model import Article, Page, PageKind, Rejected
from index.parse import parse_page
from index.parse.attributes import MOST_ATTRIBUTES, STRETCH, limit_attributes
from index.parse.document import MOST_ROOTS, open_document
from index.parse.jsonld import MAX_OBJECTS, read_linked_data
from index.parse.nesting import DEEPEST, MOST_FORMATTING, MOST_TAGS, limit_nesting

SENTENCE = "The harbour of Lund was closed on Monday after a barge lost its load. "
CHARS = 20_000


def parse(text: str, kind: PageKind = PageKind.HTML) -> Article | Rejected:
    found = parse_page(Page(content=text.encode("utf-8", "replace"), location="/x", kind=kind))
    assert isinstance(found, Article | Rejected)
    if isinstance(found, Article):
        assert found.title == " ".join(found.title.split()) != ""
        assert "\0" not in found.title + found.body
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_has_an_end(name: str) -> None:
    parse(HOSTILE[name](CHARS))


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_capture_has_an_end(name: str) -> None:
    parse(HOSTILE_TEXTS[name](CHARS), PageKind.TEXT)


@pytest.mark.parametrize(
    "name", ["open divs", "open fonts", "comments", "scripts", "nul", "svg", "class: letters"]
)
def test_the_article_beside_it_is_still_found(name: str) -> None:
    article = f"<h1>Port closed</h1><p>{SENTENCE * 3}</p>"
    found = parse(article + HOSTILE[name](CHARS))
    assert isinstance(found, Article)
    assert SENTENCE.strip() in found.body


def test_shadow_roots_beyond_the_first_hundreds_stay_templates() -> None:
    root = "<template shadowrootmode=open><p>a</p></template>"
    tree = open_document(root * (MOST_ROOTS + 50)).tree
    assert len(tree.css("shadow-root")) == MOST_ROOTS
    assert len(tree.css("template")) == 50


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(UNITS.values())), st.integers(1, 400)), min_size=1
    ).map(lambda runs: "".join(unit * count for unit, count in runs)),
    st.sampled_from(["<h1>{}</h1>", "<title>{}</title>", "<p class=byline>{}</p>", "<p>{}</p>"]),
)
@settings(max_examples=60)
def test_runs_of_all_kinds_in_all_places_have_an_end(text: str, place: str) -> None:
    parse(f"{place.format(text)}<p>{SENTENCE * 3}</p>")
    parse(f"{text}\n{SENTENCE * 3}", PageKind.TEXT)


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(index.parse.__path__):
        for name, value in vars(importlib.import_module(f"index.parse.{module.name}")).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


PATTERNS = dict(_patterns())
RUNS = [*UNITS.values(), "\\", '"', '\\"', "<", "=", ",", "+", " \n", "/*", "Aa ", "page ", "©"]


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_takes_exponential_time(name: str) -> None:
    for run in RUNS:
        PATTERNS[name].search(run * (600 // len(run)) + "\x01")
        PATTERNS[name].match(run * (600 // len(run)) + "\x01")


@pytest.mark.parametrize(
    "date",
    [
        "99999-01-01",
        "2025-13-01",
        "2025-02-30",
        "2025-01-01T25:61:61",
        "2025-01-01T00:00:00+99:99",
        "0000-00-00",
        "-2025-01-01",
        "1" * 10_000,
        "9" * 4_299,
        "3 January " + "2" * 5000,
        "٣ يناير ٢٠٢٥" * 1000,
        "²⁰²⁵-⁰¹-⁰¹",
        "NaN",
        "1e999",
        "31/02/2025",
        "2025年13月45日",
        "12:34 " * 2000,
        str(2**63),
        str(-(2**63)),
    ],
)
def test_no_date_makes_it_fail(date: str) -> None:
    declared = json.dumps({"@type": "NewsArticle", "headline": "Port", "datePublished": date})
    for place in (
        f'<script type="application/ld+json">{declared}</script>',
        f'<meta property="article:published_time" content="{date}">',
        f"<time datetime='{date}'>{date}</time>",
        f"<h1>Port closed</h1><p class=date>{date}</p>",
        f'<link rel=canonical href="https://a.example/{date}/port">',
    ):
        parse(f"{place}<p>{SENTENCE * 3}</p>")
    parse(f"Port closed\n{date}\n{SENTENCE * 3}", PageKind.TEXT)


@pytest.mark.parametrize("value", [10**400, -(10**400), 1e308, float("inf"), float("nan"), 2**70])
def test_no_number_makes_it_fail(value: float) -> None:
    node = {"@type": "Article", "datePublished": value, "author": value, "headline": value}
    parse(f'<script type="application/ld+json">{json.dumps(node)}</script><p>{SENTENCE * 3}</p>')


def test_a_tag_keeps_some_thousands_of_attributes() -> None:
    many = "".join(f" a{number}='>'" for number in range(20_000))
    html = f"<p>before</p><div{many}>{SENTENCE}</div><p id=x>after</p>"
    tree = LexborHTMLParser(limit_attributes(html))
    div, last = tree.css_first("div"), tree.css_first("#x")
    assert div is not None
    assert last is not None
    assert len(div.attributes) == MOST_ATTRIBUTES
    assert div.text() == SENTENCE
    assert last.text() == "after"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "word " * STRETCH,
        "<script>" + "a=b;" * STRETCH + "</script><p>x</p>",
        f"<img src='data:image/png;base64,{'QUJD' * STRETCH}'><p>x</p>",
        "<p" + " " * 10 * STRETCH + ">x",
        "word " * STRETCH,
        "",
    ],
)
def test_pages_without_such_tags_stay_as_they_are(html: str) -> None:
    assert limit_attributes(html) == html


def test_a_million_tags_become_a_tree_of_bounded_size_and_depth() -> None:
    html = limit_nesting("<div><b>x" * 500_000)
    assert html.count("<") <= MOST_TAGS
    tree = LexborHTMLParser(html)
    depth, node = 0, tree.css_first("div")
    while node is not None:
        depth, node = depth + 1, next(node.iter(), None)
    assert depth <= DEEPEST + MOST_FORMATTING + 1


def test_json_ld_without_end_is_read_in_part() -> None:
    nodes = [{"@type": "NewsArticle", "headline": f"Port {n}"} for n in range(4 * MAX_OBJECTS)]
    assert len(read_linked_data([json.dumps(nodes)]).nodes) <= MAX_OBJECTS
