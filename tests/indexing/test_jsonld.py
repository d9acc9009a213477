"""JSON-LD is read in all the shapes that sites give it, broken ones too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.jsonld import names, read_linked_data, text_of, types_of

ARTICLE = {"@type": "NewsArticle", "headline": "Flood in Exampleville", "author": "Jane Roe"}
URL = "https://example.org/flood"


def headline(*scripts: str, **hints: Any) -> str | None:
    """Return the headline of the article found."""
    return text_of(read_linked_data(scripts, **hints).article.get("headline"))


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        [[ARTICLE]],
        {"@graph": [{"@type": "WebSite", "name": "The Example"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        [{"@type": "Organization"}, {"@graph": [ARTICLE]}],
        {**ARTICLE, "@type": ["Thing", "OpinionNewsArticle"]},
        {**ARTICLE, "@type": "https://schema.org/LiveBlogPosting"},
        {**ARTICLE, "@type": "schema:ReportageNewsArticle"},
        {**ARTICLE, "@type": "BlogPosting"},
    ],
)
def test_the_article_is_found_wherever_it_stands(value: Any) -> None:
    assert headline(json.dumps(value)) == "Flood in Exampleville"


PLAIN = '{"@type": "NewsArticle", "headline": "Flood in Exampleville"}'


@pytest.mark.parametrize(
    "script",
    [
        f"<!-- {PLAIN} -->",
        f"<![CDATA[ {PLAIN} ]]>",
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"/* from the CMS */ {PLAIN}",
        f"// from the CMS\n{PLAIN}",
        f"{PLAIN};",
        f'{PLAIN} {{"@type": "Person"}}',
        PLAIN.replace("}", ",}"),
        PLAIN.replace("}", ', "url": "https://example.org/", // the address\n}'),
        PLAIN.replace("}", ', "keywords": ["a", "b", ]}'),
        PLAIN.replace('"', "&quot;"),
        PLAIN.replace("Flood in", "Flood\\u0020in"),
        PLAIN.replace("Flood in", "Flood\n in"),
        PLAIN.replace("}", ', "description": "he said "no" to it"}'),
        PLAIN.replace("}", ', "cut": [{"short'),
    ],
)
def test_mistakes_are_repaired(script: str) -> None:
    assert headline(script) == "Flood in Exampleville"


@pytest.mark.parametrize(
    "author",
    [
        '"Jane Roe"',
        '["Jane Roe"]',
        '{"name": "Jane Roe"}',
        '[{"@type": "Person", "name": "Jane Roe"}]',
    ],
)
def test_the_author_is_read_of_a_script_beyond_repair(author: str) -> None:
    script = PLAIN.replace("}", f', "author": {author}, "text": "he said "no" to it"}}')
    assert names(read_linked_data([script]).objects("author")) == ["Jane Roe"]


def test_a_key_is_no_author() -> None:
    script = PLAIN.replace("}", ', "author": {"url": "x"}, "text": "he said "no" to it"}')
    assert names(read_linked_data([script]).objects("author")) == []


def test_of_several_articles_the_one_that_fits_the_page_is_taken() -> None:
    other = {"@type": "NewsArticle", "headline": "Fire", "url": "https://example.org/fire"}
    here = {"@type": "NewsArticle", "headline": "Flood", "url": URL}
    assert headline(json.dumps([other, here]), addresses=[URL]) == "Flood"
    assert headline(json.dumps([other, here]), headlines=["Flood | Example"]) == "Flood"
    assert headline(json.dumps([other, here])) == "Fire"


def test_a_list_of_other_articles_is_not_this_page() -> None:
    others = [{"@type": "NewsArticle", "headline": f"Story {n}"} for n in range(9)]
    assert headline(json.dumps(others), headlines=["Front page"]) is None


def test_references_are_followed() -> None:
    graph = [
        {"@type": "Article", "headline": "Flood", "author": {"@id": "#jane"}},
        {"@type": "Person", "@id": "#jane", "name": "Jane Roe"},
    ]
    linked = read_linked_data([json.dumps({"@graph": graph})])
    assert names(linked.objects("author")) == ["Jane Roe"]


@pytest.mark.parametrize(
    "author",
    [
        "Jane Roe",
        ["Jane Roe"],
        {"@type": "Person", "name": "Jane Roe"},
        [{"@type": "Person", "name": "Jane Roe"}],
        {"name": ["Jane Roe"]},
        {"name": {"@value": "Jane Roe"}},
        "Jane&nbsp;Roe",
    ],
)
def test_an_author_may_be_written_in_many_ways(author: Any) -> None:
    linked = read_linked_data([json.dumps({**ARTICLE, "author": author})])
    assert names(linked.objects("author")) == ["Jane Roe"]


def test_the_page_around_fills_what_the_article_lacks() -> None:
    graph = [{"@type": "WebPage", "datePublished": "2026-01-03"}, ARTICLE]
    assert read_linked_data([json.dumps(graph)]).get("datePublished") == "2026-01-03"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "[]",
        "{" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 50_000,
        "/*" * 10_000,
        "\n" * 500_000 + "{x",
        '{"@type": "Article", "headline": ' + "9" * 10_000 + "}",
        '{"@type": 5, "@id": [], "@graph": {"@graph": 7}}',
        '{"@type": "Article", "author": "\\ud800"}',
        json.dumps([{"@type": "Thing", "text": "x" * 500}] * 10_000),
    ],
    ids=range(12),
)
def test_no_script_makes_it_fail(script: str) -> None:
    linked = read_linked_data([script])
    assert linked.get("datePublished") is None


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "url"]), inner
        )
    ),
)


@given(JSON_VALUES, st.sampled_from(["Article", "WebPage", "NewsArticle"]))
def test_no_value_makes_it_fail(value: Any, kind: str) -> None:
    nodes = [value, {"@type": kind, "author": value, "headline": value, "url": value}]
    linked = read_linked_data([json.dumps(nodes)], [URL], ["Flood"])
    assert all(isinstance(name, str) for name in names(linked.objects("author")))
    assert all(isinstance(kind, str) for node in linked.nodes for kind in types_of(node))


@given(st.text(alphabet='{}[]",:@type\\ Articlheadn/*&quot;-<>!'))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(read_linked_data([text]).nodes, tuple)


def test_comments_that_are_begun_and_never_ended_take_no_square_time() -> None:
    assert headline("{" + "/* a " * 200_000) is None
