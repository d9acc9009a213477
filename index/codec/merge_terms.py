"""Unites sorted dictionaries of terms, run by run.

Strategy: each dictionary says how far it wants to go; the one whose last term comes first sets
where the run ends in all of them. So a run holds no more than what all asked for together, and
runs come in the order of their terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from index.codec.blocks import Numbers
from index.codec.dictionary import TermDictionary
from index.codec.terms import Terms, united

__all__ = ["TermRun", "TermSource", "term_runs"]


class TermSource(NamedTuple):
    """One of the dictionaries to unite.

    Attributes:
        terms: The dictionary.
        run_end: Where a run from some term may end at most; always behind that term.
        span: Which of the terms; in all dictionaries those in one range of terms.
    """

    terms: TermDictionary
    run_end: Callable[[int], int]
    span: tuple[int, int]


class TermRun(NamedTuple):
    """Terms in a row.

    Attributes:
        terms: Those of all dictionaries in this run, sorted, each once.
        spans: Which terms of each dictionary they are: first and one past the last.
        numbers: For each dictionary the number in `terms` of each of its own; uint32.
    """

    terms: Terms
    spans: tuple[tuple[int, int], ...]
    numbers: Sequence[Numbers]


def term_runs(sources: Sequence[TermSource]) -> Iterator[TermRun]:
    """Yield the union of dictionaries in runs."""
    firsts = [source.span[0] for source in sources]
    while last_terms := _last_terms(sources, firsts):
        end = min(last_terms)
        lasts = [
            max(first, source.terms.range(None, end)[1])
            for source, first in zip(sources, firsts, strict=True)
        ]
        spans = tuple(zip(firsts, lasts, strict=True))
        own = [source.terms.terms(*span) for source, span in zip(sources, spans, strict=True)]
        terms, numbers = united(own)
        yield TermRun(terms, spans, numbers)
        firsts = lasts


def _last_terms(sources: Sequence[TermSource], firsts: Sequence[int]) -> list[bytes]:
    """Return the last term that each dictionary wants in the run, of those not at their end."""
    return [
        source.terms[min(source.run_end(first), source.span[1]) - 1]
        for source, first in zip(sources, firsts, strict=True)
        if first < source.span[1]
    ]
