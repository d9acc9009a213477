"""The stable JSON form of an article, one line each: what goes in and what comes out.

`searcher parse`, `searcher search --json` and later exports write it; `searcher index
FILE.jsonl` reads it. Keys are always all there; what is not known is null (or an empty
list). Unknown keys are ignored on the way in and never written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from index.errors import RecordError
from index.model import PARAGRAPH_BREAK, Access, Article, Copy, Person

__all__ = ["RECORD_KEYS", "article_from_record", "article_record", "parse_published"]

RECORD_KEYS = (
    "id",
    "url",
    "title",
    "body",
    "published",
    "source",
    "people",
    "persons",
    "authors",
    "language",
    "section",
    "access",
    "story",
    "copies",
    "location",
)

RECORD_ID = re.compile(r"[\w.:-]{1,64}")
MAX_NAME_CHARS = 500  # a name fills a line or two of a screen; what is longer is a text
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")


def article_record(article: Article) -> dict[str, Any]:
    """Return the article as JSON values, in the order of `RECORD_KEYS`."""
    published = article.published
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "body": article.body,
        "published": published.isoformat() if published else None,
        "source": article.source,
        "people": list(article.people),
        "persons": [asdict(person) for person in article.persons],
        "authors": list(article.authors),
        "language": article.language,
        "section": article.section,
        "access": article.access.value if article.access else None,
        "story": article.story,
        "copies": [*map(copy_record, article.copies)],
        "location": article.location,
    }


def copy_record(copy: Copy) -> dict[str, str | None]:
    """Return another page that holds an article as JSON values."""
    return {
        "location": copy.location,
        "url": copy.url,
        "source": copy.source,
        "day": copy.day.isoformat() if copy.day else None,
    }


def article_from_record(record: Mapping[str, Any], location: str) -> Article:
    """Return the article that a JSON object describes.

    A title and a body are needed, all else may be missing. Values that came out of
    `article_record` come back equal.

    Args:
        record: A decoded JSON object.
        location: Where the record was found; it becomes the article's location, so that
            the archive points at a file that exists.

    Raises:
        RecordError: A needed key is missing or a value has the wrong type; the message
            names the key.
    """
    from index.identity import article_id  # searching reads no records

    url = _text(record, "url")
    own_id = _text(record, "id")
    if own_id is not None and not RECORD_ID.fullmatch(own_id):
        raise RecordError("'id' must be 1 to 64 letters, digits or any of _ . : -")
    return Article(
        id=own_id or article_id(url, location),
        title=_needed(record, "title"),
        body=_paragraphs(_needed(record, "body")),
        location=location,
        published=_published(record),
        source=_text(record, "source"),
        people=_texts(record, "people"),
        persons=_persons(record),
        authors=_texts(record, "authors"),
        language=_language(record),
        url=url,
        section=_text(record, "section"),
        access=_access(record),
        story=_text(record, "story"),
        copies=_copies(record),
    )


def parse_published(text: str) -> date | datetime:
    """Return the day, or the day and time, that an ISO 8601 text names.

    Raises:
        ValueError: It is not ISO 8601, or no such day exists.

    Example:
        >>> parse_published("2026-01-03")
        datetime.date(2026, 1, 3)
    """
    if not ISO_DATE.fullmatch(text):
        raise ValueError(f"not a date: {text!r}")
    return date.fromisoformat(text) if len(text) == len("2026-01-03") else _datetime(text)


def _datetime(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _needed(record: Mapping[str, Any], key: str) -> str:
    value = _text(record, key)
    if value is None:
        raise RecordError(f"not an article: {key!r} is missing or empty")
    return value


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordError(f"{key!r} must be a text, not {json.dumps(value)[:40]}")
    # A lone surrogate cannot be written to any file; JSON can smuggle one in as "\ud800".
    return value.encode("utf-8", "replace").decode().replace("\0", "").strip() or None


def _texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = record.get(key) or ()
    if not isinstance(values, list | tuple):
        raise RecordError(f"{key!r} must be a list of texts")
    texts = (_text({key: value}, key) for value in values)
    names = tuple(dict.fromkeys(text for text in texts if text))
    if any(len(name) > MAX_NAME_CHARS for name in names):
        raise RecordError(f"{key!r} holds a name of more than {MAX_NAME_CHARS} characters")
    return names


def _paragraphs(body: str) -> str:
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\s*\n", body))
    return PARAGRAPH_BREAK.join(filter(None, paragraphs))


def _published(record: Mapping[str, Any]) -> date | datetime | None:
    text = _text(record, "published")
    try:
        return parse_published(text) if text else None
    except ValueError as error:
        raise RecordError(
            f"'published' must be ISO 8601 such as 2026-01-03 or "
            f"2026-01-03T09:30:00+01:00, not {text!r}"
        ) from error


def _language(record: Mapping[str, Any]) -> str | None:
    text = _text(record, "language")
    if text is None:
        return None
    code = LANGUAGE.fullmatch(text)
    if code is None:
        raise RecordError(f"'language' must be a code such as en or pt-BR, not {text[:40]!r}")
    return code[1].lower()


def _access(record: Mapping[str, Any]) -> Access | None:
    text = _text(record, "access")
    if text is not None and text not in set(Access):
        raise RecordError(f"'access' must be one of {', '.join(Access)}, not {text[:40]!r}")
    return Access(text) if text else None


def _persons(record: Mapping[str, Any]) -> tuple[Person, ...]:
    persons = record.get("persons") or ()
    try:
        return tuple(
            Person(
                name=_needed(person, "name"),
                mentions=int(person["mentions"]),
                confidence=float(person["confidence"]),
                inferred=bool(person.get("inferred")),
            )
            for person in persons
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RecordError("'persons' must be a list of {name, mentions, confidence}") from error


def _copies(record: Mapping[str, Any]) -> tuple[Copy, ...]:
    copies = record.get("copies") or ()
    if not isinstance(copies, list | tuple):
        raise RecordError("'copies' must be a list of {location, url}")
    made = []
    for copy in copies:
        location = _text(copy, "location") if isinstance(copy, Mapping) else None
        if location is None:
            raise RecordError("'copies' must be a list of {location, url}")
        made.append(
            Copy(
                location=location,
                url=_text(copy, "url"),
                source=_text(copy, "source"),
                day=_copy_day(copy),
            )
        )
    return tuple(made)


def _copy_day(copy: Mapping[str, Any]) -> date | None:
    text = _text(copy, "day")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RecordError(f"'day' of a copy must be as 2026-01-03, not {text!r}") from error
