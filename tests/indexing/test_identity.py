"""Which addresses and texts count as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import article_id, text_key, url_key

PAGE = "https://www.courier.example/news/flood"


@pytest.mark.parametrize(
    "variant",
    [
        "http://courier.example/news/flood",
        "https://www.courier.example/news/flood/",
        "https://WWW.Courier.Example:443/news/flood#comments",
        "https://courier.example/news/flood?utm_source=mail&utm_medium=x&fbclid=1",
        "https://m.courier.example/news/flood",
        "https://mobile.courier.example/news/flood",
        "https://amp.courier.example/news/flood",
        "https://www.courier.example/amp/news/flood",
        "https://www.courier.example/news/flood/amp/",
        "https://www.courier.example/news/flood?amp=1",
        "https://www.courier.example/news/flood?outputType=amp",
        "https://www-courier-example.cdn.ampproject.org/c/s/www.courier.example/news/flood",
        "https://www.google.com/amp/s/www.courier.example/news/flood",
        "https://www.courier.example//news//flood/index.html",
        "  https://www.courier.example/news/%66lood  ",
    ],
)
def test_variants_of_an_address_are_one_page(variant: str) -> None:
    assert url_key(variant) == url_key(PAGE)
    assert article_id(variant, "here") == article_id(PAGE, "there")


@pytest.mark.parametrize(
    "other",
    [
        "https://www.courier.example/news/floods",
        "https://www.courier.example/news/Flood",
        "https://www.courier.example/news/flood?page=2",
        "https://www.courier.example:8080/news/flood",
        "https://sport.courier.example/news/flood",
        "https://www.courier.example/news/flood?id=7&ref=3",
    ],
)
def test_other_pages_stay_apart(other: str) -> None:
    assert url_key(other) != url_key(PAGE)


def test_the_order_of_parameters_does_not_count() -> None:
    assert url_key("https://a.example/x?b=2&a=1") == url_key("https://a.example/x?a=1&b=2")


@pytest.mark.parametrize(
    "address",
    [None, "", "https://www.courier.example/", "https://courier.example", "http://[::1", "a:99999"],
)
def test_an_address_that_names_no_single_page_has_no_key(address: str | None) -> None:
    assert url_key(address) is None


def test_case_and_punctuation_of_a_text_do_not_count() -> None:
    body = "“The river,” she said, “rose – twice.” " * 20
    plain = 'The river", she said, "rose - twice. ' * 20
    assert text_key("One title", body) == text_key("Another", plain)


def test_the_title_counts_for_a_short_text_only() -> None:
    assert text_key("Results, 3 May", "Not available.") != text_key(
        "Results, 4 May", "Not available."
    )
    assert text_key("A", "") is None


@given(st.text())
def test_no_text_breaks_a_key(text: str) -> None:
    url_key(text)
    url_key("https://a.example/" + text)
    text_key(text, text)
    assert len(article_id(text, text)) == 12
