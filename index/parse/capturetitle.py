"""Which line of a text capture is the title?

Strategy: many tools write the title of the window into the first line, "Flood in the valley -
Example Times": what of it stands below once more, above the text, is the headline. Else each
line around the start of the text is scored: its words come again in the text, as those of menus
and of other headlines do not, it is about as long as titles are, and a byline or a day stands
below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parse.captureroles import Role
from index.parse.outlets import headline_in_lines
from index.parse.seendates import line_date
from index.parse.titles import folded, folded_lines
from index.parse.wrapping import columns

__all__ = ["DATELINE_COLUMNS", "HEADLINE_COLUMNS", "TITLE_COLUMNS", "title_line"]

TITLE_COLUMNS = range(4, 220)
TYPICAL_TITLE_COLUMNS = 60
HEADLINE_COLUMNS = 25
DATELINE_COLUMNS = 80
SCORE_OF_WORDS = 40.0  # for a line all whose words come again, as much as for two full lengths
MAX_LINES = 1000  # in which the headline is looked for
LINES_ABOVE_BODY = 60
LINES_IN_REACH = 10  # above the text, which cost nothing
TITLE_BELOW_START = 4  # below the caption of a picture, say
SCORE_PER_LINE_BELOW = 15
SCORE_ABOVE_CREDIT = 15  # for a line right above a byline or a day
BYLINE = re.compile(r"(?i:by|von|par|por|di|door|av|af) [A-ZÀ-Þ]")
WORDS = re.compile(r"\w{2,}")
CREDIT = re.compile(
    r"^(?:by|von|par|por|di|tags?|photo|foto|image|caption|bild)\b[:\s]|getty images|^©|"
    r"\b(?:photo(?:graph(?:er)?)?|foto|bild|image)(?: by)?:",
    re.IGNORECASE,
)


def title_line(lines: Sequence[str], roles: Sequence[Role], span: tuple[int, int]) -> int | None:
    """Return the line that is the title; None: none looks like one.

    Args:
        lines: The capture.
        roles: What each line is.
        span: Where the body is; it is not empty.
    """
    start, end = span
    stop = min(start + TITLE_BELOW_START, len(lines))
    if (named := _named_by_window(lines, stop)) is not None:
        return named
    prose = (lines[at] for at in range(start, end) if roles[at] is Role.PROSE)
    known = _words(" ".join(prose))
    scores = {
        at: score + SCORE_ABOVE_CREDIT * _is_signed(lines, at)
        for at in range(max(0, start - LINES_ABOVE_BODY), stop)
        if roles[at] in {Role.SHORT, Role.SPEECH} or _asks(lines, at, start)
        if (score := _title_score(lines[at], known, start - at)) > 0
    }
    return max(scores, key=lambda at: scores[at], default=None)


def _named_by_window(lines: Sequence[str], stop: int) -> int | None:
    """Return the last line before a stop, else the first, that repeats the headline atop."""
    first, below = lines[0], lines[1:MAX_LINES]
    headline = headline_in_lines(first, below) or first
    if columns(headline) < HEADLINE_COLUMNS:  # the name of an outlet, or of a rubric
        return None
    key = folded(headline)
    places = [at for at, other in enumerate(folded_lines(below), 1) if other == key]
    above = [at for at in places if at < stop]
    return next(iter([*above[-1:], *places]), None)


def _is_signed(lines: Sequence[str], at: int) -> bool:
    """Whether a byline or a day stands right below a line that is long enough for a headline."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if columns(below) > DATELINE_COLUMNS or columns(lines[at]) < HEADLINE_COLUMNS:
        return False
    return BYLINE.match(below) is not None or line_date([below], None, None) is not None


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, of scripts without blanks the pairs of letters."""
    words = WORDS.findall(text.casefold())
    wide = (word for word in words if columns(word) > len(word))
    pairs = (word[at : at + 2] for word in wide for at in range(len(word) - 1))
    return frozenset((*(word for word in words if columns(word) == len(word)), *pairs))


def _asks(lines: Sequence[str], at: int, start: int) -> bool:
    """Whether the first line of the body is a headline that ends like a question."""
    return at == start < len(lines) - 1 and lines[at].endswith(("?", "？", "!", "؟"))


def _title_score(line: str, known: frozenset[str], away: int) -> float:
    width, words = columns(line), _words(line)
    if (
        width not in TITLE_COLUMNS
        or not words
        or CREDIT.search(line)
        or line_date([line], None, None)
    ):
        return 0
    again = SCORE_OF_WORDS * len(words & known) / len(words)
    length = min(width, TYPICAL_TITLE_COLUMNS) / 2 - max(0, width - 2 * TYPICAL_TITLE_COLUMNS)
    far = max(0, away - LINES_IN_REACH) if away > 0 else SCORE_PER_LINE_BELOW * -away
    sentence = SCORE_OF_WORDS / 4 if line.endswith((".", "。", ":", "：")) else 0
    return again + length - far - sentence
