"""Lines of a text to paragraphs: text that was wrapped at some column is joined again.

Strategy: text is taken for wrapped if many of its lines end near the same column, and in
the middle of a sentence. Then a line break is soft if the first word of the next line
would not have fitted behind it; all other breaks, and empty lines, end a paragraph. Text
whose lines are as long as their paragraphs passes unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["columns", "paragraph_lines"]

# Mail and Usenet wrap at 72, terminals at 80, typewriters at 65, old tools at 100.
MIN_WIDTH, MAX_WIDTH = 40, 104
# Of wrapped lines, words being short, most end within this many columns of the edge.
NEAR_EDGE = 14
WRAPPED_SHARE = 0.4
MIN_LINES = 3
LOOSE_SHARE = 0.4
# Short paragraphs of one line each may be of like length, but they end with their sentence.
ENDED_SHARE = 0.4
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", '"', "”", "“", "»", "」")
# Control characters, soft hyphens, marks of direction and width; joiners stay, they spell.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)


def paragraph_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return one line for each paragraph, heading or other line; no empty ones.

    White space is made single blanks and invisible characters are taken out.
    """
    cleaned = [" ".join(INVISIBLE.sub("", line).split()) for line in lines]
    edge = _edge([line for line in cleaned if line])
    return tuple(cleaned_line for cleaned_line in _joined(cleaned, edge) if cleaned_line)


def columns(text: str) -> int:
    """Return the width of a text, where ideographs and kana take two columns."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _edge(lines: Sequence[str]) -> int | None:
    """Return the column that the lines were wrapped at, None if they were not."""
    if len(lines) < MIN_LINES:
        return None
    widths = [columns(line) for line in lines]
    # One in twenty may stick out: addresses and other words that cannot be broken.
    edge = sorted(widths)[-1 - len(widths) // 20]
    if not MIN_WIDTH <= edge <= MAX_WIDTH or max(widths) > 2 * MAX_WIDTH:
        return None
    full = [line for line, width in zip(lines, widths, strict=True) if width >= edge - NEAR_EDGE]
    ended = sum(line.endswith(SENTENCE_ENDS) for line in full)
    is_wrapped = len(full) >= WRAPPED_SHARE * len(lines) and ended <= ENDED_SHARE * len(full)
    return edge if is_wrapped else None


def _joined(lines: Sequence[str], edge: int | None) -> Iterator[str]:
    if edge is None:
        yield from lines
        return
    paragraph = ""
    previous = ""
    # Between empty lines even a short line goes on; without them it ends a paragraph.
    slack = int(LOOSE_SHARE * edge) if "" in lines[1:-1] else 0
    for line in lines:
        if paragraph and line and _is_soft(previous, line, edge - slack):
            paragraph = _join(paragraph, line)
        else:
            yield paragraph
            paragraph = line
        previous = line
    yield paragraph


def _is_soft(line: str, following: str, edge: int) -> bool:
    first = following.split(" ", 1)[0]
    # Text without blanks breaks anywhere but before a stop or a closing bracket.
    needed = 4 if columns(first) > len(first) else columns(first) + 1
    return columns(line) + needed > edge


def _join(paragraph: str, line: str) -> str:
    if columns(paragraph[-1]) > 1 or columns(line[0]) > 1:
        return paragraph + line
    return f"{paragraph} {line}"
