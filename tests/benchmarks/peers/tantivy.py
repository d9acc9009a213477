"""tantivy's Python package: one thread, a heap of 256 MB, English stems with positions.

Title and body are fields of their own, which is how its query parser searches several
fields. A second searcher asks the body alone, which is less work and the harder comparison;
a third counts all matches, as ours does in `archive.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import tantivy
from searches import Kind, Search
from tantivy import Document, Index, Occur, SnippetGenerator

from index import Article
from peers import LIMIT, Peer

__all__ = ["PEER"]

HEAP_BYTES = 256_000_000
BOTH = ("title", "body")
AGGREGATIONS = {
    Kind.FACET: {"n": {"terms": {"field": "source", "size": 100}}},
    # tantivy has no calendar months; steps of 30 days are no more work.
    Kind.TIMELINE: {"n": {"date_histogram": {"field": "published", "fixed_interval": "30d"}}},
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("people", stored=True, tokenizer_name="default")
    builder.add_text_field(
        "source", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_date_field("published", stored=True, indexed=True, fast=True)
    return builder.build()


class TantivyWriter:
    """One commit for all; tantivy flushes a segment whenever its heap is full."""

    def __init__(self, folder: Path) -> None:
        self._index = Index(_schema(), path=str(folder))
        self._writer = self._index.writer(HEAP_BYTES, num_threads=1)

    def add(self, articles: Sequence[Article]) -> None:
        """Index some articles."""
        for article in articles:
            self._writer.add_document(_document(article))

    def close(self) -> None:
        """Commit and wait for merges."""
        self._writer.commit()
        self._writer.garbage_collect_files()
        self._writer.wait_merging_threads()


def _document(article: Article) -> Document:
    document = Document(id=article.id, title=article.title, body=article.body)
    for name in article.people:
        document.add_text("people", name)
    if article.source:
        document.add_text("source", article.source)
    if article.day:
        document.add_date("published", datetime.combine(article.day, time(), UTC))
    return document


class TantivySearcher:
    """A searcher over some fields, with or without counting."""

    def __init__(self, folder: Path, *, fields: Sequence[str] = BOTH, count: bool = False) -> None:
        self._index = Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._fields = list(fields)
        self._count = count

    def plan(self, search: Search) -> Callable[[], object]:
        """Return a search ready to run."""
        found, query, count = self._searcher, self._query(search), self._count
        if aggregation := AGGREGATIONS.get(search.kind):
            return lambda: found.aggregate(query, aggregation)
        if search.kind is Kind.NEWEST:
            return lambda: found.search(query, LIMIT, count=count, order_by_field="published")
        return lambda: found.search(query, LIMIT, count=count)

    def total(self, search: Search) -> int:
        """Return how many articles match."""
        return int(self._searcher.search(self._query(search), 1, count=True).count)

    def find(self, search: Search) -> Callable[[], Sequence[object]]:
        """Return a search from text to hits with snippets and the exact total."""
        text = _text(search)

        def shown() -> list[object]:
            query = self._index.parse_query(text, self._fields)
            snippets = [
                SnippetGenerator.create(self._searcher, query, self._index.schema, field)
                for field in self._fields
            ]
            hits = self._searcher.search(query, LIMIT, count=True).hits
            documents = [(score, self._searcher.doc(address)) for score, address in hits]
            return [
                (score, doc.to_dict(), [one.snippet_from_doc(doc).to_html() for one in snippets])
                for score, doc in documents
            ]

        return shown

    def close(self) -> None:
        """Nothing to close; the files go with the object."""

    def _query(self, search: Search) -> tantivy.Query:
        match search.kind:
            case Kind.PREFIX:  # its fastest way; it has no prefix query of its own
                return self._any(tantivy.Query.phrase_prefix_query, list(search.words))
            case Kind.FUZZY:
                return self._any(tantivy.Query.fuzzy_term_query, search.words[0])
        words = self._index.parse_query(_text(search), self._fields)
        if search.kind is not Kind.DATED:
            return words
        since, until = (datetime.combine(day, time(), UTC) for day in (search.since, search.until))
        days = tantivy.Query.range_query(
            self._index.schema, "published", tantivy.FieldType.Date, since, until
        )
        return tantivy.Query.boolean_query([(Occur.Must, words), (Occur.Must, days)])

    def _any(self, make: Callable[..., tantivy.Query], value: object) -> tantivy.Query:
        each = [make(self._index.schema, field, value) for field in self._fields]
        if len(each) == 1:
            return each[0]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in each])


def _text(search: Search) -> str:
    if search.kind is Kind.PHRASE:
        return f'"{" ".join(search.words)}"'
    return (" AND " if search.kind in {Kind.AND, Kind.CLOSE} else " ").join(search.words)


PEER = Peer(
    name="tantivy",
    write=TantivyWriter,
    searchers={
        "tantivy": TantivySearcher,
        "tantivy, body only": lambda folder: TantivySearcher(folder, fields=("body",)),
        "tantivy, counting": lambda folder: TantivySearcher(folder, count=True),
    },
)
