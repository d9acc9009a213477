"""An archive of ten invented articles in several segments, opened with plain Whoosh.

What an answer should be is read off the articles (`Seen`), by the project's own words and stems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import pytest
from whoosh.index import FileIndex, open_dir
from whoosh.searching import Searcher

from index import Article, Outcome, PageRecord
from index.codec.whoosh_codec import open_index
from index.engines.whoosh import open_writer
from index.text import stem, tokens

at = datetime.fromisoformat


def article(number: int, title: str, body: str, **fields: object) -> Article:
    known = {"id": f"a{number}", "location": f"/pages/{number}.html", "title": title, "body": body}
    return Article(**known, **fields)  # type: ignore[arg-type]


HERALD, COURIER = "Northmoor Herald", "Harwick Courier"
JANE, TOM = "Jane Roe", "Tom Doe"
GROUPS = (
    (
        article(
            0,
            "Flood closes the bridge",
            "The river rose. The flooded bridge closed at night.",
            published=date(2025, 6, 3),
            source=HERALD,
            people=(JANE,),
            language="en",
        ),
        article(
            1,
            "Mayor promises a bridge",
            "Jane Roe spoke of the flood. The old bridge will go, the new bridge will come.",
            published=date(2025, 7, 1),
            source=COURIER,
            people=(JANE, TOM),
        ),
        article(
            2,
            "Election in October",
            "Electricity prices decide the election. Voters elect a council.",
            published=at("2025-09-20T08:30"),
            source=COURIER,
            language="en",
        ),
        article(3, "Hochwasser", "Das Wasser stieg über Nacht.", language="de"),
    ),
    (
        article(
            4,
            "Council elected",
            "The elected council met. The council closed the old school.",
            published=at("2025-09-20T08:31"),
            people=(TOM,),
            language="en",
        ),
        article(5, "The river", "Bridge after bridge after bridge over the river.", source=HERALD),
        article(
            6,
            "Old photographs",
            "A bridge of 1899, from before the flood.",
            published=date(1969, 12, 31),
            source=HERALD,
            language="en",
        ),
    ),
    (
        article(7, "Letters", "", published=date(2025, 9, 1), people=("Jane Doe",)),
        article(8, "School opens", "Pupils came by river boat.", published=date(2025, 9, 2)),
        article(9, "Short", "Nothing.", published=date(2025, 1, 1), source=COURIER),
    ),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as whoever reads it sees it."""

    article: Article

    @property
    def id(self) -> str:
        return self.article.id

    @property
    def title(self) -> list[str]:
        """The stems of the title."""
        return _stems(self.article.title)

    @property
    def body(self) -> list[str]:
        """The stems of the body."""
        return _stems(self.article.body)

    @property
    def text(self) -> list[str]:
        """The stems of both."""
        return self.title + self.body

    @property
    def words(self) -> list[str]:
        """The words of both as written."""
        return _words(self.article.title) + _words(self.article.body)

    @property
    def moment(self) -> datetime | None:
        """When it was published."""
        published = self.article.published
        return at(published.isoformat()) if published else None

    @property
    def day(self) -> str:
        """The day of that; empty if unknown."""
        return self.moment.date().isoformat() if self.moment else ""


def _words(text: str) -> list[str]:
    return [term for term, _, _ in tokens(text)]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _words(text)]


def _put(folder: Path, articles: Iterable[Article], deleted: Iterable[Article] = ()) -> None:
    with open_writer(folder) as writer:
        for new in articles:
            page = PageRecord(location=new.location, outcome=Outcome.ARTICLE, article=new.id)
            writer.put_article(new.id, new)
            writer.put_page(new.location, page)
        for old in deleted:
            writer.put_article(old.id, None)
        writer.commit()


@pytest.fixture(scope="session")
def put() -> Callable[..., None]:
    """Commit articles with what the ledger says of their pages, and delete others."""
    return _put


@pytest.fixture(scope="session")
def seen() -> tuple[Seen, ...]:
    """All articles."""
    return tuple(map(Seen, chain.from_iterable(GROUPS)))


@pytest.fixture(scope="session")
def see() -> type[Seen]:
    """Look at an article."""
    return Seen


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive: three commits."""
    folder = tmp_path_factory.mktemp("plain") / "archive.idx"
    for group in GROUPS:
        _put(folder, group)
    return folder


def _open_dir(folder: Path) -> FileIndex:
    return open_dir(str(folder))


@pytest.fixture(params=[_open_dir, open_index], ids=["open_dir", "open_index"])
def open_archive(request: pytest.FixtureRequest) -> Callable[[Path], FileIndex]:
    """Whoosh's own way to open an archive, and the one that is safe with a stranger's."""
    opener: Callable[[Path], FileIndex] = request.param
    return opener


@pytest.fixture
def archive(open_archive: Callable[[Path], FileIndex], folder: Path) -> FileIndex:
    """The archive, opened."""
    return open_archive(folder)


@pytest.fixture
def searcher(archive: FileIndex) -> Iterator[Searcher]:
    """A plain searcher."""
    with archive.searcher() as opened:
        yield opened
