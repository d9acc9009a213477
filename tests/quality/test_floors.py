"""How well pages and people are read, on evaluation data that is not part of the project.

The floors in floors.json are only ever raised. Without the data (`../shared/data`) the tests
are skipped. How pages are scored, `score_extraction.py` says, which prints all figures.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index import Article, Page
from index.build import read_article
from index.people import find_people
from score_extraction import load_scorer, predicted, read_lines, scores_by_set

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def predictions(shared_data: Path) -> list[dict[str, Any]]:
    return predicted(shared_data / "data" / "extraction")


@pytest.fixture(scope="module")
def extraction_scores(
    shared_data: Path, predictions: list[dict[str, Any]]
) -> dict[str, dict[str, float]]:
    return scores_by_set(shared_data / "data" / "extraction", predictions)


@pytest.mark.parametrize(
    ("kind", "field", "floor"),
    [
        (kind, field, floor)
        for kind, fields in FLOORS["extraction"].items()
        for field, floor in fields.items()
    ],
)
def test_pages_are_read_as_well_as_before(
    kind: str, field: str, floor: float, extraction_scores: dict[str, dict[str, float]]
) -> None:
    assert extraction_scores[kind][field] >= floor


def test_pages_with_an_article_are_kept(predictions: list[dict[str, Any]]) -> None:
    rejected = [found["id"] for found in predictions if "body" not in found]
    assert 1 - len(rejected) / len(predictions) >= FLOORS["kept"], rejected


# The scorer leaves its files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_people_are_read_as_well_as_before(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "data" / "people"
    found = tmp_path / "found.jsonl"
    with found.open("w", encoding="utf-8") as out:
        for truth in read_lines(folder / "dev.jsonl"):
            title, _, rest = truth["text"].partition("\n")
            people = find_people(title, rest.split("\n"))
            out.write(json.dumps({"id": truth["id"], "people": people}) + "\n")
    scores = load_scorer(folder).main(str(folder / "dev.jsonl"), str(found), quiet=True)
    precision, _, f1 = scores["ALL"][1]
    assert f1 >= FLOORS["people"]["f1"]
    assert precision >= FLOORS["people"]["precision"]


def test_the_page_that_the_project_began_from(shared_data: Path) -> None:
    (path,) = (shared_data / "seed").glob("*.txt")
    from index.sources import FolderSource

    (found,) = FolderSource([path]).pages()
    page = found.read()
    assert isinstance(page, Page)
    article = read_article(page)
    assert isinstance(article, Article)
    assert article.title == "Trump, Japan’s PM Hold Phone Call on Ties"
    assert article.published is not None
    assert article.published.isoformat() == "2026-01-03"
    assert article.source == "MENAFN"
    assert len(article.paragraphs) == len(set(article.paragraphs)) == 7
    assert article.body.startswith("Donald Trump and Japanese Prime Minister Sanae Takaichi")
    assert article.body.endswith("an early 2026 summit with the American president.")
    assert article.people == ("Donald Trump", "Sanae Takaichi")
