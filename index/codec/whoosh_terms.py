"""The terms of a segment as Whoosh reads them.

Whoosh sees more fields than a segment has. `title` and `body` are views of the field `text`, of
which every posting says how often the term stands in either; `words` is the dictionary of the
written forms of its stems. In `text` itself, the positions of the body follow those of the title
after a gap of `PART_GAP`, so that a phrase is found in either and in no mixture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from whoosh.codec.base import EmptyCursor, FieldCursor, TermsReader
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound

from index.codec.dictionary import TermDictionary
from index.codec.field import FieldReader
from index.codec.segment import Segment
from index.codec.whoosh_matcher import PART_GAP, Docs, PostingMatcher, TermPostings, WhooshField
from index.codec.written import WrittenForms
from index.schema import TEXT, TEXT_FIELDS, WORDS

__all__ = ["TEXT_PARTS", "ColumnarTerms"]

# The parts of the field `text` that it and its views consist of.
TEXT_PARTS: Mapping[str, tuple[int, ...]] = {
    TEXT: tuple(range(len(TEXT_FIELDS))),
    **{name: (part,) for part, name in enumerate(TEXT_FIELDS)},
}
READ_AT_ONCE = 1024  # terms that iteration has in memory


class _Field(WhooshField, Protocol):
    """What the terms reader asks of a field, and its matchers do not."""

    terms: TermDictionary

    def has(self, term: int) -> bool:
        """Tell whether a term of the dictionary is one of this field."""

    def frequency(self, term: int) -> int:
        """Return in how many documents it is, deleted ones included."""

    def occurrences(self, term: int) -> int:
        """Return how often it stands in all of them together."""


class _Parts(_Field):
    """Some parts of an inverted field, or all; `parts` is empty for a field of keys."""

    def __init__(self, field: FieldReader, parts: tuple[int, ...]) -> None:
        self.terms = field.terms
        self._field = field
        self._parts = list(parts)
        self._whole = len(parts) == field.parts

    def has(self, term: int) -> bool:
        return self._whole or self.frequency(term) > 0

    def frequency(self, term: int) -> int:
        if self._whole:
            return self._field.frequency(term)
        return int(self._field.part_frequencies(term)[self._parts[0]])

    def occurrences(self, term: int) -> int:
        if not self._parts:
            return self._field.frequency(term)
        return int(self._field.occurrences(term)[self._parts].sum())

    def postings(self, term: int) -> tuple[Docs, npt.NDArray[np.float64]]:
        docs, codes = self._field.postings(term)
        if codes is None:
            return docs, np.ones(len(docs))
        counts = self._field.book[codes // len(self._field.length_classes)]
        weights = counts[:, self._parts].sum(axis=1, dtype=np.float64)
        has = weights > 0
        return docs[has], weights[has]

    def lengths(self) -> npt.NDArray[np.int64] | None:
        return self._lengths

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int64] | None:
        lengths = self._field.lengths
        return None if lengths is None else lengths[:, self._parts].sum(axis=1, dtype=np.int64)

    def positions(self, term: int, doc: int) -> list[int]:
        at = np.searchsorted(self._field.postings(term).docs, doc)
        counts, flat = self._field.positions(term, np.array([at]))
        by_part = np.split(flat.astype(np.int64), np.cumsum(counts[0])[:-1])
        found: list[int] = []
        shift = 0
        for part in self._parts:
            found += (by_part[part] + shift).tolist()
            if self._field.lengths is not None:
                shift += int(self._field.lengths[doc, part]) + PART_GAP
        return found


class _Words(_Field):
    """The words of title and body as written: which documents have them, and no more."""

    def __init__(self, forms: WrittenForms) -> None:
        self.terms = forms.terms
        self._forms = forms

    def has(self, _term: int) -> bool:
        return True

    def frequency(self, term: int) -> int:
        return len(_word_documents(self._forms, term))

    def occurrences(self, term: int) -> int:
        return self.frequency(term)

    def postings(self, term: int) -> tuple[Docs, npt.NDArray[np.float64]]:
        docs = _word_documents(self._forms, term)
        return docs, np.ones(len(docs))

    def lengths(self) -> None:
        return None

    def positions(self, _term: int, _doc: int) -> list[int]:
        return []


def _word_documents(forms: WrittenForms, word: int) -> Docs:
    return forms.documents_with(np.array([word]))


class _LazyTermInfo(TermInfo):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh wants to know of a term; what needs its postings waits until it is asked.

    The names are Whoosh's: the function that joins the segments of an index changes them.
    """

    def __init__(self, field: _Field, term: int) -> None:
        self._weight = float(field.occurrences(term))
        self._df = field.frequency(term)
        self._postings = TermPostings(field, term)

    @cached_property
    def _minid(self) -> int:
        return self._postings.docs[0]

    @cached_property
    def _maxid(self) -> int:
        return self._postings.docs[-1]

    @cached_property
    def _maxweight(self) -> float:
        return max(self._postings.weights)

    @cached_property
    def _minlength(self) -> int:
        return int(self._postings.lengths.min())

    @cached_property
    def _maxlength(self) -> int:
        return int(self._postings.lengths.max())


