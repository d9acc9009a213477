"""What plain Whoosh tells of an archive's articles, terms and dates is what is in the articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from whoosh.query import Phrase, Term
from whoosh.searching import Results, Searcher
from whoosh.sorting import DateRangeFacet, FacetType, FieldFacet

from index.schema import article_from_document
from index.text import name_key, stem

# `Seen` and what makes the archive are in conftest.py.
ONLY_ARTICLES = Term("kind", "article")
at = datetime.fromisoformat


def found(results: Results) -> list[str]:
    return [hit["id"] for hit in results]


def test_an_article_is_stored_whole(seen: tuple[Any, ...], searcher: Searcher) -> None:
    hits = searcher.search(ONLY_ARTICLES, limit=None)
    articles = [article_from_document(hit.fields()) for hit in hits]
    assert all(article.story for article in articles)
    stored = {article.id: replace(article, story=None) for article in articles}
    assert stored == {a.id: replace(a.article, location="") for a in seen}


def test_a_hit_tells_its_date(seen: tuple[Any, ...], searcher: Searcher) -> None:
    hits = {hit["id"]: hit for hit in searcher.search(ONLY_ARTICLES, limit=None)}
    dated = [article for article in seen if article.moment]
    assert {a.id: hits[a.id]["published"] for a in dated} == {a.id: a.moment for a in dated}


def test_sorted_by_date_the_undated_come_last(seen: tuple[Any, ...], searcher: Searcher) -> None:
    dated = sorted((a for a in seen if a.moment), key=lambda a: a.moment)
    by_date = [article.id for article in dated]
    for reverse in (False, True):
        order = FieldFacet("published", reverse=reverse)
        ids = found(searcher.search(ONLY_ARTICLES, limit=None, sortedby=order))
        assert ids[: len(dated)] == by_date[:: -1 if reverse else 1]
        assert sorted(ids) == sorted(article.id for article in seen)
        assert found(searcher.search(ONLY_ARTICLES, limit=2, sortedby=order)) == ids[:2]


def test_whooshs_own_reversal_puts_the_undated_first(
    seen: tuple[Any, ...], searcher: Searcher
) -> None:
    reversed_ = searcher.search(ONLY_ARTICLES, limit=None, sortedby="published", reverse=True)
    dated = sorted((a for a in seen if a.moment), key=lambda a: a.moment, reverse=True)
    assert found(reversed_)[-len(dated) :] == [article.id for article in dated]


SUMMER = [(at("2025-06-01"), at("2025-08-01")), (at("2025-08-01"), at("2025-10-01"))]
FACETS: list[tuple[FacetType, Callable[[Any], Iterable[object]]]] = [
    (FieldFacet("language"), lambda a: [a.article.language]),
    (FieldFacet("source_exact"), lambda a: [a.article.source and name_key(a.article.source)]),
    (
        FieldFacet("people_exact", allow_overlap=True),
        lambda a: [*map(name_key, a.article.people)] or [None],
    ),
    (
        DateRangeFacet("published", SUMMER[0][0], SUMMER[1][1], timedelta(days=61)),
        lambda a: [span for span in SUMMER if a.moment and span[0] <= a.moment < span[1]] or [None],
    ),
]


@pytest.mark.parametrize(("facet", "values"), FACETS, ids=["language", "source", "people", "date"])
def test_hits_are_counted_by_facet(
    facet: FacetType,
    values: Callable[[Any], Iterable[object]],
    seen: tuple[Any, ...],
    searcher: Searcher,
) -> None:
    expected = defaultdict(set)
    for article in seen:
        for value in values(article):
            expected[value].add(article.id)
    results = searcher.search(ONLY_ARTICLES, limit=None, groupedby={"facet": facet})
    groups = {
        value: {searcher.stored_fields(doc)["id"] for doc in docs}
        for value, docs in results.groups("facet").items()
    }
    assert groups == expected


@pytest.mark.parametrize("field", ["title", "body", "text", "words"])
def test_a_field_lists_its_terms(field: str, seen: tuple[Any, ...], searcher: Searcher) -> None:
    terms = sorted({term for article in seen for term in getattr(article, field)})
    reader = searcher.reader()
    assert [*reader.field_terms(field)] == terms
    assert [*reader.lexicon(field)] == [term.encode() for term in terms]
    for prefix in ("e", "elect", "zz"):
        expected = [term.encode() for term in terms if term.startswith(prefix)]
        assert [*reader.expand_prefix(field, prefix)] == expected
    assert field in reader.indexed_field_names()
    assert (field, terms[0]) in reader
    assert (field, "zz") not in reader


@pytest.mark.parametrize("field", ["title", "body", "text"])
def test_a_term_is_counted(field: str, seen: tuple[Any, ...], searcher: Searcher) -> None:
    reader = searcher.reader()
    counts = Counter(term for article in seen for term in getattr(article, field))
    most = sorted(((n, term.encode()) for term, n in counts.items()), reverse=True)
    assert reader.most_frequent_terms(field, 5) == most[:5]
    assert reader.frequency(field, "zz") == reader.doc_frequency(field, "zz") == 0
    for term, count in counts.items():
        having = [article for article in seen if term in getattr(article, field)]
        assert reader.frequency(field, term) == count
        assert reader.doc_frequency(field, term) == len(having)
        info = reader.term_info(field, term)
        assert (info.weight(), info.doc_frequency()) == (count, len(having))
        assert info.max_weight() == max(getattr(a, field).count(term) for a in having)
        lengths = [len(getattr(article, field)) for article in having]
        assert (info.min_length(), info.max_length()) == (min(lengths), max(lengths))
        numbers = [searcher.document_number(id=article.id) for article in having]
        assert (info.min_id(), info.max_id()) == (min(numbers), max(numbers))


def test_all_terms_of_a_segment_come_in_order_with_their_postings(searcher: Searcher) -> None:
    for reader, _ in searcher.reader().leaf_readers():
        terms = [*reader.all_terms()]
        assert terms == sorted(terms)
        assert [term for term, _ in reader] == terms
        found = {(field, term): info.doc_frequency() for (field, term), info in reader}
        postings = Counter((field, term) for field, term, *_ in reader.iter_postings())
        assert postings == found


@pytest.mark.parametrize("field", ["title", "body", "text"])
def test_lengths_are_known(field: str, seen: tuple[Any, ...], searcher: Searcher) -> None:
    reader = searcher.reader()
    lengths = {article.id: len(getattr(article, field)) for article in seen}
    assert reader.field_length(field) == sum(lengths.values())
    assert reader.max_field_length(field) == max(lengths.values())
    numbers = {name: searcher.document_number(id=name) for name in lengths}
    assert {n: reader.doc_field_length(doc, field) for n, doc in numbers.items()} == lengths


@pytest.mark.parametrize(
    ("typed", "meant"), [("brigde", "bridge"), ("electoin", "election"), ("shcool", "school")]
)
def test_spelling_is_corrected(typed: str, meant: str, searcher: Searcher) -> None:
    assert searcher.suggest("words", typed)[0] == meant
    assert searcher.correct_query(Term("words", typed), typed).query == Term("words", meant)


@pytest.mark.parametrize("field", ["title", "body", "words", "people", "published"])
def test_a_cursor_walks_and_finds(field: str, searcher: Searcher) -> None:
    walks = 0
    for reader, _ in searcher.reader().leaf_readers():
        terms = [*reader.field_terms(field)] if field in reader.indexed_field_names() else []
        cursor, walked = reader.cursor(field), []
        while cursor.is_valid():
            walked.append(cursor.text())
            assert cursor.term_info().weight() == reader.frequency(field, cursor.text())
            cursor.next()
        assert walked == terms
        assert (cursor.text(), cursor.term_info()) == (None, None)
        assert cursor.first() == next(iter(terms), None)
        for sought in terms if field == "published" else ("", "bridge", "bridgf", "zz"):
            assert cursor.find(sought) == next((t for t in terms if t >= sought), None)
        walks += bool(terms)
    assert walks == 3


def test_matches_are_highlighted(searcher: Searcher) -> None:
    (hit,) = searcher.search(Term("body", stem("electricity")))
    assert hit.highlights("body").startswith('<b class="match term0">Electricity</b> prices')
    (hit,) = searcher.search(Phrase("body", ["old", stem("bridge")]))
    marked = 'The <b class="match term0">old</b> <b class="match term1">bridge</b>'
    assert marked in hit.highlights("body")
