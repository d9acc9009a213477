"""What a terminal is given: cleaned, measured and broken into lines."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terminal import Colour, cells, is_coloured, line_breaks, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://x.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jtext", "text"),
        ("\x1bPdevice\x1b\\text", "text"),
        ("\x1b]unfinished text", "]unfinished text"),
        ("\x90" * 500_000 + "text", "text"),  # many that are begun and none that ends
        ("left\u202eright\u202c\u2066x\u2069", "leftrightx"),
        ("soft\u00adhyphen\ufeff\u200b", "softhyphen"),
        ("tag\U000e0041", "tag"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("bell\x07 back\b nul\0 del\x7f", "bell back nul del"),
        ("می‌خواهم 👩‍🚒", "می‌خواهم 👩‍🚒"),  # joiners are part of writing
    ],
)
def test_what_is_left_of_a_text(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(codec=None), max_size=200))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = printable(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode()  # lone surrogates cannot be written
    assert printable(shown) == shown


def broken(text: str, width: int) -> list[str]:
    cuts = [0, *line_breaks(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("the river rose again", 10, ["the river ", "rose again"]),
        ("abcdefghij klm", 4, ["abcd", "efgh", "ij ", "klm"]),
        ("a abcdefgh", 4, ["a ", "abcd", "efgh"]),
        ("東京の橋が閉鎖", 6, ["東京の", "橋が閉", "鎖"]),
        ("東京の橋。閉鎖", 8, ["東京の", "橋。閉鎖"]),  # no line begins with a full stop
        ("東京の「橋」", 8, ["東京の", "「橋」"]),  # none ends with an opening bracket
        ("cafe\u0301 au lait", 4, ["cafe\u0301 ", "au ", "lait"]),
        ("the 東京 bridge", 6, ["the 東", "京 ", "bridge"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert broken(text, width) == lines


@given(st.text(max_size=300), st.integers(2, 60))
def test_lines_fit_and_hold_all(text: str, width: int) -> None:
    text = printable(text).strip()
    lines = broken(text, width)
    assert "".join(lines) == text
    assert all(cells(line.rstrip()) <= width for line in lines)


@pytest.mark.parametrize(
    ("choice", "environ", "expected"),
    [
        (Colour.AUTO, {}, False),
        (Colour.AUTO, {"FORCE_COLOR": "1"}, True),
        (Colour.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (Colour.ALWAYS, {"NO_COLOR": "1"}, True),
        (Colour.NEVER, {"FORCE_COLOR": "1"}, False),
        (Colour.AUTO, {"FORCE_COLOR": "", "NO_COLOR": ""}, False),
    ],
)
def test_colour_of_a_stream_that_is_no_terminal(
    choice: Colour,
    environ: dict[str, str],
    expected: bool,  # noqa: FBT001 (a table of cases)
) -> None:
    assert is_coloured(io.StringIO(), choice, environ) is expected
