"""Random articles, commits and query trees, for the property tests of this folder.

Strategy: few words with shared beginnings and near misses, few names and few days, so that
random queries meet random articles. Long texts are short ones repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
from hypothesis import strategies as st
from whoosh import query as q

from index.model import Article
from index.text import begins_pairs, name_key, stem, tokens
from searcher.model import Sort
from searcher.settings import RankingSettings

__all__ = [
    "RANKINGS",
    "Commit",
    "commits",
    "many_articles",
    "neighbours",
    "pages",
    "plain_trees",
    "searches",
    "trees",
]

VOCABULARY = (
    *("flood", "floods", "flooding", "flow", "blood", "food", "bridge", "bridges", "bride"),
    *("of", "the", "in", "a", "élection", "elections", "elect", "electric", "AT&T", "U.S."),
    *("o’neil", "covid19", "1987", "東京都", "京都", "東", "Zürich", "zurich", "straße"),
)
EXCHANGED = "folod"  # for flood: one edit for us, two for Whoosh
MISSES = ("flod", EXCHANGED, "zebra", "electio", "bridgex", "大阪")
NAMES = ("Jane Roe", "Mary Jane Roe", "Tom Doe", "Zoë Doe", "Jane Doe-Roe", "Roe", "...")
SOURCES = ("Northmoor Herald", "Harwick Courier", "The Harwick Herald", "Herald")
SECTIONS = ("Local", "World news", "News")
URLS = ("https://northmoor.example/2025/flood", "https://harwick.example/flood-bridge?a=1")
LANGUAGES = ("en", "de", "ja")
IDS = tuple(f"a{number}" for number in range(10))
NOON = datetime(2025, 1, 30, 12, 0, 0, 1)  # noqa: DTZ001 (the publisher's clock)
EAST = timezone(timedelta(hours=9))
PUBLISHED = (
    *(date(2025, 1, 30), date(2025, 1, 31), date(2025, 2, 1), date(1987, 2, 26), date(1, 1, 1)),
    *(NOON, NOON + timedelta(microseconds=1), NOON.replace(tzinfo=EAST), NOON.replace(hour=0)),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=EAST),
    datetime(9999, 12, 31, 23, 59, 59, 999_999),  # noqa: DTZ001 (the last there is)
)
RANKINGS = (
    RankingSettings(),
    RankingSettings(k1=0.4, b=0.0, title_weight=1.0),
    RankingSettings(k1=2.0, b=1.0, title_weight=0.5),
    RankingSettings(around=date(2025, 1, 31), half_life_days=1.5, time_weight=0.7),
)


@dataclass(frozen=True)
class Commit:
    """What one commit writes: ids that go, and articles that come or replace others."""

    removed: tuple[str, ...]
    written: tuple[Article, ...]


words = st.sampled_from(VOCABULARY)
titles = st.lists(words, max_size=5).map(" ".join)
bodies = st.builds(
    lambda some, times, last: " ".join([*some * times, *last]),
    st.lists(words, max_size=6),
    st.sampled_from((0, 1, 1, 1, 2, 3, 8, 40)),
    st.lists(words, max_size=2),
)


def _names(values: Sequence[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


articles = st.builds(
    Article,
    id=st.sampled_from(IDS),
    title=titles,
    body=bodies,
    location=st.just(""),
    published=st.none() | st.sampled_from(PUBLISHED),
    source=st.none() | st.sampled_from(SOURCES),
    people=_names(NAMES, 3),
    authors=_names(NAMES, 1),
    language=st.none() | st.sampled_from(LANGUAGES),
    url=st.none() | st.sampled_from(URLS),
    section=st.none() | st.sampled_from(SECTIONS),
)


def _commits(least: int, most: int, articles_each: int) -> st.SearchStrategy[list[Commit]]:
    written = st.lists(articles, max_size=articles_each, unique_by=lambda made: made.id)
    one = st.builds(Commit, removed=_names(IDS, 2), written=written.map(tuple))
    return st.lists(one, min_size=least, max_size=most)


# The many make the writer merge segments.
commits = st.one_of(_commits(1, 4, 5), _commits(1, 4, 5), _commits(11, 14, 2))


def many_articles(count: int) -> list[Article]:
    """Return articles by the hundred: words by Zipf's law, and a word of its own in each."""
    random = np.random.default_rng(count)  # the same ones each time

    def text(most: int) -> str:
        ranks = np.minimum(random.zipf(1.3, random.integers(0, most)), len(VOCABULARY))
        return " ".join(VOCABULARY[rank - 1] for rank in ranks)

    def one(values: Sequence[Any]) -> Any:
        at = int(random.integers(-1, len(values)))
        return None if at < 0 else values[at]

    return [
        Article(
            id=f"m{number}",
            title=text(7),
            body=f"{text(int(random.choice([3, 15, 90])))} own{number}",
            location="",
            published=one(PUBLISHED),
            source=one(SOURCES),
            people=tuple({one(NAMES) or "Ann Lee", one(NAMES) or "Ann Lee"}),
            language=one(LANGUAGES),
            url=one(URLS),
        )
        for number in range(count)
    ]


