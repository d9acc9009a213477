"""What does a text end with that is about its authors? A biography or a signature.

Strategy: no words for it, which would have to be known in each language: of the last
paragraphs those that begin with the name of a person who signs the article, or with a
short word and that name, are about the author.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.parse.signatures import is_house

__all__ = ["without_bios"]

LAST = 2  # one about the author, and one about a second author or how to write to them
REACH = 15  # characters before the name: "By", "Autorin/Autor", "About the author"


def without_bios(paragraphs: Sequence[str], authors: Sequence[str], source: str) -> tuple[str, ...]:
    """Return the paragraphs without those at the end that are about the authors.

    Args:
        paragraphs: The text; its first paragraph always stays.
        authors: Who signs; outlets and names of one word are passed over.
        source: Name of the outlet.

    Example:
        >>> without_bios(["It rained.", "Jane Roe is our weather editor."], ["Jane Roe"], "")
        ('It rained.',)
    """
    persons = [name for name in authors if " " in name and not is_house(name, (source,))]
    start = max(1, len(paragraphs) - LAST)
    rest = (text for text in paragraphs[start:] if not _begins_with(text, persons))
    return (*paragraphs[:start], *rest)


def _begins_with(text: str, persons: Sequence[str]) -> bool:
    return any(name in text[: REACH + len(name)] for name in persons)
