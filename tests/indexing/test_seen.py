"""Persons of texts without capital letters: those whose names were seen before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import searcher
from index.model import Article

Write = Callable[..., Path]
Make = Callable[..., Article]


def people(folder: Path, article: Article) -> tuple[str, ...]:
    with searcher.open(folder) as archive:
        return archive.article(article.id).people


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("高市早苗", "昨日、高市早苗首相は東京で発言した。", ["高市早苗"]),
        ("ドナルド・トランプ", "昨日ドナルド・トランプ氏は発言した。", ["ドナルド・トランプ"]),
        ("김민호", "김민호는 어제 서울에서 말했다.", ["김민호"]),
        ("محمود عباس", "قال محمود عباس اليوم في رام الله إن", ["محمود عباس"]),
        ("דנה לוי", "אתמול אמרה דנה לוי בתל אביב", ["דנה לוי"]),
        ("王力", "昨天王力量很大。", []),
        ("عباس", "قال عباس اليوم", []),
        ("محمود عباس", "قال محمود عباسي اليوم", []),
        ("高市早苗", "昨日、東京で雨が降った。", []),
        ("Ana Ruiz", "昨日、Ana Ruiz氏は東京で発言した。", []),
    ],
)
def test_a_name_that_was_seen_is_found_in_later_texts(
    name: str, text: str, expected: list[str], make_article: Make, write_archive: Write
) -> None:
    known = make_article("一", "雨が降った。", people=(name,))
    later = make_article("二", text)
    assert [*people(write_archive([known], [later]), later)] == expected


def test_a_name_is_seen_in_the_same_commit_in_any_order(
    make_article: Make, write_archive: Write
) -> None:
    known = make_article("一", "雨が降った。", people=("高市早苗",))
    other = make_article("二", "高市早苗首相。高市早苗氏。")
    folder = write_archive([other, known])
    with searcher.open(folder) as archive:
        (person,) = archive.article(other.id).persons
        assert (person.name, person.mentions) == ("高市早苗", 2)
        assert {hit.article.id for hit in archive.search('people:"高市早苗"').hits} == {
            known.id,
            other.id,
        }


def test_nobody_is_invented(make_article: Make, write_archive: Write) -> None:
    article = make_article("高市早苗が発言", "高市早苗首相は東京で発言した。")
    assert people(write_archive([article]), article) == ()


def test_a_name_of_no_article_is_forgotten(make_article: Make, write_archive: Write) -> None:
    known = make_article("一", "雨が降った。", people=("高市早苗",))
    groups: Iterable[Iterable[Article]] = (
        [known],
        [make_article("一", "雪が降った。")],  # the same article, without anybody
        [later := make_article("二", "高市早苗首相は東京で発言した。")],
    )
    assert people(write_archive(*groups), later) == ()
