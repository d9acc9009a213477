"""The articles that are measured: Reuters-21578 where it is at hand, else made-up ones.

Strategy: a base of some 20,000 articles is repeated and shuffled to the number wanted. Each
article gets an outlet, persons and a year by a stated seed, so that every run and every peer
reads the same articles, and facets and timelines have something to count.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from index import Article

__all__ = ["Base", "articles", "batches", "load_base"]

BATCH = 20_000  # articles held in memory at once
YEARS = 10  # articles are spread over so many years; the base is of one
FIRST_YEAR = 1987  # that of Reuters-21578

MADE_UP_ARTICLES = 20_000
MADE_UP_WORDS = 60_000
ZIPF_EXPONENT = 1.07  # of English news, roughly
TITLE_WORDS = 7
SENTENCE_WORDS = 16
SYLLABLES = [c + v for c in ("b", "d", "f", "gr", "k", "l", "m", "n", "pr", "st") for v in "aeiou"]
ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ment")

GIVEN_NAMES = ("Ada", "Bram", "Cleo", "Dario", "Edda", "Falk", "Greta", "Hugo", "Inka", "Jonas")
GIVEN_NAMES += ("Karim", "Lotte", "Mira", "Nils", "Oona", "Pavel", "Runa", "Sven", "Tilda", "Yves")
FAMILY_NAMES = ("Abbern", "Brosk", "Calder", "Dunmore", "Ekholt", "Farrow", "Gellen", "Hartig")
FAMILY_NAMES += ("Ivarsen", "Jellick", "Korvane", "Lindqua", "Morrow", "Nestrup", "Ostrey")
FAMILY_NAMES += ("Pellard", "Quist", "Rovane", "Sandell", "Tarrow")
PEOPLE = tuple(f"{given} {family}" for family in FAMILY_NAMES for given in GIVEN_NAMES)
MAX_PEOPLE = 4
SOURCES = tuple(
    f"{place} {kind}"
    for kind in ("Courier", "Evening Post", "Gazette")
    for place in ("Almere Bay", "Brackwater", "Corrin", "Dunvale")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The articles that a corpus repeats.

    Attributes:
        name: What the report calls it.
        texts: Title, body and day of each.
    """

    name: str
    texts: tuple[tuple[str, str, date], ...]


def load_base(folder: Path | None, seed: int) -> Base:
    """Return Reuters-21578 from a folder with `docs.jsonl.gz`, or made-up articles."""
    if folder is None or not (folder / "docs.jsonl.gz").exists():
        return Base(name="made-up articles", texts=tuple(_made_up(seed)))
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    texts = ((r["title"], r["body"], date.fromisoformat(r["date"])) for r in records)
    return Base(name="Reuters-21578", texts=tuple(texts))


def _made_up(seed: int) -> Iterator[tuple[str, str, date]]:
    rng = np.random.default_rng(seed)
    words = _vocabulary(rng)
    lengths = np.clip(rng.lognormal(4.6, 0.7, MADE_UP_ARTICLES), 20, 1500).astype(int)
    days = rng.integers(0, 240, MADE_UP_ARTICLES)
    for length, day in zip(lengths, days, strict=True):
        drawn = words[_zipf(rng, len(words), length + TITLE_WORDS, ZIPF_EXPONENT)]
        title, *sentences = np.split(drawn, range(TITLE_WORDS, length, SENTENCE_WORDS))
        body = " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
        yield " ".join(title).title(), body, date(FIRST_YEAR, 2, 1) + timedelta(days=int(day))


def _vocabulary(rng: np.random.Generator) -> np.ndarray:
    """Return made-up words, the most frequent first; inflected, so that stems have forms."""
    sizes = rng.integers(1, 5, MADE_UP_WORDS)
    stems = ("".join(rng.choice(SYLLABLES, size)) for size in sizes)
    words = map(str.__add__, stems, map(str, rng.choice(ENDINGS, MADE_UP_WORDS)))
    return np.array([*dict.fromkeys(words)])


def articles(base: Base, count: int, seed: int) -> Iterator[Article]:
    """Yield a number of ready articles, the base repeated and shuffled."""
    rng = np.random.default_rng(seed)
    repeats = -(-count // len(base.texts))
    order = rng.permutation(repeats * len(base.texts))[:count]
    sources = _zipf(rng, len(SOURCES), count)
    years = rng.integers(0, YEARS, count)
    people = _zipf(rng, len(PEOPLE), (count, MAX_PEOPLE))
    named = rng.integers(0, MAX_PEOPLE + 1, count)
    for at, number in enumerate(order):
        repeat, place = divmod(int(number), len(base.texts))
        title, body, day = base.texts[place]
        yield Article(
            id=f"{place}-{repeat}",
            title=title,
            body=body,
            location="",
            published=day.replace(year=day.year + int(years[at])),
            source=SOURCES[sources[at]],
            people=tuple(dict.fromkeys(PEOPLE[one] for one in people[at, : named[at]])),
            language="en",
        )


def _zipf(
    rng: np.random.Generator, values: int, size: int | tuple[int, int], exponent: float = 1.0
) -> np.ndarray:
    """Return random numbers below `values`, small ones more often; shape `size`, uint16."""
    return np.searchsorted(_ends(values, exponent), rng.random(size)).astype(np.uint16)


@cache
def _ends(values: int, exponent: float) -> np.ndarray:
    shares = 1.0 / np.arange(1, values + 1) ** exponent
    return np.cumsum(shares / shares.sum())[:-1]


def batches(base: Base, count: int, seed: int) -> Iterator[list[Article]]:
    """Yield the same articles in lists, so that making them is not what is measured."""
    batch: list[Article] = []
    for article in articles(base, count, seed):
        batch.append(article)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
