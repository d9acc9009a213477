"""Lines around an article name its authors, and are no part of it."""

from __future__ import annotations

import pytest

from index.parse.signed import credited_authors, without_bios

AUTHORS = ("Jane Roe", "The Example", "roe77")
STORY = ("The river rose by two metres.", "Nobody was hurt.", "The bridge opens on Monday.")


@pytest.mark.parametrize(
    "bio",
    [
        "Jane Roe is our weather editor.",
        "Jane Roe",
        "By Jane Roe, Exampleville",
        "Autorin/Autor: Jane Roe",
        'The Example\'s Jane Roe is the author of "When Rivers Rise".',
    ],
)
def test_what_begins_with_an_author_goes_from_the_end(bio: str) -> None:
    assert without_bios((*STORY, bio), AUTHORS, "The Example") == STORY
    assert without_bios((*STORY, bio, "Write to us."), AUTHORS, "The Example") == (
        *STORY,
        "Write to us.",
    )


@pytest.mark.parametrize(
    "line",
    [
        "The mayor thanked Jane Roe, who had warned of the river in spring.",
        "The Example asked the council, which gave no answer.",
        "roe77 wrote that the water came at night.",
        "John Doe is the mayor.",
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert without_bios((*STORY, line), AUTHORS, "The Example") == (*STORY, line)


def test_only_the_end_is_looked_at_and_something_always_stays() -> None:
    told = ("Jane Roe stood on the bridge.", *STORY)
    assert without_bios(told, AUTHORS, "The Example") == told
    assert without_bios(told[:1], AUTHORS, "The Example") == told[:1]


@pytest.mark.parametrize(
    ("found", "lines", "expected"),
    [
        ((), ["Jane Roe"], ["Jane Roe"]),
        ((), ["3 May 2026 | 13:10 | Jane Roe"], ["Jane Roe"]),
        (("The Example",), ["Sport", "Jane Roe/John Doe"], ["Jane Roe", "John Doe"]),
        (("John Doe",), ["Jane Roe"], ["John Doe"]),
        (("The Example",), ["Northmoor"], ["The Example"]),
        (("The Example",), ["World News"], ["The Example"]),
        ((), ["Reuters"], ["Reuters"]),
        ((), ["항구 홍수, 다리 폐쇄"], []),
        ((), [], []),
    ],
)
def test_a_name_alone_above_the_text_signs_where_no_person_is_declared(
    found: tuple[str, ...], lines: list[str], expected: list[str]
) -> None:
    assert list(credited_authors(found, lines, "The Example")) == expected
