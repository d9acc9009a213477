"""Whatever comes in, and however much of it: the work for one article stays the same.

Work is counted in comparisons, documents looked at and documents read, not in time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from index import Article, Page, PageKind
from index.build import build
from index.codec.snapshot import Snapshot
from index.engines.whoosh import open_writer
from index.settings import BuildSettings, Duplicates
from index.sources import FoundPage
from index.stories import grouping
from index.stories.fingerprints import MOST
from index.stories.grouping import FINALISTS, Incomer, group
from index.stories.growing import GrowingArticles
from index.stories.known import MAX_HOLDERS
from index.stories.profile import NUMBERED_CHARACTERS, profile_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COUNT = 600


def prose(seed: object, count: int) -> str:
    drawn = random.Random(str(seed))  # noqa: S311
    return " ".join("".join(drawn.choices(LETTERS, k=drawn.randint(2, 9))) for _ in range(count))


def digits(seed: object, count: int) -> str:
    drawn = random.Random(str(seed))  # noqa: S311
    return " ".join(str(drawn.randint(0, 99)) for _ in range(count))


PASSAGES = [prose(("passage", number), 60) for number in range(40)]


def near_collision(number: int) -> str:
    """Return a text that shares a passage with a fifth of all others, and half of it with some."""
    return "\n\n".join(random.Random(number).sample(PASSAGES, 8))  # noqa: S311


FAMILIES = {
    "one page": lambda _: prose("page", 300),
    "one page with another ending": lambda number: f"{prose('page', 300)} {prose(number, 5)}",
    "near collisions": near_collision,
    "one footer": lambda number: f"{prose(number, 60)}\n\n{prose('footer', 200)}",
    "tables of digits": lambda number: digits(number, 400),
    "one table of digits": lambda number: f"{digits('table', 400)} {number}",
    "one letter": lambda _: "a" * 2_000,
    "one line": lambda number: f"See page {number}.",
    "nothing": lambda _: "",
}


@dataclass
class Work:
    """What was done for each article, in order."""

    comparisons: list[int] = field(default_factory=list)
    looked_at: list[int] = field(default_factory=list)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    counted = Work()
    placed, match, weighed = grouping._placed, grouping._match, grouping._weighed

    def count_article(*arguments: Any) -> Any:
        counted.comparisons.append(0)
        counted.looked_at.append(0)
        return placed(*arguments)

    def count_match(*arguments: Any) -> Any:
        counted.comparisons[-1] += 1
        return match(*arguments)

    def count_weighed(articles: Any, holders: Any) -> Any:
        counted.looked_at[-1] += len(holders.documents)
        return weighed(articles, holders)

    monkeypatch.setattr(grouping, "_placed", count_article)
    monkeypatch.setattr(grouping, "_match", count_match)
    monkeypatch.setattr(grouping, "_weighed", count_weighed)
    return counted


@pytest.mark.parametrize("family", FAMILIES)
def test_the_work_for_an_article_is_bounded(family: str, work: Work) -> None:
    growing, largest = GrowingArticles(), 0
    for start in range(0, COUNT, 100):
        articles = [
            Article(
                id=f"a{number}",
                title=f"Title {number}",
                body=FAMILIES[family](number),
                location=f"/{number}",
            )
            for number in range(start, start + 100)
        ]
        incomers = [Incomer(id=one.id, profile=profile_of(one)) for one in articles]
        largest = max(largest, *(len(one.profile.sketch.hashes) for one in incomers))
        group(growing, incomers)
    assert len(work.comparisons) == COUNT
    assert max(work.comparisons) <= FINALISTS
    # Each fingerprint is of at most so many; those of the other text are asked for as well.
    assert max(work.looked_at) <= (1 + FINALISTS) * largest * MAX_HOLDERS


def test_a_chain_of_near_collisions_is_no_story_that_swallows_all(work: Work) -> None:
    growing = GrowingArticles()
    articles = [
        Article(id=f"a{n}", title="The same title", body=near_collision(n), location=f"/{n}")
        for n in range(COUNT)
    ]
    for start in range(0, COUNT, 100):
        some = articles[start : start + 100]
        group(growing, [Incomer(id=one.id, profile=profile_of(one)) for one in some])
    sizes: dict[int, int] = {}
    for number in range(COUNT):
        sizes[growing.story(number)] = sizes.get(growing.story(number), 0) + 1
    assert max(sizes.values()) <= grouping.MAX_LOOSE + grouping.MAX_CLUSTER
    assert work.comparisons


@pytest.mark.parametrize("body", ["1234567 " * 1_300_000, "word " * 2_000_000, "語" * 3_400_000])
def test_ten_megabytes_are_compared_by_as_much_as_a_long_article(body: str) -> None:
    made = profile_of(Article(id="a", title="Table", body=body, location="/a"))
    assert made.sketch.size > 7_500_000
    assert len(made.sketch.hashes) <= MOST
    assert len(made.numbers) <= NUMBERED_CHARACTERS


@dataclass(frozen=True)
class OnePage:
    """A page that was saved many times, under as many names."""

    content: bytes
    count: int

    def pages(self) -> Iterator[FoundPage]:
        for number in range(self.count):
            page = Page(content=self.content, location=f"/{number:06}", kind=PageKind.RECORD)
            yield FoundPage(
                location=page.location,
                stamp=str(number),
                size_bytes=len(self.content),
                read=lambda page=page: page,  # type: ignore[misc]
            )

    def size_bytes(self) -> int:
        return self.count * len(self.content)

    def has(self, location: str) -> bool:
        return bool(location)


@pytest.mark.parametrize("policy", Duplicates)
def test_copies_of_one_page_cost_the_same_however_many_there_are(
    policy: Duplicates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = [0]
    stored = Snapshot.stored

    def count_reads(snapshot: Snapshot, document: int) -> dict[str, Any]:
        reads[-1] += 1
        return stored(snapshot, document)

    monkeypatch.setattr(Snapshot, "stored", count_reads)
    content = f'{{"title": "Flood", "body": "{prose("page", 200)}"}}'.encode()
    settings = BuildSettings(commit_every_pages=100, duplicates=policy, jobs=1)
    with open_writer(tmp_path / "a.idx") as writer:
        build(
            OnePage(content, COUNT),
            writer,
            settings,
            lambda report: reads.append(0) if report.read % 100 == 0 else None,
        )
    assert max(reads) <= 100 * 20
