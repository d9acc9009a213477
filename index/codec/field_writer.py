"""Writes an inverted field into a segment file, chunk by chunk.

Strategy: what grows with the postings goes to the file as it comes; what is kept of each
term or block is small, is gathered, and is written at the end in the narrowest type.
README.md of this package lists the arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from index.codec.array_sink import ArraySink
from index.codec.array_writer import ArrayFileWriter
from index.codec.blocks import (
    Integers,
    Numbers,
    block_lengths,
    narrowed,
    pack,
    pack_sparse,
    starts_of,
)
from index.codec.dictionary import dictionary_arrays
from index.codec.postings import Chunk, DocumentLengths, FormListing, Places
from index.codec.scoring import part_table, reference_weights
from index.codec.terms import Terms
from index.codec.unmapped import UnmappedArrays
from index.schema import WORDS

__all__ = ["FieldWriter", "write_field", "write_words"]


def write_field(
    file: ArrayFileWriter,
    name: str,
    chunks: Iterable[Chunk],
    book: Numbers | None = None,
    lengths: DocumentLengths | None = None,
) -> None:
    """Write all posting lists of a field, in the order of their terms; see `FieldWriter`."""
    writer = FieldWriter(file, name, book, lengths)
    for chunk in chunks:
        writer.add(chunk)
    writer.close()


def write_words(file: ArrayFileWriter, words: Terms, stems: Numbers) -> None:
    """Write the words of texts as written, sorted, and the number of the stem of each."""
    row, ends = dictionary_arrays(words)
    file.add(f"{WORDS}/terms", row)
    file.add(f"{WORDS}/term_ends", ends)
    file.add(f"{WORDS}/stems", narrowed(stems))


class FieldWriter:
    """One inverted field on its way into a segment file.

    Args:
        file: The segment file.
        name: The field.
        book: Occurrences that each code stands for, shape (codes, parts); None: the field
            keeps documents only.
        lengths: Lengths of all documents of the segment; None: they do not count.
    """

    def __init__(
        self,
        file: ArrayFileWriter,
        name: str,
        book: Numbers | None = None,
        lengths: DocumentLengths | None = None,
    ) -> None:
        self._file = file
        self._name = name
        self._book = book
        self._lengths = lengths
        self._sinks: dict[str, ArraySink] = {}
        self._gathered: defaultdict[str, list[np.ndarray]] = defaultdict(list)
        if book is not None:
            self._begin_scoring(book, lengths)

    def _begin_scoring(self, book: Numbers, lengths: DocumentLengths | None) -> None:
        self._file.add(f"{self._name}/tf_book", narrowed(book))
        averages: tuple[float, ...] = (1.0,) * book.shape[1]
        classes = np.zeros((1, book.shape[1]), dtype=np.uint32)
        if lengths is not None:
            classes = lengths.classes
            self._totals = lengths.exact.sum(axis=1, dtype=np.uint32)
            sums = lengths.exact.sum(axis=0, dtype=np.int64) / max(len(lengths.exact), 1)
            averages = tuple(max(float(average), 1.0) for average in sums)
            self._file.add(f"{self._name}/lengths", narrowed(lengths.exact))
            self._file.add(f"{self._name}/length_classes", narrowed(lengths.classes))
            self._file.add(f"{self._name}/length_class", narrowed(lengths.of_documents))
        self._file.add(f"{self._name}/reference_averages", np.array(averages, dtype=np.float64))
        parts = part_table(reference_weights(averages), book, classes).astype(np.float32)
        self._parts = np.nextafter(parts, np.float32(np.inf))  # rounded up, so that bounds are

    def add(self, chunk: Chunk) -> None:
        """Append the posting lists of terms that come behind all those before."""
        blocks, lengths = block_lengths(chunk.frequencies)
        self._sink("terms").append(chunk.terms.row)
        self._gather(term_sizes=chunk.terms.sizes, frequencies=chunk.frequencies, blocks=blocks)
        self._add_docs(chunk, blocks, lengths)
        if self._book is not None and chunk.codes is not None:
            self._add_codes(chunk, chunk.codes, self._book, blocks, lengths)
        if chunk.places is not None:
            self._add_places(chunk.places, blocks, lengths)
        if chunk.listing is not None:
            self._add_listing(chunk.listing, blocks, lengths)

    def _gather(self, **arrays: np.ndarray) -> None:
        for key, array in arrays.items():
            self._gathered[key].append(array)

    def _add_docs(self, chunk: Chunk, blocks: Integers, lengths: Integers) -> None:
        begins = starts_of(lengths)
        deltas = np.empty_like(chunk.docs)
        deltas[1:] = chunk.docs[1:] - chunk.docs[:-1]
        deltas[begins] = 0  # the first of a block stands in an array of its own
        packed, widths = pack(deltas, lengths)
        self._sink("docs").append(packed)
        sizes = widths * lengths
        self._gather(
            block_firsts=chunk.docs[begins],
            doc_widths=widths,
            doc_sizes=np.add.reduceat(sizes, starts_of(blocks)),
        )

    def _add_codes(
        self, chunk: Chunk, codes: Numbers, book: Numbers, blocks: Integers, lengths: Integers
    ) -> None:
        places = (codes != 0).nonzero()[0]  # of truth values they are found much faster
        mixed, counts, widths = pack_sparse(places, codes.take(places), lengths)
        self._sink("tfs").append(mixed)
        sizes = counts.astype(np.int64) * (1 + widths.astype(np.int64))
        self._gather(
            tf_counts=counts,
            tf_widths=widths,
            tf_sizes=np.add.reduceat(sizes, starts_of(blocks)),
            block_maxima=np.maximum.reduceat(self._parts_of(chunk.docs, codes), starts_of(lengths)),
        )
        terms = starts_of(chunk.frequencies)
        by_part = [counted.take(codes) for counted in book.T]
        self._gather(occurrences=_sums(by_part, terms))
        if len(by_part) > 1:
            self._gather(part_frequencies=_sums([counted > 0 for counted in by_part], terms))
        if self._lengths is not None:
            totals = self._totals.take(chunk.docs)
            self._gather(
                shortest=np.minimum.reduceat(totals, terms),
                longest=np.maximum.reduceat(totals, terms),
            )

    def _parts_of(self, docs: Numbers, codes: Numbers) -> npt.NDArray[np.float32]:
        """Return a bound on the part of each posting."""
        if self._lengths is None:
            return self._parts.take(codes)
        full = codes * np.uint32(len(self._lengths.classes))
        full += self._lengths.of_documents.take(docs)
        return self._parts.take(full)

    def _add_places(self, places: Places, blocks: Integers, lengths: Integers) -> None:
        self._sink("positions").append(places.packed)
        of_blocks = np.add.reduceat(places.sizes, starts_of(lengths), dtype=np.int64)
        self._gather(
            position_block_sizes=of_blocks,
            position_sizes=np.add.reduceat(of_blocks, starts_of(blocks)),
        )

    def _add_listing(self, listing: FormListing, blocks: Integers, lengths: Integers) -> None:
        mixed, counts, widths = pack_sparse(listing.at, listing.forms, lengths)
        self._sink("form_entries").append(mixed)
        sizes = counts.astype(np.int64) * (1 + widths.astype(np.int64))
        self._gather(
            forms=listing.words,
            form_counts=listing.counts,
            form_entry_counts=counts,
            form_entry_widths=widths,
            form_entry_sizes=np.add.reduceat(sizes, starts_of(blocks)),
        )

    def _sink(self, key: str) -> ArraySink:
        if key not in self._sinks:
            self._sinks[key] = self._file.sink(f"{self._name}/{key}", np.uint8)
        return self._sinks[key]

    def close_part(self) -> None:
        """Write what was gathered as it is, for `add_part` of another writer of the field."""
        for key, arrays in self._gathered.items():
            self._file.add(f"{self._name}/{GATHERED}/{key}", np.concatenate(arrays))

    def add_part(self, part: UnmappedArrays) -> int:
        """Append what another writer has of terms that come behind all those before.

        Returns:
            How many terms they are.
        """
        prefix = f"{self._name}/{GATHERED}/"
        names = [name for name in part.entries if name.startswith(prefix)]
        gathered = {name.removeprefix(prefix): part.array(name) for name in names}
        self._gather(**gathered)
        for key in ROWS:
            if f"{self._name}/{key}" in part.entries:
                sink = self._sink(key)
                for piece in part.pieces(f"{self._name}/{key}"):
                    sink.append(piece)
        return len(gathered["frequencies"])

    def close(self, words: Numbers | None = None) -> None:
        """Write what was gathered; nothing may be added afterwards.

        Args:
            words: The final number of each written word that listings named; None: as named.
        """
        if words is not None:
            self._gathered["forms"] = [words.take(named) for named in self._gathered["forms"]]
        for key, arrays in self._gathered.items():
            values = np.concatenate(arrays)
            match key:
                case "blocks" if (values == 1).all():
                    continue  # the block of a term has the term's number
                case "block_maxima":
                    self._file.add(f"{self._name}/{key}", values)
                case _ if key in STARTS:  # kept as where each term begins
                    self._file.add(f"{self._name}/{STARTS[key]}", narrowed(starts_of(values)))
                case "term_sizes":
                    self._file.add(f"{self._name}/term_ends", narrowed(np.cumsum(values)))
                case _:
                    self._file.add(f"{self._name}/{key}", narrowed(values))


ROWS = ("terms", "docs", "tfs", "positions", "form_entries")  # what goes to the file as it comes
GATHERED = "gathered"  # in the names of arrays in the file of a part
STARTS = {
    "blocks": "first_blocks",
    "doc_sizes": "doc_starts",
    "tf_sizes": "tf_starts",
    "position_sizes": "position_starts",
    "form_counts": "form_starts",
    "form_entry_sizes": "form_entry_starts",
}


def _sums(by_part: Sequence[np.ndarray], starts: Integers) -> Integers:
    """Return the sums of runs in each part: shape (runs, parts)."""
    sums = [np.add.reduceat(values, starts, dtype=np.int64) for values in by_part]
    return np.stack(sums, axis=1)
