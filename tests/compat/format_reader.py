"""A reader of archives made from index/codec/README.md alone, to see that the page is enough.

It has the standard library, NumPy for the types of numbers, and Zstandard, and nothing of
`index.codec`. It decodes one value after the other and checks every byte. `test_format` has
it read what a build wrote.
"""

from __future__ import annotations

import json
import math
import re
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

__all__ = ["Field", "Segment", "open_segments", "read_arrays"]


def read_arrays(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return what an array file says of itself, and its arrays, each checked."""
    data = path.read_bytes()
    magic, version, crc, offset, size = struct.unpack_from("<8sIIQQ", data)
    assert (magic, version, offset + size) == (b"NEWSCOLS", 1, len(data))
    assert zlib.crc32(data[offset:]) == crc
    table = json.loads(data[offset:])
    arrays = {}
    for entry in table["arrays"]:
        begin, dtype = entry["offset"], np.dtype(entry["dtype"])
        raw = data[begin : begin + math.prod(entry["shape"]) * dtype.itemsize]
        assert begin % 64 == 0
        assert [zlib.crc32(raw[at : at + 65536]) for at in range(0, len(raw), 65536)] == (
            entry["crc32"]
        )
        arrays[entry["name"]] = np.frombuffer(raw, dtype).reshape(entry["shape"])
    return table["meta"], arrays


def open_segments(folder: Path) -> list[Segment]:
    """Return the segments of an archive at its last commit."""
    return [Segment(folder, entry) for entry in read_manifest(folder)["segments"]]


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the last commit."""
    assert json.loads((folder / "archive.json").read_text())["format"] == 2
    numbers = [re.fullmatch(r"_MAIN_(\d+)\.toc", path.name) for path in folder.iterdir()]
    newest = max(int(number[1]) for number in numbers if number)
    data = (folder / f"_MAIN_{newest}.toc").read_bytes()
    magic, size, crc = struct.unpack("<8sII", data[-16:])
    assert (magic, crc) == (b"NEWSTOC\n", zlib.crc32(data[:-4]))
    manifest: dict[str, Any] = json.loads(data[-16 - size : -16])
    assert (manifest["format"], manifest["generation"]) == (1, newest)
    return manifest


def unpacked(data: bytes, width: int, count: int) -> list[int]:
    return [int.from_bytes(data[at * width :][:width], "little") for at in range(count)]


def numbers_of(data: bytes) -> Iterator[int]:
    """Yield the numbers of variable length."""
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def running_sums(values: Iterable[int]) -> list[int]:
    return np.cumsum([*values], dtype=np.int64).tolist()


def cut(row: bytes, ends: Iterable[int]) -> list[bytes]:
    ends = [0, *map(int, ends)]
    return [row[start:end] for start, end in pairwise(ends)]


class Field:
    """An inverted field of a segment."""

    def __init__(self, arrays: dict[str, np.ndarray], name: str) -> None:
        self.has = lambda key: f"{name}/{key}" in arrays
        self.array = lambda key: arrays[f"{name}/{key}"]
        self.bytes = lambda key: arrays[f"{name}/{key}"].tobytes()

    @cached_property
    def terms(self) -> list[bytes]:
        return cut(self.bytes("terms"), self.array("term_ends"))

    def blocks(self, term: int) -> list[tuple[int, int]]:
        """Return the number of each block of a term, and its postings."""
        first = int(self.array("first_blocks")[term]) if self.has("first_blocks") else term
        rest, sizes = int(self.array("frequencies")[term]), []
        while rest:
            sizes.append(min(rest, 128))
            rest -= sizes[-1]
        return [*enumerate(sizes, first)]

    def docs(self, term: int) -> list[int]:
        at, docs = int(self.array("doc_starts")[term]), []
        for block, size in self.blocks(term):
            width = int(self.array("doc_widths")[block])
            values = unpacked(self.bytes("docs")[at : at + size * width], width, size)
            docs += [
                int(self.array("block_firsts")[block]) + behind for behind in running_sums(values)
            ]
            at += size * width
        return docs

    def sparse(self, term: int, kind: str, data: str, starts: str) -> Iterator[tuple[int, int]]:
        """Yield the postings of a term that have an entry, and the values."""
        at = int(self.array(starts)[term])
        for number, (block, _) in enumerate(self.blocks(term)):
            count, width = (int(self.array(f"{kind}_{of}")[block]) for of in ("counts", "widths"))
            raw = self.bytes(data)[at : at + count * (1 + width)]
            places = [128 * number + place for place in raw[:count]]
            yield from zip(places, unpacked(raw[count:], width, count), strict=True)
            at += count * (1 + width)

    def occurrences(self, term: int) -> list[list[int]]:
        """Return how often the term stands in each part, posting by posting."""
        codes = [0] * int(self.array("frequencies")[term])
        for posting, code in self.sparse(term, "tf", "tfs", "tf_starts"):
            codes[posting] = code
        return [self.array("tf_book")[code].tolist() for code in codes]

    def positions(self, term: int) -> list[tuple[list[int], ...]]:
        """Return where the term stands in each part, posting by posting."""
        start = int(self.array("position_starts")[term])
        sizes = [int(self.array("position_block_sizes")[block]) for block, _ in self.blocks(term)]
        numbers = numbers_of(self.bytes("positions")[start : start + sum(sizes)])
        found = [
            tuple(running_sums(next(numbers) for _ in range(count)) for count in counts)
            for counts in self.occurrences(term)
        ]
        assert next(numbers, None) is None
        return found

    def forms(self, term: int, words: list[bytes]) -> list[set[str]]:
        """Return the written forms of a stem, posting by posting."""
        start = int(self.array("form_starts")[term])
        listed = defaultdict(list)
        for posting, form in self.sparse(term, "form_entry", "form_entries", "form_entry_starts"):
            listed[posting].append(form)
        return [
            {words[self.array("forms")[start + form]].decode() for form in listed.get(posting, [0])}
            for posting in range(int(self.array("frequencies")[term]))
        ]


class Segment:
    """A segment of an archive, all of it."""

    def __init__(self, folder: Path, entry: dict[str, Any]) -> None:
        self.meta, self.arrays = read_arrays(folder / f"{entry['name']}.seg")
        self.kind, self.count = entry["kind"], entry["docs"]
        self.deleted: set[int] = set()
        if entry["deletions"]:
            self.deleted = {*read_arrays(folder / entry["deletions"])[1]["deleted"].tolist()}
        assert (len(self.deleted), self.meta["documents"]) == (entry["deleted"], self.count)
        self.fields = {
            name.partition("/")[0]: Field(self.arrays, name.partition("/")[0])
            for name in self.arrays
            if name.endswith("/frequencies")
        }

    @cached_property
    def stored(self) -> list[dict[str, Any]]:
        frames = cut(self.arrays["stored/blocks"].tobytes(), self.arrays["stored/block_ends"])
        firsts = [*self.arrays["stored/block_docs"].tolist(), self.count]
        rows: list[bytes] = []
        for frame, first, after in zip(frames, firsts[:-1], firsts[1:], strict=True):
            text = zstandard.ZstdDecompressor().decompress(frame)
            rows += cut(text, self.arrays["stored/doc_ends"][first:after])
        decoded = [json.loads(row.decode("utf-8", "surrogatepass")) for row in rows]
        return [dict(zip(self.meta["stored"], row, strict=False)) for row in decoded]

    @cached_property
    def spelled(self) -> list[bytes]:
        """The words as written."""
        return cut(self.arrays["words/terms"].tobytes(), self.arrays["words/term_ends"])

    @cached_property
    def forms(self) -> list[dict[str, set[str]]]:
        """The written forms of each stem of each document."""
        return self._by_document("text", lambda field, term: field.forms(term, self.spelled))

    @cache  # noqa: B019 (segments live as long as the tests)
    def positions(self, name: str) -> list[dict[str, tuple[list[int], ...]]]:
        """Return for each document where its terms stand in each part."""
        return self._by_document(name, Field.positions)

    @cache  # noqa: B019 (the same)
    def keys(self, name: str) -> list[set[str | bytes]]:
        """Return the terms of each document."""
        return [*map(set, self._by_document(name, lambda field, term: field.docs(term)))]

    def _by_document(self, name: str, values: Callable[[Field, int], list[Any]]) -> list[Any]:
        found: list[dict[str | bytes, Any]] = [{} for _ in range(self.count)]
        if field := self.fields.get(name):
            assert field.terms == sorted(set(field.terms))
            for number, term in enumerate(field.terms):
                docs = field.docs(number)
                assert docs == sorted(set(docs))
                for doc, value in zip(docs, values(field, number), strict=True):
                    found[doc][term if name == "published" else term.decode()] = value
        return found

    @cache  # noqa: B019 (the same)
    def column(self, key: str) -> list[list[str]]:
        """Return the values of each document, in the order of the article."""
        if key not in self.fields:
            return [[]] * self.count
        starts = self.arrays[f"columns/{key}/starts"].tolist()
        terms = [self.fields[key].terms[at].decode() for at in self.arrays[f"columns/{key}/values"]]
        return [terms[start:stop] for start, stop in pairwise(starts)]
