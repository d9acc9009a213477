"""What both packages know of terminals, with the standard library alone.

Strategy: text of articles is not trusted. `printable` takes out of it all that a terminal
would obey instead of show; everything that is printed went through it. The streams are
set up once so that no character can fail to be written.

Rule 1: stdout holds results only; progress, hints and errors go to stderr.
Rule 2: What is plain for a program is plain for a person: no colour unless a terminal, or
    the user, asks for it.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TextIO

__all__ = [
    "ARCHIVE_VARIABLE",
    "DEFAULT_ARCHIVE",
    "DONE",
    "FAILED",
    "INTERRUPTED",
    "NOTHING",
    "Colour",
    "cells",
    "complain",
    "counted",
    "in_words",
    "is_coloured",
    "line_breaks",
    "page_width",
    "path_problem",
    "prepare_streams",
    "printable",
    "write_json",
]

COMMAND = "searcher"
DEFAULT_ARCHIVE = "archive.idx"
ARCHIVE_VARIABLE = "SEARCHER_ARCHIVE"

# How a command ends: found or done, nothing found, an error, Ctrl-C.
DONE, NOTHING, FAILED, INTERRUPTED = 0, 1, 2, 130

# Longer lines are hard to read on, however wide the window (typographers ask for 45 to 90).
MAX_WIDTH = 100
MIN_WIDTH = 20
PIPE_WIDTH = 80

WIDE = 2  # cells of a character of Chinese, Japanese or Korean, and of most emoji

# Texts, compiled (and kept by `re`) when first needed: nearly all that is printed is printable,
# and a search that takes no longer than a few such compilations does without them.
# Whole sequences, so that "ESC[31m" leaves no "[31m" behind; what does not end is no sequence,
# and what another one begins in has no end: else each of many would be searched for it.
ESCAPE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
)
BREAK = "[\t\n\v\f\r\x85\u2028\u2029]+"
# Controls; what is not shown and only misleads; what turns the order of characters around.
UNSEEN = "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]+"
SURROGATE = "[\ud800-\udfff]"

# Japanese and Chinese break lines anywhere but before and behind these.
NOT_FIRST = frozenset(
    "、。，．・：；！？）］｝」』】〉》〕”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…*"
)
NOT_LAST = frozenset("（［｛「『【〈《〔“‘*")

PLAIN = str.maketrans("‘’‚“”„«»‹›–—−‐‑•·", '\'\'""""""\'\'-----**')


class Colour(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def printable(text: str) -> str:
    r"""Return the text as one line, without anything that a terminal would obey.

    Example:
        >>> printable("a \x1b[31mred\x1b[0m\nline\u202e")
        'a red line'
    """
    if text.isprintable():
        return text
    text = re.sub(UNSEEN, "", re.sub(BREAK, " ", re.sub(ESCAPE, "", text)))
    return re.sub(SURROGATE, "\ufffd", text)


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes up.

    Example:
        >>> cells("Tokyo"), cells("東京"), cells("e\u0301")
        (5, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if "\u1160" <= char <= "\u11ff" or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return WIDE if unicodedata.east_asian_width(char) in "WF" else 1


def line_breaks(text: str, width: int) -> list[int]:
    """Return where to begin new lines so that none is wider than `width` cells, at least 2.

    Spaces may stand out at the end of a line. A word wider than a line is cut.

    Example:
        >>> line_breaks("the river rose again", width=10)
        [10]
    """
    if text.isascii() and text.isprintable():
        return _breaks_of_plain(text, width)
    breaks: list[int] = []
    begin = chance = used = 0
    for at, char in enumerate(text):
        if at and _may_break(text[at - 1], char):
            chance = at
        size = _cells(char)
        if used + size > width and not char.isspace():
            begin = chance if chance > begin else at
            breaks.append(begin)
            used = cells(text[begin:at])
        used += size
    return breaks


def _breaks_of_plain(text: str, width: int) -> list[int]:
    """Return the same for text of one cell a character and without blanks but the space."""
    breaks: list[int] = []
    at = width
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        begin = breaks[-1] if breaks else 0
        breaks.append(text.rfind(" ", begin, at) + 1 or at)
        at = breaks[-1] + width
    return breaks


def _may_break(before: str, char: str) -> bool:
    if char.isspace():
        return False
    if before.isspace():
        return True
    return (
        WIDE in {_cells(before), _cells(char)}
        and _cells(char) > 0
        and char not in NOT_FIRST
        and before not in NOT_LAST
    )


def page_width() -> int:
    """Return how wide lines may be: COLUMNS, else the terminal, else 80; 100 at most."""
    return max(MIN_WIDTH, min(_columns(), MAX_WIDTH))


def _columns() -> int:
    # As `shutil.get_terminal_size`, without loading all that copies and packs files.
    with suppress(KeyError, ValueError):
        if (told := int(os.environ["COLUMNS"])) > 0:
            return told
    with suppress(OSError):  # stdout is no terminal
        return os.get_terminal_size().columns or PIPE_WIDTH
    return PIPE_WIDTH


def path_problem(text: str) -> str | None:
    """Return why a text cannot be the path of a file or folder, None where it can.

    Example:
        >>> path_problem("https://herald.example/")
        "'https://herald.example/' is an address; only folders and files on disk work"
    """
    # Path("") is the current folder, which nobody means who typed "$DIR" with DIR unset.
    if not text.strip():
        return "the path is empty"
    if "://" in text:
        return f"{text!r} is an address; only folders and files on disk work"
    return None


def is_coloured(stream: TextIO, choice: Colour, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether to colour what is written to a stream.

    NO_COLOR (https://no-color.org) wins over FORCE_COLOR, and an option over both.
    """
    if choice is not Colour.AUTO:
        return choice is Colour.ALWAYS
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun.

    Example:
        >>> counted(1, "page"), counted(1200, "page"), counted(2, "copy"), counted(3, "day")
        ('1 page', '1,200 pages', '2 copies', '3 days')
    """
    if count != 1:
        stem = noun.removesuffix("y")
        noun = noun + "s" if stem.endswith(("y", *"aeiou")) or stem == noun else stem + "ies"
    return f"{count:,} {noun}"


def complain(message: str) -> None:
    """Write a message of the program to stderr, as one line."""
    sys.stderr.write(f"{COMMAND}: {printable(message)}\n")


def in_words(error: BaseException) -> str:
    """Return the text of an error, without the number that the system gave it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def write_json(value: Mapping[str, object], stream: TextIO | None = None) -> None:
    """Write a JSON object to a stream, stdout where none is given, on one line."""
    import json  # late: most searches are shown to a person

    stream = stream or sys.stdout
    unicode = codecs.lookup(stream.encoding).name.startswith("utf")
    stream.write(json.dumps(value, ensure_ascii=not unicode) + "\n")


def prepare_streams() -> None:
    """Make stdout and stderr take every character, and be there at all."""
    codecs.register_error("plain", _in_plain_letters)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the shell closed it, as with `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (stays open to the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plain")


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    """Say what an encoding cannot: bare letters and straight quotes, else question marks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(map(_in_ascii, text)), error.end


def _in_ascii(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char).translate(PLAIN)
    return bare.encode("ascii", "ignore").decode() or "?"