# Query trees.

TERMS = tuple(token.term for text in (*VOCABULARY, *MISSES) for token in tokens(text))
STEMS = tuple(map(stem, TERMS))
NAME_TERMS = tuple(token.term for text in (*NAMES, "Ann") for token in tokens(text))
OTHER_TERMS = {
    **dict.fromkeys(("words", "title_words", "body_words"), TERMS),
    "people": NAME_TERMS,
    "authors": NAME_TERMS,
    "source": tuple(token.term for text in SOURCES for token in tokens(text)),
    "section": ("local", "world", "news"),
    "url": tuple(token.term for text in URLS for token in tokens(text)),
    "people_exact": tuple(filter(None, map(name_key, (*NAMES, "Ann Lee")))),
    "source_exact": tuple(map(name_key, SOURCES)),
    "section_exact": tuple(map(name_key, SECTIONS)),
    "language": (*LANGUAGES, "fr"),
    "day": ("2025-01-30", "2025-01-31", "1987-02-26", "0001-01-01", "2024-12-31"),
    "id": (*IDS, "m0", "m7", "m77"),
    "kind": ("article", "page"),
}
# The fields of words in rows, the most searched one most often.
PHRASE_FIELDS = {
    **dict.fromkeys(("text", "title", "body"), STEMS),
    **{field: OTHER_TERMS[field] for field in ("people", "source", "url")},
}
FIELDS = {**PHRASE_FIELDS, **OTHER_TERMS}
fields = st.sampled_from(("text",) * 10 + ("title", "body") * 3 + tuple(OTHER_TERMS))
boosts = st.sampled_from((1.0,) * 8 + (2.0, 0.5, 3.7, 0.0))


# Made once: hypothesis takes its time over new strategies.
TERM_OF = {field: st.sampled_from(terms) for field, terms in FIELDS.items()}
SEVERAL_OF = {field: st.lists(TERM_OF[field], min_size=1, max_size=4) for field in PHRASE_FIELDS}
END_OF = {field: st.none() | terms for field, terms in TERM_OF.items()}
slops = st.sampled_from((1, 1, 2, 3, 6))


@st.composite
def _phrase(draw: st.DrawFn, names: st.SearchStrategy[str]) -> q.Query:
    field = draw(names)
    return q.Phrase(field, draw(SEVERAL_OF[field]), slop=draw(slops), boost=draw(boosts))


@st.composite
def _near(draw: st.DrawFn) -> q.Query:
    field = draw(st.sampled_from(("text", "text", "text", "title", "people")))
    row = st.one_of(
        TERM_OF[field].map(lambda term: q.Term(field, term)),
        SEVERAL_OF[field].map(lambda words: q.Phrase(field, words)),
    )
    side = row | st.lists(row, min_size=2, max_size=3).map(q.Or)
    made = q.SpanNear(draw(side), draw(side), slop=draw(slops), ordered=False)
    return _boosted(made, draw(boosts))


def _prefix(field: str, term: str, length: int, boost: float) -> q.Query:
    return q.Prefix(field, term[:length], boost=boost)


def _wildcard(field: str, term: str, form: str, boost: float) -> q.Query:
    pattern = form.format(begin=term[:2], rest=term[1:], end=term[-1])
    return q.Wildcard(field, pattern, boost=boost)


def _regex(field: str, term: str, form: str, boost: float) -> q.Query:
    return q.Regex(field, form.format(begin=term[:2], rest=term[1:], end=term[-1]), boost=boost)


@st.composite
def _term_range(draw: st.DrawFn) -> q.Query:
    field = draw(fields)
    ends = draw(END_OF[field]), draw(END_OF[field])
    return q.TermRange(field, *ends, draw(st.booleans()), draw(st.booleans()), boost=draw(boosts))


def _as_datetime(published: date) -> datetime:
    if isinstance(published, datetime):
        return published.replace(tzinfo=None)
    return datetime(published.year, published.month, published.day)  # noqa: DTZ001 (as above)


moments = st.none() | st.sampled_from(PUBLISHED).map(_as_datetime)


@st.composite
def _date_range(draw: st.DrawFn) -> q.Query:
    ends, open_ends = (draw(moments), draw(moments)), (draw(st.booleans()), draw(st.booleans()))
    made = q.DateRange("published", *ends, *open_ends, boost=draw(boosts))
    if draw(st.booleans()):
        return made
    return q.NumericRange("published", made.start, made.end, *open_ends, boost=made.boost)


