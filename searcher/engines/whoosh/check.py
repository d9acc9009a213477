"""Is an archive sound? Everything is read, and counted a second time.

Rule 0: Each array has the checksum that it was written with, and between them are zeros; else
    there is no more to say.
Rule 1: Each stored article and record can be read.
Rule 2: A stored text is still the one that was indexed (its key says so).
Rule 3: Ledger and articles agree: each article has a page and an id of its own, and the
    article that a page is said to hold is there.
Rule 4: Each posting list can be read, is in order, and has as many positions as it counts.
Rule 5: A word, a name, a language and a day is in as many posting lists as stored articles
    have it, and what pages tell of their articles in as many as pages; a value is in the column
    that is counted and sorted by as often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

import numpy as np

from index.codec import Segment, Snapshot
from index.codec.arrays import ArrayFile
from index.codec.blocks import starts_of
from index.codec.field import FieldReader
from index.codec.snapshot import live_documents_with
from index.identity import text_key
from index.model import Article, PageRecord
from index.schema import (
    ARTICLE,
    MISSING_MOMENT,
    MOMENT,
    NAME_FIELDS,
    ORDINAL_FIELDS,
    PAGE,
    TEXT,
    TEXT_FIELDS,
    article_from_document,
    exact,
    moment_of,
    page_from_document,
)
from index.text import name_key, pieces, stem, terms_of_piece
from searcher.engines.base import Problem
from searcher.engines.whoosh.check_stories import StoryCheck

__all__ = ["find_problems"]

POSTINGS_AT_ONCE = 1 << 18
COLUMNS = {field: name for name, field in ORDINAL_FIELDS.items()}


def find_problems(snapshot: Snapshot) -> list[Problem]:
    """Return what is wrong in an archive; whatever broken bytes decode to, nothing is raised."""
    problems: list[Problem] = []
    try:
        problems += _damaged_files(snapshot)
        if problems:
            return problems
        for segment in snapshot.segments:
            problems += _wrong_lists(segment)
        if not problems:
            problems += _wrong_contents(snapshot)
    except Exception as error:  # noqa: BLE001 (see above)
        problems.append(Problem(place="archive", message=_cannot_be_read(error)))
    return problems


def _damaged_files(snapshot: Snapshot) -> Iterator[Problem]:
    for segment in snapshot.segments:
        yield from _damaged_arrays(segment.file)
    for entry in snapshot.manifest.segments:
        if entry.deletions is not None:
            # They were taken in when the archive was opened; a commit may have replaced the file.
            with suppress(FileNotFoundError), ArrayFile(snapshot.folder / entry.deletions) as file:
                yield from _damaged_arrays(file)


def _damaged_arrays(file: ArrayFile) -> Iterator[Problem]:
    for name in file.damaged():
        message = f"the bytes of {name} are not those that were written"
        yield Problem(place=file.path.name, message=message)


def _cannot_be_read(error: Exception) -> str:
    return f"cannot be read ({type(error).__name__}: {error})"


def _wrong_lists(segment: Segment) -> Iterator[Problem]:
    for name, reader in sorted(segment.fields.items()):
        for first, last in _runs(reader):
            try:
                yield from _wrong_run(segment, name, reader, first, last)
            except Exception as error:  # noqa: BLE001 (broken numbers lead anywhere)
                yield Problem(place=f"{segment.name} {name}", message=_cannot_be_read(error))


def _runs(reader: FieldReader) -> Iterator[tuple[int, int]]:
    """Yield all terms of a field, some at once: the first, and one past the last."""
    first = 0
    while first < len(reader.terms):
        last = reader.run_end(first, POSTINGS_AT_ONCE)
        yield first, last
        first = last


def _wrong_run(
    segment: Segment, name: str, reader: FieldReader, first: int, last: int
) -> Iterator[Problem]:
    place = f"{segment.name} {name}"
    chunk = reader.chunk(first, last)
    terms = chunk.terms.listed()
    if sorted(set(terms)) != terms:
        yield Problem(place=place, message="terms are not in order")
    starts = starts_of(chunk.frequencies)
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
    ids: Counter[str] = Counter()
    records: list[PageRecord] = []
    for segment in snapshot.segments:
        expected: defaultdict[str, Counter[bytes]] = defaultdict(Counter)
        stories = StoryCheck(segment)
        problems += stories.wrong_order()
        for document, article in _stored_articles(segment, problems):
            ids[article.id] += 1
            problems += stories.wrong_article(document, article)
            for field, terms in _terms_of(article):
                expected[field].update(terms)
        for record in _stored_records(segment, problems):
            records.append(record)
            for field, terms in _told_by(record):
                expected[field].update(terms)
        problems += _wrong_counts(segment, expected)
    yield from problems
    yield from _wrong_ledger(ids, records)


def _stored_articles(segment: Segment, problems: list[Problem]) -> Iterator[tuple[int, Article]]:
    for document in live_documents_with(segment, "kind", ARTICLE.encode()).tolist():
        try:
            yield document, _sound_article(segment, document)
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


def _wrong_ledger(ids: Counter[str], records: list[PageRecord]) -> Iterator[Problem]:
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


def _terms_of(article: Article) -> Iterator[tuple[str, set[bytes]]]:
    """Yield fields, and the terms of each that an article should be found by."""
    for part in TEXT_FIELDS:
        distinct = {*pieces(getattr(article, part))}
        yield part, _as_terms(stem(term) for piece in distinct for term in terms_of_piece(piece))
    for name in NAME_FIELDS:
        values = getattr(article, name) or ()
        names = (values,) if isinstance(values, str) else values
        yield exact(name), _as_terms(map(name_key, names))
    yield "language", _as_terms([article.language])
    yield "story", _as_terms([article.story])
    if article.published and article.day:
        yield "day", _as_terms([article.day.isoformat()])
        yield MOMENT, _as_terms([_clock(moment_of(article.published))])


def _told_by(record: PageRecord) -> Iterator[tuple[str, set[bytes]]]:
    """Yield the same of a page that is a copy and tells of its article."""
    yield exact("source"), _as_terms([record.source and name_key(record.source)])
    if record.day:
        yield "day", _as_terms([record.day.isoformat()])
        yield MOMENT, _as_terms([_clock(moment_of(record.day))])


def _as_terms(values: Iterable[str | None]) -> set[bytes]:
    return {value.encode("utf-8", "replace") for value in values if value}


def _clock(moment: int) -> str:
    return str(np.datetime64(moment, "us"))


def _wrong_counts(segment: Segment, expected: Mapping[str, Counter[bytes]]) -> Iterator[Problem]:
    """Compare posting lists and columns with what stored articles, or pages, have."""
    names, stored = tuple(map(exact, NAME_FIELDS)), f"and in {{}} {segment.kind}s"
    for field in (*TEXT_FIELDS, *names, "language", "day", "story"):
        wanted = expected.get(field, Counter())
        found = f"is in {{}} posting lists {stored}"
        yield from _differences(field, found, _listed(segment, field), wanted)
    for field in (*names, "language", MOMENT):
        wanted = expected.get(field, Counter())
        found = f"stands {{}} times in the column {stored}"
        yield from _differences(field, found, _in_column(segment, field), wanted)


def _differences(
    field: str, said: str, found: Counter[bytes], expected: Counter[bytes]
) -> Iterator[Problem]:
    for term in sorted((expected - found) | (found - expected)):
        numbers = said.format(found[term], expected[term])
        message = f"{term.decode(errors='replace')!r} {numbers}"
        yield Problem(place=field, message=message)


def _listed(segment: Segment, field: str) -> Counter[bytes]:
    """Count the live documents that each term of a field is in."""
    part = TEXT_FIELDS.index(field) if field in TEXT_FIELDS else None
    counts: Counter[bytes] = Counter()
    if reader := segment.fields.get(field if part is None else TEXT):
        for first, last in _runs(reader):
            chunk = reader.chunk(first, last)
            inside = np.ones(len(chunk.docs), dtype=np.bool_)
            if part is not None and chunk.codes is not None:
                inside = (reader.book[:, part] > 0)[chunk.codes]
            if segment.live is not None:
                inside &= segment.live[chunk.docs]
            of_terms = np.add.reduceat(inside, starts_of(chunk.frequencies), dtype=np.int64)
            counts.update(dict(zip(chunk.terms.listed(), of_terms.tolist(), strict=True)))
    return counts


def _in_column(segment: Segment, field: str) -> Counter[bytes]:
    """Count how often live documents have each value of a column."""
    live = np.ones(segment.doc_count, dtype=np.bool_) if segment.live is None else segment.live
    if field == MOMENT:
        moments = segment.moments()
        known = [] if moments is None else moments[live & (moments != MISSING_MOMENT)].tolist()
        return Counter(_clock(moment).encode() for moment in known)
    ordinals = segment.ordinals(COLUMNS[field])
    if ordinals is None:
        return Counter()
    starts = ordinals.starts.astype(np.int64)
    values = ordinals.values[np.repeat(live, starts[1:] - starts[:-1])]
    counts = np.bincount(values, minlength=len(ordinals.keys)).tolist()
    return Counter(dict(zip(ordinals.keys, counts, strict=True)))
