"""What a query tree matches and scores, by looking at each article: slow, and obviously right.

Strategy: an article is a dict of fields; a field is a tuple of parts (`text` and `words` have
the title and the body, all others one part); a part is the list of its terms in order. Nothing is
kept between queries but these lists and which articles have a term. Of the project it uses
the analysis of text and nothing else.

Rule 1: A query is a dict from the articles that match (their places in the list that was
    given, which is the order they were written in) to their scores.
Rule 2: `boost` multiplies all scores of its node.
Rule 3: In a script without spaces a lone character that ends a phrase stands for all terms
    that it begins.
Rule 4: Words score by BM25F, keys and everything that stands for many terms score 1.

Source:
    Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields",
    CIKM 2004 (one saturation over the weighted parts).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache, singledispatchmethod
from itertools import chain
from typing import Any

from edit_distance import edits
from whoosh import query as q

from index.model import Article
from index.text import begins_pairs, name_key, stem, tokens
from searcher.model import Sort
from searcher.settings import RankingSettings

__all__ = ["BruteForce", "Fields", "Scores", "fields_of", "length_class", "starts"]

Scores = dict[int, float]
Part = Sequence[str | None]  # None: a place without a term, between two names
Fields = dict[str, tuple[Part, ...]]

NAMES = ("people", "source", "authors", "section")
WORDS = ("text", "title", "body", "url", *NAMES)  # all other fields are keys
GAP = 100  # more than any phrase may leave out


@lru_cache(maxsize=4096)
def fields_of(article: Article) -> Fields:
    """Return all fields of an article; what it lacks is an empty part."""
    words = {name: _words(getattr(article, name)) for name in ("title", "body")}
    title, body = ([stem(term) for term in part if term] for part in words.values())
    keys = {
        "kind": "article",
        "id": article.id,
        "language": article.language,
        "story": article.story,
        "day": article.day and article.day.isoformat(),
        "week": article.day and "{:04}-W{:02}".format(*article.day.isocalendar()),
        "month": article.day and article.day.isoformat()[:7],
        "year": article.day and article.day.isoformat()[:4],
        "published": article.published and article.published.isoformat(),  # for Every only
    }
    fields: Fields = {name: ([key] if key else [],) for name, key in keys.items()}
    fields |= {"text": (title, body), "title": (title,), "body": (body,)}
    fields |= {"words": tuple(words.values()), "url": (_words(article.url or ""),)}
    fields |= {f"{name}_words": (part,) for name, part in words.items()}
    for name in NAMES:
        values = getattr(article, name) or ()
        values = (values,) if isinstance(values, str) else values
        fields[name] = ([term for value in values for term in (*_words(value), *[None] * GAP)],)
        fields[f"{name}_exact"] = ([key for key in map(name_key, values) if key],)
    return fields


def _words(text: str) -> Part:
    return [token.term for token in tokens(text)]


def starts(part: Part, words: Sequence[Container[str]], slop: int) -> int:
    """Count the places from which the words follow in order, each any of several terms.

    At most `slop - 1` places may be left out in between, all together.
    """
    span = len(words) + slop - 1
    places = [at for at, term in enumerate(part) if term in words[0]]
    return sum(_in_order(words, iter(part[at : at + span])) for at in places)


def _in_order(words: Sequence[Container[str]], rest: Iterator[str | None]) -> bool:
    return all(any(term in word for term in rest) for word in words)  # reads on where it was


def length_class(length: int) -> int:
    """Return the length that a length counts as: four steps a doubling above 8."""
    if length <= 8:
        return length
    step: int = 2 ** (math.floor(math.log2(length)) - 2)
    return length // step * step


def _microseconds(published: date) -> int:
    """Return the publisher's clock as Whoosh counts it; a bare day is its midnight."""
    at = timedelta(days=published.toordinal() - 1)  # since the first day of the year 1
    if isinstance(published, datetime):
        at += timedelta(hours=published.hour, minutes=published.minute, seconds=published.second)
        at += timedelta(microseconds=published.microsecond)
    return at // timedelta(microseconds=1)


