"""How persons look: a name, and behind it what is known of the person."""

from __future__ import annotations

from collections.abc import Iterator

from index.model import Person
from index.terminal import counted, printable
from searcher.model import PersonCount
from searcher.screens.styled import ASIDE, FACT, Line, wrapped

__all__ = ["person_lines"]

INDENT = "    "


def person_lines(person: Person | PersonCount, *, width: int) -> Iterator[Line]:
    """Yield the lines of a person of an article, or of those of many articles.

    Args:
        person: The person.
        width: Cells of a line.
    """
    line: Line = ((printable(person.name), FACT), (f"  {printable(_facts(person))}", ASIDE))
    begin, *rest = wrapped(line, width - len(INDENT))
    yield begin
    for part in rest:
        yield ((INDENT, ASIDE), *part)


def _facts(person: Person | PersonCount) -> str:
    if isinstance(person, Person):
        inferred = ", full name inferred" if person.inferred else ""
        return f"{counted(person.mentions, 'mention')}, {person.confidence:.0%} sure{inferred}"
    others = ", ".join(f"{own.value} ({own.articles:,})" for own in person.companions)
    return counted(person.articles, "article") + (f", with {others}" if others else "")
