"""What patterns and fuzzy words cost on an archive with very many words.

    python tests/benchmarks/bench_patterns.py [ARTICLES]

Articles are made of invented words, most of them rare, so that short patterns stand for thousands
of words. Times are CPU time of this process: to find the words in the dictionary, and for the
first and the second search for them, with all matches counted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import searcher
from index import Article, Outcome, PageRecord
from index.engines.whoosh import open_writer
from index.ledger import Entry, enter
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.expand import expand
from searcher.query import parse_query
from searcher.settings import RankingSettings

LETTERS = "etaoinshrdlucmfwypvbgk"
DIFFERENT = 300_000
QUERIES = (
    *("el*", "*ing", "th?n", "*in*", "*a*e*", "a*b*c*d*", "*a*e*a*e*a*e*"),
    *("eatin~1", "eati~2", "eatinoshr~2", "title:el*", "title:*at*", "body:*at*"),
)


def articles(count: int) -> Iterator[Article]:
    """Yield articles of 156 words, 36 of them from all words alike."""
    random = np.random.default_rng(1)
    shares = np.arange(len(LETTERS), 0, -1) / sum(range(len(LETTERS) + 1))
    vocabulary = [
        "".join(random.choice([*LETTERS], size=random.integers(3, 11), p=shares))
        for _ in range(DIFFERENT)
    ]
    for number in range(count):
        common = np.minimum(random.zipf(1.15, 120), DIFFERENT) - 1
        rare = random.integers(0, DIFFERENT, 36)
        words = [vocabulary[at] for at in (*common, *rare)]
        title, body = " ".join(words[-6:]), " ".join(words[:-6])
        yield Article(id=f"{number:012x}", title=title, body=body, location=f"/{number}")


def write(folder: Path, count: int) -> None:
    """Write an archive of so many articles."""
    with open_writer(folder) as writer:
        for article in articles(count):
            record = PageRecord(
                location=article.location, outcome=Outcome.ARTICLE, article=article.id
            )
            enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
        writer.commit()


def timed(work: Callable[[], object]) -> tuple[str, object]:
    """Return the milliseconds of CPU that a piece of work takes, and what comes of it."""
    began = time.process_time()
    try:
        found = work()
    except searcher.SearchError as error:
        found = error
    return f"{1000 * (time.process_time() - began):10.1f}", found


def main(count: int = 20_000) -> None:
    """Measure and print."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "bench.idx"
        write(folder, count)
        engine = WhooshEngine(folder)
        (segment, _), *_ = engine._collection.segments
        words = segment.words
        assert words is not None
        print(f"{count:,} articles, {len(words.terms):,} words; CPU milliseconds")
        print(f"{'':20}{'words':>10}{'first':>10}{'again':>10}")
        for text in QUERIES:
            tree = parse_query(text)

            def search(tree: object = tree) -> int:
                return engine.answer(tree, None, RankingSettings()).total()

            expand(words.terms, tree)  # what is kept with the dictionary is made
            looked_up, found = timed(lambda tree=tree: len(expand(words.terms, tree)))  # type: ignore[misc]
            first, _ = timed(search)
            again, total = timed(search)
            print(f"{text:20}{looked_up}{first}{again}  {found} words, {total}")
        engine.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
