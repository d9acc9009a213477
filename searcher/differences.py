"""What changed between two versions of a text, paragraph by paragraph, with words marked.

Strategy: paragraphs that are the same are found first (`difflib`); in between, a paragraph is
paired with the next one that shares enough of its words, and the words of the two are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from index.text import tokens

__all__ = ["Change", "ParagraphChange", "Ranges", "differences"]

# Share of the words of two paragraphs that both have, for one to be the other rewritten.
MIN_SHARED = 0.4
MAX_AHEAD = 20  # paragraphs that are looked at for a pair
# Comparing words takes up to the product of their numbers; larger paragraphs change as a whole.
MAX_COMPARISONS = 4_000_000

Ranges = tuple[tuple[int, int], ...]


class Change(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphChange:
    """A paragraph of two versions of a text.

    Attributes:
        old: What it was; None: it was not there.
        new: What it is; None: it is there no more.
        removed: Half-open ranges of `old`, in code points, that are gone.
        added: Those of `new` that were not there.
    """

    old: str | None
    new: str | None
    removed: Ranges = ()
    added: Ranges = ()

    @property
    def change(self) -> Change:
        """What became of it."""
        if self.old is None:
            return Change.ADDED
        if self.new is None:
            return Change.REMOVED
        return Change.SAME if self.old == self.new else Change.CHANGED


def differences(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """Return all paragraphs of two versions, those that stayed included, in reading order.

    Args:
        old: The paragraphs of the older version.
        new: Those of the newer one.

    Example:
        >>> (paragraph,) = differences(["Two bridges closed."], ["Three bridges closed."])
        >>> paragraph.change.value, paragraph.removed, paragraph.added
        ('changed', ((0, 3),), ((0, 5),))
    """
    found: list[ParagraphChange] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, stop, new_start, new_stop in matcher.get_opcodes():
        if kind == "equal":
            found += [ParagraphChange(old=text, new=text) for text in old[start:stop]]
        else:
            found += _rewritten(old[start:stop], new[new_start:new_stop])
    return tuple(found)


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[ParagraphChange]:
    """Yield paragraphs of which none stayed as it was."""
    words = [Counter(_words(text)) for text in old]
    place = 0
    for text in new:
        pair = _pair(Counter(_words(text)), words[place : place + MAX_AHEAD])
        if pair is None:
            yield ParagraphChange(old=None, new=text, added=((0, len(text)),))
            continue
        yield from map(_removed, old[place : place + pair])
        yield _changed(old[place + pair], text)
        place += pair + 1
    yield from map(_removed, old[place:])


def _pair(words: Counter[str], candidates: Sequence[Counter[str]]) -> int | None:
    """Return the candidate that shares most words, if it shares enough."""
    shares = [
        2 * (words & other).total() / max(words.total() + other.total(), 1) for other in candidates
    ]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= MIN_SHARED else None


def _removed(text: str) -> ParagraphChange:
    return ParagraphChange(old=text, new=None, removed=((0, len(text)),))


def _changed(old: str, new: str) -> ParagraphChange:
    pieces, new_pieces = _pieces(old), _pieces(new)
    if len(pieces) * len(new_pieces) > MAX_COMPARISONS:
        return ParagraphChange(old=old, new=new, removed=((0, len(old)),), added=((0, len(new)),))
    matcher = SequenceMatcher(
        None,
        [old[start:end] for start, end in pieces],
        [new[start:end] for start, end in new_pieces],
        autojunk=False,
    )
    changes = [codes for codes in matcher.get_opcodes() if codes[0] != "equal"]
    return ParagraphChange(
        old=old,
        new=new,
        removed=tuple(
            (pieces[start][0], pieces[stop - 1][1])
            for _, start, stop, _, _ in changes
            if start < stop
        ),
        added=tuple(
            (new_pieces[start][0], new_pieces[stop - 1][1])
            for _, _, _, start, stop in changes
            if start < stop
        ),
    )


def _words(text: str) -> Iterator[str]:
    return (token.term for token in tokens(text))


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the words of a text, and of the signs between them."""
    words = [*tokens(text)]
    starts = [*(word.start for word in words), len(text)]
    # Words of scripts without spaces overlap by one character.
    ends = [min(word.end, following) for word, following in zip(words, starts[1:], strict=True)]
    places = [0, *(place for span in zip(starts, ends, strict=False) for place in span), len(text)]
    return [_stripped(text, *span) for span in pairwise(places) if text[slice(*span)].strip()]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