class BruteForce:
    """Evaluates query trees over a list of articles.

    Args:
        articles: The live articles, in the order they were written.
        ranking: The constants of BM25F.
    """

    def __init__(self, articles: Sequence[Article], ranking: RankingSettings) -> None:
        self.articles = articles
        self._ranking = ranking
        self._fields = [fields_of(article) for article in articles]
        self._known: dict[str, dict[str, set[int]]] = {}
        self.moments = [made.published and _microseconds(made.published) for made in articles]

    def scores(self, query: q.Query) -> Scores:
        """Return the score of each article that matches."""
        boost: float = getattr(query, "boost", 1.0)
        return {doc: score * boost for doc, score in self._scores(query).items()}

    def closeness(self, neighbours: Iterable[tuple[str, str]]) -> Scores:
        """Return what pairs of words add to the articles in which they follow each other.

        A share of what they score as a phrase in which one word may stand between. What does not
        count is a lone character that stands for all words it begins. Of more than six pairs each
        adds less, so that all add what six would.
        """
        added: Scores = {}
        pairs = {(a, b) for a, b in neighbours if a != b and not begins_pairs(b)}
        share = self._ranking.closeness / max(1, len(pairs) / 6)
        for pair in pairs:
            for doc, score in self.scores(q.Phrase("text", [*pair], slop=2)).items():
                added[doc] = added.get(doc, 0.0) + score * share
        return added

    def in_time(self, scores: Scores) -> Scores:
        """Return scores lifted by how near an article is to the day of the ranking."""
        around = self._ranking.around
        if around is None:
            return scores
        lifted = {**scores}
        for doc in scores:
            if published := self.articles[doc].published:
                days = abs(published.toordinal() - around.toordinal())
                growth = self._ranking.time_weight * 0.5 ** (days / self._ranking.half_life_days)
                lifted[doc] *= 1 + growth
        return lifted

    def order(self, scores: Scores, sort: Sort) -> list[int]:
        """Return the articles that match in their order."""

        def place(doc: int) -> tuple[float, ...]:
            moment = self.moments[doc]
            undated, moment = moment is None, moment or 0
            return {
                Sort.RELEVANCE: (-scores[doc], undated, -moment, doc),
                Sort.NEWEST: (undated, -moment, -scores[doc], doc),
                Sort.OLDEST: (undated, moment, -scores[doc], doc),
            }[sort]

        return sorted(scores, key=place)

    def counts(self, field: str, docs: Iterable[int]) -> Counter[str]:
        """Return how many of the articles have each value of a field."""
        name = f"{field}_exact" if field in NAMES else field
        return Counter(key for doc in docs for key in {*self._fields[doc][name][0]} if key)

    def _having(self, field: str) -> dict[str, set[int]]:
        """Return which articles have each term of a field."""
        if field not in self._known:
            known: dict[str, set[int]] = {}
            for doc, fields in enumerate(self._fields):
                for term in filter(None, chain.from_iterable(fields[field])):
                    known.setdefault(term, set()).add(doc)
            self._known[field] = known
        return self._known[field]

    # What each class of queries means.

    @singledispatchmethod
    def _scores(self, query: q.Query) -> Scores:
        raise NotImplementedError(type(query).__name__)

    @_scores.register(q.Term)
    def _term(self, query: q.Term) -> Scores:
        if query.fieldname not in WORDS:
            return self._constant(query.fieldname, lambda term: term == query.text)
        return self._scores(q.Phrase(query.fieldname, [query.text]))

    @_scores.register(q.Phrase)
    def _phrase(self, query: q.Phrase) -> Scores:
        field, having = query.fieldname, self._having(query.fieldname)
        words = [{word} for word in query.words]
        if len(words) > 1 and begins_pairs(query.words[-1]):
            words[-1] = {term for term in having if term.startswith(query.words[-1])}
        docs = [set().union(*(having.get(term, ()) for term in word)) for word in words]
        found = {
            doc: [starts(part, words, query.slop) for part in self._fields[doc][field]]
            for doc in docs[0]
        }
        idf = sum(self._idf(len(each)) for each in docs)
        return {doc: self._bm25f(field, doc, tfs, idf) for doc, tfs in found.items() if any(tfs)}

    @_scores.register(q.SpanNear)  # the unordered one
    def _near(self, query: q.SpanNear) -> Scores:
        found: dict[int, list[int]] = {}
        having = [0, 0]
        (field,) = {row.fieldname for side in (query.a, query.b) for row in _rows_of(side)}
        for doc, fields in enumerate(self._fields):
            both = [
                [self._spans(side, part) for part in fields[field]] for side in (query.a, query.b)
            ]
            for at, spans in enumerate(both):
                having[at] += any(spans)
            found[doc] = [
                len(
                    {
                        start
                        for start, end in ones
                        for other in others
                        if _apart(start, end, *other) <= query.slop
                    }
                )
                for ones, others in zip(*both, strict=True)
            ]
        idf = sum(map(self._idf, having))
        return {doc: self._bm25f(field, doc, tfs, idf) for doc, tfs in found.items() if any(tfs)}

    def _spans(self, side: q.Query, part: Part) -> list[tuple[int, int]]:
        """Return where any of the rows of a side stands in a part: its first and last place."""
        spans = []
        for row in _rows_of(side):
            words = [row.text] if isinstance(row, q.Term) else row.words
            for at in range(len(part) - len(words) + 1):
                *others, last = part[at : at + len(words)]
                fits = last == words[-1] or (
                    begins_pairs(words[-1]) and (last or "").startswith(words[-1])
                )
                if fits and others == list(words[:-1]):
                    spans.append((at, at + len(words) - 1))
        return spans

    def _bm25f(self, field: str, doc: int, frequencies: list[int], idf: float) -> float:
        k1, b, part = self._ranking.k1, self._ranking.b, 0.0
        for at, tf in enumerate(frequencies):
            name = ("title", "body")[at] if field == "text" else field
            if tf:  # an empty part has a norm of 0 where b is 1
                weight = self._ranking.title_weight if name == "title" else 1.0
                part += weight * tf / self._norm(name, doc, b)
        return idf * (k1 + 1) * part / (k1 + part)

    def _norm(self, name: str, doc: int, b: float) -> float:
        if name not in self._average:
            return 1.0
        return 1 - b + b * length_class(len(self._fields[doc][name][0])) / self._average[name]

    @cached_property
    def _average(self) -> dict[str, float]:
        return {
            name: max(sum(len(fields[name][0]) for fields in self._fields) / len(self.articles), 1)
            for name in ("title", "body")
        }

    def _idf(self, having: int) -> float:
        return math.log(1 + (len(self.articles) - having + 0.5) / (having + 0.5))

    def _constant(self, field: str, wanted: Callable[[str], object]) -> Scores:
        """Score 1 for each article with a term in the field that is wanted."""
        found = (docs for term, docs in self._having(field).items() if wanted(term))
        return dict.fromkeys(set().union(*found), 1.0)

    @_scores.register(q.Prefix)
    def _prefix(self, query: q.Prefix) -> Scores:
        return self._constant(query.fieldname, lambda term: term.startswith(query.text))

    @_scores.register(q.Wildcard)
    def _wildcard(self, query: q.Wildcard) -> Scores:
        return self._constant(query.fieldname, lambda term: fnmatchcase(term, query.text))

    @_scores.register(q.Regex)
    def _regex(self, query: q.Regex) -> Scores:
        return self._constant(query.fieldname, lambda term: re.match(query.text, term))

    @_scores.register(q.FuzzyTerm)
    def _fuzzy(self, query: q.FuzzyTerm) -> Scores:
        beginning = query.text[: query.prefixlength]
        return self._constant(
            query.fieldname,
            lambda term: term.startswith(beginning) and edits(term, query.text) <= query.maxdist,
        )

    @_scores.register(q.TermRange)
    def _term_range(self, query: q.TermRange) -> Scores:
        return self._constant(query.fieldname, lambda term: _within(query, term))

    @_scores.register(q.NumericRange)  # and DateRange, which is one
    def _number_range(self, query: q.NumericRange) -> Scores:
        moments = enumerate(self.moments)
        return {doc: 1.0 for doc, at in moments if at is not None and _within(query, at)}

    @_scores.register(q.Every)
    def _every(self, query: q.Every) -> Scores:
        return self._constant(query.fieldname or "kind", lambda _term: True)

    @_scores.register(type(q.NullQuery))
    def _nothing(self, _query: q.Query) -> Scores:
        return {}

    @_scores.register(q.And)
    def _and(self, query: q.And) -> Scores:
        found = [self.scores(part) for part in query.subqueries]
        common = [doc for doc in range(len(self.articles)) if all(doc in part for part in found)]
        return {doc: sum(part[doc] for part in found) for doc in common}

    @_scores.register(q.Or)
    def _or(self, query: q.Or) -> Scores:
        return {doc: sum(values) for doc, values in self._united(query).items()}

    @_scores.register(q.DisjunctionMax)
    def _dismax(self, query: q.DisjunctionMax) -> Scores:
        return {
            doc: max(values) + query.tiebreak * (sum(values) - max(values))
            for doc, values in self._united(query).items()
        }

    def _united(self, query: q.Or | q.DisjunctionMax) -> dict[int, list[float]]:
        found = [self.scores(part) for part in query.subqueries]
        docs = {doc for part in found for doc in part}
        return {doc: [part[doc] for part in found if doc in part] for doc in docs}

    @_scores.register(q.Not)
    def _not(self, query: q.Not) -> Scores:
        excluded = self.scores(query.query)
        return {doc: 0.0 for doc in range(len(self.articles)) if doc not in excluded}

    @_scores.register(q.AndNot)
    def _and_not(self, query: q.AndNot) -> Scores:
        excluded = self.scores(query.b)
        return {doc: score for doc, score in self.scores(query.a).items() if doc not in excluded}

    @_scores.register(q.AndMaybe)
    def _and_maybe(self, query: q.AndMaybe) -> Scores:
        more = self.scores(query.b)
        return {doc: score + more.get(doc, 0.0) for doc, score in self.scores(query.a).items()}

    @_scores.register(q.Require)
    def _require(self, query: q.Require) -> Scores:
        required = self.scores(query.b)
        return {doc: score for doc, score in self.scores(query.a).items() if doc in required}

    @_scores.register(q.ConstantScoreQuery)
    def _constant_score(self, query: q.ConstantScoreQuery) -> Scores:
        score: float = query.score
        return dict.fromkeys(self.scores(query.child), score)


def _rows_of(side: q.Query) -> list[Any]:
    return list(side.subqueries) if isinstance(side, q.Or) else [side]


def _apart(start: int, end: int, other_start: int, other_end: int) -> float:
    """Return how far two spans are apart, 1 where one follows the other, and inf overlapping."""
    distance = max(other_start - end, start - other_end)
    return distance if distance > 0 else math.inf


def _within(query: Any, value: Any) -> bool:
    """Tell whether a value lies in a range; an end that is None is open."""
    above = query.start is None or value > query.start
    below = query.end is None or value < query.end
    return (above or (value == query.start and not query.startexcl)) and (
        below or (value == query.end and not query.endexcl)
    )
