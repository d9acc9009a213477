"""An archive as a folder: what is one, what is not, and what is said then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import searcher
from index import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    Article,
    NotAnArchiveError,
)
from index.codec.arrays import ArrayFile
from index.engines.whoosh import open_writer

Write = Callable[..., Path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFoundError, match="make one with: searcher index FOLDER"):
        searcher.open(tmp_path / "none.idx")


def test_something_else_is_neither_read_nor_written(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "file.idx").write_text("mine too")
    for place in (tmp_path, tmp_path / "file.idx"):
        with pytest.raises(NotAnArchiveError):
            searcher.open(place)
        with pytest.raises(NotAnArchiveError, match="something else"), open_writer(place):
            pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.idx", "notes.txt"]


@pytest.mark.parametrize(
    ("marker", "kind"),
    [
        ({"format": 3, "engine": "whoosh"}, ArchiveVersionError),
        ({"format": 2, "engine": "other"}, ArchiveVersionError),
        ({"format": 1, "engine": "whoosh"}, ArchiveVersionError),
        ({"format": 0, "engine": "whoosh"}, ArchiveDamagedError),
        ({"engine": "whoosh"}, ArchiveDamagedError),
        ([], ArchiveDamagedError),
    ],
)
def test_an_archive_of_another_format(
    marker: object,
    kind: type[ArchiveError],
    flood_articles: tuple[Article, ...],
    write_archive: Write,
) -> None:
    folder = write_archive(flood_articles)
    (folder / "archive.json").write_text(json.dumps(marker))
    with pytest.raises(kind):
        searcher.open(folder)
    with pytest.raises(kind), open_writer(folder):
        pass


def _folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


HARMS: dict[str, Callable[[Path], object]] = {
    "missing": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "longer": lambda file: file.write_bytes(file.read_bytes() + bytes(64)),
    "foreign": lambda file: file.write_bytes(b"PK\x03\x04" * 999),
    "a folder": _folder_instead,
}


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"format": Infinity, "engine": "whoosh"}',
        b'{"format": 1e999, "engine": "whoosh"}',
        b'{"format": "two", "engine": "whoosh"}',
        b"\xff",
    ],
    ids=lambda content: content[:14].decode(errors="replace"),
)
def test_a_marker_of_a_stranger_is_refused(
    content: bytes, flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    folder = write_archive(flood_articles)
    (folder / "archive.json").write_bytes(content)
    with pytest.raises(ArchiveDamagedError, match=r"archive\.json.*index the pages"):
        searcher.open(folder)


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg", "*.del", "archive.json"])
@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_is_named(
    pattern: str, harm: str, flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    folder = write_archive(flood_articles)
    with open_writer(folder) as writer:
        writer.put_article(flood_articles[0].id, None)
        writer.commit()
    file = next(folder.glob(pattern))
    HARMS[harm](file)
    with pytest.raises(ArchiveError) as raised:
        searcher.open(folder)
    # Which table of contents is missing nobody knows.
    named = "table of contents" if (pattern, harm) == ("*.toc", "missing") else file.name
    assert named in str(raised.value)


def test_a_making_that_was_cut_short_is_taken_up(
    flood_articles: tuple[Article, ...], write_archive: Write, tmp_path: Path
) -> None:
    made = write_archive(folder=tmp_path / "new.idx")
    (made / "archive.json").unlink()
    (made / "BUILDING").unlink()
    assert write_archive(flood_articles, folder=made) == made
    with searcher.open(made) as archive:
        assert archive.stats().articles == len(flood_articles)


def test_a_closed_archive_says_so(
    flood_articles: tuple[Article, ...], write_archive: Write
) -> None:
    with searcher.open(write_archive(flood_articles)) as archive:
        results = archive.search("bridge")
    for use in (lambda: archive.search("bridge"), lambda: results.facets("source"), archive.stats):
        with pytest.raises(ArchiveError, match="was closed"):
            use()


def test_too_little_memory_is_no_damage(
    flood_articles: tuple[Article, ...], write_archive: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: ArrayFile, _name: str, _start: int, _stop: int) -> None:
        raise MemoryError

    with searcher.open(write_archive(flood_articles)) as archive:
        with monkeypatch.context() as patch:
            patch.setattr(ArrayFile, "part", full)
            with pytest.raises(ArchiveError, match="memory") as raised:
                archive.search("bridge")
        assert not isinstance(raised.value, ArchiveDamagedError)
        assert archive.search("bridge")
