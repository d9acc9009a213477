"""What of an article tells whether it is of the same story as another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.identity import key_of_letters, letters_of
from index.model import Article
from index.stories.fingerprints import Sketch, sketch_of_letters
from index.text import pieces, terms_of_piece

__all__ = ["Profile", "profile_of"]

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Characters that numbers are looked for in: more than nearly all articles have, and tables of
# megabytes take no longer.
NUMBERED_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """What is compared of an article.

    Attributes:
        key: Key of its text (`index.identity.text_key`); None: it has no letters.
        sketch: Fingerprints of its body.
        numbers: The numbers in its body as written, without the marks that group digits.
        title: The words of its title.
        day: Day of publication, as a count of days (`date.toordinal`); None: unknown.
    """

    key: str | None
    sketch: Sketch
    numbers: frozenset[str]
    title: frozenset[str]
    day: int | None


def profile_of(
    article: Article, sketched: Callable[[bytes], Sketch] = sketch_of_letters
) -> Profile:
    """Return what is compared of an article.

    Args:
        article: The article.
        sketched: Makes the fingerprints of the letters of its body.
    """
    written = NUMBER.findall(article.body[:NUMBERED_CHARACTERS])
    letters = letters_of(article.body)
    words = (term for piece in pieces(article.title) for term in terms_of_piece(piece))
    return Profile(
        key=key_of_letters(article.title, letters),
        sketch=sketched(letters),
        numbers=frozenset(number.replace(",", "") for number in written),
        title=frozenset(words),
        day=article.day.toordinal() if article.day else None,
    )
