"""Family names alone, resolved by the archive: whom does it call so by full name?

Strategy: an article that names nobody but "Ruiz" most likely means the person whom other articles
name in full. The counts are read off the index: which whole names the articles have that have
the word, as numbers, without reading any of these articles.

Rule 1: It is the person whose full name ends so, in at least 2 articles, and in 80 of 100 of those
    that have a full name that ends so; else it stays as it is. A family name that stands in front
    ("Xi Jinping") counts as the end of a name does.
Rule 2: Articles of the archive and those written with it count alike, and names that were inferred
    count for nothing: within a commit the order of articles changes nothing, and no guess
    becomes evidence.
Rule 3: What an earlier commit wrote stays, until the page is read again (`--reparse`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Numbers, ranges
from index.codec.segment import Segment
from index.codec.snapshot import Snapshot, live_documents_with
from index.model import Article, Person
from index.schema import ARTICLE, INFERRED, exact
from index.text import name_key

__all__ = ["with_full_names"]

MIN_ARTICLES, MIN_SHARE = 2, 0.8
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# The most common of the family names that are printed first.
CHINESE = """
bai cai cao chen cheng cui dai deng ding dong du fan fang feng fu gao gong gu guo han hao he hou hu
huang jia jiang jin kong lai lei li liang liao lin liu long lu luo ma mao meng mo nie pan peng qian
qiao qin ren shao shen shi song su sun tan tang tao tian wan wang wei wen wu xi xia xiang xiao xie
xiong xu xue yan yang yao ye yi yin yu yuan zeng zhang zhao zheng zhong zhou zhu zou
"""
KOREAN = """
ahn an cho choi ha hong hwang jang jeon jeong jo jung kang kim kwon lee lim moon oh pak park roh ryu
seo shim shin woo yoo yoon
"""
VIETNAMESE = (
    "bui dang do duong ho hoang huynh lam le ly mai ngo nguyen pham phan tran trinh truong vo vu"
)
FAMILY_FIRST = frozenset(f"{CHINESE} {KOREAN} {VIETNAMESE}".split())

Counts = dict[str, Counter[str]]  # family name to how many articles have which full names


def with_full_names(
    snapshot: Snapshot, articles: Sequence[Article], replaced: Iterable[int]
) -> list[Article]:
    """Return articles with the full names of those whom they call by family name only.

    Args:
        snapshot: The archive.
        articles: Those that are to be written.
        replaced: Documents of the archive that are to go with that.
    """
    alone = {key for article in articles if article.persons for key in _alone(article).values()}
    if not alone:
        return [*articles]
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counts: Counts = {word: Counter() for word in alone}
    for article in articles:
        inferred = {person.name for person in article.persons if person.inferred}
        own = {name_key(name): name for name in article.people if name not in inferred}
        for key, name in own.items():
            for word in alone.intersection(_families(key)):
                counts[word][key] += 1
                printed[key][name] += 1
    _count_archived(snapshot, counts, np.array(sorted({*replaced}), dtype=np.int64))
    meant = {word: _clear_winner(own) for word, own in counts.items()}
    names = {
        word: _printed(snapshot, key, printed[key])
        for word, key in meant.items()
        if key is not None
    }
    return [_named(article, names) for article in articles]


def _alone(article: Article) -> dict[str, str]:
    """Return the persons of whom an article has one word only, each with the folded word."""
    keys = {person.name: name_key(person.name) for person in article.persons}
    return {name: key for name, key in keys.items() if key and " " not in key}


def _families(key: str) -> tuple[str, ...]:
    """Return the words of a full name that may be its family name; none: it is no full name.

    Example:
        >>> _families("ana ruiz jr"), _families("xi jinping"), _families("ruiz")
        (('ruiz',), ('jinping', 'xi'), ())
    """
    words = key.split()
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    if len(words) == 1:
        return ()
    return (words[-1], words[0]) if words[0] in FAMILY_FIRST else (words[-1],)


def _clear_winner(counts: Counter[str]) -> str | None:
    """Return the full name that is meant by a family name."""
    for key, articles in counts.most_common(1):
        if articles >= max(MIN_ARTICLES, MIN_SHARE * counts.total()):
            return key
    return None


def _count_archived(snapshot: Snapshot, counts: Counts, replaced: npt.NDArray[np.int64]) -> None:
    """Add how many articles of the archive have each full name."""
    for segment, base in snapshot.of_kind(ARTICLE):
        for word, own in counts.items():
            documents = live_documents_with(segment, "people", word.encode())
            documents = documents[~np.isin(documents.astype(np.int64) + base, replaced)]
            for key, holders in _full_names(segment, documents, word):
                guesses = live_documents_with(segment, INFERRED, key.encode())
                own[key] += int((~np.isin(holders, guesses)).sum())


def _full_names(segment: Segment, documents: Numbers, word: str) -> Iterator[tuple[str, Numbers]]:
    """Yield the full names with a family name that documents have, and which of them have each."""
    ordinals = segment.ordinals("people")
    if ordinals is None or not len(documents):
        return
    starts = ordinals.starts[documents].astype(np.int64)
    sizes = ordinals.starts[documents + 1].astype(np.int64) - starts
    names, owners = ordinals.values[ranges(starts, sizes)], np.repeat(documents, sizes)
    for number in np.unique(names).tolist():
        key = ordinals.keys[number].decode()
        if word in _families(key):
            yield key, owners[names == number]


def _printed(snapshot: Snapshot, key: str, in_batch: Mapping[str, int]) -> str:
    """Return a full name as it is printed: as in the archive, or mostly in what is written."""
    archived = (
        str(name)
        for fields in snapshot.stored_with(exact("people"), key)
        for name in fields["people"]
        if name_key(name) == key
    )
    mostly = max(in_batch, key=lambda name: (in_batch[name], name), default=key)
    return next(archived, mostly)


def _named(article: Article, names: Mapping[str, str]) -> Article:
    """Return an article with full names for the family names in it that have one."""
    taken: Collection[str] = {name_key(name) for name in article.people}
    full = {
        name: names[key]
        for name, key in _alone(article).items()
        if key in names and name_key(names[key]) not in taken
    }
    if not full:
        return article

    def person(own: Person) -> Person:
        return replace(own, name=full[own.name], inferred=True) if own.name in full else own

    return replace(
        article,
        people=tuple(full.get(name, name) for name in article.people),
        persons=tuple(map(person, article.persons)),
    )
