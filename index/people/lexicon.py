"""Words that speak for or against a person: names.txt and words.txt, read once.

All entries are folded (`index.text.fold`), so that a look-up needs no case or accents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.text import fold

__all__ = ["Lexicon", "bare", "lexicon", "may_be_given"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The sections of the two files, each a set of folded words.

    Attributes:
        given: Given names, and family names that come first in East Asia.
        ambiguous: Given names that are as often words, places or family names.
        title: Titles, offices and roles that stand before a name.
        regnal: Titles that are part of the name when one word follows ("Pope Leo").
        speech: Verbs that a person is the subject of.
        stop: Words that are in no name.
        place: Countries, regions and cities.
        surname: Words of `thing` that are family names too.
        thing: Words in names of organisations, works, places and events.
        particle: Lower-case words inside a name.
        suffix: What follows a name and is part of it.
        title_ending: Endings of titles.
        participle: What makes a title behind a hyphen ("Ohio-born").
        article: Words before a segment that speak against a person.
        preposition: Words before a place.
        nobody: Names of several words that look like a person's and are not.
    """

    given: frozenset[str]
    ambiguous: frozenset[str]
    title: frozenset[str]
    regnal: frozenset[str]
    speech: frozenset[str]
    stop: frozenset[str]
    place: frozenset[str]
    surname: frozenset[str]
    thing: frozenset[str]
    particle: frozenset[str]
    suffix: frozenset[str]
    title_ending: frozenset[str]
    participle: frozenset[str]
    article: frozenset[str]
    preposition: frozenset[str]
    nobody: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the words, read from the package's data files at the first call."""
    sections = _sections("names.txt") | _sections("words.txt")
    phrases = " ".join(sections.pop("nobody")).split(";")
    words = {name: frozenset(entries) for name, entries in sections.items()}
    return Lexicon(nobody=frozenset(phrase.strip() for phrase in phrases), **words)


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """Return the folded word as the lexicon has it: without full stops, straight apostrophes.

    Example:
        >>> bare("Sen."), bare("O’Néill")
        ('sen', "o'neill")
    """
    return fold(word.replace(".", "").replace("’", "'"))


def may_be_given(key: str) -> bool:
    """Tell whether the word, or its part before a hyphen, is used as a given name."""
    first = key.partition("-")[0]
    return first in lexicon().given or first in lexicon().ambiguous


def _sections(filename: str) -> dict[str, list[str]]:
    text = files("index.people").joinpath(filename).read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            entries = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            entries.extend(line.split() if ";" not in line else [line + ";"])
    return sections
