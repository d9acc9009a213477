"""Articles and the records of pages as documents of the index, taken apart by field.

Strategy: what is done with documents is done field by field with some hundred at a time, so they
are taken apart so at once: a list for each field costs a tenth of an object for each document.
What stands in which field is said in `index.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

from index.identity import ArticleKeys, url_term
from index.model import Article, PageRecord, Person
from index.schema import ARTICLE, INFERRED, NAME_FIELDS, PAGE, PAGE_KEYS, exact, moment_of
from index.text import name_key

__all__ = [
    "AT_ONCE",
    "NO_TEXT",
    "Column",
    "Documents",
    "NewDocuments",
    "StoryPlace",
    "article_documents",
    "batches",
    "page_documents",
]

NO_TEXT = -1
AT_ONCE = 512  # of 256 to 1,024, no other takes less time

Item = TypeVar("Item")

ARTICLE_FIELDS = (
    "id",
    "title",
    "body",
    "published",
    "persons",
    *NAME_FIELDS,
    "language",
    "url",
    "story",
    "access",
)


class Column(NamedTuple):
    """The values that some documents have of a field.

    Attributes:
        documents: The document of each value, ascending; uint32.
        values: The values.
    """

    documents: npt.NDArray[np.uint32]
    values: Sequence[str]


class StoryPlace(NamedTuple):
    """The place of an article among the stories.

    Attributes:
        story: Number of its story, 48 bits; in text, 12 hexadecimal digits.
        cluster: Number of the texts that it is a copy of, 32 bits.
        prints: The fingerprints by which others find it: shape (n,), uint32.
    """

    story: int
    cluster: int
    prints: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """Some documents without their texts, numbered from 0.

    Attributes:
        count: How many.
        keys: Values of `KEY_FIELDS`, each one term, and in a document only once.
        stored: Values of `STORED_FIELDS`, one for each document, as JSON has them.
        words: Values of `WORD_FIELDS`, to be cut into words.
        moments: When each was published, microseconds since 1970 on the publisher's clock;
            empty: unknown of all.
        places: The place of each among the stories; empty: they have none.
    """

    count: int
    keys: Mapping[str, Column]
    stored: Mapping[str, Sequence[Any]]
    words: Mapping[str, Column] = field(default_factory=dict)
    moments: Sequence[int | None] = ()
    places: Sequence[StoryPlace] = ()


class NewDocuments(NamedTuple):
    """Documents to be written as one segment.

    Attributes:
        batches: Some hundred at a time, in the order of their numbers.
        texts: The number that an `index.codec.text_writer.TextWriter` gave title and body of each,
            `NO_TEXT` where it has none; empty: none of them has any.
    """

    batches: Iterable[Documents]
    texts: Sequence[int] = ()


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut articles or records into as many as are taken apart at once."""
    for first in range(0, len(items), AT_ONCE):
        yield items[first : first + AT_ONCE]


def article_documents(
    articles: Sequence[Article],
    keys: Sequence[ArticleKeys],
    places: Sequence[StoryPlace] = (),
) -> Documents:
    """Return the documents of articles.

    Args:
        articles: The articles.
        keys: For each what `index.identity.article_keys` gives for it.
        places: The place of each among the stories; empty: they have none.
    """
    of_articles = zip(*map(attrgetter(*ARTICLE_FIELDS), articles), strict=True)
    columns: dict[str, Sequence[Any]] = dict(zip(ARTICLE_FIELDS, of_articles, strict=True))
    own_keys = dict(zip(ArticleKeys._fields, zip(*keys, strict=True), strict=True))
    names = {name: columns[name] for name in ("people", "authors")}
    names |= {name: [one and (one,) for one in columns[name]] for name in ("source", "section")}
    days = [_day(published) for published in columns.pop("published")]
    persons: Sequence[Sequence[Person]] = columns["persons"]
    inferred = [[person.name for person in own if person.inferred] for own in persons]
    words = {name: _several(values) for name, values in names.items()}
    return Documents(
        count=len(articles),
        keys={
            "kind": _single([ARTICLE] * len(articles)),
            **{name: _single(values) for name, values in own_keys.items()},
            "url_key": _single([key and url_term(key) for key in own_keys["url_key"]]),
            "day": _single([text and text[: len("2026-01-03")] for text, _ in days]),
            "language": _single(columns["language"]),
            "story": _single(columns["story"]),
            INFERRED: _exact(_several(inferred)),
            **{exact(name): _exact(words[name]) for name in NAME_FIELDS},
        },
        stored={
            **columns,
            **{name: [own or None for own in values] for name, values in names.items()},
            "persons": [[*map(_person, own)] or None for own in persons],
            "published_text": [text for text, _ in days],
        },
        words={**words, "url": _single(columns["url"])},
        moments=[moment for _, moment in days],
        places=places,
    )


