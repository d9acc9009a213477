"""Names of authors in parts, as citations want them."""

from __future__ import annotations

import re
from typing import NamedTuple

from searcher.export.parts import text_of

__all__ = ["Name", "read_name"]

# Words between a person's names that belong to the last one, as they are printed: small.
PARTICLE_WORDS = """
    af al av ben bin bint d' da dal das de degli dei del della den der di do dos du e el ibn la las
    le los och ter ten van vom von y zu zum zur
"""
PARTICLES = frozenset(PARTICLE_WORDS.split())
# Who signs with these is an outlet or a part of one, or several, and has no family name.
OFFICE_WORDS = """
    & and und agencies agency bureau correspondent correspondents desk editor editorial editors
    magazine media network news newspaper newsroom press redaktion reporter reporters redacción
    rédaction service staff team times tv
"""
OFFICES = frozenset(OFFICE_WORDS.split())
SUFFIX = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
# Scripts without blanks between names, and in which the family comes first.
FAMILY_FIRST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Name(NamedTuple):
    """The name of an author in its parts; of an outlet, all of it is the family name.

    Attributes:
        family: What it is sorted by.
        given: What stands before it; empty: the name has no such parts.
        suffix: As Jr.
    """

    family: str
    given: str = ""
    suffix: str = ""


def read_name(name: str) -> Name:
    """Return an author's name in its parts.

    The last word is the family name, with the small words before it. No list of names
    tells where a family name has two words, or stands first.

    Example:
        >>> tuple(read_name("Ludwig van Beethoven")), tuple(read_name("Tom Doe Jr."))
        (('van Beethoven', 'Ludwig', ''), ('Doe', 'Tom', 'Jr.'))
        >>> tuple(read_name("Associated Press"))
        ('Associated Press', '', '')
    """
    name = text_of(name)
    if any(word.casefold().strip(".,") in OFFICES for word in name.split()):
        return Name(name)
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        if SUFFIX.fullmatch(given):
            return read_name(f"{family} {given}")
        if family and given:
            return Name(family, given)
    words = name.split()
    suffix = words.pop() if len(words) > 1 and SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2 or "," in name or FAMILY_FIRST.search(name):  # noqa: PLR2004 (given and family)
        return Name(name)
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)
