"""`check` finds what does not fit together, also where every byte is as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

import searcher
from index import Article, Outcome, PageRecord
from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import Array
from index.codec.blocks import Numbers
from index.codec.prints import PrintsSlice
from index.engines.whoosh import WhooshWriter, open_writer
from index.stories.fingerprints import prints_of

Harm = Callable[[WhooshWriter, pytest.MonkeyPatch], None]
ARTICLE = Article(id="x", title="New", body="Other words.", location="/x")
RECORD = PageRecord(location="/x", outcome=Outcome.ARTICLE, article="x")


def _no_page(writer: WhooshWriter, _patch: pytest.MonkeyPatch) -> None:
    writer.put_article("x", ARTICLE)


def _no_article(writer: WhooshWriter, _patch: pytest.MonkeyPatch) -> None:
    writer.put_page("/x", RECORD)


def _wrong_key(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.identity.text_key", lambda _title, _body: "0" * 32)
    writer.put_article("x", ARTICLE)
    writer.put_page("/x", RECORD)


def _wrong_words(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.codec.vocabulary.stems", lambda terms: [term[::-1] for term in terms])
    writer.put_article("x", ARTICLE)
    writer.put_page("/x", RECORD)


def _wrong_time(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.documents.moment_of", lambda _published: 0)
    writer.put_article("x", replace(ARTICLE, published=datetime(2025, 6, 3, 8, 30)))  # noqa: DTZ001 (the publisher's clock)
    writer.put_page("/x", RECORD)


def _wrong_trace(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.documents._name_key", lambda name: name[::-1])
    writer.put_article("x", ARTICLE)
    writer.put_page("/x", RECORD)
    copy = PageRecord(location="/y", outcome=Outcome.DUPLICATE, article="x", source="Echo")
    writer.put_page("/y", copy)


def _wrong_name(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.documents._name_key", lambda name: name[::-1])
    writer.put_article("x", replace(ARTICLE, people=("Ida Moor",)))
    writer.put_page("/x", RECORD)


def _wrong_column(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    def one_value(file: ArrayFileWriter, name: str, array: Array) -> None:
        add(file, name, array * 0 if name == "columns/people_exact/values" else array)

    add = ArrayFileWriter.add
    patch.setattr(ArrayFileWriter, "add", one_value)
    writer.put_article("x", replace(ARTICLE, people=("Ida Moor", "Zoe Moor")))
    writer.put_page("/x", RECORD)


def _wrong_prints(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.stories.grouping.prints_of", lambda hashes: prints_of(hashes) + 1)
    writer.put_article("x", ARTICLE)
    writer.put_page("/x", RECORD)


def _unsorted_prints(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    def turned(prints: Numbers, documents: Numbers) -> PrintsSlice:
        order = np.argsort(prints, kind="stable")[::-1]
        return PrintsSlice(prints[order], documents[order])

    patch.setattr(PrintsSlice, "of", turned)
    writer.put_article("x", ARTICLE)
    writer.put_page("/x", RECORD)


def _wrong_story(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.stories.archived.story_id", lambda _story: "0" * 11 + "1")
    writer.put_article("x", ARTICLE)
    writer.put_page("/x", RECORD)


def _same_id(writer: WhooshWriter, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(writer, "_replaced", lambda: iter(()))
    for _ in range(2):
        writer.put_article("x", ARTICLE)
        writer.put_page("/x", RECORD)
        writer.commit()


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (_no_page, "x: no page holds this article"),
        (_no_article, "/x: the article x that it holds is not there"),
        (_wrong_key, "is not the text that was indexed"),
        (_wrong_words, "body: 'other' is in 0 posting lists and in 1 articles"),
        (
            _wrong_time,
            "'1970-01-01T00:00:00.000000' stands 1 times in the column and in 0 articles",
        ),
        (_wrong_name, "people_exact: 'rooM adI' is in 1 posting lists and in 0 articles"),
        (_wrong_trace, "source_exact: 'ohcE' is in 1 posting lists and in 0 pages"),
        (_wrong_column, "people_exact: 'ida moor' stands 2 times in the column and in 1 articles"),
        (_wrong_prints, "x: it holds fingerprints that are not of its text"),
        (_unsorted_prints, "fingerprints, or those who hold one, are not in order"),
        (_wrong_story, "x: its story is 000000000001 and "),
        (_same_id, "x: 2 articles have this id"),
    ],
)
def test_what_does_not_fit_is_named(
    harm: Harm,
    problem: str,
    flood_articles: tuple[Article, ...],
    write_archive: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = write_archive(flood_articles)
    with open_writer(folder) as writer, monkeypatch.context() as patch:
        harm(writer, patch)
        writer.commit()
    with searcher.open(folder) as archive:
        assert any(problem in found for found in archive.check())


def test_every_flipped_byte_of_every_file_is_found(
    flood_articles: tuple[Article, ...], write_archive: Callable[..., Path]
) -> None:
    folder = write_archive(flood_articles)
    with open_writer(folder) as writer:
        writer.put_article("x", ARTICLE)
        writer.put_page("/x", RECORD)
        writer.commit()
        writer.put_article("x", None)
        writer.put_page("/x", None)
        writer.put_article(flood_articles[0].id, None)
        writer.put_page(flood_articles[0].location, None)
        writer.commit()
    files = [file for pattern in ("*.seg", "*.del", "*.toc") for file in folder.glob(pattern)]
    assert {file.suffix for file in files} == {".seg", ".del", ".toc"}
    for file in files:
        sound = file.read_bytes()
        for place in range(0, len(sound), max(len(sound) // 150, 1)):
            file.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
            assert any(file.name in problem for problem in _problems(folder)), place
        file.write_bytes(sound)
    assert _problems(folder) == ()


def _problems(folder: Path) -> tuple[str, ...]:
    try:
        with searcher.open(folder) as archive:
            return archive.check()
    except searcher.NewsArchiveError as error:
        return (str(error),)
