"""What stands between headline and article belongs to it, wherever the page has put it."""

from __future__ import annotations

import pytest

from index.parse.body import read_body
from index.parse.document import open_document

LEAD = "Two villages on the Harrow coast lose their only ferry, and nobody says when it returns."
ONE = "The ferry to Skarholm was taken out of service on Monday after a crack was found."
TWO = "Divers expect to need two days, said Mara Holt, who leads the port's rescue service."
THREE = "Ships bound for the north quay are sent to Ystad, where fees were waived until Friday."
TEXT = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
ARTICLE = f"<div class='text'>{TEXT}</div>"
LONG_ARTICLE = f"<article>{TEXT * 6}</article>"
HEADLINE = "<header><h1>Ferry out of service</h1></header>"
SUMMARY = f'<meta name="description" content="{LEAD}">'


def paragraphs(body: str, head: str = "") -> tuple[str, ...]:
    document = open_document(f"<html><head>{head}</head><body>{body}</body></html>")
    return read_body(document, "Ferry out of service").paragraphs


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"{HEADLINE}<p>{LEAD}</p>{ARTICLE}", id="beside the article"),
        pytest.param(
            f"{HEADLINE}<main><section><h2>{LEAD}</h2>{ARTICLE}</section></main>",
            id="within what holds the article",
        ),
        pytest.param(
            f"{HEADLINE}<main><div><p>{LEAD}</p></div><section>{ARTICLE}</section></main>",
            id="higher up on the way to the article",
        ),
        pytest.param(
            f"{HEADLINE}<main><ul><li>{LEAD}</li></ul>{ARTICLE}</main>", id="a list of points"
        ),
    ],
)
def test_the_standfirst_comes_first_however_it_is_nested(page: str) -> None:
    assert paragraphs(page) == (LEAD, ONE, TWO, THREE)


def test_more_than_a_few_paragraphs_are_no_standfirst() -> None:
    notes = "".join(
        f"<p>Note {n} on how this page was made, by whom and why.</p>" for n in range(6)
    )
    page = f"{HEADLINE}<main><div>{notes}</div>{LONG_ARTICLE}</main>"
    assert paragraphs(page)[0] == ONE


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<div><p>{LEAD}</p></div>{LONG_ARTICLE}", id="no h1"),
        pytest.param(
            f"{HEADLINE}<p class='teaser'>{LEAD}</p>{LONG_ARTICLE}", id="a class as furniture has"
        ),
    ],
)
def test_the_declared_summary_tells_the_standfirst(page: str) -> None:
    assert paragraphs(page, SUMMARY)[0] == LEAD
    assert LEAD not in paragraphs(page)


def test_the_text_is_that_of_the_page_and_goes_on_where_the_summary_is_cut() -> None:
    whole = f"{LEAD} The council meets on Thursday."
    page = f"<p class='teaser'>{whole}</p>{LONG_ARTICLE}"
    assert paragraphs(page, SUMMARY)[0] == whole


def test_a_summary_that_the_page_does_not_show_is_no_text() -> None:
    assert paragraphs(f"{HEADLINE}{ARTICLE}", SUMMARY) == (ONE, TWO, THREE)


def test_a_declared_standfirst_without_a_full_stop_is_no_byline() -> None:
    lead = "Two villages lose their only ferry for an unknown time"
    meta = f'<meta property="og:description" content="{lead}">'
    page = f"{HEADLINE}<main><p>{lead}</p>{ARTICLE}</main>"
    assert paragraphs(page, meta)[0] == lead
    assert lead not in paragraphs(page)
