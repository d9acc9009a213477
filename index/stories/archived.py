"""The articles of an archive as known ones, and new articles grouped with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec.segment import Segment
from index.codec.snapshot import Snapshot
from index.documents import StoryPlace
from index.model import Article
from index.schema import ARTICLE, CLUSTER_COLUMN, STORY_COLUMN, article_from_document
from index.stories.fingerprints import Prints, prints_of, sketch
from index.stories.grouping import Incomer, group
from index.stories.growing import GrowingArticles
from index.stories.known import MAX_HOLDERS, Clusters, Documents, Holders, joined
from index.stories.profile import Profile, profile_of

__all__ = ["ArchiveArticles", "Grouped", "grouped", "story_id"]

AT_ONCE = 512  # articles whose fingerprints are looked up at once


class Grouped(NamedTuple):
    """An article with its story.

    Attributes:
        article: The article; `story` is set.
        place: Its place among the stories.
    """

    article: Article
    place: StoryPlace


def grouped(
    snapshot: Snapshot,
    articles: Sequence[Article],
    replaced: Iterable[int],
    addresses: Sequence[str | None] = (),
) -> tuple[list[Grouped], list[int]]:
    """Give new articles their stories.

    Args:
        snapshot: The archive.
        articles: The new articles, in the order of their arrival.
        replaced: Documents that are to go, such as earlier states of the new articles.
        addresses: The address of each as a term of `url_key`, where known; empty: of none.

    Returns:
        The new articles in their order, and behind them those of the archive whose story
        became part of another; the documents of the latter, which they replace.
    """
    known = ArchiveArticles(snapshot, replaced)
    growing = GrowingArticles(known, lambda number: profile_of(articles[number]))
    before = known.replaced_by_id()
    earlier = _earlier_at_address(known, addresses or [None] * len(articles))
    places: list[StoryPlace] = []
    for first in range(0, len(articles), AT_ONCE):
        incomers = [
            Incomer(
                id=articles[number].id,
                profile=profile_of(articles[number]),
                before=before.get(articles[number].id),
                same_address=earlier[number],
            )
            for number in range(first, min(first + AT_ONCE, len(articles)))
        ]
        places += group(growing, incomers)
    placed = [
        _with_story(one, place._replace(story=growing.current(place.story)))
        for one, place in zip(articles, places, strict=True)
    ]
    moved = [
        (document, story)
        for former, story in growing.became.items()
        for document in known.of_story(former)
    ]
    placed += [known.moved(document, story) for document, story in moved]
    return placed, [document for document, _ in moved]


def story_id(story: int) -> str:
    """Return the number of a story as text: 12 hexadecimal digits."""
    return f"{story:012x}"


def _with_story(article: Article, place: StoryPlace) -> Grouped:
    return Grouped(replace(article, story=story_id(place.story)), place)


def _earlier_at_address(
    known: ArchiveArticles, addresses: Sequence[str | None]
) -> list[int | None]:
    """Return for each new article the last one before it at its address, by number."""
    last = known.at_addresses({address for address in addresses if address is not None})
    earlier: list[int | None] = []
    for number, address in enumerate(addresses, start=len(known)):
        earlier.append(None if address is None else last.get(address))
        if address is not None:
            last[address] = number
    return earlier


class ArchiveArticles:
    """The articles of an archive by the numbers of their documents; `KnownArticles`."""

    def __init__(self, snapshot: Snapshot, replaced: Iterable[int] = ()) -> None:
        """Take an archive.

        Args:
            snapshot: The archive.
            replaced: Documents that hold fingerprints no more, though they are still there.
        """
        self._snapshot = snapshot
        self._replaced = np.array(sorted(set(replaced)), dtype=np.int64)
        self._sizes: dict[int, int] = {}
        self._segments = [*snapshot.of_kind(ARTICLE)]
        self._holding = [self._holding_in(segment, base) for segment, base in self._segments]

    def _holding_in(self, segment: Segment, base: int) -> npt.NDArray[np.bool_] | None:
        """Return which documents of a segment hold fingerprints; None: all that have some."""
        start, stop = np.searchsorted(self._replaced, [base, base + segment.doc_count])
        if start == stop:
            return segment.live
        holding = np.ones(segment.doc_count, np.bool_) if segment.live is None else segment.live
        holding = holding.copy()
        holding[self._replaced[start:stop] - base] = False
        return holding

    def __len__(self) -> int:
        """Return one more than the highest number."""
        return sum(segment.doc_count for segment in self._snapshot.segments)

    def holders(self, prints: Prints) -> Holders:
        """Return which articles hold each of the fingerprints; deleted ones do not."""
        parts = [Holders.none(len(prints))]
        for (segment, base), holding in zip(self._segments, self._holding, strict=True):
            if segment.prints is not None:
                counts, documents = segment.prints.holders(prints, MAX_HOLDERS)
                part = Holders(counts=counts, documents=documents)
                if holding is not None:
                    part = part.only(holding[documents])
                parts.append(part.shifted(base))
        return joined(parts[1:] or parts)

    def clusters(self, documents: Documents) -> Clusters:
        """Return the cluster of each of the articles: shape (n,)."""
        clusters = np.zeros(len(documents), dtype=np.uint32)
        for segment, base in self._segments:
            inside = np.flatnonzero((documents >= base) & (documents < base + segment.doc_count))
            if len(inside):
                column = segment.story_column(CLUSTER_COLUMN)
                clusters[inside] = column[documents[inside] - base]
        return clusters

    def story(self, document: int) -> int:
        """Return the story of an article; 0: it has none, being older than stories."""
        segment, number = self._snapshot.place(document)
        return int(segment.story_column(STORY_COLUMN)[number])

    def profile(self, document: int) -> Profile:
        """Return what is compared of an article, made anew from its text."""
        return profile_of(self._article(document))

    def story_size(self, story: int) -> int:
        """Return how many articles are of a story; counted once, since copies have no end."""
        if story not in self._sizes:
            self._sizes[story] = sum(1 for _ in self.of_story(story))
        return self._sizes[story]

    def of_story(self, story: int) -> Iterator[int]:
        """Yield the articles of a story, those aside that are replaced."""
        for document in self._snapshot.documents_with("story", story_id(story)):
            at = int(self._replaced.searchsorted(document))
            if at == len(self._replaced) or self._replaced[at] != document:
                yield document

    def at_addresses(self, addresses: AbstractSet[str]) -> dict[str, int]:
        """Return the last article at each of the addresses, those aside that are replaced."""
        last: dict[str, int] = {}
        wanted = {address.encode() for address in addresses}
        for (segment, base), holding in zip(self._segments, self._holding, strict=True):
            if (reader := segment.fields.get("url_key")) is None:
                continue
            for term in reader.terms.find_all(wanted):
                documents = reader.decode(term).docs
                if holding is not None:
                    documents = documents[holding[documents]]
                if len(documents):
                    (address,) = reader.terms.slice(term, term + 1)
                    last[address.decode()] = base + int(documents[-1])
        return last

    def moved(self, document: int, story: int) -> Grouped:
        """Return an article as one of another story."""
        article = self._article(document)
        (cluster,) = self.clusters(np.array([document])).tolist()
        prints = prints_of(sketch(article.body).hashes)
        return _with_story(article, StoryPlace(story, cluster, prints))

    def replaced_by_id(self) -> dict[str, int]:
        """Return the articles that are replaced by their ids."""
        return {
            self._snapshot.stored(document)["id"]: document
            for document in self._replaced.tolist()
            if self._snapshot.place(document)[0].kind == ARTICLE
        }

    def _article(self, document: int) -> Article:
        return article_from_document(self._snapshot.stored(document))
