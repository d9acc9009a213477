"""How well pages and people are read, on evaluation data that is not part of the project.

The floors in floors.json are only ever raised. Without the data (`../shared/data`) the tests
are skipped. How pages are scored, `score_extraction.py` says, which prints all figures.
"""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from index import Article, Page
from index.build import read_article
from index.people import read_people
from index.people.mentions import named
from index.people.resolve import resolve
from score_extraction import load_scorer, predicted, read_lines, scores_by_set

MEASURES = ("precision", "recall", "f1")
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


@pytest.fixture(scope="module")
def captured(shared_data: Path) -> list[dict[str, Any]]:
    return predicted(shared_data / "data" / "extraction", as_text=True)


def test_captures_with_an_article_are_kept(captured: list[dict[str, Any]]) -> None:
    kept = sum("body" in page for page in captured)
    assert kept / len(captured) >= FLOORS["kept_as_text"]


def test_captures_are_read_as_well_as_before(
    shared_data: Path, captured: list[dict[str, Any]]
) -> None:
    scores = scores_by_set(shared_data / "data" / "extraction", captured)
    for kind, fields in FLOORS["extraction_as_text"].items():
        for field, floor in fields.items():
            assert scores[kind][field] >= floor, (kind, field)


def _people(truth: dict[str, Any]) -> dict[str, Any]:
    title, *paragraphs = truth["text"].split("\n")
    lines = [title, *paragraphs]
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    people = read_people(title, paragraphs)
    spans = [
        {"start": offsets[own.line] + own.start, "end": offsets[own.line] + own.end}
        for person in people
        for own in person.mentions
    ]
    return {"id": truth["id"], "persons": spans, "people": [person.name for person in people]}


def _resolved(truth: dict[str, Any], scorer: ModuleType) -> dict[str, Any]:
    """Return the persons of a text where every mention is known."""
    printed = [truth["text"][span["start"] : span["end"]] for span in truth.get("persons", ())]
    mentions = filter(None, (named(" ".join(scorer.norm_words(text))) for text in printed))
    return {"id": truth["id"], "people": [person.name for person in resolve(list(mentions))]}


@pytest.fixture(scope="module")
def people_scores(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, float]]:
    folder = shared_data / "data" / "people"
    scorer, truths = load_scorer(folder), read_lines(folder / "dev.jsonl")
    scores = []
    for found in (map(_people, truths), (_resolved(truth, scorer) for truth in truths)):
        path = tmp_path_factory.mktemp("people") / "found.jsonl"
        path.write_text("\n".join(map(json.dumps, found)), "utf-8")
        scores.append(scorer.main(str(folder / "dev.jsonl"), str(path), quiet=True))
    read, resolved = scores
    return {
        "people_spans": dict(zip(MEASURES, read["ALL"][0], strict=True)),
        "people": dict(zip(MEASURES, read["ALL"][1], strict=True)),
        "people_reuters21578": dict(zip(MEASURES, read["reuters21578"][1], strict=True)),
        "people_resolution": dict(zip(MEASURES, resolved["ALL"][1], strict=True)),
    }


# The scorer leaves its files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("what", "measure", "floor"),
    [
        (what, measure, floor)
        for what, measures in FLOORS.items()
        if what.startswith("people")
        for measure, floor in measures.items()
    ],
)
def test_people_are_read_as_well_as_before(
    what: str, measure: str, floor: float, people_scores: dict[str, dict[str, float]]
) -> None:
    assert people_scores[what][measure] >= floor


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
