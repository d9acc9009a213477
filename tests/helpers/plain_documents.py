"""Documents as tests state them, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from index.documents import Column, Documents

AT_ONCE = 3  # so that few documents are several batches

NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Document(NamedTuple):
    """One document; the fields are those of `Documents`."""

    keys: Mapping[str, tuple[str, ...]]
    stored: Mapping[str, Any]
    texts: tuple[str, str] | None = None
    words: Mapping[str, tuple[str, ...]] = NOTHING
    moment: int | None = None


def taken_apart(documents: Sequence[Document]) -> Iterator[Documents]:
    """Yield documents as they are written."""
    for first in range(0, len(documents), AT_ONCE):
        batch = documents[first : first + AT_ONCE]
        names = dict.fromkeys(name for document in batch for name in document.stored)
        yield Documents(
            count=len(batch),
            keys=_columns([document.keys for document in batch]),
            stored={name: [document.stored.get(name) for document in batch] for name in names},
            texts=[text for document in batch for text in document.texts or ("", "")],
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
