"""Merges the written forms of stems: which form each posting has, numbered anew.

Strategy: in each segment a stem has forms of its own, and the most frequent is not listed. The
forms of all segments are brought together by word and numbered by how many documents have them.
Where that makes another form the most frequent, postings that had none listed get it listed, and
those that list just the new one lose it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.codec.blocks import Integers, Numbers, changes, owners_of, starts_of
from index.codec.postings import (
    FormListing,
    form_listing,
    numbered_forms,
)

__all__ = ["SegmentForms", "merged_listing", "segment_forms"]


@dataclass(frozen=True, slots=True)
class SegmentForms:
    """The written forms of the stems of a run, in one segment.

    Attributes:
        words: The word of each form, as numbered in all segments; shape (forms,).
        stems: The term of each form, as numbered in the run; shape (forms,).
        documents: Live documents that have each form; shape (forms,).
        at: Postings with entries, ascending; shape (entries,).
        forms: The form of each entry, counted through the run; shape (entries,).
        unlisted: The form of each term that its postings without entries have; shape (terms,).
        frequencies: Postings of each term; shape (terms,).
    """

    words: Integers
    stems: Integers
    documents: Integers
    at: Integers
    forms: Integers
    unlisted: Integers
    frequencies: Integers


def segment_forms(
    listing: FormListing, words: Numbers, terms: Numbers, frequencies: Integers
) -> SegmentForms:
    """Return the forms of a run of terms of one segment.

    Args:
        listing: Of the live postings.
        words: The number in all segments of each word of this one.
        terms: The number in the run of each term.
        frequencies: Live postings of each term.
    """
    begins = starts_of(listing.counts)
    owners = owners_of(listing.at, frequencies)
    forms = begins[owners] + listing.forms
    documents = np.bincount(forms, minlength=len(listing.words))
    listed = np.bincount(owners[changes(listing.at)], minlength=len(terms))
    documents[begins] += frequencies - listed
    return SegmentForms(
        words=words[listing.words].astype(np.int64),
        stems=np.repeat(terms, listing.counts).astype(np.int64),
        documents=documents,
        at=listing.at,
        forms=forms,
        unlisted=begins,
        frequencies=frequencies,
    )


def merged_listing(
    segments: Sequence[SegmentForms], places: Sequence[Integers], terms: int
) -> FormListing:
    """Return the listing of a merged run.

    Args:
        segments: The forms in each segment.
        places: Where in the run each posting of each segment is now.
        terms: How many terms the run has.
    """
    used = [np.flatnonzero(segment.documents) for segment in segments]
    keys = np.concatenate(
        [
            (segment.stems << 32 | segment.words)[chosen]
            for segment, chosen in zip(segments, used, strict=True)
        ]
    )
    documents = np.concatenate(
        [segment.documents[chosen] for segment, chosen in zip(segments, used, strict=True)]
    )
    found, inverse = np.unique(keys, return_inverse=True)
    uses = np.bincount(inverse, weights=documents, minlength=len(found)).astype(np.int64)
    order, counts, number = numbered_forms(found >> 32, uses, terms)
    numbers = np.split(number[inverse], np.cumsum([len(chosen) for chosen in used])[:-1])
    entries = [_entries(*each) for each in zip(segments, used, numbers, places, strict=True)]
    return form_listing(
        words=(found & 0xFFFFFFFF).astype(np.uint32)[order],
        counts=counts,
        postings=np.concatenate([at for at, _ in entries]),
        forms=np.concatenate([forms for _, forms in entries]),
    )


def _entries(
    segment: SegmentForms, used: Integers, numbers: Numbers, places: Integers
) -> tuple[Integers, Numbers]:
    """Return the postings of a segment with other forms than 0, and perhaps more, and the forms."""
    number = np.zeros(len(segment.words), dtype=np.uint32)
    number[used] = numbers
    defaults = number[segment.unlisted]
    is_new = np.repeat(defaults > 0, segment.frequencies)
    is_new[segment.at] = False
    new = np.flatnonzero(is_new)
    owners = owners_of(new, segment.frequencies)
    return (
        np.concatenate([places[segment.at], places[new]]),
        np.concatenate([number[segment.forms], defaults[owners]]),
    )
