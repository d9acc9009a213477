"""What changed between two versions of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.differences import Change, ParagraphChange, differences


def marked(paragraph: ParagraphChange) -> str:
    """Return a paragraph with what is gone in [- -] and what is new in {+ +}."""
    parts = [f"{paragraph.change}:"]
    if paragraph.old is not None and paragraph.change is not Change.SAME:
        parts.append(_with_marks(paragraph.old, paragraph.removed, "[-", "-]"))
    if paragraph.new is not None:
        parts.append(_with_marks(paragraph.new, paragraph.added, "{+", "+}"))
    return " ".join(parts)


def _with_marks(text: str, ranges: tuple[tuple[int, int], ...], before: str, after: str) -> str:
    for start, end in reversed(ranges):
        text = text[:start] + before + text[start:end] + after + text[end:]
    return text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        (["The same."], ["The same."], ["same: The same."]),
        (["Gone."], [], ["removed: [-Gone.-]"]),
        ([], ["Here."], ["added: {+Here.+}"]),
        (
            ["The river rose two metres on Monday."],
            ["The river rose three metres on Monday night."],
            [
                (
                    "changed: The river rose [-two-] metres on Monday. "
                    "The river rose {+three+} metres on Monday {+night+}."
                )
            ],
        ),
        (
            ["First stays.", "The mayor closed the old bridge.", "Last stays."],
            ["First stays.", "New here: nobody was hurt, police say.", "Last stays."],
            [
                "same: First stays.",
                "added: {+New here: nobody was hurt, police say.+}",
                "removed: [-The mayor closed the old bridge.-]",
                "same: Last stays.",
            ],
        ),
        (
            ["Three people died in the flood.", "The bridge is closed."],
            ["Rain goes on.", "Four people died in the flood.", "The bridge is closed."],
            [
                "added: {+Rain goes on.+}",
                "changed: [-Three-] people died in the flood. {+Four+} people died in the flood.",
                "same: The bridge is closed.",
            ],
        ),
        (["He said so."], ["He said: so!"], ["changed: He said so[-.-] He said{+:+} so{+!+}"]),
        (
            ["市長は橋を閉鎖した。"],
            ["市長は道を閉鎖した。"],
            ["changed: 市長は[-橋-]を閉鎖した。 市長は{+道+}を閉鎖した。"],
        ),
    ],
)
def test_what_changed(old: list[str], new: list[str], expected: list[str]) -> None:
    assert [marked(paragraph) for paragraph in differences(old, new)] == expected


PARAGRAPHS = st.lists(st.text("ab c.ü橋\n", max_size=30), max_size=8)


@given(old=PARAGRAPHS, new=PARAGRAPHS)
def test_nothing_is_lost(old: list[str], new: list[str]) -> None:
    found = differences(old, new)
    assert [one.old for one in found if one.old is not None] == old
    assert [one.new for one in found if one.new is not None] == new
    for one in found:
        for text, ranges in ((one.old, one.removed), (one.new, one.added)):
            places = [place for span in ranges for place in span]
            assert places == sorted(places)
            assert not places or 0 <= places[0] <= places[-1] <= len(text or "")
        if one.change is Change.CHANGED:
            assert _rest(one.old, one.removed) == _rest(one.new, one.added)


def _rest(text: str | None, ranges: tuple[tuple[int, int], ...]) -> str:
    """Return what is not marked, white space aside."""
    text = text or ""
    for start, end in reversed(ranges):
        text = text[:start] + " " + text[end:]
    return "".join(text.split())


def test_large_paragraphs_change_as_a_whole() -> None:
    old, new = "word " * 3_000, "word " * 3_000 + "more"
    (paragraph,) = differences([old], [new])
    assert paragraph.removed == ((0, len(old)),)
