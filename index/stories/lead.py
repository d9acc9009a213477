"""Which article of a story stands for it, and what the others are beside it.

The lead is the first by this order:

    1. complete     it has at least 4/5 of the letters of the longest
    2. original     it is the news agency's own, where an agency's text is among them
    3. earliest     day and time of publication; unknown ones last
    4. addressed    it has an address, so that a reader can go and see
    5. longest      by letters
    6. id           so that the same articles have the same lead, in whatever order they came
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from index.identity import content_key, letters_of, url_key
from index.model import Article
from index.schema import moment_of
from index.stories.comparison import Weights, compare
from index.stories.fingerprints import Hashes, fine_sketch
from index.stories.profile import Profile, profile_of

__all__ = ["Member", "Relation", "lead_of", "relations"]

COMPLETE = 0.8
COPY_RESEMBLANCE = 0.6  # that of a cluster, see `index.stories.grouping`
COPY_SCORE = 0.8  # of the smaller text is in the larger: the rest are footers and typing errors
EXCERPT_SIZE = 0.6  # of the letters of the lead


class Relation(StrEnum):
    """What a member of a story is beside its lead."""

    EXACT = "exact copy"  # the same text, word for word
    VERSION = "version"  # the same address with another text or headline: it was changed later
    NEAR = "near copy"  # nearly the same text
    EXCERPT = "excerpt"  # a part of it
    UPDATE = "update"  # it shares text and says other things


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What of an article decides whether it leads its story.

    Attributes:
        id: Its id.
        letters: Bytes of the letters and digits of its body.
        published: Day of publication, perhaps with a time; None: unknown.
        is_original: Whether its publisher is the news agency that the text is from.
        url: Its address, where known.
    """

    id: str
    letters: int
    published: date | None = None
    is_original: bool = False
    url: str | None = None


def lead_of(members: Sequence[Member]) -> Member:
    """Return the member that stands for a story of at least one."""
    longest = max(member.letters for member in members)

    def order(member: Member) -> tuple[bool, bool, bool, int, bool, int, str]:
        return (
            member.letters < COMPLETE * longest,
            not member.is_original,
            member.published is None,
            moment_of(member.published) if member.published else 0,
            member.url is None,
            -member.letters,
            member.id,
        )

    return min(members, key=order)


def relations(members: Iterable[Article], lead: Article) -> Iterator[Relation]:
    """Yield what each of some members of a story is beside its lead.

    Args:
        members: The members, the earliest first: what is a version was changed since an earlier
            one, or the lead, had its address.
        lead: The lead.
    """
    # Fingerprints are few in a short text: a part of it may be told by them to be nearly all.
    other, of_lead = profile_of(lead, fine_sketch), _said(lead)
    said_at = {url_key(lead.url): of_lead}
    for member in members:
        said, address = _said(member), url_key(member.url)
        if address is not None and said_at.setdefault(address, said) != said:
            yield Relation.VERSION
        elif said.text is not None and said.text == of_lead.text:
            yield Relation.EXACT
        else:
            yield _by_text(profile_of(member, fine_sketch), other)


class _Said(NamedTuple):
    """What an article says: two that are equal in it differ in nothing that a reader notices."""

    text: str | None  # a key; None: there is none
    title: bytes


def _said(article: Article) -> _Said:
    letters = letters_of(article.body)
    return _Said(content_key(letters) if letters else None, letters_of(article.title))


def _by_text(own: Profile, other: Profile) -> Relation:
    match = compare(own, _ones(own.sketch.hashes), other, _ones)
    if match is None:
        return Relation.UPDATE
    if own.sketch.size < EXCERPT_SIZE * other.sketch.size and match.score >= COPY_SCORE:
        return Relation.EXCERPT
    is_copy = match.resemblance >= COPY_RESEMBLANCE or match.score >= COPY_SCORE
    return Relation.NEAR if is_copy else Relation.UPDATE


def _ones(hashes: Hashes) -> Weights:
    return np.ones(len(hashes))
