"""What pages tell of an article finds it, as a copy of the article from there would be found.

The oracle holds each page as an article by itself: the words of the article that it is a copy of,
with its own outlet, day and address. An article is found where any of its pages matches.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searcher
from index import Article, Outcome, PageRecord
from index.engines.whoosh import open_writer

WORDS = ("river", "council", "ferry", "school")
SOURCES = (None, "North Echo", "Echo", "Herald")
DAYS = (None, date(2025, 6, 3), date(2025, 6, 5), date(2026, 1, 1))


@dataclass(frozen=True)
class Saved:
    """A page: that of an article, or a copy of it that tells where else it stood."""

    article: int
    words: frozenset[str]
    source: str | None
    day: date | None
    host: str


Holds = Callable[[Saved], bool]


@dataclass(frozen=True)
class Asked:
    text: str
    holds: Holds


def _day_is(test: Callable[[date], bool]) -> Holds:
    return lambda page: page.day is not None and test(page.day)


LEAVES = [
    *(Asked(word, lambda page, word=word: word in page.words) for word in WORDS),
    Asked("source:echo", lambda page: "Echo" in (page.source or "")),
    Asked('source:"Echo"', lambda page: page.source == "Echo"),
    Asked("source:her*", lambda page: page.source == "Herald"),
    Asked('source:"North Echo"', lambda page: page.source == "North Echo"),
    Asked("source:north-echo", lambda page: page.source == "North Echo"),
    Asked("date:2025-06-03", _day_is(lambda day: day == DAYS[1])),
    Asked("date:2025", _day_is(lambda day: day.year == 2025)),
    Asked("since:2025-06-04", _day_is(lambda day: day >= date(2025, 6, 4))),
    Asked("until:2025-06-04", _day_is(lambda day: day < date(2025, 6, 5))),
    Asked("url:a.example", lambda page: page.host == "a"),
    Asked("url:b.example", lambda page: page.host == "b"),
]


def _joined(sign: str, parts: list[Asked]) -> Asked:
    every = all if sign == "AND" else any
    text = "(" + f" {sign} ".join(part.text for part in parts) + ")"
    return Asked(text, lambda page: every(part.holds(page) for part in parts))


def _negated(part: Asked) -> Asked:
    return Asked(f"(NOT {part.text})", lambda page: not part.holds(page))


queries = st.recursive(
    st.sampled_from(LEAVES),
    lambda parts: st.one_of(
        st.builds(_joined, st.sampled_from(["AND", "OR"]), st.lists(parts, min_size=2, max_size=3)),
        st.builds(_negated, parts),
    ),
    max_leaves=6,
)
FILTERS = {
    "source": [("Echo", LEAVES[4].holds), ("Herald", LEAVES[6].holds)],
    "since": [("2025-06-04", LEAVES[11].holds)],
    "until": [("2025-06-04", LEAVES[12].holds)],
}
filters = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in FILTERS.items()})
places = st.tuples(st.sampled_from(SOURCES), st.sampled_from(DAYS), st.sampled_from("ab"))
articles = st.lists(
    st.tuples(st.frozensets(st.sampled_from(WORDS)), st.lists(places, min_size=1, max_size=4)),
    min_size=1,
    max_size=4,
)


def _pages(given_articles: list[tuple[frozenset[str], list[tuple]]]) -> list[Saved]:
    return [
        # Who tells neither outlet nor day says what the article says.
        Saved(number, words, *(place if place[:2] != (None, None) else told[0]))
        for number, (words, told) in enumerate(given_articles)
        for place in told
    ]


def _fill(folder: Path, pages: list[Saved], batches: int, gone: set[int]) -> None:
    """Write the pages in several commits, the copies of an article after it; then take some out."""
    seen: set[int] = set()
    with open_writer(folder, with_stories=False) as writer:
        for at, page in enumerate(pages):
            is_first = page.article not in seen
            seen.add(page.article)
            name, url = f"a{page.article}", f"https://{page.host}.example/{at}"
            if is_first:
                body = " ".join(("text", *sorted(page.words)))
                article = Article(
                    id=name, title=name, body=body, location="", url=url,
                    source=page.source, published=page.day,
                )  # fmt: skip
                writer.put_article(name, article)
            outcome = Outcome.ARTICLE if is_first else Outcome.DUPLICATE
            own = {} if is_first else {"source": page.source, "day": page.day}
            location = f"/{at}"
            writer.put_page(
                location,
                PageRecord(location=location, outcome=outcome, article=name, url=url, **own),
            )
            if at % batches == 0:
                writer.commit()
        writer.commit()
        for at in gone:
            writer.put_page(f"/{at}", None)
        writer.commit()


@settings(max_examples=15)
@given(
    articles,
    st.lists(st.tuples(queries, filters), min_size=1, max_size=8),
    st.integers(1, 4),
    st.data(),
)
def test_a_page_finds_its_article_as_an_article_of_its_own_would_be_found(
    given_articles: list, asked: list, batches: int, data: st.DataObject
) -> None:
    pages = _pages(given_articles)
    firsts = [
        next(at for at, p in enumerate(pages) if p.article == n) for n in range(len(given_articles))
    ]
    others = sorted(set(range(len(pages))) - set(firsts))
    gone = set(data.draw(st.lists(st.sampled_from(others), unique=True))) if others else set()
    left = [page for at, page in enumerate(pages) if at not in gone]
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder) / "a.idx", pages, batches, gone)
        with searcher.open(Path(folder) / "a.idx") as archive:
            assert archive.check() == ()
            for query, narrow in asked:
                holds = [query.holds, *(test for _, test in narrow.values())]
                found = {f"a{page.article}" for page in left if all(one(page) for one in holds)}
                chosen = {name: value for name, (value, _) in narrow.items()}
                for sort in ("relevance", "newest"):
                    results = archive.search(query.text, sort=sort, relax=False, **chosen)
                    assert {*results.ids()} == found, (query.text, chosen)
                    assert {hit.article.id for hit in results} == found
                    assert results.total == len(found)
                    for hit in results:
                        parts = results.explain(hit)
                        assert sum(part.score for part in parts) == pytest.approx(hit.score)
