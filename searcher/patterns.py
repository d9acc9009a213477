"""What of a query can be seen in a text: words, phrases and what stands for many words.

A pattern is a run of words. The analysis is that of the index (`index.text`), so what is
marked is what was found. Where they stand is found by `searcher.matcher`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias

from index.schema import TEXT, TEXT_FIELDS, WORDS, exact, written
from index.text import begins_pairs, stem
from searcher.tree import And, FuzzyTerm, Near, Or, Phrase, Prefix, Query, Term, Wildcard, Word

__all__ = [
    "Form",
    "Match",
    "Pattern",
    "Rarities",
    "Together",
    "Wanted",
    "visible_patterns",
    "weights_of",
]

# Returns how much each of some stems tells articles apart, at least 0.
Rarities = Callable[[Sequence[str]], Sequence[float]]

Form = Literal["stem", "word", "prefix", "wildcard", "fuzzy"]


class Pattern(NamedTuple):
    """Words that stand in a row.

    Attributes:
        words: What to look for, at least one.
        form: How: by stems, by words as written, or (a single one) by what words begin with,
            by a pattern of `*` and `?` with a letter, or by words like it.
        edits: Letters put in, left out or replaced, at most, of words like it.
    """

    words: tuple[str, ...]
    form: Form
    edits: int = 0

    def form_at(self, place: int) -> Form:
        """Return how to look for one of the words."""
        if place == len(self.words) - 1 and begins_pairs(self.words[place]):
            return "prefix"  # as the index finds it
        return self.form


class Together(NamedTuple):
    """Patterns that count only where they stand close to one another.

    Attributes:
        sides: What is close, each any of several patterns; more than two only in order.
        between: Other words that may stand between the first and the last, all together.
        ordered: Whether the sides stand in this order.
    """

    sides: tuple[tuple[Pattern, ...], ...]
    between: int
    ordered: bool


Wanted: TypeAlias = Pattern | Together


class Match(NamedTuple):
    """A place where a pattern stands.

    Attributes:
        start: Code points before it.
        end: One past its last code point.
        pattern: Which: its number among the patterns of the matcher.
    """

    start: int
    end: int
    pattern: int


def visible_patterns(query: Query, field: str) -> frozenset[Wanted]:
    """Return what a text field shows of the reasons why an article matched.

    Negated parts show nothing. Persons are looked for in every text: a query for a person
    is answered by the passages that name them.
    """
    return frozenset(_wanted(query, field))


def _wanted(query: Query, field: str) -> Iterator[Wanted]:
    match query:
        case And() | Or():
            for part in query.subqueries:
                yield from _wanted(part, field)
        case Near():
            sides = tuple(tuple(_patterns(side, field)) for side in (query.a, query.b))
            if all(sides):
                yield Together(sides, query.slop - 1, ordered=False)
        case Phrase() if query.slop > 1:
            if form := _form(query, field):
                sides = tuple((Pattern((word,), form),) for word in query.words)
                yield Together(sides, query.slop - 1, ordered=True)
        case _:
            yield from _patterns(query, field)


def _patterns(query: Query, field: str) -> Iterator[Pattern]:
    match query:
        case Or():
            for part in query.subqueries:
                yield from _patterns(part, field)
        case Term() if query.fieldname == exact("people"):
            yield Pattern(tuple(query.text.split()), "word")
        case Word() | Phrase():
            words = query.words if isinstance(query, Phrase) else (query.text,)
            if form := _form(query, field):
                edits = query.maxdist if isinstance(query, FuzzyTerm) else 0
                yield Pattern(words, form, edits)
        case _:
            pass


def _form(query: Word | Phrase, field: str) -> Form | None:
    if query.fieldname not in {TEXT, field, WORDS, written(field), "people"}:
        return None
    match query:
        case Prefix():
            return "prefix"
        case Wildcard():
            return "wildcard"
        case FuzzyTerm():
            return "fuzzy"
        case _:
            return "stem" if query.fieldname in {TEXT, *TEXT_FIELDS} else "word"


def weights_of(patterns: Sequence[Pattern], rarities: Rarities | None) -> list[float]:
    """Return how much it is worth to show each pattern: the sum of what its words tell.

    What stands for many words is worth as much as the best of the others.

    Args:
        patterns: The patterns.
        rarities: Of the archive; None: all patterns are worth the same.
    """
    if rarities is None:
        return [1.0] * len(patterns)
    stems = {
        pattern: [*map(stem, pattern.words)] if pattern.form == "word" else [*pattern.words]
        for pattern in patterns
        if pattern.form in {"stem", "word"}
    }
    each = iter(rarities([word for words in stems.values() for word in words]))
    known = {pattern: sum(islice(each, len(words))) for pattern, words in stems.items()}
    most = max(known.values(), default=1.0)
    return [known.get(pattern, most) for pattern in patterns]
