"""Who signs with a picture? A name below the headline that describes a picture of the page.

Strategy: pages that are put together by programs of today have no word for "by" and no name of a
class that tells: a small picture, a name, a day. Each of these alone says little; a full name in
a line of its own that is the description of a picture, too, and stands beside a day, signs. Without
a picture it does not: rubrics and labels look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.parse.dates import find_date
from index.parse.head import one_line
from index.parse.signatures import is_house, signed_names
from index.parse.titles import folded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["pictured_authors"]

PICTURES = "img[alt]"
MAX_PICTURES = 100
LINES_BELOW = 12  # the headline
REACH = 2  # lines between a name and its day
MAX_NAME_CHARS, MAX_DAY_CHARS, MAX_ALT_CHARS = 60, 40, 90
NAME = re.compile(r"\W{0,3}[^\W\d_a-z]\S*(?:\s\S+){1,5}")
YEAR = re.compile(r"\d\d")
LETTER = re.compile(r"[^\W_]")


def pictured_authors(
    tree: LexborHTMLParser, above: Sequence[str], below: Sequence[str], outlets: Sequence[str]
) -> tuple[str, ...]:
    """Return the name in a line by the headline that is beside a day and below a picture.

    Args:
        tree: The parsed page.
        above: The lines above the headline.
        below: Those below it.
        outlets: What the outlet is called, who does not sign so.

    Example:
        `<img alt="Jane Roe"><p>Jane Roe</p><p>3 May 2026</p>` below the headline.
    """
    named = [*_beside_days(below[:LINES_BELOW], outlets), *_beside_days(above, outlets)]
    if not named:
        return ()
    alts = [folded(alt) for alt in _descriptions(tree)]
    return next((names for line, names in named if _is_described(folded(line), alts)), ())


def _beside_days(
    lines: Sequence[str], outlets: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the lines close to a day that are full names, with these."""
    near = [line for line in lines if LETTER.search(line)]
    days = [at for at, line in enumerate(near) if _is_day(line)]
    for at, line in enumerate(near):
        is_close = any(0 < abs(at - day) <= REACH for day in days)
        if is_close and (names := _full_names(line, outlets)):
            yield line, names


def _is_day(line: str) -> bool:
    return len(line) <= MAX_DAY_CHARS and bool(YEAR.search(line)) and find_date(line) is not None


def _full_names(line: str, outlets: Sequence[str]) -> tuple[str, ...]:
    is_short = len(line) <= MAX_NAME_CHARS and NAME.fullmatch(line) is not None
    names = signed_names(line, outlets) if is_short else ()
    return names if all(" " in name and not is_house(name, outlets) for name in names) else ()


def _descriptions(tree: LexborHTMLParser) -> list[str]:
    texts = (node.attributes.get("alt") or "" for node in tree.css(PICTURES)[:MAX_PICTURES])
    return [one_line(text) for text in texts if len(text) <= MAX_ALT_CHARS]


def _is_described(name: str, alts: Sequence[str]) -> bool:
    """Return whether a picture is called by this name, behind a word such as "Photo of"."""
    return any(alt.endswith(name) and len(alt) <= 2 * len(name) for alt in alts)
