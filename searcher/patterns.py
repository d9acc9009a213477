"""What of a query can be seen in a text: words, phrases and beginnings, as patterns.

A pattern is a run of words. The analysis is that of the index (`index.text`), so what is
marked is what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from whoosh.query import And, Or, Phrase, Prefix, Query, Term

from index.schema import TEXT_FIELDS, exact, written
from index.text import Token, begins_pairs, stem, tokens

__all__ = ["Match", "Pattern", "find_matches", "visible_patterns"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that stand in a row.

    Attributes:
        words: What to look for, at least one.
        form: How: by stems, by words as written, or (a single one) by what words begin with.
    """

    words: tuple[str, ...]
    form: Literal["stem", "word", "prefix"]

    def fits(self, token: Token, step: int) -> bool:
        """Tell whether a token can be the word at this step of the pattern."""
        word = self.words[step]
        if step == len(self.words) - 1 and begins_pairs(word):
            return token.term.startswith(word)  # as the index finds it
        match self.form:
            case "stem":
                return stem(token.term) == word
            case "word":
                return token.term == word
            case "prefix":
                return token.term.startswith(word)


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a pattern stands: half-open code-point range, and which pattern."""

    start: int
    end: int
    pattern: Pattern


def visible_patterns(query: Query, field: str) -> frozenset[Pattern]:
    """Return what a text field shows of the reasons why an article matched.

    Negated parts show nothing. Persons are looked for in every text: a query for a person
    is answered by the passages that name them.
    """
    return frozenset(_patterns(query, field))


def _patterns(query: Query, field: str) -> Iterator[Pattern]:
    match query:
        case And() | Or():
            for part in query.subqueries:
                yield from _patterns(part, field)
        case Term() if query.fieldname == exact("people"):
            yield Pattern(tuple(query.text.split()), "word")
        case Term() | Phrase() | Prefix():
            form = _form(query, field)
            words = query.words if isinstance(query, Phrase) else (query.text,)
            if form:
                yield Pattern(tuple(words), form)
        case _:
            pass


def _form(query: Term | Phrase | Prefix, field: str) -> Literal["stem", "word", "prefix"] | None:
    if query.fieldname not in {field, written(field), "people"}:
        return None
    if isinstance(query, Prefix):
        return "prefix"
    return "stem" if query.fieldname in TEXT_FIELDS else "word"


def find_matches(text: str, patterns: Iterable[Pattern]) -> list[Match]:
    """Return where the patterns stand in a text, by start; matches may overlap."""
    patterns = tuple(patterns)
    found = list(tokens(text)) if patterns else []
    return [
        Match(token.start, found[at + len(pattern.words) - 1].end, pattern)
        for at, token in enumerate(found)
        for pattern in patterns
        if _stands_at(pattern, found, at)
    ]


def _stands_at(pattern: Pattern, found: Sequence[Token], at: int) -> bool:
    return at + len(pattern.words) <= len(found) and all(
        pattern.fits(found[at + step], step) for step in range(len(pattern.words))
    )
