"""A text that stands twice in a page is kept once.

Pages repeat their text: the mobile and the desktop variant in one document, the body
again below the video, a teaser cut with an ellipsis above the paragraph it is from. What
people repeat on purpose stays: a refrain, "Yes." as an answer, the rows of a list.

Rule 1: a long paragraph that stood before goes.
Rule 2: a short one that stood before goes only as part of a repeated passage: the one
    beside it goes too, and stood beside it the first time.
Rule 3: a long paragraph cut with an ellipsis goes if its uncut form is in the page.
Rule 4: the whole text run together as one paragraph goes if its parts are in the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.parse.titles import folded_lines
from index.parse.widths import width

__all__ = ["without_repeats"]

# Letters and digits from which on nobody writes the same twice by chance; ideographs
# count for three. A long line of a song has about 45.
LONG = 50
IDEOGRAPH = 3
# A paragraph of fewer letters is not searched for as a run of others.
RUN_TOGETHER = 300
# Paragraphs are compared with those that begin with the same letters, and only so many.
BEGINNING = 12
START_CHARS = 40  # enough to tell most paragraphs apart
MAX_CANDIDATES = 8
MAX_RUN = 1000  # paragraphs of a text that stands run together
ELLIPSES = ("…", "...", "[…]", "[...]", "(…)", "(...)")


def without_repeats(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs, in order, without what says nothing new.

    Case, white space and punctuation do not count when paragraphs are compared.

    Example:
        >>> without_repeats(["- Yes.", "- Yes."])
        ('- Yes.', '- Yes.')
    """
    if not _begin_alike(paragraphs):
        return tuple(paragraphs)
    keys = folded_lines(paragraphs)
    gone = _repeated(keys)
    beginnings = _by_beginning(keys)
    # Largest first: of a text and its parts the parts stay.
    suspects = [
        place
        for place, key in enumerate(keys)
        if _weighs(key, RUN_TOGETHER) or paragraphs[place].rstrip().endswith(ELLIPSES)
    ]
    for place in sorted(suspects, key=lambda place: -len(keys[place])):
        if place not in gone and _is_told_elsewhere(place, paragraphs, keys, gone, beginnings):
            gone.add(place)
    return tuple(text for place, text in enumerate(paragraphs) if place not in gone)


def _begin_alike(paragraphs: Sequence[str]) -> bool:
    """Whether any of them goes on as another begins; else no rule has anything to take out."""
    starts = sorted(folded_lines([text[:START_CHARS] for text in paragraphs]))
    return any(map(str.startswith, starts[1:], starts))


def _weighs(key: str, least: int) -> bool:
    """Whether a key has so many letters; those of most are not even counted one by one."""
    return len(key) >= least or (IDEOGRAPH * len(key) >= least and width(key, IDEOGRAPH) >= least)


def _repeated(keys: Sequence[str]) -> set[int]:
    """Return the places that rules 1 and 2 take out."""
    first: dict[str, int] = {}
    origin = [first.setdefault(key, place) for place, key in enumerate(keys)]
    again = [place for place, at in enumerate(origin) if at < place]
    dropped = {place for place in again if _weighs(keys[place], LONG)}
    dropped |= _doubled_tail(keys)
    for passage in (again, again[::-1]):  # spread from the long ones downwards, then upwards
        step = 1 if passage is again else -1
        for place in passage:
            beside = place - step
            if beside in dropped and abs(origin[place] - origin[beside]) == 1:
                dropped.add(place)
    return dropped


def _doubled_tail(keys: Sequence[str]) -> set[int]:
    """Return the places of the second half of a page that is twice the same short lines."""
    half = len(keys) // 2
    doubled = half > 1 and list(keys[-half:]) == list(keys[:half])
    enough = doubled and len(set(keys)) > 1 and _weighs("".join(keys[:half]), LONG)
    return set(range(len(keys) - half, len(keys))) if enough else set()


def _by_beginning(keys: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key[:BEGINNING], []).append(place)
    return places


def _is_told_elsewhere(
    place: int,
    paragraphs: Sequence[str],
    keys: Sequence[str],
    gone: set[int],
    beginnings: dict[str, list[int]],
) -> bool:
    """Whether rule 3 or 4 takes the paragraph out."""
    key = keys[place]
    is_teaser = _weighs(key, LONG) and paragraphs[place].rstrip().endswith(ELLIPSES)
    if not is_teaser and not _weighs(key, RUN_TOGETHER):
        return False
    return any(
        other != place and other not in gone and _runs_on_as(key, other, place, keys, gone)
        for other in beginnings[key[:BEGINNING]][:MAX_CANDIDATES]
    )


def _runs_on_as(key: str, start: int, place: int, keys: Sequence[str], gone: set[int]) -> bool:
    """Whether the paragraphs from `start` on, without the one at `place`, begin with `key`."""
    at = 0
    for other in range(start, min(start + MAX_RUN, len(keys))):
        if other == place or other in gone:
            continue
        part = keys[other][: len(key) - at]
        if not key.startswith(part, at):
            return False
        at += len(part)
        if at == len(key):
            return True
    return False
