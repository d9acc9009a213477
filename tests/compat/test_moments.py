"""Moments of publication are terms and columns as Whoosh has them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.schema import EPOCH, MOMENT, make_schema, moment_of, moment_term


@given(st.datetimes())
def test_the_term_of_a_moment_is_that_of_whoosh(moment: datetime) -> None:
    assert moment_term(moment_of(moment)) == make_schema()[MOMENT].to_bytes(moment)


@given(st.datetimes(), st.datetimes())
def test_terms_are_in_the_order_of_time(one: datetime, other: datetime) -> None:
    assert (one < other) == (moment_term(moment_of(one)) < moment_term(moment_of(other)))


@pytest.mark.parametrize(
    ("published", "microseconds"),
    [
        (EPOCH, 0),
        (date(1969, 12, 31), -86_400_000_000),
        (datetime.fromisoformat("1970-01-02 00:00:01.000002"), 86_401_000_002),
        (datetime.fromisoformat("1970-01-01 01:00+09:00"), 3_600_000_000),
    ],
)
def test_a_moment_is_counted_on_the_clock_of_the_publisher(
    published: date, microseconds: int
) -> None:
    assert moment_of(published) == microseconds
