"""The merge policy: few segments for a search, few merges for a document, and order kept."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.policy import (
    FLOOR_DOCUMENTS,
    MAX_MERGED_DOCUMENTS,
    SEGMENTS_PER_TIER,
    due_merges,
    tier_of,
)
from index.codec.toc import SegmentEntry

# Documents of a commit, from one to the largest that a build holds in memory, and beyond.
sizes = st.integers(0, 15).flatmap(lambda bits: st.integers(1 << bits, 2 << bits))
kinds = st.sampled_from(["article", "page"])


def entry(name: str, docs: int, deleted: int = 0, kind: str = "article") -> SegmentEntry:
    deletions = f"{name}.1.del" if deleted else None
    return SegmentEntry(name=name, docs=docs, deleted=deleted, deletions=deletions, kind=kind)


def entries_of(*live: int) -> list[SegmentEntry]:
    return [entry(f"MAIN_{number}", docs) for number, docs in enumerate(live)]


class Archive:
    """An archive of which only the segments are real.

    Attributes:
        entries: The segments.
        commits: The numbers of the commits that each segment's documents are from.
        rewritten: How often the documents of each commit were merged.
    """

    def __init__(self) -> None:
        self.entries: list[SegmentEntry] = []
        self.commits: dict[str, tuple[int, ...]] = {}
        self.rewritten: Counter[int] = Counter()

    def commit(self, docs: int, kind: str = "article") -> None:
        number = len(self.rewritten)
        self.rewritten[number] = 0
        self.entries.append(entry(f"MAIN_{number}", docs, kind=kind))
        self.commits[f"MAIN_{number}"] = (number,)
        self.merge()

    def delete(self, place: int, docs: int) -> None:
        old = self.entries[place % len(self.entries)]
        deleted = min(old.deleted + docs, old.docs)
        new = replace(old, deleted=deleted, deletions=f"{old.name}.1.del")
        self.entries[self.entries.index(old)] = new
        self.merge()

    def merge(self) -> None:
        for due in due_merges(self.entries):
            at = self.entries.index(due[0])
            live = sum(each.docs - each.deleted for each in due)
            assert live <= max(MAX_MERGED_DOCUMENTS, due[0].docs)
            commits = tuple(number for each in due for number in self.commits[each.name])
            self.rewritten.update(commits)
            self.entries = [each for each in self.entries if each not in due]
            if live:
                merged = entry(f"{due[0].name}m", live, kind=due[0].kind)
                self.commits[merged.name] = commits
                self.entries.insert(at, merged)
        assert due_merges(self.entries) == []

    def most_segments(self) -> int:
        """Return how many segments of one kind a search may meet at most."""
        live = sum(each.docs for each in self.entries)
        tiers = tier_of(min(live, MAX_MERGED_DOCUMENTS - 1)) + 1
        return (SEGMENTS_PER_TIER - 1) * tiers


def check_order(archive: Archive) -> None:
    for kind in ("article", "page"):
        numbers = [
            number
            for each in archive.entries
            if each.kind == kind
            for number in archive.commits[each.name]
        ]
        assert numbers == sorted(numbers)


def constant(docs: int) -> Callable[[random.Random], int]:
    return lambda _: docs


@pytest.mark.parametrize(
    ("commits", "size", "smallest"),
    [
        (3000, constant(1), 1),
        (3000, constant(150), 150),
        (3000, constant(1000), 1000),
        (300, constant(20_000), 20_000),
        (3000, lambda choice: choice.choice([1, 5000]), 1),
        (3000, lambda choice: choice.choice([1, 1, 1, 10_000, 200]), 1),
        (3000, lambda choice: int(10 ** choice.uniform(0, 4)), 1),
        (3000, lambda choice: int(10 ** choice.uniform(2.5, 4)), 316),
    ],
)
def test_segments_stay_few_and_documents_are_seldom_written_again(
    commits: int, size: Callable[[random.Random], int], smallest: int
) -> None:
    archive, choice = Archive(), random.Random(7)  # noqa: S311 (no secret)
    total = 0
    for _ in range(commits):
        total += (docs := size(choice))
        archive.commit(docs)
        assert len(archive.entries) <= archive.most_segments()
    # Once as it comes and once a tier; below the floor, each time four commits have come.
    below_floor = FLOOR_DOCUMENTS // (smallest * (SEGMENTS_PER_TIER - 1)) + 1
    assert max(archive.rewritten.values()) <= 1 + tier_of(total) + below_floor
    check_order(archive)


@given(st.lists(st.tuples(sizes, kinds), max_size=200))
def test_commits_of_any_size_leave_few_segments_in_order(commits: list[tuple[int, str]]) -> None:
    archive = Archive()
    for docs, kind in commits:
        archive.commit(docs, kind)
    for kind in ("article", "page"):
        own = [each for each in archive.entries if each.kind == kind]
        assert len(own) <= archive.most_segments()
        tiers = [tier_of(each.docs) for each in own]
        assert tiers == sorted(tiers, reverse=True)
        assert max(Counter(tiers).values(), default=0) < SEGMENTS_PER_TIER
    check_order(archive)


@given(st.lists(st.tuples(st.booleans(), sizes, kinds, st.integers(0, 99)), max_size=120))
def test_deletions_leave_no_segment_a_third_empty(
    steps: list[tuple[bool, int, str, int]],
) -> None:
    archive = Archive()
    for is_deletion, docs, kind, place in steps:
        if is_deletion and archive.entries:
            archive.delete(place, docs)
        elif not is_deletion:
            archive.commit(docs, kind)
        assert all(each.deleted * 3 <= each.docs for each in archive.entries)
    check_order(archive)


def test_nothing_is_due_where_segments_are_few() -> None:
    assert due_merges([]) == []
    assert due_merges(entries_of(40_000, 30_000, 5_000, 20, 10, 30)) == []


def test_five_of_one_tier_become_one() -> None:
    entries = entries_of(20_000, *[1500] * 5, 3)
    assert due_merges(entries) == [tuple(entries[1:6])]


def test_merges_that_follow_from_a_merge_are_done_with_it() -> None:
    entries = entries_of(*[20_000] * 4, *[2_000] * 4, *[200] * 5)
    assert due_merges(entries) == [tuple(entries)]


def test_smaller_segments_join_the_larger_one_behind_them() -> None:
    entries = entries_of(50_000, 30, 2_000, 7, 20_000, 4)
    assert due_merges(entries) == [tuple(entries[1:5])]


def test_kinds_are_never_mixed() -> None:
    mixed = [
        entry(f"MAIN_{number}", 10, kind="page" if number % 2 else "article")
        for number in range(2 * SEGMENTS_PER_TIER)
    ]
    assert due_merges(mixed) == [tuple(mixed[0::2]), tuple(mixed[1::2])]


@pytest.mark.parametrize(
    ("deleted", "is_due"), [(0, False), (300, False), (301, True), (900, True)]
)
def test_a_segment_is_written_again_once_a_third_is_deleted(deleted: int, is_due: bool) -> None:  # noqa: FBT001 (a parameter of a test)
    only = entry("MAIN_a", 900, deleted)
    assert due_merges([only]) == ([(only,)] if is_due else [])


def test_a_segment_without_live_documents_is_a_merge_of_its_own() -> None:
    before, empty, *rest = entries_of(*[10] * (SEGMENTS_PER_TIER + 1))
    empty = replace(empty, deleted=10, deletions="MAIN_1.1.del")
    assert due_merges([before, empty, *rest]) == [(empty,), (before, *rest)]


def test_what_would_be_too_large_is_not_merged() -> None:
    large = MAX_MERGED_DOCUMENTS // (SEGMENTS_PER_TIER - 1)
    assert due_merges(entries_of(*[large] * 30)) == []
    assert due_merges(entries_of(900, MAX_MERGED_DOCUMENTS)) == []


def live_of(entries: Iterable[SegmentEntry]) -> int:
    return sum(each.docs - each.deleted for each in entries)


@given(st.lists(st.integers(1, 3 * MAX_MERGED_DOCUMENTS), max_size=60))
def test_no_merge_is_larger_than_the_largest(live: list[int]) -> None:
    assert all(live_of(due) <= MAX_MERGED_DOCUMENTS for due in due_merges(entries_of(*live)))
