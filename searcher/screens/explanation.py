"""How the parts of a score look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.terminal import printable
from searcher.model import ScorePart
from searcher.screens.layout import MARGIN
from searcher.screens.styled import ASIDE, Line, wrapped

__all__ = ["explanation_lines"]


def explanation_lines(score: float, parts: Sequence[ScorePart], *, width: int) -> Iterator[Line]:
    """Yield the lines that say what a score is made of."""
    indent = " " * MARGIN
    yield from wrapped(((f"score {score:.3f}", ASIDE),), width, indent)
    for part in parts:
        line = f"+ {part.score:.3f} {printable(part.what)}{_reasons(part)}"
        yield from wrapped(((line, ASIDE),), width, indent)
    yield ()


def _reasons(part: ScorePart) -> str:
    places = (
        _place(part.in_title, "title", part.title_length),
        _place(part.in_body, "body", part.body_length),
        None if part.idf is None else f"idf {part.idf:.2f}",
    )
    told = ", ".join(filter(None, places))
    return f" ({told})" if told else ""


def _place(count: int | None, name: str, length: int | None) -> str | None:
    if not count:
        return None
    return f"{count}x" if length is None else f"{count}x in a {name} of {length} words"
