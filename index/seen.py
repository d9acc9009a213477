"""Persons in texts of scripts without capital letters: those whose names were seen before.

Strategy: Chinese, Japanese, Korean, Arabic or Hebrew text does not show what is a name, so nobody
is guessed there. But a whole name that the metadata of any article gave is looked for in all
texts that are written with it or later: it is the same few characters in a row, or words.

Rule 1: Seen is who is in an article of the archive, or of those written with this one.
Rule 2: Names are of 3 characters where words are not parted by blanks, else of 2 words: shorter
    ones are parts of other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from index.codec.snapshot import Snapshot
from index.model import Article, Person
from index.schema import ARTICLE, exact
from index.text import bare, is_unspaced, name_key

__all__ = ["with_seen_names"]

# Hebrew, Arabic, the scripts of India and South East Asia, kana, ideographs, Hangul.
CASELESS = re.compile("[\u05d0-\u1cff\u2e80-\ud7ff\uf900-\ufdff\U00020000-\U0003ffff]")
FIRST_TERM = "\u05d0".encode()  # of all terms that begin with one of these
MAX_NAMES = 20_000
MIN_CHARS, MIN_WORDS = 3, 2
LOOKED_AT = 300  # characters that tell the script of a text
CONFIDENCE = 0.9


def with_seen_names(
    snapshot: Snapshot, articles: Sequence[Article], replaced: Iterable[int]
) -> list[Article]:
    """Return articles with the persons of their texts whose names were seen before.

    Args:
        snapshot: The archive.
        articles: Those that are to be written.
        replaced: Documents of the archive that are to go with that.
    """
    if not any(map(_is_caseless, articles)):
        return [*articles]
    names = {
        name_key(name): name
        for article in articles
        for name in sorted(article.people, reverse=True)
        if CASELESS.match(name)
    }
    seen = _Seen(snapshot, {*replaced}, names)
    return [_named(own, seen) if _is_caseless(own) else own for own in articles]


def _is_caseless(article: Article) -> bool:
    if article.title.isascii() and article.body.isascii():
        return False
    return CASELESS.search(article.title + article.body[:LOOKED_AT]) is not None


class _Seen:
    """The names that were seen.

    Args:
        snapshot: The archive.
        replaced: Documents that count no more.
        names: Those of articles that are not in the archive yet, by their keys.
    """

    def __init__(self, snapshot: Snapshot, replaced: set[int], names: dict[str, str]) -> None:
        self._snapshot, self._replaced = snapshot, replaced
        self._printed: dict[str, str | None] = {**names}
        keys = {*names, *_archived_keys(snapshot)}
        parts = ((key, _parts(key)) for key in sorted(keys)[:MAX_NAMES])
        self._parts = [(key, own) for key, own in parts if own]

    def places(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the names in a folded text, with where each first stands, and how often."""
        for key, parts in self._parts:
            if parts[0] in text and (found := [*_pattern(parts).finditer(text)]):
                name = self._name(key)
                if name is not None:
                    yield name, found[0].start(), len(found)

    def _name(self, key: str) -> str | None:
        """Return a name as it is printed; None: nobody has it any more."""
        if key not in self._printed:
            documents = self._snapshot.documents_with(exact("people"), key)
            people = (
                str(name)
                for document in documents
                if document not in self._replaced
                for name in self._snapshot.stored(document)["people"]
                if name_key(name) == key
            )
            self._printed[key] = next(people, None)
        return self._printed[key]


def _archived_keys(snapshot: Snapshot) -> Iterator[str]:
    for segment, _ in snapshot.of_kind(ARTICLE):
        if reader := segment.fields.get(exact("people")):
            first, last = reader.terms.range(FIRST_TERM, None)
            keys = reader.terms.slice(first, min(last, first + MAX_NAMES))
            yield from (key.decode() for key in keys)


def _parts(key: str) -> tuple[str, ...]:
    """Return the words of a folded name, or its runs of characters; none: it is too short.

    Example:
        >>> _parts(name_key("ドナルド・トランプ")), _parts(name_key("דנה לוי")), _parts("王力 力")
        (('ドナルド', 'トランプ'), ('דנה', 'לוי'), ())
    """
    parts = [""]
    for term in key.split():
        if not is_unspaced(term):
            parts += [term, ""]
        elif len(term) > 1:
            parts[-1] += term[0]  # runs are cut into pairs, and their last character
        else:
            parts[-1] += term
            parts.append("")
    parts = [part for part in parts if part]
    text = "".join(parts)
    is_long = len(text) >= MIN_CHARS if is_unspaced(text) else len(parts) >= MIN_WORDS
    return tuple(parts) if is_long else ()


@lru_cache(maxsize=MAX_NAMES)
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Return how a name of these parts looks in a folded text."""
    edge, gap = ("", r"\W?") if is_unspaced("".join(parts)) else (r"\b", r"\W{1,3}")
    return re.compile(edge + gap.join(map(re.escape, parts)) + edge)


def _named(article: Article, seen: _Seen) -> Article:
    taken = {name_key(name) for name in article.people}
    places = sorted(seen.places(bare(f"{article.title}\n{article.body}")), key=lambda own: own[1])
    new = [(name, count) for name, _, count in places if name_key(name) not in taken]
    persons = (Person(name=name, mentions=n, confidence=CONFIDENCE) for name, n in new)
    return replace(
        article,
        people=(*article.people, *(name for name, _ in new)),
        persons=(*article.persons, *persons),
    )
