"""Is an archive sound? Everything is read, and counted a second time.

Rule 0: Each segment has the checksum that it was written with; else there is no more to say.
Rule 1: Each stored article and record can be read.
Rule 2: A stored text is still the one that was indexed (its key says so).
Rule 3: Ledger and articles agree: each article has a page and an id of its own, and the
    article that a page is said to hold is there.
Rule 4: Each posting list can be read, positions too, and a word of title or body is in as
    many of them as in stored texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from whoosh.reading import IndexReader

from index.codec import damaged_segments, documents_with
from index.identity import text_key
from index.model import Article, PageRecord
from index.schema import ARTICLE, PAGE, TEXT_FIELDS, article_from_document, page_from_document
from index.text import stem, tokens
from searcher.engines.base import Problem
from searcher.engines.whoosh.postings import frequencies, positions, terms_from

__all__ = ["find_problems"]

Value = TypeVar("Value")


def find_problems(folder: Path, reader: IndexReader) -> list[Problem]:
    """Return what is wrong in an archive; whatever broken bytes decode to, nothing is raised."""
    problems = [
        Problem(place=name, message="its bytes are not those that were written")
        for name in damaged_segments(folder, reader)
    ]
    if problems:
        return problems
    try:
        problems += _unreadable_postings(reader)
        if not problems:
            problems += _wrong_contents(reader)
    except Exception as error:  # noqa: BLE001 (see above)
        problems.append(Problem(place="archive", message=_cannot_be_read(error)))
    return problems


def _cannot_be_read(error: Exception) -> str:
    return f"cannot be read ({type(error).__name__}: {error})"


def _wrong_contents(reader: IndexReader) -> Iterator[Problem]:
    problems: list[Problem] = []
    articles = _read_all(reader, ARTICLE, _sound_article, problems)
    records = _read_all(reader, PAGE, page_from_document, problems)
    yield from problems
    yield from _wrong_ledger(articles, records)
    for field in TEXT_FIELDS:
        yield from _wrong_postings(reader, field, articles)


def _read_all(
    reader: IndexReader,
    kind: str,
    decode: Callable[[Mapping[str, Any]], Value],
    problems: list[Problem],
) -> list[Value]:
    values = []
    for document in documents_with(reader, "kind", kind):
        try:
            values.append(decode(reader.stored_fields(document)))
        except Exception as error:  # noqa: BLE001 (broken bytes decode to anything)
            problems.append(Problem(place=f"{kind} {document}", message=_cannot_be_read(error)))
    return values


def _sound_article(fields: Mapping[str, Any]) -> Article:
    article = article_from_document(fields)
    if text_key(article.title, article.body) != fields.get("text_key"):
        raise ValueError(f"the text of {article.id} is not the text that was indexed")
    return article


def _wrong_ledger(articles: list[Article], records: list[PageRecord]) -> Iterator[Problem]:
    ids = Counter(article.id for article in articles)
    for article_id, count in ids.items():
        if count > 1:
            yield Problem(place=article_id, message=f"{count} articles have this id")
    held = {record.article for record in records}
    for article_id in ids.keys() - held:
        yield Problem(place=article_id, message="no page holds this article")
    for record in records:
        if record.article is not None and record.article not in ids:
            message = f"the article {record.article} that it holds is not there"
            yield Problem(place=record.location, message=message)


def _wrong_postings(
    reader: IndexReader, field: str, articles: Iterable[Article]
) -> Iterator[Problem]:
    expected: Counter[bytes] = Counter()
    for article in articles:
        text = getattr(article, field)
        expected.update({stem(word.term).encode() for word in tokens(text)})
    found = Counter(
        {term: len(frequencies(reader, field, term)) for term in terms_from(reader, field, "")}
    )
    for term in sorted((expected - found) | (found - expected)):
        message = (
            f"{term.decode(errors='replace')!r} is in {found[term]} posting lists "
            f"and in {expected[term]} texts"
        )
        yield Problem(place=field, message=message)


def _unreadable_postings(reader: IndexReader) -> Iterator[Problem]:
    for field, kind in sorted(reader.schema.items()):
        if kind.indexed and kind.format:
            for term in terms_from(reader, field, ""):
                yield from _unreadable_posting(reader, field, term)


def _unreadable_posting(reader: IndexReader, field: str, term: bytes) -> Iterator[Problem]:
    word = term.decode(errors="replace")
    try:
        found = frequencies(reader, field, term)
        if reader.schema[field].format.supports("positions"):
            places = positions(reader, field, term, found.keys())
            if any(len(places[document]) != count for document, count in found.items()):
                yield Problem(place=field, message=f"positions of {word!r} do not fit its counts")
    except Exception as error:  # noqa: BLE001 (broken bytes decode to anything)
        yield Problem(place=field, message=f"{word!r} {_cannot_be_read(error)}")
