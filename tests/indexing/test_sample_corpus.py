"""The sample pages, each with the article that a reader wants from it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import searcher
from index import Article, Rejected
from index.build import read_article
from index.settings import SourceSettings
from index.sources import FolderSource

CASES = Path(__file__).parent.parent / "cases" / "pages"
TRUTHS = [
    json.loads(line)
    for name in ("english.jsonl", "others.jsonl")
    for line in (CASES / name).read_text("utf-8").splitlines()
]
ARTICLES = [truth for truth in TRUTHS if truth["outcome"] != "rejected"]
FIELDS = ("title", "published", "source", "language", "url", "section", "authors", "paragraphs")


@cache
def _parsed(sample_corpus: Path) -> dict[str, Article | Rejected]:
    pages = FolderSource([sample_corpus], SourceSettings()).pages()
    parsed = {}
    for found in pages:
        page = found.read()
        name = found.location.removeprefix(f"{sample_corpus}/")
        parsed[name] = page if isinstance(page, Rejected) else read_article(page)
    return parsed


def _field(article: Article, field: str) -> Any:
    value = getattr(article, field)
    return value.isoformat() if field == "published" and value else value


def test_every_page_has_its_truth(sample_corpus: Path) -> None:
    assert {truth["file"] for truth in TRUTHS} == set(_parsed(sample_corpus))
    assert len(TRUTHS) >= 60


@pytest.mark.parametrize("truth", ARTICLES, ids=lambda truth: truth["file"])
def test_a_page_gives_the_article_that_a_reader_wants(
    truth: dict[str, Any], sample_corpus: Path
) -> None:
    article = _parsed(sample_corpus)[truth["file"]]
    assert isinstance(article, Article), article
    found = {field: _field(article, field) for field in FIELDS}
    expected = {
        field: tuple(truth[field]) if isinstance(truth[field], list) else truth[field]
        for field in FIELDS
    }
    assert found == expected


@pytest.mark.parametrize(
    "truth", [t for t in TRUTHS if t["outcome"] == "rejected"], ids=lambda truth: truth["file"]
)
def test_a_page_without_an_article_is_rejected_with_the_reason(
    truth: dict[str, Any], sample_corpus: Path
) -> None:
    rejected = _parsed(sample_corpus)[truth["file"]]
    assert isinstance(rejected, Rejected)
    assert truth["reason_contains"] in rejected.reason


def test_duplicates_are_kept_with_the_article_they_copy(
    sample_corpus: Path, sample_archive: Path
) -> None:
    with searcher.open(sample_archive) as archive:
        hits = archive.search("NOT xyzzy", limit=1000)
        copies = {
            copy.location.removeprefix(f"{sample_corpus}/"): hit.article.location.removeprefix(
                f"{sample_corpus}/"
            )
            for hit in hits
            for copy in hit.article.copies
        }
        stats = archive.stats()
    assert copies == {t["file"]: t["of"] for t in TRUTHS if t["outcome"] == "duplicate"}
    outcomes = Counter(truth["outcome"] for truth in TRUTHS)
    assert {outcome.value: pages for outcome, pages in stats.pages.items()} == outcomes


def test_copies_and_versions_are_articles_of_one_story(
    sample_corpus: Path, sample_archive: Path
) -> None:
    pairs = [(t["file"], t["of"]) for t in ARTICLES if t["outcome"] == "article" and t["of"]]
    assert pairs
    with searcher.open(sample_archive) as archive:
        hits = archive.search("NOT xyzzy", limit=1000, copies=True)
        by_file = {hit.article.location.removeprefix(f"{sample_corpus}/"): hit for hit in hits}
        for one, other in pairs:
            members = archive.story(by_file[one].article.id)
            assert {by_file[one].article.id, by_file[other].article.id} <= {m.id for m in members}
            assert {m.relation for m in members} <= {"lead", "exact copy", "version"}


def test_people_of_the_sample_pages_are_found(sample_corpus: Path) -> None:
    """Floors, not equality: the reading of the text is honest, not perfect."""
    right = named = wanted = 0
    for truth in ARTICLES:
        article = _parsed(sample_corpus)[truth["file"]]
        assert isinstance(article, Article)
        found, expected = set(article.people), set(truth["people"])
        right, named, wanted = (
            right + len(found & expected),
            named + len(found),
            wanted + len(expected),
        )
    assert right / named >= 0.97
    assert right / wanted >= 0.91
