"""The articles of an archive as if they were in one segment.

Strategy: what a query asks of a term, a field or a column is put together from all segments
once and kept, so that a search costs the same over one segment or many. Articles are numbered
through the segments of articles; deleted ones are dropped where a list is put together, so
nothing above knows of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from index.codec import Segment, Snapshot
from index.codec.blocks import Numbers, narrowed
from index.codec.cache import ByteCache
from index.codec.dictionary import TermDictionary
from index.codec.field import FieldReader
from index.schema import ARTICLE, MISSING_MOMENT, ORDINAL_FIELDS, STORY_COLUMN
from searcher.engines.whoosh.columns import Periods, Unit, Values
from searcher.engines.whoosh.places import TermPlaces, Texts, term_places
from searcher.engines.whoosh.rows import distinct_rows
from searcher.settings import RankingSettings

__all__ = [
    "NO_ARTICLES",
    "NO_TERM",
    "Collection",
    "CollectionField",
    "Moments",
    "TermList",
    "contained",
    "looked_up",
]

Mask = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.int64]
Terms = npt.NDArray[np.integer]

NO_ARTICLES = np.zeros(0, dtype=np.uint32)
SMALL_CODES = 1 << 16
# A list with more than one article in this many is spread out over all articles for lookups:
# that takes a few times as much memory again as the list.
DENSE = 16
# Of a term with more postings, the places in a few articles are read anew: all of them together
# would take longer to decode than many searches take.
MANY_POSTINGS = 1 << 15
# One article is looked up in a list in the time in which so many of the list are marked in a
# table of all articles, or so many marks are wiped.
MARKED, WIPED = 8, 1024


class TermList:
    """The articles that have a term; made once for an archive, while there is room.

    Attributes:
        docs: Articles, ascending; uint32.
        codes: How often and in how long a text, for each: row of the field's book * number
            of length classes + class + 1; 0 is left for articles that do not have the term.
            Empty where the field keeps articles only.
        maxima: What was worked out of the highest scores of its blocks, by constants.
    """

    __slots__ = ("_articles", "_dense", "codes", "docs", "maxima")

    def __init__(self, docs: Numbers, codes: Numbers, articles: int) -> None:
        self.docs = docs
        self.codes = codes
        self.maxima: dict[RankingSettings, tuple[npt.NDArray[np.float64], float]] = {}
        self._articles = articles
        self._dense: Numbers | None = None

    @property
    def _is_dense(self) -> bool:
        return len(self.docs) * DENSE >= self._articles and len(self.codes) > 0

    @property
    def size_bytes(self) -> int:
        """Memory it takes, with what may be worked out later."""
        spread = self._articles * self.codes.itemsize if self._is_dense else 0
        return self.docs.nbytes + self.codes.nbytes + spread

    def dense(self) -> Numbers | None:
        """Return for each article its code, 0 where it does not have the term.

        None where few articles have it: a search in the list is faster then.
        """
        if self._dense is None and self._is_dense:
            self._dense = self._spread()
        return self._dense

    def _spread(self) -> Numbers:
        spread = np.zeros(self._articles, dtype=self.codes.dtype)
        spread[self.docs] = self.codes
        return spread

    def codes_of(self, articles: Numbers) -> Numbers:
        """Return the code of each of some articles, ascending; 0 where one has not the term."""
        if articles is self.docs:
            return self.codes
        dense = self.dense()
        if dense is None and _are_marked(self.docs, articles, self._articles):
            dense = self._spread()
        if dense is not None:
            return dense.take(articles)
        if not len(self.docs):
            return np.zeros(len(articles), dtype=np.uint16)
        slots, there = _searched(self.docs, articles)
        codes = self.codes.take(slots, mode="clip")
        codes *= there
        return codes


NO_TERM = TermList(NO_ARTICLES, NO_ARTICLES, 0)


class Collection:
    """All articles of a snapshot; or all documents of another kind, read in the same way.

    Args:
        snapshot: The archive at one commit.
        kind: The kind of documents.
        cache: Where what is put together is kept; None: in that of the snapshot.

    Attributes:
        segments: The segments of articles, and the number of articles before each.
        size: Articles, deleted ones included.
    """

    def __init__(
        self, snapshot: Snapshot, kind: str = ARTICLE, cache: ByteCache | None = None
    ) -> None:
        found = [*snapshot.of_kind(kind)]
        counts = [segment.doc_count for segment, _ in found]
        bases = [0, *accumulate(counts)]
        self.segments = tuple(zip((segment for segment, _ in found), bases, strict=False))
        self.size = bases[-1]
        self._bases = np.array(bases[:-1], dtype=np.int64)
        self._documents = np.array([base for _, base in found], dtype=np.int64)
        self._shifts = self._documents - self._bases
        self._fields: dict[str, CollectionField | None] = {}
        self._periods: dict[Unit, Periods] = {}
        self._values: dict[str, Values] = {}
        self.cache = cache or snapshot.cache

    def documents(self, articles: npt.NDArray[np.integer]) -> list[int]:
        """Return the documents of the snapshot that some articles are."""
        shifts = self._shifts
        if len(shifts) > 1:
            shifts = shifts[self._bases.searchsorted(articles, side="right") - 1]
        documents: list[int] = (articles + shifts).tolist()
        return documents

    @property
    def bases(self) -> dict[int, int]:
        """The first article of each segment, by the first document of it."""
        return dict(zip(self._documents.tolist(), self._bases.tolist(), strict=True))

    def article(self, document: int) -> int:
        """Return the article that a document of the snapshot is."""
        at = int(self._documents.searchsorted(document, side="right")) - 1
        return document - int(self._shifts[at])

    @cached_property
    def live(self) -> Mask | None:
        """Which articles are not deleted; None: all."""
        if all(segment.live is None for segment, _ in self.segments):
            return None
        return np.concatenate([_live_mask(segment) for segment, _ in self.segments])

    @cached_property
    def count(self) -> int:
        """Articles that are not deleted."""
        return self.size - sum(len(segment.deleted) for segment, _ in self.segments)

    @cached_property
    def moments(self) -> Moments:
        """When each article was published, `MISSING_MOMENT` where unknown; int64."""
        return _joined([_segment_moments(segment) for segment, _ in self.segments], np.int64)

    @cached_property
    def stories(self) -> npt.NDArray[np.int64]:
        """The story of each article by number, 0 where it has none."""
        columns = [segment.story_column(STORY_COLUMN) for segment, _ in self.segments]
        return _joined(columns, np.uint64).view(np.int64)  # they are below 2^48

    def story_keys(self, articles: Numbers) -> npt.NDArray[np.int64]:
        """Return a number for each article that it shares with those of its story only."""
        stories = self.stories[articles]
        return np.where(stories == 0, ~articles.astype(np.int64), stories)

    def members(self, article: int) -> Numbers:
        """Return the articles of the story of an article, in the order of the archive."""
        field = self.field("story")
        story = int(self.stories[article])
        if field is None or not story:
            return np.array([article], dtype=np.uint32)
        return field.term(f"{story:012x}".encode()).docs

    def ids(self, articles: Numbers) -> list[str]:
        """Return the ids of some articles, ascending; no article is read for it."""
        found: list[str] = []
        for segment, base in self.segments:
            first, stop = np.searchsorted(articles, [base, base + segment.doc_count])
            if first < stop:
                reader = segment.fields["id"]
                keys = reader.terms.slice(0, len(reader.terms))
                numbers = np.empty(segment.doc_count, dtype=np.int64)
                numbers[reader.chunk(0, len(keys)).docs] = np.arange(len(keys))  # each has one
                inside = numbers[articles[first:stop] - np.uint32(base)]
                found.extend(keys[number].decode() for number in inside.tolist())
        return found

    def periods(self, unit: Unit) -> Periods:
        """Return the day, week, month or year of each article."""
        if unit not in self._periods:
            self._periods[unit] = Periods(self.moments, unit)
        return self._periods[unit]

    def values(self, field: str) -> Values | None:
        """Return the values that articles have of a field; None: it is not counted by."""
        if field not in ORDINAL_FIELDS:
            return None
        if field not in self._values:
            self._values[field] = Values(self.segments, field)
        return self._values[field]

    def everything(self) -> Numbers:
        """Return all articles."""
        articles = np.arange(self.size, dtype=np.uint32)
        return articles if self.live is None else articles[self.live]

    def field(self, name: str) -> CollectionField | None:
        """Return an inverted field; None: no article has anything in it."""
        if name not in self._fields:
            readers = [
                (segment, segment.fields[name], base)
                for segment, base in self.segments
                if name in segment.fields
            ]
            self._fields[name] = CollectionField(self, name, readers) if readers else None
        return self._fields[name]

    def by_segment(self, find: Callable[[Segment], Numbers]) -> Numbers:
        """Return the live articles that something finds in each segment."""
        found = [_live(segment, find(segment)) + np.uint32(base) for segment, base in self.segments]
        return _joined(found, np.uint32)


class CollectionField:
    """An inverted field over all segments.

    Attributes:
        name: The field.
        parts: Parts of the text that occurrences are counted in; 0: they are not.
        readers: The segments that have it, their readers, and the articles before each.
    """

    def __init__(
        self, collection: Collection, name: str, readers: list[tuple[Segment, FieldReader, int]]
    ) -> None:
        self.name = name
        self.parts = readers[0][1].parts
        self.readers = readers
        self._collection = collection

    def term(self, term: bytes, part: int | None = None) -> TermList:
        """Return the articles that have a term, in one part where asked."""
        key = (self.name, term, part)
        return self._collection.cache.get(key, lambda: self._term(term, part))

    def most(self, term: bytes) -> int:
        """Return how many articles have a term at most: deleted ones are counted too."""
        found = ((reader, reader.terms.find(term)) for _, reader, _ in self.readers)
        return sum(reader.frequency(number) for reader, number in found if number >= 0)

    def places(self, term: bytes) -> TermPlaces:
        """Return where a term stands in the articles of its list."""
        return self._collection.cache.get(
            (self.name, term), lambda: term_places(self.readers, self.texts, term)
        )

    def places_around(self, term: bytes, articles: Numbers) -> TermPlaces:
        """Return where a term stands, in a few articles, ascending, at least."""
        if len(self.term(term).docs) > MANY_POSTINGS:
            return term_places(self.readers, self.texts, term, articles)
        return self.places(term)

    @cached_property
    def texts(self) -> Texts:
        """Where the texts of all articles begin."""
        return Texts(self.readers, self._collection.size, self.parts)

    def terms_from(self, prefix: bytes) -> list[bytes]:
        """Return the terms that begin with a prefix, sorted."""
        found: set[bytes] = set()
        for _, reader, _ in self.readers:
            found.update(reader.terms.slice(*reader.terms.prefix(prefix)))
        return sorted(found)

    def _term(self, term: bytes, part: int | None) -> TermList:
        if part is not None:
            return self._of_part(self.term(term), part)
        docs, codes = [], []
        for at, (segment, reader, base) in enumerate(self.readers):
            number = reader.terms.find(term)
            if number >= 0:
                found = reader.decode(number)
                kept = slice(None) if segment.live is None else segment.live[found.docs]
                docs.append(found.docs[kept] + np.uint32(base))
                if found.codes is not None:
                    codes.append(self._code_maps[at][found.codes[kept]])
        if not docs:
            return NO_TERM
        size = self._collection.size
        return TermList(_joined(docs, np.uint32), _joined(codes, np.uint16), size)

    def _of_part(self, whole: TermList, part: int) -> TermList:
        if not len(whole.docs):
            return NO_TERM
        inside = (self.book[:, part] > 0)[(whole.codes - 1) // len(self.length_classes)]
        return TermList(whole.docs[inside], whole.codes[inside], self._collection.size)

    # What a code means, over all segments

    @cached_property
    def class_of_articles(self) -> npt.NDArray[np.unsignedinteger]:
        """The length class of each article; shape (articles,)."""
        classes = np.zeros(self._collection.size, dtype=np.uint32)
        for (segment, reader, base), number in zip(self.readers, self._classes[1], strict=True):
            of_documents = reader.class_of_documents
            own = number[0] if of_documents is None else number[of_documents]
            classes[base : base + segment.doc_count] = own
        return narrowed(classes)

    @cached_property
    def book(self) -> Numbers:
        """Occurrences in each part for a row of the book; (rows, parts)."""
        return self._books[0]

    @cached_property
    def length_classes(self) -> Numbers:
        """Length of each part for a length class; (classes, parts)."""
        return self._classes[0]

    @cached_property
    def _books(self) -> tuple[Numbers, list[Numbers]]:
        return distinct_rows([reader.book for _, reader, _ in self.readers])

    @cached_property
    def _classes(self) -> tuple[Numbers, list[Numbers]]:
        return distinct_rows([reader.length_classes for _, reader, _ in self.readers])

    @cached_property
    def _code_count(self) -> int:
        return len(self.book) * len(self.length_classes)

    @cached_property
    def _code_maps(self) -> list[Numbers]:
        """The code over all segments of each code of a reader."""
        kind = np.uint16 if self._code_count < SMALL_CODES else np.uint32
        count = len(self.length_classes)
        return [
            (rows[:, None] * count + classes + 1).ravel().astype(kind)
            for rows, classes in zip(self._books[1], self._classes[1], strict=True)
        ]

    @cached_property
    def averages(self) -> tuple[float, ...]:
        """The average length of each part over live articles, at least 1."""
        sums = np.zeros(max(self.parts, 1), dtype=np.int64)
        for segment, reader, _ in self.readers:
            if (lengths := reader.lengths) is not None:
                sums += lengths.sum(axis=0, dtype=np.int64)
                sums -= lengths[segment.deleted].sum(axis=0, dtype=np.int64)
        return tuple(max(float(total) / max(self._collection.count, 1), 1.0) for total in sums)

    # Several terms

    def with_terms(
        self, choose: Callable[[TermDictionary], Terms], part: int | None = None
    ) -> Numbers:
        """Return the articles with any of the terms that something chooses from a dictionary."""
        readers = {segment.name: reader for segment, reader, _ in self.readers}

        def find(segment: Segment) -> Numbers:
            reader = readers.get(segment.name)
            if reader is None:
                return NO_ARTICLES
            chosen = choose(reader.terms)
            return reader.documents_with(chosen, part) if len(chosen) else NO_ARTICLES

        return self._collection.by_segment(find)

    def having(self, part: int | None = None) -> Mask:
        """Return which articles have anything in the field, or in a part; (articles,)."""
        having = np.zeros(self._collection.size, dtype=np.bool_)
        for segment, reader, base in self.readers:
            inside = having[base : base + segment.doc_count]
            if reader.lengths is not None:
                lengths = reader.lengths if part is None else reader.lengths[:, [part]]
                inside[:] = lengths.any(axis=1)
            else:
                inside[reader.documents_with(np.arange(len(reader.terms)))] = True
        return having


def contained(docs: Numbers, wanted: Numbers, articles: int) -> Mask:
    """Return which of some articles are in a list.

    Args:
        docs: The list, ascending.
        wanted: The articles, ascending.
        articles: How many there are in all.
    """
    if docs is wanted:
        return np.ones(len(wanted), dtype=np.bool_)
    if _are_marked(docs, wanted, articles):
        marks = np.zeros(articles, dtype=np.bool_)
        marks[docs] = True
        return marks.take(wanted)
    return np.zeros(len(wanted), dtype=np.bool_) if not len(docs) else _searched(docs, wanted)[1]


def _are_marked(docs: Numbers, wanted: Numbers, articles: int) -> bool:
    """Tell whether marking a list takes less time than looking up in it what is wanted."""
    return len(wanted) > len(docs) // MARKED + articles // WIPED


def looked_up(
    docs: npt.NDArray[np.integer], wanted: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.intp], Mask]:
    """Return the places in a list of those wanted that are in it, and which they are.

    Args:
        docs: The list, ascending.
        wanted: Articles, ascending.
    """
    if not len(docs) or not len(wanted):
        return np.zeros(0, dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    slots, there = _searched(docs, wanted)
    return slots[there], there


def _searched(
    docs: npt.NDArray[np.integer], wanted: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.intp], Mask]:
    """Return where in a list, which is not empty, each of those wanted would be, and if it is."""
    slots = docs.searchsorted(wanted)
    return slots, docs.take(slots, mode="clip") == wanted


def _joined(arrays: list[np.ndarray], kind: type[np.generic]) -> np.ndarray:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=kind)


def _live(segment: Segment, docs: Numbers) -> Numbers:
    return docs if segment.live is None else docs[segment.live[docs]]


def _live_mask(segment: Segment) -> Mask:
    return np.ones(segment.doc_count, dtype=np.bool_) if segment.live is None else segment.live


def _segment_moments(segment: Segment) -> Moments:
    moments = segment.moments()
    if moments is None:
        return np.full(segment.doc_count, MISSING_MOMENT, dtype=np.int64)
    return moments
