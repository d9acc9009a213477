"""What stands right behind a word, a phrase or a group: how close, and how much it counts.

    roe~      roe~2      one edit, or as many
    "a b"~5              so many other words between
    flood^2   (a b)^.5   its score counts so many times

Both may stand there, the closeness first: roe~1^2.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from searcher.errors import QuerySyntaxError
from searcher.query.tokens import Piece, shown
from searcher.tree import Not, Query

__all__ = ["MAX_BETWEEN", "NO_TAIL", "Tail", "read_tail", "times"]

FORM = re.compile(r"(?:~([0-9]*))?(?:\^([0-9]+(?:\.[0-9]+)?|\.[0-9]+))?")
FORMS = 'a tail is written as in roe~1, "river authority"~5, flood^2 or roe~1^2'
# Less than stand between two names of one article (`index.schema.NAME_GAP`).
MAX_BETWEEN = 99
MAX_BOOST = 1000.0
MAX_DIGITS = 6


class Tail(NamedTuple):
    """What a tail says.

    Attributes:
        piece: The tail and its place; None: there is no tail.
        close: Whether it has a ~.
        distance: The number behind the ~; None: there is none.
        boost: What the score is multiplied by.
    """

    piece: Piece | None = None
    close: bool = False
    distance: int | None = None
    boost: float = 1.0

    def error(self, message: str) -> QuerySyntaxError:
        """Return the error that points at the tail, which there is."""
        if self.piece is None:
            raise ValueError(message)
        return self.piece.error(message)


NO_TAIL = Tail()


def read_tail(piece: Piece) -> Tail:
    """Return what a tail says.

    Raises:
        QuerySyntaxError: It is none that there is.
    """
    match = FORM.fullmatch(piece.text)
    if match is None or max(map(len, match.groups(""))) > MAX_DIGITS:
        raise piece.error(f"{shown(piece.text)} is not understood; {FORMS}")
    distance, boost = match.groups()
    factor = float(boost) if boost else 1.0
    if factor > MAX_BOOST:
        raise piece.error(f"a word counts at most {MAX_BOOST:.0f} times as much, as in flood^2")
    return Tail(piece, distance is not None, int(distance) if distance else None, factor)


def times(query: Query, boost: float) -> Query:
    """Return the query with its score multiplied; what is unwanted has none."""
    return query if boost == 1.0 or isinstance(query, Not) else query.times(boost)
