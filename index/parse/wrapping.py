"""Lines of a text to paragraphs: text that was wrapped, or cut at its links, is joined again.

Strategy: text is taken for wrapped if many of its lines end near the same column, and in
the middle of a sentence. Then a line break is soft if the first word of the next line
would not have fitted behind it; all other breaks, and empty lines, end a paragraph. Text
whose lines are as long as their paragraphs passes unchanged.

Paragraphs may also begin with an indentation, as those of newsprint do.

Programs that put each piece of text on a line of its own cut paragraphs at their links. That
is seen where lines begin with what ends a clause (", he said"). Such lines go on from the line
before; so do those that begin in lower case, and the link itself, behind a short word or a comma.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from index.parse.sentences import SENTENCE_SIGNS

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
SENTENCE_ENDS = (*SENTENCE_SIGNS, '"', "”", "“", "»", "」")
# Control characters, soft hyphens, marks of direction and width; joiners stay, they spell.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)


# What stands behind a link: "'s harbour", ", and"; a line of a list may be ". . ." alone.
WITHIN = re.compile(r"[,.;:!?)\]»”…、。，；：！？）」](?=\s?\w|\s?[\"“«(]|$)|['’]s\b")
CUT = re.compile(r"[,.;)]\s+\w|[、，]\w")
FEWEST_CUTS = 3
# A paragraph may begin with an indentation, and no empty line above it.
INDENT = re.compile(r"[ \xa0]{2}|[\t\u3000]")
FEWEST_INDENTED = 2
SHORT_WORD = 4  # letters: "by", "the", "por"; headings end with longer words


def paragraph_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return one line for each paragraph, heading or other line; no empty ones.

    White space is made single blanks and invisible characters are taken out.
    """
    cleaned = [" ".join(INVISIBLE.sub("", line).split()) for line in lines]
    if sum(CUT.match(line) is not None for line in cleaned) >= FEWEST_CUTS:
        cleaned = _mended(cleaned)
    else:
        cleaned = _parted(lines, cleaned)
    edge = _edge([line for line in cleaned if line])
    return tuple(cleaned_line for cleaned_line in _joined(cleaned, edge) if cleaned_line)


def _parted(lines: Sequence[str], cleaned: Sequence[str]) -> list[str]:
    """Return cleaned lines with an empty one before each that is indented, where fewer are."""
    begins = [
        bool(clean) and INDENT.match(line) is not None
        for line, clean in zip(lines, cleaned, strict=True)
    ]
    if not FEWEST_INDENTED <= sum(begins) <= sum(map(bool, cleaned)) // 2:
        return [*cleaned]
    parted = (
        (["", line] if begin else [line]) for line, begin in zip(cleaned, begins, strict=True)
    )
    return [line for part in parted for line in part]


def columns(text: str) -> int:
    """Return the width of a text, where ideographs and kana take two columns."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _mended(lines: Sequence[str]) -> list[str]:
    """Return lines that were cut at links as the paragraphs that they were."""
    paragraphs: list[str] = []
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        before = pieces[-1] if pieces else ""
        is_link = _is_link(before, line, following, is_inside=len(pieces) > 1)
        if before and line and (is_link or _goes_on(before, line)):
            pieces.append(line if WITHIN.match(line) else f" {line}")
        else:
            paragraphs.append("".join(pieces))
            pieces = [line]
    return [*paragraphs, "".join(pieces)]


def _goes_on(before: str, line: str) -> bool:
    """Return whether a line is the rest of a sentence that begins above it."""
    if WITHIN.match(line):
        return True
    return line[0].islower() and not before.endswith(SENTENCE_ENDS)


def _is_link(before: str, line: str, following: str, *, is_inside: bool) -> bool:
    """Return whether a line stands within the sentence that the lines around it are of.

    Args:
        before: The line before it.
        line: The line.
        following: The line below it.
        is_inside: Whether the line before it is the rest of a paragraph, no heading.
    """
    if before.endswith(SENTENCE_ENDS) or _breaks_off(line) or not following:
        return False
    goes_on = WITHIN.match(following) is not None or following[0].islower()
    return goes_on and (is_inside or _breaks_off(before))


def _breaks_off(line: str) -> bool:
    """Return whether a line ends as sentences do before a name and headings do not."""
    last = line.rsplit(" ", 1)[-1]
    return last.endswith(",") or (len(last) <= SHORT_WORD and last.islower())


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
