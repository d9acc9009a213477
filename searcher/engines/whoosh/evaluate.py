"""From a query tree to the score of each document that matches, by its definition.

    evaluate(term)        documents that have it, scored by BM25
    evaluate(a AND b)     intersection, scores added
    evaluate(a OR b)      union, scores added
    evaluate(NOT a)       the other articles, score 0

Whoosh's query classes are the language; what they match and score is said here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, singledispatchmethod

from whoosh.query import And, Every, Not, Or, Phrase, Prefix, Query, Term, TermRange
from whoosh.reading import IndexReader

from index.schema import ARTICLE, written
from index.text import begins_pairs
from searcher.engines.whoosh.postings import (
    frequencies,
    positions,
    terms_between,
    terms_from,
)
from searcher.engines.whoosh.rank import inverse_frequency, saturation
from searcher.settings import RankingSettings

__all__ = ["Evaluator"]

# Being published within a range says as much for one article as for another.
RANGE_SCORE = 1.0


class Evaluator:
    """Evaluates query trees over one reader."""

    def __init__(self, reader: IndexReader, ranking: RankingSettings) -> None:
        self._reader = reader
        self._ranking = ranking

    @singledispatchmethod
    def evaluate(self, query: Query) -> dict[int, float]:
        """Return the score of each article that matches.

        Raises:
            NotImplementedError: The tree has a class that `searcher.query` does not build.
        """
        raise NotImplementedError(f"no rule for {type(query).__name__}")

    @evaluate.register(Term)
    def _term(self, query: Term) -> dict[int, float]:
        found = frequencies(self._reader, query.fieldname, query.text)
        weight = inverse_frequency(self._article_count, len(found))
        return self._scored(query.fieldname, found, weight)

    @evaluate.register(Phrase)
    def _phrase(self, query: Phrase) -> dict[int, float]:
        field, words = query.fieldname, query.words
        terms = [self._phrase_terms(field, words, at) for at in range(len(words))]
        lists = [self._documents(field, alternatives) for alternatives in terms]
        common = set.intersection(*lists)
        places = [self._places(field, alternatives, common) for alternatives in terms]
        found = {
            document: count
            for document in common
            if (count := _occurrences([there[document] for there in places]))
        }
        weight = sum(inverse_frequency(self._article_count, len(having)) for having in lists)
        return self._scored(field, found, weight)

    def _phrase_terms(self, field: str, words: list[str], at: int) -> set[bytes]:
        # A lone character at the end stands for all that it begins: a text that goes on there
        # without a space has it as the first of a pair.
        word = words[at]
        if at == len(words) - 1 and begins_pairs(word):
            return terms_from(self._reader, field, word)
        return {word.encode()}

    def _documents(self, field: str, terms: Iterable[bytes]) -> set[int]:
        return {doc for term in terms for doc in frequencies(self._reader, field, term)}

    def _places(
        self, field: str, terms: Iterable[bytes], wanted: set[int]
    ) -> dict[int, frozenset[int]]:
        places: dict[int, frozenset[int]] = {}
        for term in terms:
            for document, there in positions(self._reader, field, term, wanted).items():
                places[document] = places.get(document, frozenset()) | there
        return places

    @evaluate.register(Prefix)
    def _prefix(self, query: Prefix) -> dict[int, float]:
        # As one term that occurs wherever a word begins so.
        found: Counter[int] = Counter()
        for term in terms_from(self._reader, query.fieldname, query.text):
            found.update(frequencies(self._reader, query.fieldname, term))
        weight = inverse_frequency(self._article_count, len(found))
        return self._scored(query.fieldname, found, weight)

    @evaluate.register(TermRange)
    def _range(self, query: TermRange) -> dict[int, float]:
        terms = terms_between(self._reader, query.fieldname, query.start, query.end)
        return dict.fromkeys(self._documents(query.fieldname, terms), RANGE_SCORE)

    @evaluate.register(And)
    def _and(self, query: And) -> dict[int, float]:
        wanted = [part for part in query.subqueries if not isinstance(part, Not)]
        unwanted = [part.query for part in query.subqueries if isinstance(part, Not)]
        scores = self.evaluate(wanted[0] if wanted else Every())
        for part in wanted[1:]:
            more = self.evaluate(part)
            scores = {doc: score + more[doc] for doc, score in scores.items() if doc in more}
        for part in unwanted:
            excluded = self.evaluate(part)
            scores = {doc: score for doc, score in scores.items() if doc not in excluded}
        return scores

    @evaluate.register(Or)
    def _or(self, query: Or) -> dict[int, float]:
        scores: dict[int, float] = {}
        for part in query.subqueries:
            for document, score in self.evaluate(part).items():
                scores[document] = scores.get(document, 0.0) + score
        return scores

    @evaluate.register(Not)
    def _not(self, query: Not) -> dict[int, float]:
        return dict.fromkeys(self._articles.difference(self.evaluate(query.query)), 0.0)

    @evaluate.register(Every)
    def _every(self, _query: Every) -> dict[int, float]:
        return dict.fromkeys(self._articles, 0.0)

    @cached_property
    def _articles(self) -> frozenset[int]:
        return frozenset(frequencies(self._reader, "kind", ARTICLE))

    @cached_property
    def _article_count(self) -> int:
        # With deleted ones until segments are merged, as the lengths below have them too.
        return int(self._reader.doc_frequency("kind", ARTICLE))

    def _scored(self, field: str, found: Mapping[int, int], weight: float) -> dict[int, float]:
        """Score documents by how often they have something of this weight."""
        if field in {"title", written("title")}:
            weight *= self._ranking.title_weight
        relative_length = self._relative_length(field)
        return {
            document: weight * saturation(frequency, relative_length(document), self._ranking)
            for document, frequency in found.items()
        }

    def _relative_length(self, field: str) -> Callable[[int], float]:
        if not self._reader.schema[field].scorable:
            return lambda _document: 1.0
        average = max(self._reader.field_length(field) / max(self._article_count, 1), 1.0)
        length = self._reader.doc_field_length
        return lambda document: length(document, field) / average


def _occurrences(places: list[frozenset[int]]) -> int:
    """Count the positions at which all the words of a phrase stand in a row."""
    return sum(
        all(start + step in there for step, there in enumerate(places)) for start in places[0]
    )