@st.composite
def _in_field(
    draw: st.DrawFn,
    make: Callable[..., q.Query],
    *options: st.SearchStrategy[Any],
    names: st.SearchStrategy[str] = fields,
) -> q.Query:
    """Make a query for a term of a field, of these fields, and of what else it takes."""
    field = draw(names)
    return make(field, draw(TERM_OF[field]), *map(draw, options))


fuzzy = _in_field(q.FuzzyTerm, boosts, st.integers(0, 2), st.integers(0, 2))
terms = _in_field(q.Term, boosts)
leaves = st.one_of(
    terms,
    terms,
    terms,
    _phrase(st.sampled_from(tuple(PHRASE_FIELDS))),
    _phrase(st.sampled_from(tuple(PHRASE_FIELDS))),
    _in_field(_prefix, st.integers(1, 3), boosts),
    _in_field(_wildcard, st.sampled_from(("{begin}*", "*{end}", "?{rest}", "*", "[a-f]*")), boosts),
    _in_field(
        _regex, st.sampled_from(("{begin}", ".{rest}$", "[a-f].*{end}", "^{begin}|x", ".*")), boosts
    ),
    fuzzy,
    _near(),
    _term_range(),
    _date_range(),
    st.builds(q.Every, st.none() | fields | st.just("published"), boosts),
    st.just(q.NullQuery),
)


def _boosted(made: q.Query, boost: float) -> q.Query:
    made.boost = boost  # these classes take none when made
    return made


def _branches(inner: st.SearchStrategy[q.Query]) -> st.SearchStrategy[q.Query]:
    several = st.lists(inner, min_size=1, max_size=4)
    pair = st.sampled_from((q.AndNot, q.AndMaybe, q.Require))
    return st.one_of(
        st.builds(q.And, several, boosts),
        st.builds(q.Or, several, boosts),
        st.builds(q.Or, several, boosts),
        st.builds(q.DisjunctionMax, several, boosts, st.sampled_from((0.0, 0.1, 1.0))),
        st.builds(
            lambda kind, a, b, boost: _boosted(kind(a, b), boost), pair, inner, inner, boosts
        ),
        st.builds(q.Not, inner, boosts),
        st.builds(q.ConstantScoreQuery, inner, st.sampled_from((0.0, 1.0, 2.5))),
    )


# What people search for: some words, any of them.
searches = st.one_of(
    st.builds(
        q.Or, st.lists(_in_field(q.Term, boosts, names=st.just("text")), min_size=1, max_size=6)
    ),
    st.builds(q.Or, st.lists(terms, min_size=2, max_size=6), boosts),
)
trees = st.one_of(
    searches,
    st.recursive(leaves, _branches, max_leaves=8),
)
stems = st.sampled_from([stem(token.term) for word in VOCABULARY for token in tokens(word)])
neighbours = st.lists(st.tuples(stems, stems), max_size=9).map(tuple)
pages = st.tuples(
    st.sampled_from(Sort),
    st.sampled_from((0, 0, 0, 1, 2, 7, 40)),
    st.sampled_from((0, 1, 1, 2, 3, 10, 10, 50)),
).map(lambda page: (page[0], page[1], page[1] + page[2]))


# The trees that Whoosh itself gets right, over fields that it can have: no Not inside a Not.

plain_fields = st.sampled_from(("title", "body", "people", "words", "language"))


@st.composite
def _plain_phrase(draw: st.DrawFn) -> q.Query:
    made = draw(_phrase(st.sampled_from(("title", "body", "people"))))
    # Whoosh has slop between each two words, we have it over the whole phrase; a character
    # that stands for what it begins is ours alone.
    words = [*made.words[:-1], "flood"] if begins_pairs(made.words[-1]) else made.words
    return q.Phrase(made.fieldname, words, slop=made.slop if len(words) == 2 else 1)


@st.composite
def _plain_range(draw: st.DrawFn) -> q.Query:
    first, last = draw(moments), draw(moments)
    return q.DateRange("published", first and min(first, last or first), last)


plain_leaves = st.one_of(
    _in_field(q.Term, names=plain_fields),
    _in_field(q.Term, names=plain_fields),
    _in_field(q.FuzzyTerm, st.just(1.0), st.integers(1, 2), names=plain_fields).filter(
        lambda query: query.text != EXCHANGED
    ),
    _plain_phrase(),
    _plain_range(),
)
plain_trees = st.recursive(
    plain_leaves,
    lambda inner: st.one_of(
        st.builds(q.Or, st.lists(inner, min_size=2, max_size=3)),
        st.builds(q.And, st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda wanted, unwanted: q.And([wanted, q.Not(unwanted)]), inner, plain_leaves),
    ),
    max_leaves=5,
)
