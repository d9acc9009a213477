"""The fields of an archive: what is kept of articles and of the pages they came from.

Two kinds of documents share the index, so that one commit makes both visible:

    article   what a reader searches: words, names, day, and the stored article
    page      the ledger: one a page that was ever read, with what became of it

What each field means is said in the table of index/README.md.

Words of title and body are indexed once, in the field `text`: stems, with positions in
either part. `title` and `body` are its two parts seen alone, and `words`, `title_words` and
`body_words` its words as written, so that `elect*` finds what begins so and nothing else.
Names (`people`, `source`, `authors`, `section`) are searched by word in the field itself and
whole in the field `<name>_exact`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from index.model import Access, Article, Outcome, PageRecord, Person
from index.record import parse_published

if TYPE_CHECKING:
    from whoosh.fields import Schema

__all__ = [
    "ARTICLE",
    "CLUSTER_COLUMN",
    "EPOCH",
    "FIRST_MOMENT",
    "INFERRED",
    "KEY_FIELDS",
    "LAST_MOMENT",
    "MISSING_MOMENT",
    "MOMENT",
    "NAME_FIELDS",
    "NAME_GAP",
    "ORDINAL_FIELDS",
    "PAGE",
    "PAGE_KEYS",
    "SEPARATOR",
    "STORED_FIELDS",
    "STORY_COLUMN",
    "STORY_COLUMNS",
    "TEXT",
    "TEXT_FIELDS",
    "WORDS",
    "WORD_FIELDS",
    "article_from_document",
    "exact",
    "make_schema",
    "moment_of",
    "moment_term",
    "page_from_document",
    "written",
]

ARTICLE = "article"
PAGE = "page"
TEXT = "text"
TEXT_FIELDS = ("title", "body")  # the parts of TEXT, in this order
WORDS = "words"
INFERRED = "inferred"  # the whole names, as in `people_exact`, that only other articles have
NAME_FIELDS = ("people", "source", "authors", "section")

# Parts the values of a field that has several; it is in no name and in no word.
SEPARATOR = "\x1f"
# Positions between two names of one article, so that no phrase reaches from one to the next.
NAME_GAP = 100


def exact(field: str) -> str:
    """Return the field that holds the whole names of a name field."""
    return f"{field}_exact"


def written(field: str) -> str:
    """Return the field that holds the words of a text field as written."""
    return WORDS if field == TEXT else f"{field}_{WORDS}"


# What is searched by word, with positions; what is found by whole values only; what is counted
# and sorted by, as numbers of values of the field behind; the day and time of publication.
WORD_FIELDS = (*NAME_FIELDS, "url")
PAGE_KEYS = ("location", "outcome", "article", "content_key")
KEY_FIELDS = (
    "kind",
    "id",
    "day",
    "language",
    "url_key",
    "text_key",
    "version_key",
    "copy_key",
    "story",
    INFERRED,
    *map(exact, NAME_FIELDS),
    *PAGE_KEYS,
)
ORDINAL_FIELDS = {**{name: exact(name) for name in NAME_FIELDS}, "language": "language"}
MOMENT = "published"
# Numbers of the story of each article, and of the cluster of copies that it is of.
STORY_COLUMN = "story"
CLUSTER_COLUMN = "cluster"
STORY_COLUMNS = {STORY_COLUMN: "<u8", CLUSTER_COLUMN: "<u4"}
MISSING_MOMENT = -(2**63)  # no moment of Python's calendar: int64 in the column
STORED_FIELDS = (
    "id",
    "title",
    "body",
    "published_text",
    "source",
    "people",
    "persons",
    "authors",
    "section",
    "language",
    "url",
    "story",
    "access",
    *PAGE_KEYS,
    "stamp",
    "page_url",
    "reason",
)
EPOCH = date(1970, 1, 1)
DAY_SECONDS = 24 * 60 * 60
MICROSECONDS_TO_EPOCH = (EPOCH - date.min).days * DAY_SECONDS * 1_000_000


def make_schema() -> Schema:
    """Return the schema of an archive, as Whoosh sees it."""
    from index.whoosh_schema import whoosh_schema  # searching needs none of Whoosh's analysis

    return whoosh_schema()


def moment_term(moment: int) -> bytes:
    """Return the term of `MOMENT` for microseconds since 1970: Whoosh's, so that it finds it.

    A byte for the shift, which is none, and microseconds since the year 1 with the sign turned
    over, so that the order of the bytes is that of time.
    """
    return b"\0" + (moment + MICROSECONDS_TO_EPOCH + (1 << 63)).to_bytes(8, "big")


def moment_of(published: date) -> int:
    """Return a day or a time of a day as microseconds since 1970 on the publisher's clock.

    Days are compared as their readers lived them, so zones are left out; a day without a
    time is its midnight.
    """
    seconds, microseconds = (published.toordinal() - EPOCH.toordinal()) * DAY_SECONDS, 0
    if isinstance(published, datetime):
        seconds += (published.hour * 60 + published.minute) * 60 + published.second
        microseconds = published.microsecond
    return seconds * 1_000_000 + microseconds


FIRST_MOMENT = moment_of(date.min)
LAST_MOMENT = moment_of(datetime.max)  # noqa: DTZ901 (the publisher's clock)


def article_from_document(fields: Mapping[str, Any]) -> Article:
    """Return the article that a document stores; its location and copies are the ledger's."""
    published = fields.get("published_text")
    source, section = fields.get("source"), fields.get("section")
    access = fields.get("access")
    return Article(
        id=fields["id"],
        title=fields["title"],
        body=fields.get("body", ""),
        location="",
        published=parse_published(published) if published else None,
        source=source[0] if source else None,
        people=tuple(fields.get("people", ())),
        persons=tuple(
            Person(name=name, mentions=mentions, confidence=confidence, inferred=bool(inferred))
            for name, mentions, confidence, *inferred in fields.get("persons", ())
        ),
        authors=tuple(fields.get("authors", ())),
        language=fields.get("language"),
        url=fields.get("url"),
        section=section[0] if section else None,
        access=Access(access) if access else None,
        story=fields.get("story"),
    )


def page_from_document(fields: Mapping[str, Any]) -> PageRecord:
    """Return the record that a page's document stores."""
    source, day = fields.get("source"), fields.get("published_text")
    return PageRecord(
        location=fields["location"],
        outcome=Outcome(fields["outcome"]),
        stamp=fields["stamp"],
        content_key=fields.get("content_key", ""),
        article=fields.get("article"),
        url=fields.get("page_url"),
        reason=fields.get("reason"),
        source=source[0] if source else None,
        day=date.fromisoformat(day) if day else None,
    )
