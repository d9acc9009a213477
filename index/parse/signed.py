"""What do the lines around a text say about its authors? A byline above, a biography below.

Strategy: names tell, not words, which would have to be known in each language. A line above
the running text that is nothing but names signs it, where tags and marks of the page name no
person; only names of rubrics are known. Of the last paragraphs those that begin with the name
of who signs, or with a short word and that name, are about the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.parse.agencies import AGENCIES
from index.parse.signatures import is_house, signed_names
from index.parse.titles import folded

__all__ = ["credited_authors", "without_bios"]

# What looks like the name of a person and is one of a rubric.
RUBRIC_NAME = re.compile(
    r"\b(?:news|press|release|world|business|sports?|opinion|analysis|politics|culture|live|video|"
    r"photos?|foto|fotos|gallery|images|breaking|latest|story|stories|exclusive|interview|review|"
    r"top|read|online|united|magazine?|blog|archive?|politik|wirtschaft|kultur|noticias|"
    r"actualités?|notizie|cronaca|nieuws|nyheter)\b",
    re.IGNORECASE,
)
NO_NAME = re.compile("[:©]")  # but a label, such as that of a photo
LAST = 2  # one about the author, and one about a second author or how to write to them
REACH = 15  # characters before the name: "By", "Autorin/Autor", "About the author"


def credited_authors(
    found: tuple[str, ...], credits_above: Iterable[str], source: str | None
) -> tuple[str, ...]:
    """Return the authors; where no person was found, the names alone in a line above the text.

    Args:
        found: The authors that the page declares or that its marks and lines tell.
        credits_above: Lines between headline and running text that are no part of it.
        source: Name of the outlet.
    """
    outlets = (source or "",)
    if not all(is_house(name, outlets) for name in found):
        return found
    signed = (signed_names(line, outlets) for line in credits_above)
    return next((names for names in signed if names and all(map(_signs, names))), found)


def _signs(name: str) -> bool:
    """Return whether a name can stand for itself: headlines and rubrics look like names, too."""
    is_full = " " in name and name != name.lower() and not RUBRIC_NAME.search(name)
    is_full = is_full and not NO_NAME.search(name)
    return is_full or folded(name) in AGENCIES


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
