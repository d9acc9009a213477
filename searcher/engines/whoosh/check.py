"""Is an archive sound? Everything is read, and counted a second time.

Rule 0: Each array has the checksum that it was written with; else there is no more to say.
Rule 1: Each stored article and record can be read.
Rule 2: A stored text is still the one that was indexed (its key says so).
Rule 3: Ledger and articles agree: each article has a page and an id of its own, and the
    article that a page is said to hold is there.
Rule 4: Each posting list can be read, is in order, and has as many positions as it counts;
    a word of title or body is in as many of them as in stored texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from index.codec import Segment, Snapshot
from index.codec.field import FieldReader
from index.codec.snapshot import live_documents_with
from index.codec.toc import SEGMENT_SUFFIX
from index.identity import text_key
from index.model import Article, PageRecord
from index.schema import (
    ARTICLE,
    PAGE,
    TEXT,
    TEXT_FIELDS,
    article_from_document,
    page_from_document,
)
from index.text import stem, tokens
from searcher.engines.base import Problem

__all__ = ["find_problems"]

TERMS_AT_ONCE = 4096


def find_problems(snapshot: Snapshot) -> list[Problem]:
    """Return what is wrong in an archive; whatever broken bytes decode to, nothing is raised."""
    problems = [
        Problem(
            place=segment.name + SEGMENT_SUFFIX,
            message=f"the bytes of {name} are not those that were written",
        )
        for segment in snapshot.segments
        for name in segment.file.damaged()
    ]
    if problems:
        return problems
    try:
        for segment in snapshot.segments:
            problems += _wrong_lists(segment)
        if not problems:
            problems += _wrong_contents(snapshot)
    except Exception as error:  # noqa: BLE001 (see above)
        problems.append(Problem(place="archive", message=_cannot_be_read(error)))
    return problems


def _cannot_be_read(error: Exception) -> str:
    return f"cannot be read ({type(error).__name__}: {error})"


def _wrong_lists(segment: Segment) -> Iterator[Problem]:
    for name, reader in sorted(segment.fields.items()):
        for first in range(0, len(reader.terms), TERMS_AT_ONCE):
            last = min(first + TERMS_AT_ONCE, len(reader.terms))
            try:
                yield from _wrong_run(segment, name, reader, first, last)
            except Exception as error:  # noqa: BLE001 (broken numbers lead anywhere)
                yield Problem(place=f"{segment.name} {name}", message=_cannot_be_read(error))


def _wrong_run(
    segment: Segment, name: str, reader: FieldReader, first: int, last: int
) -> Iterator[Problem]:
    place = f"{segment.name} {name}"
    chunk = reader.chunk(first, last)
    terms = chunk.terms.listed()
    if sorted(set(terms)) != terms:
        yield Problem(place=place, message="terms are not in order")
    starts = np.cumsum(chunk.frequencies) - chunk.frequencies
    steps = np.diff(chunk.docs.astype(np.int64), prepend=-1)
    steps[starts] = 1
    if (steps < 1).any() or int(chunk.docs.max(initial=0)) >= segment.doc_count:
        yield Problem(place=place, message="documents of a posting list are not in order")
    if chunk.codes is not None and chunk.places is not None:
        counted = sum(int(reader.occurrences(term).sum()) for term in range(first, last))
        found = int((chunk.places.packed < 128).sum())  # noqa: PLR2004 (the last byte of a number)
        if not counted == found == int(reader.book[chunk.codes].sum()):
            yield Problem(place=place, message="positions do not fit the counts")


def _wrong_contents(snapshot: Snapshot) -> Iterator[Problem]:
    problems: list[Problem] = []
    articles: list[Article] = []
    records: list[PageRecord] = []
    for segment in snapshot.segments:
        found = [*_stored_articles(segment, problems)]
        articles += found
        records += _stored_records(segment, problems)
        problems += _wrong_words(segment, found)
    yield from problems
    yield from _wrong_ledger(articles, records)


def _stored_articles(segment: Segment, problems: list[Problem]) -> Iterator[Article]:
    for document in live_documents_with(segment, "kind", ARTICLE.encode()).tolist():
        try:
            yield _sound_article(segment, document)
        except Exception as error:  # noqa: BLE001 (broken values lead anywhere)
            place = f"article {document} of {segment.name}"
            problems.append(Problem(place=place, message=_cannot_be_read(error)))


def _stored_records(segment: Segment, problems: list[Problem]) -> Iterator[PageRecord]:
    for document in live_documents_with(segment, "kind", PAGE.encode()).tolist():
        try:
            yield page_from_document(segment.stored[document])
        except Exception as error:  # noqa: BLE001 (broken values lead anywhere)
            place = f"page {document} of {segment.name}"
            problems.append(Problem(place=place, message=_cannot_be_read(error)))


def _sound_article(segment: Segment, document: int) -> Article:
    article = article_from_document(segment.stored[document])
    key = text_key(article.title, article.body)
    if key and document not in live_documents_with(segment, "text_key", key.encode()):
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


def _wrong_words(segment: Segment, articles: Iterable[Article]) -> Iterator[Problem]:
    """Compare how many posting lists and how many stored texts have each word."""
    expected: dict[str, Counter[bytes]] = {part: Counter() for part in TEXT_FIELDS}
    for article in articles:
        for part, counts in expected.items():
            counts.update({stem(word.term).encode() for word in tokens(getattr(article, part))})
    for at, (part, counts) in enumerate(expected.items()):
        found = _live_counts(segment, at)
        for term in sorted((counts - found) | (found - counts)):
            message = (
                f"{term.decode(errors='replace')!r} is in {found[term]} posting lists "
                f"and in {counts[term]} texts"
            )
            yield Problem(place=part, message=message)


def _live_counts(segment: Segment, part: int) -> Counter[bytes]:
    counts: Counter[bytes] = Counter()
    if (reader := segment.fields.get(TEXT)) is not None:
        for term, word in enumerate(reader.terms):
            docs, codes = reader.decode(term)
            if codes is None:
                continue
            inside = (reader.book[:, part] > 0)[codes // len(reader.length_classes)]
            if segment.live is not None:
                inside &= segment.live[docs]
            if count := int(inside.sum()):
                counts[word] = count
    return counts
