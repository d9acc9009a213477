"""Authors are names only, in the order of the byline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.bylines import clean_names, is_house, line_authors


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("By Jane Roe", ["Jane Roe"]),
        ("by: Jane Roe", ["Jane Roe"]),
        ("Written by Jane Roe", ["Jane Roe"]),
        ("Von Jana Rehm", ["Jana Rehm"]),
        ("Ein Artikel von Jana Rehm", ["Jana Rehm"]),
        ("Par Jeanne Roux", ["Jeanne Roux"]),
        ("Por Juana Ruiz", ["Juana Ruiz"]),
        ("Di Gianna Rossi", ["Gianna Rossi"]),
        ("Door Jannie de Roo", ["Jannie de Roo"]),
        ("Av Jenny Roos", ["Jenny Roos"]),
        ("Af Jens Roe", ["Jens Roe"]),
        ("Автор: Яна Рогова", ["Яна Рогова"]),
        ("بقلم: جنى راشد", ["جنى راشد"]),
        ("홍길동 기자", ["홍길동"]),
        ("取材：山田花子", ["山田花子"]),
        ("JANE ROE", ["Jane Roe"]),
        ("Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Jane Roe, John Doe & Kim Poe", ["Jane Roe", "John Doe", "Kim Poe"]),
        ("Jana Rehm und Jan Dorn", ["Jana Rehm", "Jan Dorn"]),
        ("Jeanne Roux et Jean Doux", ["Jeanne Roux", "Jean Doux"]),
        ("Juana Ruiz y Juan Díaz", ["Juana Ruiz", "Juan Díaz"]),
        ("Jane Roe, Political Editor", ["Jane Roe"]),
        ("Jane Roe | Staff Writer", ["Jane Roe"]),
        ("Jane Roe (The Example)", ["Jane Roe"]),
        ("Jane Roe, Reuters", ["Jane Roe"]),
        ("Jane Roe jane.roe@example.org", []),
        ("Jane Roe, jane.roe@example.org", ["Jane Roe"]),
        ("Jane Roe, @janeroe", ["Jane Roe"]),
        ("Roe, Jane", ["Jane Roe"]),
        ("Jane O'Roe-Doe", ["Jane O'Roe-Doe"]),
        ("https://www.facebook.com/example", []),
        ("@example", []),
        ("example.org", []),
        ("Staff", []),
        ("Staff Reporter", []),
        ("admin", []),
        ("Redaktion", []),
        ("By", []),
        ("January 3, 2026", []),
        ("", []),
        ("A sentence that is far too long to be the name of anybody at all", []),
        ("Reuters", ["Reuters"]),
    ],
)
def test_a_byline_gives_names(byline: str, expected: list[str]) -> None:
    assert list(clean_names([byline])) == expected


def test_names_come_once_and_in_order() -> None:
    assert clean_names(["Jane Roe", "John Doe", "JANE ROE"]) == ("Jane Roe", "John Doe")


def test_the_outlet_is_no_author_beside_a_person() -> None:
    assert clean_names(["The Example", "Jane Roe"], ["The Example"]) == ("Jane Roe",)
    assert clean_names(["The Example"], ["The Example"]) == ("The Example",)


@pytest.mark.parametrize("author", ["Reuters", "The Example", "Example GmbH", "example.org"])
def test_houses_are_told_from_persons(author: str) -> None:
    assert is_house(author, ["The Example", "example"])
    assert not is_house("Jane Roe", ["The Example", "example"])


def test_a_line_by_the_title_names_the_author() -> None:
    lines = ["Share", "Updated today", "By Jane Roe and John Doe", "By the river lay a boat"]
    assert line_authors(lines, []) == ("Jane Roe", "John Doe")


def test_a_sentence_is_no_byline() -> None:
    assert line_authors(["By the end of the year all was said and done."], []) == ()


@pytest.mark.parametrize(
    "line",
    [
        "Jane Roe, Football writer | Thursday 20 February 2025 | 14 comments",
        "Jane Roe, senior political correspondent",
        "Jane Roe | Reporter",
        "Jane Roe – Redakteurin",
    ],
)
def test_a_name_with_its_work_is_a_byline(line: str) -> None:
    assert line_authors(["Sport", line], []) == ("Jane Roe",)


@pytest.mark.parametrize(
    "line",
    [
        "New York, Thursday 20 February 2025",
        "Jane Roe, the mayor of the town",
        "Writer | 20 February 2025",
        "Jane Roe, a writer from the valley who keeps bees, has won the prize.",
    ],
)
def test_a_line_without_name_or_work_is_no_byline(line: str) -> None:
    assert line_authors([line], []) == ()


@given(st.lists(st.text()))
def test_no_text_makes_it_fail(texts: list[str]) -> None:
    assert all(name.strip() == name and name for name in clean_names(texts, texts[:1]))
