"""Which inverted field a field of queries is, or is a part of."""

from __future__ import annotations

from index.schema import TEXT, TEXT_FIELDS, written

__all__ = ["text_part", "written_part"]

PARTS = {TEXT: (TEXT, None), **{name: (TEXT, at) for at, name in enumerate(TEXT_FIELDS)}}
WRITTEN_PARTS = {written(name): part for name, part in PARTS.items()}


def text_part(field: str) -> tuple[str, int | None]:
    """Return the inverted field behind a field, and the part of it; None: all parts.

    Example:
        >>> text_part("body"), text_part("people")
        (('text', 1), ('people', None))
    """
    return PARTS.get(field, (field, None))


def written_part(field: str) -> tuple[str, int | None] | None:
    """Return the same for a field of words as written; None: it is no such field.

    Example:
        >>> written_part("title_words"), written_part("title")
        (('text', 0), None)
    """
    return WRITTEN_PARTS.get(field)
