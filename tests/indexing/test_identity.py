"""Which addresses and texts count as the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article
from index.identity import ArticleKeys, article_id, article_keys, content_key, text_key, url_key

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


BODY = "The river rose two metres in one night, and the mayor closed the bridge. " * 6
SAID = ("Flood", BODY, "https://herald.example/flood", "Herald", date(2025, 6, 3))


@pytest.mark.parametrize(
    ("change", "same_version", "same_copy"),
    [
        ({}, True, True),
        ({0: "FLOOD!", 1: BODY.upper()}, True, True),
        ({2: "http://www.herald.example/flood/?utm_source=x"}, True, True),
        ({2: "https://herald.example/print/flood"}, False, True),
        ({2: None}, False, True),
        ({3: "Echo"}, True, False),
        ({3: None}, True, False),
        ({4: date(2025, 6, 4)}, True, False),
        ({0: "Flood closes bridge"}, False, False),
        ({1: f"{BODY} It opens on Monday."}, False, False),
    ],
)
def test_keys_of_copies_are_of_all_that_is_said(
    *, change: dict[int, object], same_version: bool, same_copy: bool
) -> None:
    other = [change.get(at, value) for at, value in enumerate(SAID)]
    first, second = _keys(*SAID), _keys(*other)  # type: ignore[arg-type]
    assert (first.version_key == second.version_key) == same_version
    assert (first.copy_key == second.copy_key) == same_copy
    without_text = _keys("Flood", "", *SAID[2:])
    assert (without_text.version_key, without_text.copy_key) == (None, None)


def _keys(
    title: str, body: str, url: str | None, source: str | None, day: date | None
) -> ArticleKeys:
    return article_keys(
        Article(id="a", title=title, body=body, location="", url=url, source=source, published=day)
    )


@given(st.text())
def test_no_text_breaks_a_key(text: str) -> None:
    url_key(text)
    url_key("https://a.example/" + text)
    text_key(text, text)
    _keys(text, text, text, text, None)
    assert len(article_id(text, text)) == 12


def _key_by_definition(title: str, body: str) -> str | None:
    of_title, of_body = (
        "".join(filter(str.isalnum, text.casefold())).encode("utf-8", "replace")
        for text in (title, body)
    )
    if not of_body:
        return None
    return content_key(of_body if len(of_body) >= 300 else of_title + b"\n" + of_body)


# Characters whose case, class or encoding is unusual, and what news pages are full of.
ODD = (
    "aZ0_ \t\x1c\u00a0\u2019\u201c\u2013\u2026\u20ac\u00adéÉßẞſKİŉǅﬃ½²٣①日ァ"
    "\u0301\u0345\u0901ª\ud800\U0001f44b𝒜"
)
odd_texts = st.lists(
    st.one_of(
        st.text(st.sampled_from(ODD), max_size=10),
        st.text(max_size=5),
        st.integers(297, 302).map("w".__mul__),  # about as many letters as part short from long
    ),
    max_size=4,
).map("".join)


@given(odd_texts, odd_texts)
def test_the_key_is_of_the_casefolded_letters_and_digits(title: str, body: str) -> None:
    assert text_key(title, body) == _key_by_definition(title, body)


def test_every_character_counts_in_the_key_as_its_class_says() -> None:
    for at in range(0, 0x110000, 64):
        body = "".join(map(chr, range(at, at + 64)))
        assert text_key("", body) == _key_by_definition("", body)
