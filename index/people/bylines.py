"""What of an article is no story: bylines, credits, lines about the author."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text import name_key

__all__ = ["author_keys", "is_byline", "without_credits", "without_marks"]

MAX_AUTHORS, MAX_AUTHOR_CHARS = 200, 200
CREDIT = re.compile(
    r"\b(?:additional )?(?:reporting|editing|writing|compiled|translation|graphics|photos?|"
    r"photographs?|illustration|video|text|reported|written|edited)"
    r" by [^.;()\n]{0,150}"
    r"|\b(?:reuters|afp|ap photo|epa|dpa|getty images|picture alliance)\s?/\s?[^.;,()\n]{0,50}"
    r"|\b(?:photos?|fotos?|picture|image|credit|crédit|quelle|author|editor)(?: credit)?:"
    r" ?[^.;:()\n]{0,80}",
    re.IGNORECASE,
)
# What every credit has, found several times as fast: by the mark in it, what stands before that.
HINTS = {
    mark: tuple(words.split("|"))
    for mark, words in {
        " by ": "diting|porting|riting|piled|ration|lation|hics|hoto|hotos|aph|aphs|video|text|"
        "ported|itten|dited",
        "/": "euters|EUTERS|AFP|afp|hoto|HOTO|PA|pa|mages|iance|"
        "euters |EUTERS |AFP |afp |hoto |HOTO |PA |pa |mages |iance ",
        ": ": "to|tos|ure|age|dit|elle|thor|tor|TO|TOS|URE|AGE|DIT|ELLE|THOR|TOR",
    }.items()
}
# "Q." and "A." before the lines of an interview, P and R in Spanish: initials of nobody.
MARK = re.compile(r"\s*([QPAR])[.:] ?(?=\S)")
QUESTIONS, MIN_MARKS = frozenset("QP"), 2
BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door|autor|autorin|text|texte|story by)[: ]\s*\S.{0,100}",
    re.IGNORECASE,
)
BIOGRAPHY = re.compile(
    r"\b(?:reports?|reported|reporting|contributed|covers|writes|columnist|correspondent|reporter|"
    r"editor|journalist|author)\b"
)
MAX_BYLINE_WORDS = 12
MAX_BIOGRAPHY_WORDS = 60
MAX_WORD_CHARS = 12  # on average, with the blank


def author_keys(authors: Sequence[str]) -> tuple[str, ...]:
    """Return the names of authors as `is_byline` compares them."""
    names = (author for author in authors[:MAX_AUTHORS] if len(author) <= MAX_AUTHOR_CHARS)
    return tuple(filter(None, map(name_key, names)))


def is_byline(text: str, authors: Sequence[str]) -> bool:
    """Tell a line that says who wrote the article, or who the author is.

    Args:
        text: The line.
        authors: Keys of the authors.
    """
    if len(text) > MAX_BIOGRAPHY_WORDS * MAX_WORD_CHARS:
        return False
    says_by = BYLINE.fullmatch(text.rstrip()) is not None
    if not says_by and not authors:
        return False  # of most lines nothing else need be found out
    size = len(text.split(None, MAX_BIOGRAPHY_WORDS))
    is_short = size <= MAX_BYLINE_WORDS and not text.rstrip().endswith((".", "!", "?", "”", '"'))
    if is_short and says_by:
        return True
    if size > MAX_BIOGRAPHY_WORDS or not authors:
        return False
    if not is_short and BIOGRAPHY.search(text) is None:
        return False
    key = name_key(text)
    return any(author in key for author in authors)


def without_credits(text: str) -> str:
    """Return the line with blanks for what credits somebody: "(Reporting by ...)"."""
    if any(mark in text and _has_before(text, mark, words) for mark, words in HINTS.items()):
        return CREDIT.sub(lambda match: " " * len(match[0]), text)
    return text


def _has_before(text: str, mark: str, words: tuple[str, ...]) -> bool:
    return any(before.endswith(words) for before in text.split(mark)[:-1])


def without_marks(lines: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Return the numbered lines of an interview with blanks for the marks of who speaks."""
    marked = {number: mark for number, text in lines if (mark := MARK.match(text))}
    questions = sum(mark[1] in QUESTIONS for mark in marked.values())
    if min(questions, len(marked) - questions) < MIN_MARKS:
        return lines
    return [
        (number, MARK.sub(lambda mark: " " * len(mark[0]), text, count=1))
        if number in marked
        else (number, text)
        for number, text in lines
    ]
