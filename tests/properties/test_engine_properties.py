"""The engine finds and scores what a brute-force reading of its definition does.

The oracle below knows no index: it holds articles in a list and looks at each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searcher
from index import Article
from index.text import name_key, stem, tokens
from searcher.query.stopwords import STOP_WORDS

WORDS = ("flood", "floods", "bridge", "of", "the", "élection", "elect", "東京都", "U.S.", "o’neil")
NAMES = ("Jane Roe", "Mary Jane Roe", "Tom Doe", "Zoë Doe")
DAYS = tuple(date(2025, 1, 30) + timedelta(days=step) for step in range(4))


@dataclass(frozen=True)
class Words:
    """One or more words in a row, in the title or the body.

    Stop words are in quotation marks, without which they are left out among others.
    """

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"' if " " in self.text or self.text in STOP_WORDS else self.text

    def matches(self, article: Article) -> bool:
        return any(self.count(text) for text in (article.title, article.body))

    def count(self, text: str) -> int:
        wanted, found = self.terms(), [stem(token.term) for token in tokens(text)]
        return sum(found[at : at + len(wanted)] == wanted for at in range(len(found)))

    def terms(self) -> list[str]:
        terms = list(tokens(self.text))
        implied = len(terms) > 1 and terms[-1].end == terms[-2].end
        return [stem(token.term) for token in (terms[:-1] if implied else terms)]


@dataclass(frozen=True)
class Begins:
    prefix: str

    def __str__(self) -> str:
        return f"{self.prefix}*"

    def matches(self, article: Article) -> bool:
        text = f"{article.title} {article.body}"
        return any(token.term.startswith(self.prefix) for token in tokens(text))


@dataclass(frozen=True)
class Person:
    name: str

    def __str__(self) -> str:
        return f'people:"{self.name}"'

    def matches(self, article: Article) -> bool:
        return name_key(self.name) in map(name_key, article.people)


@dataclass(frozen=True)
class Surname:
    name: str

    def __str__(self) -> str:
        return f"people:{self.name}"

    def matches(self, article: Article) -> bool:
        return any(self.name in name_key(name).split() for name in article.people)


@dataclass(frozen=True)
class Days:
    first: date
    last: date

    def __str__(self) -> str:
        return f"date:[{min(self.first, self.last)} TO {max(self.first, self.last)}]"

    def matches(self, article: Article) -> bool:
        first, last = sorted((self.first, self.last))
        return article.day is not None and first <= article.day <= last


@dataclass(frozen=True)
class Not:
    part: Node

    def __str__(self) -> str:
        return f"NOT ({self.part})"

    def matches(self, article: Article) -> bool:
        return not self.part.matches(article)


@dataclass(frozen=True)
class All:
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" for part in self.parts)

    def matches(self, article: Article) -> bool:
        return all(part.matches(article) for part in self.parts)


@dataclass(frozen=True)
class Any:
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" for part in self.parts)

    def matches(self, article: Article) -> bool:
        return any(part.matches(article) for part in self.parts)


Node = Words | Begins | Person | Surname | Days | Not | All | Any

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
leaves = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).map(Words),
    st.sampled_from(("flo", "floods", "elect", "br")).map(Begins),
    st.sampled_from(NAMES).map(Person),
    st.sampled_from(("roe", "jane", "doe")).map(Surname),
    st.builds(Days, st.sampled_from(DAYS), st.sampled_from(DAYS)),
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Any),
    ),
    max_leaves=6,
)
articles = st.builds(
    Article,
    id=st.sampled_from([f"a{number}" for number in range(6)]),
    title=texts,
    body=texts,
    location=st.just(""),
    published=st.none() | st.sampled_from(DAYS),
    people=st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
)
builds = st.lists(st.lists(articles, max_size=4), min_size=1, max_size=4)


Opened = Callable[[list[list[Article]]], tuple[list[Article], searcher.Archive]]


@pytest.fixture(scope="module")
def opened() -> Opened:
    """Write articles in several commits, the last of an id counts, and open the archive."""
    from index.engines.whoosh import open_writer
    from index.ledger import Entry, enter
    from index.model import Outcome, PageRecord

    def write(groups: list[list[Article]]) -> tuple[list[Article], searcher.Archive]:
        alive: dict[str, Article] = {}
        with TemporaryDirectory() as name, open_writer(Path(name) / "a.idx") as writer:
            for group in groups:
                for made in group:
                    article = replace(made, location=made.id)
                    alive[article.id] = article
                    record = PageRecord(
                        location=article.id, outcome=Outcome.ARTICLE, article=article.id
                    )
                    enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
                writer.commit()
            archive = searcher.open(Path(name) / "a.idx").at_last_commit()
        return list(alive.values()), archive  # open files outlive their names

    return write


@given(builds, nodes, st.sampled_from(searcher.Sort), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_each_story_is_one_hit_page_by_page(
    opened: Opened, groups: list[list[Article]], node: Node, sort: searcher.Sort, limit: int
) -> None:
    _, archive = opened(groups)
    with archive:
        single = archive.search(str(node), sort=sort, limit=100, copies=True)
        firsts = {}
        for hit in single:
            firsts.setdefault(hit.article.story, (hit.article.id, hit.score))
        pages = [
            archive.search(str(node), sort=sort, limit=limit, offset=at * limit) for at in range(8)
        ]
        found = [(hit.article.id, hit.score) for page in pages for hit in page]
        assert found == [*firsts.values()]
        assert {page.total for page in pages} == {len(single)}
        assert {page.count_stories() for page in pages} == {len(firsts)}
        everything = archive.search("NOT xyz", limit=100, copies=True)
        for page in pages:
            for hit in page:
                members = {
                    one.article.id for one in everything if one.article.story == hit.article.story
                }
                assert {other.id for other in hit.others} == members - {hit.article.id}


@given(builds, nodes)
@settings(max_examples=60, deadline=None)
def test_facets_and_timelines_count_articles_and_the_stories_they_are_of(
    opened: Opened, groups: list[list[Article]], node: Node
) -> None:
    _, archive = opened(groups)
    with archive:
        results = archive.search(str(node), limit=100, copies=True, relax=False)
        counted = {
            "people": lambda article: {*map(name_key, article.people)},
            "day": lambda article: {article.day.isoformat()} if article.day else set(),
        }
        for field, values_of in counted.items():
            pairs = [
                (value, hit.article.id, hit.article.story)
                for hit in results
                for value in values_of(hit.article)
            ]
            expected = {
                value: (
                    len({article for one, article, _ in pairs if one == value}),
                    len({story for one, _, story in pairs if one == value}),
                )
                for value, _, _ in pairs
            }
            counts = (
                results.timeline("day", of="stories")
                if field == "day"
                else results.facets(field, None, of="stories")
            )
            found = {
                count.value if field == "day" else name_key(count.value): (
                    count.articles,
                    count.stories,
                )
                for count in counts
                if count.articles
            }
            assert found == expected
            if field == "people":
                ordered = [count.stories or 0 for count in counts]
                assert ordered == sorted(ordered, reverse=True)


@given(builds, nodes, st.sampled_from(searcher.StoryOrder), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_stories_are_those_of_the_matches_in_their_order(
    opened: Opened, groups: list[list[Article]], node: Node, order: searcher.StoryOrder, limit: int
) -> None:
    _, archive = opened(groups)
    with archive:
        members: dict[str | None, list[Article]] = {}
        for hit in archive.search(str(node), limit=100, copies=True, relax=False):
            members.setdefault(hit.article.story, []).append(hit.article)
        found = archive.stories(str(node), order=order, limit=100)
        assert {story.id: story.articles for story in found} == {
            story: len(own) for story, own in members.items()
        }
        for story in found:
            days = [article.day for article in members[story.id] if article.day]
            assert story.first_day == min(days, default=None)
            assert story.last_day == max(days, default=None)
            assert archive.story(story.lead.id)[0] == story.lead
        by = {"largest": lambda one: one.articles, "latest": lambda one: one.last_day or date.min}
        ordered = [by[order](story) for story in found]
        assert ordered == sorted(ordered, reverse=True)
        assert archive.stories(str(node), order=order, limit=limit) == found[:limit]


@given(builds, st.lists(nodes, min_size=1, max_size=4))
@settings(max_examples=120, deadline=None)
def test_a_query_finds_what_looking_at_each_article_finds(
    opened: Opened,
    groups: list[list[Article]],
    queries: list[Node],
) -> None:
    alive, archive = opened(groups)
    with archive:
        for node in queries:
            results = archive.search(str(node), limit=100, copies=True, relax=False)
            expected = {article.id: article for article in alive if node.matches(article)}
            found = {hit.article.id: replace(hit.article, story=None) for hit in results}
            assert all(hit.article.story for hit in results)
            assert found == expected
            assert results.total == len(expected)
            ordered = [hit.score for hit in results]
            assert ordered == sorted(ordered, reverse=True)
            for kind, sign in (("newest", -1), ("oldest", 1)):
                hits = archive.search(str(node), limit=100, sort=kind, copies=True, relax=False)
                found = [hit.article.day for hit in hits]
                dated = [day for day in found if day]
                assert dated == sorted(dated, key=lambda day: sign * day.toordinal())
                assert found[len(dated) :] == [None] * (len(found) - len(dated))
