"""Documents as tests state them, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from index.codec.segment_writer import write_segment
from index.codec.text_writer import InlineTextWriter, TextWriter
from index.documents import NO_TEXT, Column, Documents, NewDocuments

AT_ONCE = 3  # so that few documents are several batches

NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Document(NamedTuple):
    """One document; the fields are those of `Documents`."""

    keys: Mapping[str, tuple[str, ...]]
    stored: Mapping[str, Any]
    texts: tuple[str, str] | None = None
    words: Mapping[str, tuple[str, ...]] = NOTHING
    moment: int | None = None


def write_documents(
    path: Path, documents: Sequence[Document], text: TextWriter | None = None
) -> int:
    """Write a segment, its texts by a writer of its own if none is given; return how many."""
    text = text or InlineTextWriter()
    texts = [NO_TEXT if one.texts is None else text.add(one.texts) for one in documents]
    return write_segment(path, NewDocuments(taken_apart(documents), texts), text)


def taken_apart(documents: Sequence[Document]) -> Iterator[Documents]:
    """Yield documents as they are written, without their texts."""
    for first in range(0, len(documents), AT_ONCE):
        batch = documents[first : first + AT_ONCE]
        names = dict.fromkeys(name for document in batch for name in document.stored)
        yield Documents(
            count=len(batch),
            keys=_columns([document.keys for document in batch]),
            stored={name: [document.stored.get(name) for document in batch] for name in names},
            words=_columns([document.words for document in batch]),
            moments=[document.moment for document in batch],
        )


def _columns(rows: Sequence[Mapping[str, Iterable[str]]]) -> dict[str, Column]:
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(rows):
        for name, values in row.items():
            found.setdefault(name, []).extend((number, value) for value in values)
    return {
        name: Column(np.array([number for number, _ in pairs], np.uint32), [v for _, v in pairs])
        for name, pairs in found.items()
    }
