"""What the rest of the document says of a word, by the first reading of all its segments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.people.features import Evidence, EvidenceValues

__all__ = ["document_evidence", "roles_alone", "roles_of"]

LIKELY, UNLIKELY = 0.5, 0.3
NOWHERE = 9
# Roles of a token in its segment: in a sum of them is how often it has each.
ROLE_BITS = 20  # so that a text of nothing but names has room
NONE, LAST, FIRST, ALONE, OUTSIDE = 0, *(1 << (ROLE_BITS * at) for at in range(4))
# What is known of a word that stands in one place only, by the tenth of its own likelihood.
NOTHING = [Evidence(own, 0, NOWHERE, NOWHERE, 0, 0, 0, 0) for own in range(10)]
MAX_OTHERS, MAX_ROLES = 3, 2
TENTHS, FIFTHS = 9.99, 4.99


def document_evidence(
    keys: Sequence[str], likely: Sequence[float], roles: Sequence[int]
) -> list[EvidenceValues]:
    """Return the evidence for each token that stands in a segment of a document.

    Args:
        keys: Their words.
        likely: How likely each of them is in a name.
        roles: The role of each, see `roles_of`.
    """
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    evidence: list[EvidenceValues] = [NOTHING[int(own * TENTHS)] for own in likely]
    for own_places in places.values():
        if len(own_places) > 1:
            _add_others(evidence, own_places, likely, roles)
    return evidence


def _add_others(
    evidence: list[EvidenceValues],
    places: Sequence[int],
    likely: Sequence[float],
    roles: Sequence[int],
) -> None:
    """Put in what is known of a word that stands in several places."""
    values = [likely[at] for at in places]
    *_, second, best = sorted(values)
    total, all_roles = sum(values), sum([roles[at] for at in places])
    others = len(places) - 1
    several = min(MAX_OTHERS, others)
    for at in places:
        own = likely[at]
        elsewhere = second if own == best else best
        mean, highest = int((total - own) / others * FIFTHS), int(elsewhere * FIFTHS)
        evidence[at] = int(own * TENTHS), several, mean, highest, *_counts(all_roles - roles[at])


@lru_cache(maxsize=1 << 12)
def _counts(roles: int) -> tuple[int, int, int, int]:
    """Return how often LAST, FIRST, ALONE and OUTSIDE are in a sum of roles, up to `MAX_ROLES`."""
    last, first, alone, outside = (
        min(roles >> (ROLE_BITS * at) & ((1 << ROLE_BITS) - 1), MAX_ROLES) for at in range(4)
    )
    return last, first, alone, outside


def roles_of(likely: Sequence[float]) -> list[int]:
    """Return what each token of a segment is in it, by the likelihoods of names.

    FIRST and LAST word of a name, ALONE a name, OUTSIDE in a segment that has no name, or NONE of
    these.
    """
    if max(likely) < UNLIKELY:
        return [OUTSIDE] * len(likely)
    return [*_roles(tuple([own > LIKELY for own in likely]))]


@lru_cache(maxsize=1 << 12)
def _roles(named: tuple[bool, ...]) -> tuple[int, ...]:
    """Return the roles of the tokens of a segment, by which are in a name."""
    edges = [False, *named, False]
    return tuple(
        NONE
        if not own
        else LAST
        if before and not behind
        else FIRST
        if behind and not before
        else NONE
        if before
        else ALONE
        for before, own, behind in zip(edges, edges[1:], edges[2:], strict=False)
    )


def roles_alone(likely: Sequence[float]) -> list[int]:
    """Return the roles of tokens that are segments by themselves, by their likelihoods."""
    return [ALONE if own > LIKELY else NONE for own in likely]