def page_documents(records: Sequence[PageRecord]) -> Documents:
    """Return the documents of the records of pages.

    Of what pages say only that is indexed which their article does not say itself
    (`PageRecord.tells`): for most, nothing.
    """
    keys: dict[str, list[str | None]] = {
        "location": [record.location for record in records],
        "outcome": [record.outcome.value for record in records],
        "article": [record.article for record in records],
        "content_key": [record.content_key or None for record in records],
        "kind": [PAGE] * len(records),
        "day": [None if record.day is None else record.day.isoformat() for record in records],
    }
    words = {
        "source": _single([record.source for record in records]),
        "url": _single([record.url if record.tells else None for record in records]),
    }
    return Documents(
        count=len(records),
        keys={
            **{name: _single(values) for name, values in keys.items()},
            exact("source"): _exact(words["source"]),
        },
        stored={
            **{name: keys[name] for name in PAGE_KEYS},
            "stamp": [record.stamp for record in records],
            "page_url": [record.url for record in records],
            "reason": [record.reason for record in records],
            "source": [record.source and [record.source] for record in records],
            "published_text": keys["day"],
        },
        words=words,
        moments=[None if record.day is None else moment_of(record.day) for record in records],
    )


def _single(values: Sequence[str | None]) -> Column:
    """Return the column of a field that documents have one value of, or none."""
    if all(values):
        return Column(np.arange(len(values), dtype=np.uint32), cast("Sequence[str]", values))
    having = [number for number, value in enumerate(values) if value]
    return Column(np.array(having, dtype=np.uint32), [*filter(None, values)])


def _several(values: Sequence[Sequence[str] | None]) -> Column:
    """Return the column of a field that documents have any number of values of."""
    counts = [len(own) if own else 0 for own in values]
    owners = np.repeat(np.arange(len(values), dtype=np.uint32), counts)
    return Column(owners, [*chain.from_iterable(filter(None, values))])


def _exact(words: Column) -> Column:
    """Return the whole names, each of a document once, of those to be cut into words."""
    keys = zip(words.documents.tolist(), map(_name_key, words.values), strict=True)
    having = [(number, key) for number, key in dict.fromkeys(keys) if key]
    owners = np.array([number for number, _ in having], dtype=np.uint32)
    return Column(owners, [key for _, key in having])


@lru_cache(maxsize=1 << 16)
def _name_key(name: str) -> str:
    return name_key(name)


def _person(person: Person) -> tuple[str | int | float, ...]:
    """Return a person as it is stored."""
    own = person.name, person.mentions, round(person.confidence, 3)
    return (*own, 1) if person.inferred else own


def _day(published: date | None) -> tuple[str | None, int | None]:
    """Return a day, perhaps with a time, as it is stored, and as a moment."""
    if published is None:
        return None, None
    # Days repeat. Times are not kept: two may be equal and yet of different days, in two zones.
    return _known_day(published) if type(published) is date else _new_day(published)


def _new_day(published: date) -> tuple[str, int]:
    return published.isoformat(), moment_of(published)


_known_day = lru_cache(maxsize=1 << 14)(_new_day)
