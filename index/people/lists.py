"""What classes a word is in: lists of names and places, and words written down for news.

`lists.txt` is made by `index.people.train` from open lists; `words.txt` was written for this
project. All entries are folded (`index.text.fold`), so that a look-up needs no case or accents.

    g G given name, common one     s S family name, common one     p P place, large one
    t title, office or role        r title that is part of a name  v verb of speech
    o in names of organisations, works and places      n word that is in no name
    j joins the words of a name    u stands behind a name          a article
    i preposition of place         y z mostly, sometimes in small letters in plain text
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["PARTICLES", "PREFIX", "section", "word_classes"]

PREFIX = 3  # letters by which the words of lists.txt are found

SECTIONS = {
    "title": "t",
    "regnal": "r",
    "speech": "v",
    "stop": "n",
    "place": "P",
    "thing": "o",
    "particle": "j",
    "suffix": "u",
    "article": "a",
    "preposition": "i",
}


@lru_cache(maxsize=1 << 15)
def word_classes(key: str) -> str:
    """Return the letters of the classes that a folded word is in, sorted; empty: in none."""
    own = _by_hand().get(key, "") + _listed(key)
    if "t" not in own and key.endswith(TITLE_ENDINGS):
        own += "t"
    return "".join(sorted({*own})) if len(own) > 1 else own


@cache
def _sections() -> dict[str, frozenset[str]]:
    text = files("index.people").joinpath("words.txt").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            entries = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            entries.extend(filter(None, map(str.strip, line.split(";" if ";" in line else None))))
    return {name: frozenset(entries) for name, entries in sections.items()}


def section(name: str) -> frozenset[str]:
    """Return the entries of a section of words.txt."""
    return _sections()[name]


PARTICLES = section("particle")
# German makes titles by composition, English behind a hyphen ("Ohio-born").
TITLE_ENDINGS = (
    *sorted(section("title_ending")),
    *(f"-{word}" for word in sorted(section("participle"))),
)


@cache
def _by_hand() -> dict[str, str]:
    classes: dict[str, str] = {}
    for name, letter in SECTIONS.items():
        for word in section(name):
            classes[word] = classes.get(word, "") + letter
    return classes


def _listed(word: str) -> str:
    """Return the letters that lists.txt has for a word."""
    block = _blocks().get(word[:PREFIX], "")
    entry = f" {word[PREFIX:]}:"
    at = block.find(entry)
    if at < 0:
        return ""
    start = at + len(entry)
    return block[start : block.find(" ", start)]


@cache
def _blocks() -> dict[str, str]:
    """Return lists.txt by the first letters of its words: a table of all would take long to make.

    A line has these letters, then for each word the rest of it, a colon and its classes.
    """
    text = files("index.people").joinpath("lists.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines())
    return {prefix: f" {entries} " for prefix, _, entries in lines}
