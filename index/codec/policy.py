"""Which segments to merge: few enough for a search, seldom enough for a build.

Strategy: a segment is of a tier by how many live documents it has, and five of one tier in a row
become one of a tier above, as in a counter to base five. A document that is merged so rises a
tier, so it is written again once for each power of five, and an archive has at most four segments
of each tier. Where a commit brings a segment larger than those before it, those are merged into it,
so that tiers fall from the oldest segment to the newest.

Rule 1: Only neighbours of one kind are merged, so that a lower number always means that a
    document was written earlier.
Rule 2: What merges would follow from merges is worked out beforehand and done as one.
Rule 3: A segment that is merged with no other is written again alone once more than a third of
    it is deleted. One that is deleted wholly is a merge of its own, with no documents.

Source:
    Lucene's TieredMergePolicy has tiers, a floor and a largest size too, and merges what is
    not adjacent. The counter is the logarithmic method of Bentley and Saxe (1980).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.codec.toc import SegmentEntry

__all__ = [
    "FLOOR_DOCUMENTS",
    "MAX_MERGED_DOCUMENTS",
    "SEGMENTS_PER_TIER",
    "due_merges",
    "tier_of",
]

# With fewer, documents are written again more often; with more, a search opens more segments,
# each of which costs it a fixed time and has its own dictionary. Of 200,000 short articles in
# commits of 22,000, merges at ten of a tier take 1 % of the time of a build and leave nine
# segments of 966 bytes an article; at five 7 %, five segments, 920 bytes; at four 8 %, three
# segments, 900 bytes. Lucene's default `segmentsPerTier` is 10.
SEGMENTS_PER_TIER = 5
# Below this, writing documents again takes less time than creating the files of a commit.
FLOOR_DOCUMENTS = 1_000
# The positions of ten million news texts still take less than 4 GiB, so that what is kept of
# each term stays in 32 bits; and a larger merge would be a long wait for one commit.
MAX_MERGED_DOCUMENTS = 10_000_000
MAX_DELETED = 1 / 3


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring segments that become one; a single one stays as it is."""

    entries: tuple[SegmentEntry, ...]
    live: int

    @property
    def tier(self) -> int:
        return tier_of(self.live)

    @property
    def is_due(self) -> bool:
        deleted = sum(entry.deleted for entry in self.entries)
        documents = sum(entry.docs for entry in self.entries)
        return len(self.entries) > 1 or deleted > MAX_DELETED * documents


def due_merges(entries: Sequence[SegmentEntry]) -> list[tuple[SegmentEntry, ...]]:
    """Return the merges that are due, none of them with a segment of another.

    Args:
        entries: The segments of an archive, in its order.

    Returns:
        Segments that become one, in the archive's order. After all of it is done, no merge is due.
    """
    empty = [entry for entry in entries if not _live(entry)]
    filled = [entry for entry in entries if _live(entry)]
    merges: list[tuple[SegmentEntry, ...]] = [(entry,) for entry in empty]
    for kind in dict.fromkeys(entry.kind for entry in filled):
        groups = _grouped(entry for entry in filled if entry.kind == kind)
        merges += [group.entries for group in groups if group.is_due]
    return merges


def tier_of(live: int) -> int:
    """Return the tier of a segment by its live documents.

    Example:
        >>> tier_of(1), tier_of(999), tier_of(1_000), tier_of(4_999), tier_of(5_000)
        (0, 0, 1, 1, 2)
    """
    tier, limit = 0, FLOOR_DOCUMENTS
    while live >= limit:
        tier, limit = tier + 1, limit * SEGMENTS_PER_TIER
    return tier


def _live(entry: SegmentEntry) -> int:
    return entry.docs - entry.deleted


def _grouped(entries: Iterable[SegmentEntry]) -> list[_Group]:
    groups: list[_Group] = []
    for entry in entries:
        groups.append(_Group((entry,), _live(entry)))
        while count := _last_to_join(groups):
            groups[-count:] = [_joined(groups[-count:])]
    return groups


def _last_to_join(groups: Sequence[_Group]) -> int:
    """Return how many of the last groups should become one; 0: none."""
    last = groups[-SEGMENTS_PER_TIER:]
    if len(last) > 1 and last[-2].tier < last[-1].tier and _fits(last[-2:]):
        return 2
    is_full = len(last) == SEGMENTS_PER_TIER and len({group.tier for group in last}) == 1
    return len(last) if is_full and _fits(last) else 0


def _joined(groups: Sequence[_Group]) -> _Group:
    entries = tuple(entry for group in groups for entry in group.entries)
    return _Group(entries, sum(group.live for group in groups))


def _fits(groups: Sequence[_Group]) -> bool:
    return sum(group.live for group in groups) <= MAX_MERGED_DOCUMENTS
