"""Timelines: every period from the first to the last, and each in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searcher
from index import Article
from searcher.model import Count, Period
from searcher.periods import period_name, period_number
from searcher.timeline import timeline_counts

Make = Callable[..., Article]
Write = Callable[..., Path]

FORMS = {Period.DAY: "%Y-%m-%d", Period.WEEK: "%G-W%V", Period.MONTH: "%Y-%m", Period.YEAR: "%Y"}
# Python pads years below 1000 as the system's C library does, so that some are not asked for.
days = st.dates(min_value=date(1000, 1, 5), max_value=date(9998, 12, 31))


class Answered:
    """An answer of which only the counts are asked."""

    def __init__(self, published: list[date]) -> None:
        self.published = published

    def counts(self, field: str) -> Counter[str]:
        return Counter(day.strftime(FORMS[Period(field)]) for day in self.published)


@given(first=days, steps=st.lists(st.integers(0, 400), max_size=8), period=st.sampled_from(Period))
def test_a_timeline_goes_through_every_period(
    first: date, steps: list[int], period: Period
) -> None:
    published = [min(first + timedelta(days=step), date(9998, 12, 31)) for step in steps]
    counts = timeline_counts(Answered(published), period)  # type: ignore[arg-type]
    span = range((max(published) - min(published)).days + 1) if published else ()
    every = dict.fromkeys(
        (min(published) + timedelta(days=at)).strftime(FORMS[period]) for at in span
    )
    having = Answered(published).counts(period)
    assert counts == tuple(Count(value=name, articles=having[name]) for name in every)


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("day", [date.min, date(1, 1, 8), date(999, 12, 31), date.max])
def test_the_ends_of_the_calendar_have_periods_too(day: date, period: Period) -> None:
    year, week, _ = day.isocalendar()
    expected = {
        Period.DAY: day.isoformat(),
        Period.WEEK: f"{year:04}-W{week:02}",
        Period.MONTH: day.isoformat()[:7],
        Period.YEAR: day.isoformat()[:4],
    }[period]
    assert period_name(period_number(expected, period), period) == expected


def test_weeks_begin_on_monday_and_belong_to_the_year_of_their_thursday(
    make_article: Make, write_archive: Write
) -> None:
    sunday, monday, later = date(2024, 12, 29), date(2024, 12, 30), date(2025, 1, 15)
    articles = [
        make_article(f"Flood {at}", published=day)
        for at, day in enumerate([sunday, monday, date(2025, 1, 1), later, date(1969, 12, 29)])
    ]
    with searcher.open(write_archive(articles)) as archive:
        weeks = archive.search("flood", since="2000").timeline("week")
        assert [(week.value, week.articles) for week in weeks] == [
            ("2024-W52", 1),
            ("2025-W01", 2),
            ("2025-W02", 0),
            ("2025-W03", 1),
        ]
        assert archive.search("flood", until="1970").timeline("week")[0].value == "1970-W01"


def test_no_words_are_about_every_article_and_filters_narrow_them(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        everything = archive.search()
        assert everything.total == 4
        dated = [hit.article.day for hit in everything if hit.article.day]
        assert dated == sorted(dated, reverse=True)
        assert [(one.value, one.articles) for one in everything.timeline("year")] == [("2025", 3)]
        assert archive.search(person="Jane Roe", source="Harwick").total == 2
        assert [one.value for one in archive.search(language="de").facets("language")] == ["de"]
        assert archive.search(since="2025-07").facets("month") == (
            Count(value="2025-07", articles=1),
            Count(value="2025-09", articles=1),
        )
