"""How well articles that are alike are found, beside people's judgement of pairs.

Data: Lee, Pincombe and Welsh 2005, 50 short articles and what people said of each pair (0 to 1),
among 300 others. Without the data (`../shared`) the test is skipped.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import correlation

import pytest

import searcher
from index import Article
from index.engines.whoosh import open_writer

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "data" / "ranking" / "lee"


@pytest.fixture(scope="module")
def archive(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[searcher.Archive]:
    made = tmp_path_factory.mktemp("lee") / "archive.idx"
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [*map(json.loads, lines)]
    with open_writer(made, with_stories=False) as writer:
        for one in records:
            article = Article(id=one["id"], title=one["title"], body=one["body"], location="")
            writer.put_article(article.id, article)
        writer.commit()
    with searcher.open(made) as opened:
        yield opened


def test_similar_articles_are_those_that_people_call_alike(
    folder: Path, archive: searcher.Archive
) -> None:
    judged = [line.split() for line in (folder / "similarities.txt").read_text().splitlines()]
    scores = [
        {hit.article.id: hit.score for hit in archive.similar(f"lee{at}", limit=1000)}
        for at in range(len(judged))
    ]
    pairs = [*combinations(range(len(judged)), 2)]
    ours = [
        (scores[one].get(f"lee{other}", 0.0) + scores[other].get(f"lee{one}", 0.0)) / 2
        for one, other in pairs
    ]
    people = [float(judged[one][other]) for one, other in pairs]
    print(f"Pearson's correlation on lee: {correlation(ours, people):.4f}")  # noqa: T201 (with -s)
    assert correlation(ours, people) >= FLOORS["similar"]["lee"]
