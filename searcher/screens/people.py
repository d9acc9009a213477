"""How persons look, a line each."""

from __future__ import annotations

from index.model import Person
from index.terminal import counted
from searcher.model import PersonCount

__all__ = ["person_line"]


def person_line(person: Person | PersonCount) -> str:
    """Return the line of a person of an article, or of those of many articles."""
    if isinstance(person, Person):
        inferred = ", full name inferred" if person.inferred else ""
        mentions = counted(person.mentions, "mention")
        return f"{person.name}  {mentions}, {person.confidence:.0%} sure{inferred}"
    others = ", ".join(f"{own.value} ({own.articles:,})" for own in person.companions)
    return f"{person.name}  {counted(person.articles, 'article')}" + (
        f", with {others}" if others else ""
    )
