"""Words of the dictionary that are like one another, and how many articles have each."""

from __future__ import annotations

from collections import Counter

from index.schema import TEXT
from index.text import stem
from searcher.engines.whoosh.collection import Collection
from searcher.engines.whoosh.fields import text_part

__all__ = ["frequency", "neighbours"]


def frequency(collection: Collection, field: str, word: str) -> int:
    """Return how many articles have a word: in texts in any form, as it is searched for."""
    name, part = text_part(field)
    found = collection.field(name)
    if found is None:
        return 0
    term = stem(word) if name == TEXT else word
    return len(found.term(term.encode("utf-8", "surrogatepass"), part).docs)


def neighbours(collection: Collection, field: str, word: str, edits: int) -> dict[str, int]:
    """Return the words within so many edits of a word, with how many articles have each.

    Deleted articles count until they are merged away, and both parts of a text: these numbers
    are for comparing words.
    """
    from searcher.engines.whoosh.fuzzy import fuzzy  # few searches ask

    name, _ = text_part(field)
    found: Counter[str] = Counter()
    for segment, _ in collection.segments:
        reader = segment.fields.get(name)
        if reader is None:
            continue
        words = segment.words.terms if name == TEXT and segment.words else reader.terms
        for number in fuzzy(words, word, edits).tolist():
            other = words[number].decode()
            term = reader.terms.find((stem(other) if name == TEXT else other).encode())
            if term >= 0:
                found[other] += reader.frequency(term)
    return dict(found)
