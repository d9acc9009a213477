"""The articles that new ones are compared with, and who of them holds which fingerprint.

Strategy: fingerprints of many articles lie in sorted runs, each a pair of arrays, so that those
of new articles are found by binary search, many at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.codec.blocks import ranges
from index.codec.prints import PrintsSlice
from index.stories.fingerprints import Prints
from index.stories.profile import Profile

__all__ = [
    "MAX_HOLDERS",
    "Clusters",
    "Documents",
    "Holders",
    "KnownArticles",
    "held",
    "joined",
    "merged",
]

Documents = npt.NDArray[np.uint32]
Clusters = npt.NDArray[np.uint32]

# A fingerprint that more articles hold is of a footer or a form: it counts for nothing, and
# nobody looks who they are. So the work for one article is bounded, whatever the archive.
MAX_HOLDERS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Which articles hold some fingerprints.

    Attributes:
        counts: How many hold each; over `MAX_HOLDERS`: too many to be listed. Shape (n,), int64.
        documents: Those of the first fingerprint, those of the second ...: uint32.
    """

    counts: npt.NDArray[np.int64]
    documents: Documents

    @property
    def listed(self) -> npt.NDArray[np.int64]:
        """How many documents are listed for each fingerprint: shape (n,)."""
        return np.where(self.counts > MAX_HOLDERS, 0, self.counts)

    @classmethod
    def none(cls, count: int) -> Holders:
        """Return that nobody holds any of so many fingerprints."""
        documents = np.empty(0, dtype=np.uint32)
        return cls(counts=np.zeros(count, dtype=np.int64), documents=documents)

    def only(self, is_kept: npt.NDArray[np.bool_]) -> Holders:
        """Return some of those listed; `is_kept` has the shape of `documents`."""
        owners = np.repeat(np.arange(len(self.counts)), self.listed)
        kept = np.bincount(owners[is_kept], minlength=len(self.counts))
        counts = np.where(self.counts > MAX_HOLDERS, self.counts, kept)
        return Holders(counts=counts, documents=self.documents[is_kept])

    def shifted(self, base: int) -> Holders:
        """Return the same with documents numbered from `base` on."""
        return Holders(counts=self.counts, documents=self.documents + np.uint32(base))


class KnownArticles(Protocol):
    """Articles that have a story, numbered from 0."""

    def __len__(self) -> int:
        """Return one more than the highest number; some may be deleted."""
        ...

    def holders(self, prints: Prints) -> Holders:
        """Return which articles hold each of the fingerprints; deleted ones do not."""
        ...

    def clusters(self, documents: Documents) -> Clusters:
        """Return the cluster of each of the articles: shape (n,)."""
        ...

    def story(self, document: int) -> int:
        """Return the story of an article."""
        ...

    def profile(self, document: int) -> Profile:
        """Return what is compared of an article."""
        ...

    def story_size(self, story: int) -> int:
        """Return how many articles are of a story."""
        ...


def held(run: PrintsSlice, prints: Prints) -> Holders:
    """Return who holds each of some fingerprints in a run."""
    starts = np.searchsorted(run.prints, prints, side="left")
    counts = np.searchsorted(run.prints, prints, side="right") - starts
    listed = np.where(counts > MAX_HOLDERS, 0, counts)
    return Holders(counts=counts, documents=run.documents[ranges(starts, listed)])


def merged(runs: Sequence[PrintsSlice]) -> PrintsSlice:
    """Return runs as one; the articles of each are numbered above those of the ones before."""
    return PrintsSlice.of(
        np.concatenate([run.prints for run in runs]),
        np.concatenate([run.documents for run in runs]),
    )


def joined(parts: Sequence[Holders]) -> Holders:
    """Return who holds the same fingerprints in several places, as one."""
    if len(parts) == 1:
        return parts[0]
    counts = np.sum([part.counts for part in parts], axis=0)
    owners = np.concatenate([np.repeat(np.arange(len(counts)), part.listed) for part in parts])
    documents = np.concatenate([part.documents for part in parts])
    is_listed = counts[owners] <= MAX_HOLDERS
    order = np.argsort(owners[is_listed], kind="stable")
    return Holders(counts=counts, documents=documents[is_listed][order])
