"""What the rest of the document says of a word, by the first reading of all its segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.people.features import Evidence, EvidenceValues

__all__ = ["document_evidence", "role_alone", "roles_of"]

LIKELY, UNLIKELY = 0.5, 0.3
NOWHERE = 9
NONE, FIRST, LAST, ALONE, OUTSIDE = range(5)  # roles of a token in its segment
# What is known of a word that stands in one place only, by the tenth of its own likelihood.
NOTHING = [Evidence(own, 0, NOWHERE, NOWHERE, 0, 0, 0, 0) for own in range(10)]
MAX_OTHERS, MAX_ROLES = 3, 2
CLIPPED = (*range(MAX_ROLES + 1), MAX_ROLES)
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
    places: dict[str, list[int]] = {key: [] for key, count in Counter(keys).items() if count > 1}
    for at, key in enumerate(keys):
        if key in places:
            places[key].append(at)
    evidence: list[EvidenceValues] = [NOTHING[int(own * TENTHS)] for own in likely]
    for own_places in places.values():
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
    own_roles = [roles[at] for at in places]
    *_, second, best = sorted(values)
    total, others = sum(values), len(values) - 1
    several = min(MAX_OTHERS, others)
    ends, begins, alone, outside = (
        min(own_roles.count(role), MAX_ROLES + 1) for role in (LAST, FIRST, ALONE, OUTSIDE)
    )
    for at, own, role in zip(places, values, own_roles, strict=True):
        elsewhere = second if own == best else best
        evidence[at] = (
            int(own * TENTHS),
            several,
            int((total - own) / others * FIFTHS),
            int(elsewhere * FIFTHS),
            CLIPPED[ends - (role == LAST)],
            CLIPPED[begins - (role == FIRST)],
            CLIPPED[alone - (role == ALONE)],
            CLIPPED[outside - (role == OUTSIDE)],
        )


def roles_of(likely: Sequence[float]) -> list[int]:
    """Return what each token of a segment is in it, by the likelihoods of names.

    FIRST and LAST word of a name, ALONE a name, OUTSIDE in a segment that has no name, or NONE of
    these.
    """
    if len(likely) == 1:
        return [role_alone(likely[0])]
    if max(likely) < UNLIKELY:
        return [OUTSIDE] * len(likely)
    named = [False, *(own > LIKELY for own in likely), False]
    return [
        NONE
        if not own
        else LAST
        if before and not behind
        else FIRST
        if behind and not before
        else NONE
        if before
        else ALONE
        for before, own, behind in zip(named, named[1:], named[2:], strict=False)
    ]


def role_alone(likely: float) -> int:
    """Return the role of the only token of a segment, by its likelihood."""
    return ALONE if likely > LIKELY else NONE
