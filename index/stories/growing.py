"""Known articles, and new ones added to them in memory.

Strategy: articles come in batches. The fingerprints of a batch are a sorted run before the first
of its articles has a story, so that they are looked up together; who is still to come is left out.
Runs of like size become one, so there are few (the logarithmic method, as for segments): 8 bytes a
fingerprint and some 20 an article are kept.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.codec.blocks import ranges
from index.codec.prints import PrintsSlice
from index.documents import StoryPlace
from index.stories.fingerprints import Prints
from index.stories.known import (
    MAX_HOLDERS,
    Clusters,
    Documents,
    Holders,
    KnownArticles,
    held,
    joined,
    merged,
)
from index.stories.profile import Profile

__all__ = ["GrowingArticles"]

RUNS_RATIO = 2  # a run takes in the one before it unless that is so many times larger
LEAST_ROOM = 1024
KEPT_PROFILES = 4096  # of articles compared lately, some 4 KB each


class GrowingArticles:
    """Known articles and those added since, which are numbered after them; `KnownArticles`."""

    def __init__(
        self,
        known: KnownArticles | None = None,
        new_profile: Callable[[int], Profile] | None = None,
    ) -> None:
        """Begin with those known.

        Args:
            known: The articles of an archive; None: there are none yet.
            new_profile: Makes the profile of the n-th new article once more, so that only
                `KEPT_PROFILES` are kept in memory; None: all are.
        """
        self._known = known
        self._base = 0 if known is None else len(known)
        self._new_profile = new_profile
        self._profiles: OrderedDict[int, Profile] = OrderedDict()
        self._stories: list[int] = []
        self._clusters = np.zeros(LEAST_ROOM, dtype=np.uint32)  # as many as there is room for
        self._runs: list[PrintsSlice] = []
        self._batch: PrintsSlice | None = None  # all of it, articles still to come included
        self._batch_base = 0
        self._batch_prints: list[Prints] = []  # of those that came, as far as they are kept
        self._is_holder = np.zeros(0, dtype=np.bool_)
        self._became: dict[int, int] = {}
        self._added: Counter[int] = Counter()  # to each story

    def __len__(self) -> int:
        """Return one more than the highest number of an article."""
        return self._base + len(self._stories)

    def open_batch(self, prints: Sequence[Prints]) -> tuple[Holders, npt.NDArray[np.bool_]]:
        """Announce articles that will be appended, with their fingerprints.

        Returns:
            Who holds these fingerprints, article by article; `visible` tells who does by then.
            And whether that is not known of a fingerprint, since with those still to come too
            many hold it: `holders` tells when its turn comes.
        """
        self._batch_base = len(self)
        every = np.concatenate(prints)
        self._batch = _run(self._batch_base, prints)
        self._is_holder = np.zeros(len(prints), dtype=np.bool_)
        before = self._holders_before(every)
        holders = joined([before, held(self._batch, every)])
        is_unknown = (holders.counts > MAX_HOLDERS) & (before.counts <= MAX_HOLDERS)
        return holders, is_unknown

    def append(self, profile: Profile, place: StoryPlace) -> None:
        """Add the next article of the batch."""
        document = len(self)
        self._keep(document, profile)
        number = len(self._stories)
        self._stories.append(place.story)
        if number == len(self._clusters):
            self._clusters = np.resize(self._clusters, 2 * number)
        self._clusters[number] = place.cluster
        self._added[place.story] += 1
        self._is_holder[document - self._batch_base] = len(place.prints) > 0
        self._batch_prints.append(place.prints)

    def close_batch(self) -> None:
        """Put the fingerprints of the articles of the batch with those before."""
        run = _run(self._batch_base, self._batch_prints)
        while self._runs and len(self._runs[-1].prints) < RUNS_RATIO * len(run.prints):
            run = merged([self._runs.pop(), run])
        self._runs.append(run)
        self._batch = None
        self._batch_prints.clear()

    def holders(self, prints: Prints) -> Holders:
        """Return which articles hold each of the fingerprints."""
        before = self._holders_before(prints)
        return before if self._batch is None else joined([before, self._batch_holders(prints)])

    def visible(self, holders: Holders) -> Holders:
        """Return holders without articles of the batch that are still to come."""
        if self._batch is None or not len(holders.documents):
            return holders
        is_new = holders.documents >= self._batch_base
        if not is_new.any():
            return holders
        is_kept = ~is_new
        is_kept[is_new] = self._is_holder[holders.documents[is_new] - self._batch_base]
        return holders.only(is_kept)

    def _holders_before(self, prints: Prints) -> Holders:
        """Return which articles before the batch hold each of the fingerprints."""
        parts = [held(run, prints) for run in self._runs]
        if self._known is not None:
            parts.insert(0, self._known.holders(prints))
        return joined(parts) if parts else Holders.none(len(prints))

    def _batch_holders(self, prints: Prints) -> Holders:
        """Return which articles of the batch, of those that came, hold each of the fingerprints."""
        if self._batch is None:
            return Holders.none(len(prints))
        starts = np.searchsorted(self._batch.prints, prints, side="left")
        counts = np.searchsorted(self._batch.prints, prints, side="right") - starts
        documents = self._batch.documents[ranges(starts, counts)]
        came = self._is_holder[documents - self._batch_base]
        owners = np.repeat(np.arange(len(prints)), counts)[came]
        counts = np.bincount(owners, minlength=len(prints))
        return Holders(counts=counts, documents=documents[came][counts[owners] <= MAX_HOLDERS])

    def clusters(self, documents: Documents) -> Clusters:
        """Return the cluster of each of the articles."""
        if self._known is None:
            return self._clusters[documents]
        clusters = np.empty(len(documents), dtype=np.uint32)
        is_new = documents >= self._base
        clusters[is_new] = self._clusters[documents[is_new] - self._base]
        clusters[~is_new] = self._known.clusters(documents[~is_new])
        return clusters

    def story(self, document: int) -> int:
        """Return the story of an article."""
        if document >= self._base or self._known is None:
            return self.current(self._stories[document - self._base])
        return self.current(self._known.story(document))

    def profile(self, document: int) -> Profile:
        """Return what is compared of an article."""
        found = self._profiles.get(document)
        if found is None:
            found = self._made(document)
            self._keep(document, found)
        else:
            self._profiles.move_to_end(document)
        return found

    def story_size(self, story: int) -> int:
        """Return how many articles are of a story."""
        known = 0 if self._known is None else self._known.story_size(story)
        return known + self._added[story]

    def unite(self, story: int, into: int) -> None:
        """Make all articles of one story ones of another."""
        self._added[into] += self.story_size(story)
        self._became[story] = into

    def current(self, story: int) -> int:
        """Return the story that a story is part of by now."""
        while (after := self._became.get(story)) is not None:
            story = after
        return story

    @property
    def became(self) -> Mapping[int, int]:
        """The stories that became part of another, and which."""
        return {story: self.current(story) for story in self._became}

    def _made(self, document: int) -> Profile:
        if document < self._base and self._known is not None:
            return self._known.profile(document)
        if self._new_profile is None:
            raise IndexError(f"no article has the number {document}")
        return self._new_profile(document - self._base)

    def _keep(self, document: int, profile: Profile) -> None:
        self._profiles[document] = profile
        if self._new_profile is not None and len(self._profiles) > KEPT_PROFILES:
            self._profiles.popitem(last=False)


def _run(base: int, prints: Sequence[Prints]) -> PrintsSlice:
    """Return the fingerprints of articles, numbered from `base` on, as a run."""
    counts = [len(own) for own in prints]
    documents = np.repeat(np.arange(base, base + len(prints), dtype=np.uint32), counts)
    return PrintsSlice.of(np.concatenate(prints), documents)
