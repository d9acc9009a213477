"""The text of a page that loads it by program is found in its scripts."""

from __future__ import annotations

import json

import pytest

from index.parse.body import read_body
from index.parse.document import Document, open_document
from index.parse.scripted import script_texts, scripted_article

SENTENCES = tuple(
    f"In week {n} of the strike the harbour of Skarholm stood still, said Mara Holt of the port."
    for n in range(8)
)
MARKUP = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TEASER = "<p>Other news of the day.</p>" * 2
DATA = json.dumps({"article": {"teaser": TEASER, "html": MARKUP}})
LISTED = json.dumps({"blocks": [{"kind": "text", "html": f"<p>{text}</p>"} for text in SENTENCES]})
LISTED_TEXTS = json.dumps({"blocks": [{"kind": "text", "text": text} for text in SENTENCES]})
ESCAPED = DATA.replace("<", "\\u003c")


def page(script: str) -> Document:
    return open_document(f"<body><div id='app'></div><script>{script}</script></body>")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(ESCAPED, id="an object"),
        pytest.param(f"window.state = {ESCAPED};", id="an assignment"),
        pytest.param(f"load([1, {json.dumps(ESCAPED)}])", id="a string in a call"),
        pytest.param(f"load([1, {json.dumps(MARKUP)}])", id="bare markup"),
        pytest.param(f"state = JSON.parse({json.dumps(LISTED)})", id="paragraphs in a string"),
        pytest.param(f"state = {json.dumps(LISTED_TEXTS)}", id="texts in a string"),
    ],
)
def test_the_longest_markup_in_the_scripts_is_the_article(script: str) -> None:
    assert read_body(page(script), "Strike").paragraphs == SENTENCES


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('x = "<p', id="unfinished"),
        pytest.param('"' * 10_000 + "<p>" * 500, id="only quotes"),
        pytest.param('"' + "\\\\u003cp>" * 200 + '\\x"', id="no JSON escape"),
        pytest.param(f'"{"word " * 200}"', id="a string without markup"),
    ],
)
def test_other_scripts_hold_none(script: str) -> None:
    assert scripted_article(script_texts(page(script).tree)) is None


def test_a_page_that_shows_its_text_is_read_from_the_tree() -> None:
    shown = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:4])
    document = open_document(f"<body>{shown}<script>{ESCAPED}</script></body>")
    assert read_body(document, None).paragraphs == SENTENCES[:4]
