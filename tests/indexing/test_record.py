"""The stable JSON form of an article."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Access, Article, Copy, Person, RecordError
from index.record import RECORD_KEYS, article_from_record, article_record

LEAST = {"title": "Flood", "body": "The river rose."}
plain = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just("x"), min_size=1, max_size=20
)
names = st.lists(plain, max_size=3, unique=True).map(tuple)
moments = st.none() | st.dates() | st.datetimes(timezones=st.just(timezone(timedelta(hours=1))))
articles = st.builds(
    Article,
    id=st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    title=plain,
    body=st.lists(plain, min_size=1, max_size=3).map("\n\n".join),
    location=st.just("feed.jsonl#1"),
    published=moments,
    source=st.none() | plain,
    people=names,
    persons=st.lists(
        st.builds(Person, name=plain, mentions=st.integers(1, 99), confidence=st.floats(0, 1)),
        max_size=2,
    ).map(tuple),
    authors=names,
    language=st.none() | st.sampled_from(["en", "de"]),
    url=st.none() | plain,
    section=st.none() | plain,
    access=st.none() | st.sampled_from(Access),
    story=st.none() | plain,
    copies=st.lists(
        st.builds(
            Copy,
            location=plain,
            url=st.none() | plain,
            source=st.none() | plain,
            day=st.none() | st.dates(),
        ),
        max_size=2,
    ).map(tuple),
)


@given(articles)
def test_what_is_written_reads_back_equal(article: Article) -> None:
    written = json.dumps(article_record(article))
    assert article_from_record(json.loads(written), "feed.jsonl#1") == article


def test_an_access_of_another_kind_is_refused() -> None:
    with pytest.raises(RecordError, match="'access' must be one of free, paid"):
        article_from_record({**LEAST, "access": "gold"}, "feed.jsonl:1")


def test_every_key_is_always_there() -> None:
    record = article_record(article_from_record(LEAST, "feed.jsonl:1"))
    assert tuple(record) == RECORD_KEYS
    assert record["published"] is None
    assert record["people"] == record["copies"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-03", date(2026, 1, 3)),
        (
            "2026-01-03T09:30:00+01:00",
            datetime(2026, 1, 3, 9, 30, tzinfo=timezone(timedelta(hours=1))),
        ),
        (None, None),
        ("", None),
    ],
)
def test_dates_are_iso_8601(text: str | None, expected: date | None) -> None:
    assert article_from_record({**LEAST, "published": text}, "x").published == expected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "'title' is missing"),
        ({"body": None}, "'body' is missing"),
        ({"title": 7}, "'title' must be a text"),
        ({"people": "Jane Roe"}, "'people' must be a list"),
        ({"people": ["x" * 501]}, "more than 500"),
        ({"authors": [1]}, "'authors' must be a text"),
        ({"published": "yesterday"}, "ISO 8601"),
        ({"published": "2026-02-31"}, "ISO 8601"),
        ({"id": "a b"}, "'id' must be"),
        ({"language": "english!!"}, "'language' must be a code"),
        ({"copies": ["x"]}, "'copies' must be"),
        ({"copies": [{"location": "/x", "day": "June"}]}, "'day' of a copy must be"),
    ],
)
def test_what_is_no_article_is_said(change: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        article_from_record({**LEAST, **change}, "feed.jsonl:3")


def test_characters_that_no_file_can_hold_are_replaced() -> None:
    article = article_from_record({"title": "Lone \ud800 one", "body": "nul\0 x"}, "x")
    assert (article.title, article.body) == ("Lone ? one", "nul x")
