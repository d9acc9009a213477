"""How persons look, a line each."""

from __future__ import annotations

from index.model import Person
from index.terminal import counted
from searcher.model import PersonCount

__all__ = ["person_line"]


def person_line(person: Person | PersonCount) -> str:
    """Return the line of a person of an article, or of those of many articles."""
    if isinstance(person, Person):
        return f"{person.name}  {counted(person.mentions, 'mention')}, {person.confidence:.0%} sure"
    others = ", ".join(f"{own.value} ({own.articles:,})" for own in person.companions)
    return f"{person.name}  {counted(person.articles, 'article')}" + (
        f", with {others}" if others else ""
    )
