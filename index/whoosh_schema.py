"""The fields of an archive as a Whoosh schema, with the analyzers of `index.text`.

Apart from `index.schema`, because Whoosh's own modules of fields and analysis take a tenth of
a second to load, and neither building nor searching needs them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import DATETIME, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from index.schema import (
    KEY_FIELDS,
    MOMENT,
    NAME_FIELDS,
    NAME_GAP,
    SEPARATOR,
    STORED_FIELDS,
    TEXT,
    TEXT_FIELDS,
    WORDS,
    exact,
    written,
)
from index.text import fold, name_key, name_tokens, stem, tokens

__all__ = ["NameAnalyzer", "StemAnalyzer", "WordAnalyzer", "whoosh_schema"]


class _TokenAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh asks of an analyzer, around a way to cut one value into terms."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        raise NotImplementedError

    def whole(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield a value as one term, signs and all: a pattern that Whoosh's query parser read."""
        yield fold(value), 0, len(value)

    def __call__(
        self,
        value: str,
        *,
        start_pos: int = 0,
        mode: str = "",
        tokenize: bool = True,
        **_options: Any,
    ) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=True, chars=True, mode=mode)
        position, offset = start_pos, 0
        cut = self.terms if tokenize else self.whole
        for part in value.split(SEPARATOR):
            for term, start, end in cut(part):
                token.text, token.boost, token.stopped = term, 1.0, False
                token.pos, token.startchar, token.endchar = position, start + offset, end + offset
                position += 1
                yield token
            position += NAME_GAP
            offset += len(part) + len(SEPARATOR)


class StemAnalyzer(_TokenAnalyzer):
    """Stems of words, for text."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield term, start and end of each word."""
        return ((stem(term), start, end) for term, start, end in tokens(value))

    def whole(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield the stem of the value, since all terms are stems."""
        return ((stem(term), start, end) for term, start, end in super().whole(value))


class WordAnalyzer(_TokenAnalyzer):
    """Words as written, of which no ending may be taken off."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield term, start and end of each word."""
        return iter(tokens(value))


class NameWordAnalyzer(_TokenAnalyzer):
    """Words of names and addresses, of which different spellings are one."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield term, start and end of each word."""
        return iter(name_tokens(value))


class NameAnalyzer(_TokenAnalyzer):
    """Each value as one term: the whole name."""

    def terms(self, value: str) -> Iterator[tuple[str, int, int]]:
        """Yield the whole value once, unless no word is in it."""
        if key := name_key(value):
            yield key, 0, len(value)


def whoosh_schema() -> Schema:
    """Return a new schema of an archive."""
    fields: dict[str, FieldType] = {
        TEXT: FieldType(Positions(), StemAnalyzer(), scorable=True),
        WORDS: FieldType(Existence(), WordAnalyzer()),
        MOMENT: _moment_field(),
        "url": FieldType(Positions(), NameWordAnalyzer(), stored=True),
    }
    for name in TEXT_FIELDS:
        fields[name] = FieldType(Positions(), StemAnalyzer(), scorable=True, stored=True)
        fields[written(name)] = FieldType(Existence(), WordAnalyzer())
    for name in NAME_FIELDS:
        fields[name] = FieldType(Positions(), NameWordAnalyzer(), stored=True)
        fields[exact(name)] = FieldType(Existence(), NameAnalyzer())
    unique = ("id", "location")
    for name in KEY_FIELDS:
        fields.setdefault(name, ID(stored=name in STORED_FIELDS, unique=name in unique))
    for name in STORED_FIELDS:
        fields.setdefault(name, STORED())
    return Schema(**fields)


def _moment_field() -> DATETIME:
    moment = DATETIME(sortable=True)
    moment.shift_step = 0  # one term for each moment: ranges are answered from the column
    return moment
