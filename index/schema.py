"""The fields of an archive: a Whoosh schema of articles and of the pages they came from.

Two kinds of documents share the index, so that one commit makes both visible:

    article   what a reader searches: words, names, day, and the stored article
    page      the ledger: one a page that was ever read, with what became of it

What each field means is said in the table of index/README.md.

Words are indexed three ways. `title` and `body` hold stems with positions, for words and
phrases; `title_words` and `body_words` hold the words as written, so that `elect*` finds
what begins so and nothing else; names (`people`, `source`, `authors`, `section`) are
searched by word in the field itself and whole in the field `<name>_exact`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import DATETIME, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Frequency, Positions

from index.identity import content_key, text_key, url_key
from index.model import Article, Outcome, PageRecord
from index.record import parse_published
from index.text import name_key, stem, tokens

__all__ = [
    "ARTICLE",
    "NAME_FIELDS",
    "PAGE",
    "TEXT_FIELDS",
    "article_document",
    "article_from_document",
    "exact",
    "make_schema",
    "page_document",
    "page_from_document",
    "url_term",
    "written",
]

ARTICLE = "article"
PAGE = "page"
TEXT_FIELDS = ("title", "body")
NAME_FIELDS = ("people", "source", "authors", "section")

# Parts the values of a field that has several; it is in no name and in no word.
SEPARATOR = "\x1f"
# Positions between two names of one article, so that no phrase reaches from one to the next.
NAME_GAP = 100


def url_term(key: str) -> str:
    """Return the term for an address in the field `url_key`.

    An address may be longer than a term should be, so the field holds its key.
    """
    return content_key(key.encode("utf-8", "replace"))


def exact(field: str) -> str:
    """Return the field that holds the whole names of a name field."""
    return f"{field}_exact"


def written(field: str) -> str:
    """Return the field that holds the words of a text field as written."""
    return f"{field}_words"


class _TokenAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh asks of an analyzer, around a way to cut one value into terms."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        raise NotImplementedError

    def __call__(
        self, value: str, *, start_pos: int = 0, mode: str = "", **_options: Any
    ) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=True, chars=True, mode=mode)
        position, offset = start_pos, 0
        for part in value.split(SEPARATOR):
            for term, start, end in self.terms(part):
                token.text, token.boost, token.stopped = term, 1.0, False
                token.pos, token.startchar, token.endchar = position, start + offset, end + offset
                position += 1
                yield token
            position += NAME_GAP
            offset += len(part) + len(SEPARATOR)


class StemAnalyzer(_TokenAnalyzer):
    """Stems of words, for text."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield term, start and end of each word."""
        return ((stem(term), start, end) for term, start, end in tokens(value))


class WordAnalyzer(_TokenAnalyzer):
    """Words as written, for names and addresses, where no ending may be taken off."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield term, start and end of each word."""
        return iter(tokens(value))


class NameAnalyzer(_TokenAnalyzer):
    """Each value as one term: the whole name."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield the whole value once, unless no word is in it."""
        if key := name_key(value):
            yield key, 0, len(value)


def make_schema() -> Schema:
    """Return the schema of an archive."""
    fields: dict[str, FieldType] = {
        "kind": ID(),
        # articles
        "id": ID(stored=True, unique=True),
        "published": DATETIME(stored=True, sortable=True),
        "published_text": STORED(),
        "day": ID(),
        "language": ID(stored=True),
        "url": FieldType(Positions(), WordAnalyzer(), stored=True),
        "url_key": ID(),
        "text_key": ID(stored=True),
        "story": ID(stored=True),
        # pages
        "location": ID(stored=True, unique=True),
        "outcome": ID(stored=True),
        "article": ID(stored=True),
        "content_key": ID(stored=True),
        "stamp": STORED(),
        "page_url": STORED(),
        "reason": STORED(),
    }
    for field in TEXT_FIELDS:
        fields[field] = FieldType(Positions(), StemAnalyzer(), scorable=True, stored=True)
        fields[written(field)] = FieldType(Frequency(), WordAnalyzer())
    for field in NAME_FIELDS:
        fields[field] = FieldType(Positions(), WordAnalyzer(), stored=True)
        fields[exact(field)] = FieldType(Existence(), NameAnalyzer())
    return Schema(**fields)


def article_document(article: Article) -> dict[str, Any]:
    """Return the fields of an article's document, for Whoosh's `add_document`."""
    document: dict[str, Any] = {
        "kind": ARTICLE,
        "id": article.id,
        "language": article.language,
        "url": article.url,
        "url_key": url_term(key) if (key := url_key(article.url)) else None,
        "text_key": text_key(article.title, article.body),
        "story": article.story,
    }
    if article.published:
        document["published_text"] = article.published.isoformat()
        document["published"] = moment = _sortable(article.published)
        document["day"] = moment.date().isoformat()
    for field in TEXT_FIELDS:
        document[field] = document[written(field)] = getattr(article, field)
    for field in NAME_FIELDS:
        values = getattr(article, field) or ()
        document |= _name_fields(field, (values,) if isinstance(values, str) else values)
    return {name: value for name, value in document.items() if value is not None}


def _sortable(published: date) -> datetime:
    # The publisher's clock, zone left out: days are compared as their readers lived them.
    if isinstance(published, datetime):
        return published.replace(tzinfo=None)
    return datetime.combine(published, time())


def _name_fields(field: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not names:
        return {}
    joined = SEPARATOR.join(name.replace(SEPARATOR, " ") for name in names)
    return {field: joined, f"_stored_{field}": list(names), exact(field): joined}


def article_from_document(fields: Mapping[str, Any]) -> Article:
    """Return the article that a document stores; its location and copies are the ledger's."""
    published = fields.get("published_text")
    source, section = fields.get("source"), fields.get("section")
    return Article(
        id=fields["id"],
        title=fields["title"],
        body=fields.get("body", ""),
        location="",
        published=parse_published(published) if published else None,
        source=source[0] if source else None,
        people=tuple(fields.get("people", ())),
        authors=tuple(fields.get("authors", ())),
        language=fields.get("language"),
        url=fields.get("url"),
        section=section[0] if section else None,
        story=fields.get("story"),
    )


def page_document(record: PageRecord) -> dict[str, Any]:
    """Return the fields of a page's document, for Whoosh's `add_document`."""
    document = {
        "kind": PAGE,
        "location": record.location,
        "outcome": record.outcome.value,
        "stamp": record.stamp,
        "content_key": record.content_key or None,
        "article": record.article,
        "page_url": record.url,
        "reason": record.reason,
    }
    return {name: value for name, value in document.items() if value is not None}


def page_from_document(fields: Mapping[str, Any]) -> PageRecord:
    """Return the record that a page's document stores."""
    return PageRecord(
        location=fields["location"],
        outcome=Outcome(fields["outcome"]),
        stamp=fields["stamp"],
        content_key=fields.get("content_key", ""),
        article=fields.get("article"),
        url=fields.get("page_url"),
        reason=fields.get("reason"),
    )
