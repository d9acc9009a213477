"""Tokens to segments: the runs of capitalised words in which a name may stand.

All else is in no name, and no name reaches out of a segment. A segment goes on over the
particles that join names (van der, bin, de la), over a nickname in quotation marks and over
"the" before a byname (the Elder). It ends at any other word or sign, and is cut where it is
too long for a name. A word alone that is in no name ("But") is no segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from index.people.tokens import BOUNDARY, OPENING_QUOTES, Token, cut, tokens_of

__all__ = [
    "CAPITALS",
    "PADDING",
    "PLAIN",
    "QUOTES",
    "TITLE_CASE",
    "Line",
    "Segment",
    "lower_words",
    "read_line",
]

PLAIN, TITLE_CASE, CAPITALS = "p", "t", "c"  # kinds of lines

# Title case leaves small words alone, and a few capitals are no headline yet.
MAX_HEADLINE_CHARS = 200
MAX_SMALL_WORD = 3
MIN_HEADLINE_WORDS, CAPITAL_SHARE = 4, 0.8

MAX_SEGMENT = 12  # tokens; names of persons are shorter
NEARBY = 200  # tokens: a paragraph
MAX_LINK = 3  # particles in a row
BYNAMES = frozenset({"elder", "younger", "great", "first", "second", "terrible", "magnificent"})
CLOSING_QUOTES = frozenset("\"”'’")
QUOTES = OPENING_QUOTES | CLOSING_QUOTES  # in a segment they stand in pairs, around a nickname
PADDING = 2  # boundary tokens on either side of a line
Segment = tuple[int, int]  # half-open range of the padded tokens of a line


@dataclass(slots=True, frozen=True)
class Line:
    """A line of text, read.

    Attributes:
        pieces: What it was cut into.
        tokens: Its tokens, with `PADDING` boundaries on either side.
        segments: Where a name may stand, in reading order.
        kind: Whether its capital letters say anything.
    """

    pieces: Sequence[str]
    tokens: Sequence[Token]
    segments: Sequence[Segment]
    kind: str

    def ends(self) -> list[int]:
        """Return where each token ends in the line, code points before that."""
        return [*[0] * PADDING, *accumulate(map(len, self.pieces))]


def read_line(text: str, *, with_nobody: bool = False) -> Line:
    """Return a line of text as tokens and segments.

    Args:
        text: The line.
        with_nobody: Whether words that by themselves name nobody are segments as well, as
            examples of what is no name.
    """
    pieces = cut(text)
    own = tokens_of(pieces, uppercase_line=text.isupper())
    tokens = [BOUNDARY, BOUNDARY, *own, BOUNDARY, BOUNDARY]
    return Line(pieces, tokens, list(_segments(tokens, with_nobody=with_nobody)), _kind(text, own))


def lower_words(lines: Sequence[Line]) -> set[str]:
    """Return the words that a document has in small letters, and an empty one."""
    return {token.lower for line in lines for token in line.tokens}


def _kind(text: str, tokens: Sequence[Token]) -> str:
    if len(text) > MAX_HEADLINE_CHARS:
        return CAPITALS if text.isupper() else PLAIN
    if text.isupper():
        return CAPITALS
    if tokens and tokens[-1].key in {".", "!", "?"}:
        return PLAIN  # a short sentence may be full of names
    words = [
        token for token in tokens if len(token.key) > MAX_SMALL_WORD and not token.key[0].isdigit()
    ]
    capitals = sum(token.capital for token in words)
    is_headline = len(words) >= MIN_HEADLINE_WORDS and capitals >= CAPITAL_SHARE * len(words)
    return TITLE_CASE if is_headline else PLAIN


def _segments(tokens: Sequence[Token], *, with_nobody: bool) -> Iterator[Segment]:
    end = 0
    for at in [at for at, token in enumerate(tokens) if token.capital]:
        if at < end:
            continue
        start = _first_particle(tokens, at, end) if tokens[at - 1].particle else at
        end = at + 1
        while tokens[end].capital or tokens[end].joins:
            following = _following(tokens, end)
            if not following or following - start > MAX_SEGMENT:
                break
            end = following
        if with_nobody or end - start > 1 or not tokens[at].nobody:
            yield start, end


def _first_particle(tokens: Sequence[Token], at: int, end: int) -> int:
    """Return the first of the particles that a name begins with."""
    start = at
    while (
        tokens[start - 1].particle
        and start - 1 >= end
        and at - start < MAX_LINK
        and not _is_preposition(tokens, start - 1)
    ):
        start -= 1
    return start


def _is_preposition(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that joins names stands before common words nearby."""
    nearby = tokens[max(at - NEARBY, 0) : at + NEARBY]
    return any(
        token.key == tokens[at].key and behind.lower and not behind.particle
        for token, behind in pairwise(nearby)
    )


def _following(tokens: Sequence[Token], at: int) -> int:
    """Return the end of the next part of a segment that goes on at this token, or 0."""
    token = tokens[at]
    if token.capital:
        return at + 1
    if token.particle:
        return _behind_particles(tokens, at)
    if token.key == "the" and tokens[at + 1].key in BYNAMES and tokens[at + 1].capital:
        return at + 2
    if token.key in OPENING_QUOTES:
        return _behind_nickname(tokens, at)
    return 0


def _behind_particles(tokens: Sequence[Token], at: int) -> int:
    for behind in range(at + 1, at + 1 + MAX_LINK):
        if tokens[behind].capital:
            return behind + 1
        if not tokens[behind].particle:
            break
    return 0


def _behind_nickname(tokens: Sequence[Token], at: int) -> int:
    """Return the end of a name that goes on behind a nickname: `Edna "Bo" Lund`."""
    for behind in (at + 2, at + 3):
        if not tokens[behind - 1].capital or behind + 1 >= len(tokens):
            return 0
        if tokens[behind].key in CLOSING_QUOTES:
            return behind + 2 if tokens[behind + 1].capital else 0
    return 0
