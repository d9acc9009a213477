"""A segment: whatever documents are written, they are found as a plain look at them finds them."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import BLOCK
from index.codec.field import FieldReader
from index.codec.lengths import length_class
from index.codec.scoring import part_table
from index.codec.segment import DELETED, Segment
from index.codec.segment_writer import write_segment
from index.codec.text_writer import InlineTextWriter
from index.codec.toc import SegmentEntry
from index.documents import Documents, NewDocuments
from index.errors import ArchiveDamagedError
from index.schema import (
    MISSING_MOMENT,
    MOMENT,
    NAME_GAP,
    ORDINAL_FIELDS,
    TEXT,
    moment_term,
)
from index.text import name_terms, stem, tokens
from plain_documents import Document, taken_apart, write_documents

# Several forms of one stem, accents, a possessive, a script without spaces, and no word at all.
SPELLINGS = (
    "bank",
    "banks",
    "Banking",
    "elect",
    "election",
    "the",
    "Élysée",
    "flood's",
    "日本語",
    "—",
)
NAMES = ("Jane Roe", "Roe Jane Roe", "Tom Doe", "Élise Ångström", "—")

texts = st.lists(st.sampled_from(SPELLINGS), max_size=9).map(" ".join)
# Now and then a text so long that its length is rounded, with a position of two bytes.
long_texts = st.builds(lambda text, times: f"{text} " * times, texts, st.sampled_from([1, 1, 60]))
names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
keys = st.lists(st.sampled_from(["en", "de", "jane roe", "\ud800", "k" * 300]), unique=True)
documents = st.builds(
    Document,
    texts=st.none() | st.tuples(texts, long_texts),
    words=st.dictionaries(st.sampled_from(["people", "url"]), names),
    keys=st.dictionaries(st.sampled_from(["kind", *ORDINAL_FIELDS.values()]), keys.map(tuple)),
    moment=st.none() | st.integers(-(10**15), 10**15),
    stored=st.dictionaries(st.sampled_from(["id", "body", "people"]), texts | st.lists(texts)),
)
archives = st.lists(documents, max_size=8)

# For each term, document by document, the positions in each part.
Plain = dict[bytes, dict[int, list[list[int]]]]


@pytest.fixture(autouse=True, scope="module")
def _without_syncing() -> Iterator[None]:
    """Many small files are written here, and none of them has to outlive a loss of power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _file: None)
        yield


