"""Fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index import Article, Outcome, PageRecord
from index.identity import article_id
from index.ledger import Entry, enter

# No test asserts a time. CI takes the same examples each time, so that what it says of a change
# is about the change; everyone else looks for new ones.
settings.register_profile(
    "ours",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample_corpus() -> Path:
    """The folder of sample pages."""
    return REPOSITORY / "sample_corpus"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The evaluation data that lies beside a checkout in development; skips where it is not."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the evaluation data (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def sample_archive(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample pages."""
    from index.build import build
    from index.engines.whoosh import open_writer
    from index.sources import FolderSource

    folder = tmp_path_factory.mktemp("sample") / "archive.idx"
    with open_writer(folder) as writer:
        build(FolderSource([sample_corpus]), writer)
    return folder


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Make an article from what a test cares about."""

    def make(title: str = "A title", body: str = "A body.", **fields: object) -> Article:
        url = fields.get("url")
        location = str(fields.pop("location", f"/pages/{title}.html"))
        known = {"id": article_id(url if isinstance(url, str) else None, location)}
        return Article(**{**known, "title": title, "body": body, "location": location, **fields})  # type: ignore[arg-type]

    return make


@pytest.fixture
def write_archive(tmp_path: Path) -> Callable[..., Path]:
    """Write articles into a new archive, one commit for each group."""

    def write(*groups: Iterable[Article], folder: Path = tmp_path / "archive.idx") -> Path:
        from index.engines.whoosh import open_writer

        with open_writer(folder) as writer:
            for group in groups:
                for article in group:
                    record = PageRecord(
                        location=article.location,
                        outcome=Outcome.ARTICLE,
                        article=article.id,
                        url=article.url,
                    )
                    enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
                writer.commit()
        return folder

    return write


@pytest.fixture
def flood_articles(make_article: Callable[..., Article]) -> tuple[Article, ...]:
    """Four small articles of an invented town."""
    return (
        make_article(
            "Flood closes the harbour bridge",
            "The river rose two metres in one night.\n\nMayor Jane Roe closed the bridge.",
            published=date(2025, 6, 3),
            source="Northmoor Herald",
            people=("Jane Roe",),
            language="en",
            url="https://northmoor.example/flood",
            section="Local",
        ),
        make_article(
            "Mayor promises a new bridge",
            "Jane Roe spoke of the flood of June. The old bridge will go, she said.",
            published=date(2025, 7, 1),
            source="Harwick Courier",
            people=("Jane Roe", "Tom Doe"),
            authors=("Ann Lee",),
            language="en",
        ),
        make_article(
            "Election in October",
            "Electricity prices and the bridge decide the election. Mary Jane Roe runs.",
            published=date(2025, 9, 20),
            source="Harwick Courier",
            people=("Mary Jane Roe",),
            language="en",
        ),
        make_article("Hochwasser: Brücke gesperrt", "Das Wasser stieg über Nacht.", language="de"),
    )
