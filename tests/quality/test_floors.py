"""How well pages and people are read, on evaluation data that is not part of the project.

The floors in floors.json are only ever raised. Without the data (`../shared/data`) the tests
are skipped.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from index import Article, Page, Rejected
from index.build import read_article
from index.people import find_people

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))


def _scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"score_{folder.name}", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _read(truth: dict[str, Any], folder: Path) -> Article | Rejected:
    content = gzip.decompress((folder / "pages" / f"{truth['id']}.html.gz").read_bytes())
    return read_article(Page(content=content, location=truth["id"], url=truth["url"]))


def _prediction(article: Article | Rejected) -> dict[str, Any]:
    if not isinstance(article, Article):
        return {"id": article.location}
    return {
        "id": article.location,
        "title": article.title,
        "authors": list(article.authors),
        "date": article.day.isoformat() if article.day else None,
        "body": article.body,
        "publisher": article.source,
    }


@pytest.fixture(scope="module")
def extracted(shared_data: Path) -> list[tuple[dict[str, Any], Article | Rejected]]:
    folder = shared_data / "data" / "extraction"
    return [(truth, _read(truth, folder)) for truth in _lines(folder / "truth.jsonl")]


@pytest.fixture(scope="module")
def extraction_scores(
    shared_data: Path, extracted: list[tuple[dict[str, Any], Article | Rejected]]
) -> dict[str, dict[str, float]]:
    scorer = _scorer(shared_data / "data" / "extraction")
    truths = [truth for truth, _ in extracted]
    pages, missing = scorer.score(truths, [_prediction(article) for _, article in extracted])
    assert not missing
    sets = sorted({truth["set"] for truth in truths})
    return {
        name: scorer.summarize([row for truth, row in pages if truth["set"] == name])
        for name in sets
    }


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


def test_pages_with_an_article_are_kept(
    extracted: list[tuple[dict[str, Any], Article | Rejected]],
) -> None:
    rejected = [found for _, found in extracted if isinstance(found, Rejected)]
    assert 1 - len(rejected) / len(extracted) >= FLOORS["kept"], rejected


# The scorer leaves its files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_people_are_read_as_well_as_before(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "data" / "people"
    found = tmp_path / "found.jsonl"
    with found.open("w", encoding="utf-8") as out:
        for truth in _lines(folder / "dev.jsonl"):
            title, _, rest = truth["text"].partition("\n")
            people = find_people(title, rest.split("\n"))
            out.write(json.dumps({"id": truth["id"], "people": people}) + "\n")
    scores = _scorer(folder).main(str(folder / "dev.jsonl"), str(found), quiet=True)
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