class _Cursor(FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """A place among the terms of a field; it begins at the first."""

    def __init__(self, field: _Field, kind: FieldType) -> None:
        self._field = field
        self._kind = kind
        self.first()

    def first(self) -> Any:
        """Go to the first term and return it."""
        return self._go(0)

    def find(self, string: str | bytes) -> Any:
        """Go to the first term that is not less, and return it; None: there is none."""
        term = string if isinstance(string, bytes) else self._kind.to_bytes(string)
        return self._go(self._field.terms.range(term, None)[0])

    def next(self) -> Any:
        """Go to the next term and return it; None: there is none."""
        return self._go(self._at + 1)

    def _go(self, at: int) -> Any:
        while at < len(self._field.terms) and not self._field.has(at):
            at += 1
        self._at = at
        self._text = self._kind.from_bytes(self._field.terms[at]) if self.is_valid() else None
        return self._text

    def text(self) -> Any:
        """Return the term; None at the end."""
        return self._text

    term = text

    def term_info(self) -> TermInfo | None:
        """Return what is known of the term; None at the end."""
        return _LazyTermInfo(self._field, self._at) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether there is a term at this place."""
        return self._at < len(self._field.terms)


class ColumnarTerms(TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of a segment; it closes the segment that it was given."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._fields: dict[str, _Field] = {
            name: _Parts(field, tuple(range(field.parts))) for name, field in segment.fields.items()
        }
        text = segment.fields.get(TEXT)
        if text is not None:
            self._fields |= {name: _Parts(text, parts) for name, parts in TEXT_PARTS.items()}
        if segment.words is not None:
            self._fields[WORDS] = _Words(segment.words)

    def _find(self, fieldname: str, text: bytes) -> tuple[_Field, int] | None:
        field = self._fields.get(fieldname)
        number = -1 if field is None else field.terms.find(text)
        return (field, number) if field is not None and number >= 0 and field.has(number) else None

    def _found(self, fieldname: str, text: bytes) -> tuple[_Field, int]:
        found = self._find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return found

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> Iterable[str]:
        """Return the fields that have terms here, views too."""
        return self._fields.keys()

    def cursor(self, fieldname: str, fieldobj: FieldType) -> FieldCursor:
        """Return a cursor over the terms of a field."""
        field = self._fields.get(fieldname)
        return EmptyCursor() if field is None else _Cursor(field, fieldobj)

    def _walk(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, _Field, int, bytes]]:
        """Yield the terms from one on, and those of the fields behind, in Whoosh's order."""
        for name in sorted(self._fields):
            if name < fieldname:
                continue
            field, first = self._fields[name], 0
            if name == fieldname:
                first = field.terms.range(prefix, None)[0]
            for start in range(first, len(field.terms), READ_AT_ONCE):
                terms = field.terms.slice(start, min(start + READ_AT_ONCE, len(field.terms)))
                for number, term in enumerate(terms, start):
                    if field.has(number):
                        yield name, field, number, term

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all fields and terms, in the order of both."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield them from a term on, through all fields behind."""
        return ((name, term) for name, _, _, term in self._walk(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all fields and terms with what is known of them."""
        return self.items_from("", b"")

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield them from a term on, through all fields behind."""
        for name, field, number, term in self._walk(fieldname, prefix):
            yield (name, term), _LazyTermInfo(field, number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term; `TermNotFound` if there is none."""
        return _LazyTermInfo(*self._found(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> int:
        """Return how often a term stands in all documents; 0 if there is none."""
        found = self._find(fieldname, text)
        return 0 if found is None else found[0].occurrences(found[1])

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a term; 0 if there is none."""
        found = self._find(fieldname, text)
        return 0 if found is None else found[0].frequency(found[1])

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: Any = None
    ) -> PostingMatcher:
        """Return a matcher over the posting list of a term; `TermNotFound` if there is none."""
        postings = TermPostings(*self._found(fieldname, text))
        return PostingMatcher(postings, (fieldname, text), format_, scorer)

    def close(self) -> None:
        """Close the file."""
        self._segment.close()