@contextmanager
def written(
    batch: Sequence[Document], deleted: Sequence[int] = (), text: InlineTextWriter | None = None
) -> Iterator[Segment]:
    """Write documents as a segment, and open it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_documents(folder / "MAIN_a.seg", batch, text)
        assert count == len(batch)
        if deleted:
            with ArrayFileWriter(folder / "MAIN_a.1.del") as file:
                file.add(DELETED, np.array(deleted, np.uint32))
                file.close({})
        entry = SegmentEntry(
            name="MAIN_a",
            docs=count,
            deleted=len(deleted),
            deletions="MAIN_a.1.del" if deleted else None,
            kind="article",
        )
        segment = Segment(folder, entry)
        yield segment
        segment.close()


def plain_fields(batch: Sequence[Document]) -> dict[str, Plain]:
    """Look at every word of every document."""
    fields: dict[str, Plain] = {}
    for number, document in enumerate(batch):
        for field, term, part, position in plain_words(document):
            parts = fields.setdefault(field, {}).setdefault(term, {})
            parts.setdefault(number, [[], []] if field == TEXT else [[]])[part].append(position)
        for field, term in plain_keys(document):
            fields.setdefault(field, {}).setdefault(term, {})[number] = []
    return fields


def plain_words(document: Document) -> Iterator[tuple[str, bytes, int, int]]:
    """Yield field, term, part and position of each word."""
    for part, text in enumerate(document.texts or ()):
        for position, token in enumerate(tokens(text)):
            yield TEXT, stem(token.term).encode(), part, position
    for field, values in document.words.items():
        position = 0
        for value in values:
            for term in name_terms(value):
                yield field, term.encode(), 0, position
                position += 1
            position += NAME_GAP


def plain_keys(document: Document) -> Iterator[tuple[str, bytes]]:
    """Yield field and term of each key."""
    for field, values in document.keys.items():
        for value in values:
            yield field, value.encode("utf-8", "replace")
    if document.moment is not None:
        yield MOMENT, moment_term(document.moment)


def read_field(reader: FieldReader) -> Plain:
    found: Plain = {}
    for number, term in enumerate(reader.terms):
        postings = reader.postings(number)
        docs = postings.docs.tolist()
        found[term] = {doc: [] for doc in docs}
        if postings.codes is None:
            continue
        counts, flat = reader.positions(number, np.arange(len(docs)))
        positions = iter(flat.tolist())
        for doc, of_parts in zip(docs, counts.tolist(), strict=True):
            found[term][doc] = [[next(positions) for _ in range(count)] for count in of_parts]
        occurrences = reader.book[postings.codes // len(reader.length_classes)]
        assert occurrences.tolist() == counts.tolist()
    return found


def lengths_of(document: Document) -> list[int]:
    return [len(list(tokens(text))) for text in document.texts or ("", "")]


@given(archives)
def test_every_word_name_and_key_is_found_where_it_stands(batch: list[Document]) -> None:
    with written(batch) as segment:
        found = {name: read_field(reader) for name, reader in segment.fields.items()}
        assert found == plain_fields(batch)


@given(archives, st.data())
def test_documents_with_any_of_some_terms_are_those_of_each(
    batch: list[Document], data: st.DataObject
) -> None:
    with written(batch) as segment:
        for name, terms in plain_fields(batch).items():
            reader = segment.fields[name]
            some = data.draw(st.lists(st.sampled_from(sorted(terms))))
            part = data.draw(st.sampled_from([None, *range(reader.parts)]))
            found = reader.documents_with(np.array([*map(reader.terms.find, some)], int), part)
            assert found.tolist() == sorted(
                {
                    doc
                    for term in some
                    for doc, parts in terms[term].items()
                    if part is None or parts[part]
                }
            )


@given(archives)
def test_what_is_known_of_a_term_is_counted_from_its_postings(batch: list[Document]) -> None:
    with written(batch) as segment:
        for name, terms in plain_fields(batch).items():
            reader = segment.fields[name]
            for term, found in terms.items():
                number = reader.terms.find(term)
                assert reader.frequency(number) == len(found)
                if not reader.parts:
                    continue
                counts = np.array([[len(part) for part in parts] for parts in found.values()])
                assert reader.occurrences(number).tolist() == counts.sum(axis=0).tolist()
                assert reader.part_frequencies(number).tolist() == (counts > 0).sum(axis=0).tolist()
                if name == TEXT:
                    totals = [sum(lengths_of(batch[doc])) for doc in found]
                    assert reader.extreme_lengths(number) == (min(totals), max(totals))


@given(archives)
def test_lengths_are_exact_and_scored_by_class(batch: list[Document]) -> None:
    with written(batch) as segment:
        if TEXT not in segment.fields:
            assert not any(sum(lengths_of(document)) for document in batch)
            return
        reader = segment.fields[TEXT]
        lengths = np.array([lengths_of(document) for document in batch], np.uint32)
        assert reader.lengths is not None
        assert reader.lengths.tolist() == lengths.tolist()
        for number in range(len(reader.terms)):
            postings = reader.postings(number)
            assert postings.codes is not None
            classes = reader.length_classes[postings.codes % len(reader.length_classes)]
            assert classes.tolist() == length_class(lengths[postings.docs]).tolist()


@given(archives, st.integers(0, 3))
def test_no_posting_scores_more_than_its_block_says(batch: list[Document], repeats: int) -> None:
    with written(batch * (1 + 20 * repeats)) as segment:
        for reader in segment.fields.values():
            if not reader.parts:
                continue
            table = part_table(reader.reference, reader.book, reader.length_classes)
            for number in range(len(reader.terms)):
                docs, codes = reader.postings(number)
                assert codes is not None
                blocks = np.arange(len(docs)) // BLOCK
                assert (table[codes] <= reader.block_maxima(number)[blocks]).all()
                assert (table[codes] <= reader.maximum(number)).all()
                assert reader.block_firsts(number).tolist() == docs[::BLOCK].tolist()


@given(archives)
def test_words_are_found_as_written(batch: list[Document]) -> None:
    expected: dict[bytes, set[int]] = defaultdict(set)
    for number, document in enumerate(batch):
        for text in document.texts or ():
            for token in tokens(text):
                expected[token.term.encode()].add(number)
    with written(batch) as segment:
        words = segment.words
        found = {
            word: set(words.documents_with(np.array([number])).tolist())
            for number, word in enumerate(words.terms if words else ())
            if words
        }
        assert found == expected
        if words:
            everything = words.documents_with(np.arange(len(words.terms)))
            assert everything.tolist() == sorted(set().union(*expected.values()))


@given(archives)
def test_columns_and_stored_fields_are_those_of_the_documents(batch: list[Document]) -> None:
    with written(batch) as segment:
        moments = segment.moments()
        expected = [MISSING_MOMENT if d.moment is None else d.moment for d in batch]
        has_any = any(document.moment is not None for document in batch)
        assert (moments is not None) == has_any
        assert moments is None or moments.tolist() == expected
        assert [segment.stored[doc] for doc in range(len(batch))] == [d.stored for d in batch]
        for name, key in ORDINAL_FIELDS.items():
            values = [document.keys.get(key, ()) for document in batch]
            ordinals = segment.ordinals(name)
            assert (ordinals is not None) == any(values)
            if ordinals:
                found = [
                    [ordinals.keys[number] for number in ordinals.values[start:stop].tolist()]
                    for start, stop in pairwise(ordinals.starts.tolist())
                ]
                assert found == [[v.encode("utf-8", "replace") for v in own] for own in values]


@given(archives, archives)
def test_a_vocabulary_that_knows_other_words_changes_nothing(
    batch: list[Document], earlier: list[Document]
) -> None:
    text = InlineTextWriter()
    with written(earlier, text=text), written(batch, text=text) as segment:
        found = {name: read_field(reader) for name, reader in segment.fields.items()}
        assert found == plain_fields(batch)


def test_long_posting_lists_are_found_whole() -> None:
    batch = [
        Document(
            texts=("bank " * (number % 3), "banks flood " * (1 + number % 7)), keys={}, stored={}
        )
        for number in range(3 * BLOCK + 5)
    ]
    with written(batch) as segment:
        assert read_field(segment.fields[TEXT]) == plain_fields(batch)[TEXT]
        bank = segment.fields[TEXT].terms.find(b"bank")
        chosen = np.array([0, 7, BLOCK, 2 * BLOCK + 3, 3 * BLOCK + 4])
        counts, flat = segment.fields[TEXT].positions(bank, chosen)
        expected = [plain_fields(batch)[TEXT][b"bank"][doc] for doc in chosen.tolist()]
        assert counts.tolist() == [[len(part) for part in parts] for parts in expected]
        assert flat.tolist() == [at for parts in expected for part in parts for at in part]


def test_deleted_documents_stay_in_the_lists_and_are_told_apart() -> None:
    batch = [Document(texts=("", "flood"), keys={}, stored={}) for _ in range(4)]
    with written(batch, deleted=[1, 3]) as segment:
        assert segment.live is not None
        assert segment.live.tolist() == [True, False, True, False]
        assert segment.fields[TEXT].postings(0).docs.tolist() == [0, 1, 2, 3]
    with written(batch) as segment:
        assert segment.live is None


@pytest.mark.parametrize(
    ("docs", "changes"),
    [
        (3, {"docs": 4}),
        (3, {"deleted": 1}),
        (3, {"deleted": 3}),
    ],
    ids=["another number of documents", "fewer deletions", "more deletions"],
)
def test_a_segment_that_is_not_what_the_archive_says_is_damaged(
    tmp_path: Path, docs: int, changes: dict[str, Any]
) -> None:
    batch = [Document(texts=("", "flood"), keys={}, stored={}) for _ in range(docs)]
    write_documents(tmp_path / "MAIN_a.seg", batch)
    with ArrayFileWriter(tmp_path / "MAIN_a.1.del") as file:
        file.add(DELETED, np.array([0, 2], np.uint32))
        file.close({})
    known = {
        "name": "MAIN_a",
        "docs": docs,
        "deleted": 2,
        "deletions": "MAIN_a.1.del",
        "kind": "article",
    }
    with pytest.raises(ArchiveDamagedError, match="MAIN_a"):
        Segment(tmp_path, SegmentEntry(**{**known, **changes}))


def test_nothing_is_left_of_a_segment_that_could_not_be_written(tmp_path: Path) -> None:
    text = InlineTextWriter()

    def failing() -> Iterator[Documents]:
        yield from taken_apart([Document(keys={}, stored={})])
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 (one without a message)
        write_segment(
            tmp_path / "MAIN_a.seg", NewDocuments(failing(), [text.add(["", "flood"])]), text
        )
    assert not list(tmp_path.iterdir())
