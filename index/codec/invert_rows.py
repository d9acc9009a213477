"""From tokens in reading order to posting lists: the arithmetic of inversion.

Strategy: every token is a row of numbers (term, document and part, place). One stable sort by
term brings together what belongs to a term and leaves documents and places in order; where a row
differs from the one before it, a posting begins. All of it is done for a whole batch at once;
sorting 16-bit numbers is a radix sort in NumPy, and `take` is several times faster than brackets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Integers, Numbers, changes, starts_of
from index.codec.lengths import length_class
from index.codec.postings import Chunk, DocumentLengths, Places
from index.codec.terms import Terms
from index.codec.varints import encode

__all__ = [
    "SortedTokens",
    "Tokens",
    "book_of",
    "classified",
    "posting_lists",
    "sort_tokens",
    "stable_order",
]

HALF = 1 << 16
DENSE = 4  # numbers to one key: counting looks at every number, sorting at every key


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a batch in reading order.

    Attributes:
        ranks: The term of each; unsigned.
        owners: Document of each, times parts, plus the part; uint32.
        starts: Place where each owner begins; shape (owners,), uint32.
        places: Place of each, counted on through the batch: its position is what lies between
            it and the start of its owner. None: each place has a token.
        forms: Which of the written forms of its stem each is; None: it has but one.
    """

    ranks: npt.NDArray[np.unsignedinteger]
    owners: Numbers
    starts: Numbers
    places: Numbers | None = None
    forms: npt.NDArray[np.unsignedinteger] | None = None


@dataclass(frozen=True, slots=True)
class SortedTokens:
    """Tokens sorted by term, and the postings that they make.

    Attributes:
        owners: See `Tokens`.
        forms: See `Tokens`.
        posting: The posting of each; int32.
        begins: First token of each posting.
        frequencies: Postings of each term.
        deltas: The position of each, or how far it is from the one before in its owner.
    """

    owners: Numbers
    forms: npt.NDArray[np.unsignedinteger] | None
    posting: npt.NDArray[np.int32]
    begins: Integers
    frequencies: Integers
    deltas: Numbers


def sort_tokens(tokens: Tokens, terms: int, parts: int) -> SortedTokens:
    """Sort tokens by term.

    What is no longer needed is let go of here, since memory is highest here: with the words
    themselves, a batch takes about 40 bytes a token.

    Args:
        tokens: At least one.
        terms: How many terms there are; each has a token.
        parts: Parts of a document.
    """
    order = stable_order(tokens.ranks, terms)
    first_tokens = starts_of(np.bincount(tokens.ranks, minlength=terms))
    owners, starts = tokens.owners.take(order), tokens.starts
    places = order.astype(np.uint32) if tokens.places is None else tokens.places.take(order)
    forms = None if tokens.forms is None else tokens.forms.take(order)
    del tokens, order
    is_group = changes(owners)
    is_group[first_tokens] = True
    groups = np.flatnonzero(is_group)
    deltas = np.diff(places, prepend=np.uint32(0))
    deltas[groups] = places.take(groups) - starts.take(owners.take(groups))
    del places, groups
    is_posting = is_group
    if parts > 1:
        is_posting = changes(owners // np.uint32(parts))
        is_posting[first_tokens] = True
    begins = np.flatnonzero(is_posting)
    posting = np.cumsum(is_posting, dtype=np.int32)
    posting -= np.int32(1)
    first_postings = posting.take(first_tokens).astype(np.int64)
    frequencies = np.diff(first_postings, append=len(begins))
    return SortedTokens(owners, forms, posting, begins, frequencies, deltas)


def posting_lists(terms: Terms, rows: SortedTokens, parts: int) -> tuple[Chunk, Numbers]:
    """Return the posting lists of sorted tokens, and the book of their codes."""
    counts = np.diff(rows.begins, append=len(rows.owners)).astype(np.uint32)
    occurrences = counts[:, None]
    documents = rows.owners.take(rows.begins)
    if parts == 2:  # noqa: PLR2004 (title and body)
        documents >>= np.uint32(1)
        of_titles = rows.posting[rows.owners & np.uint32(1) == 0]
        titles = np.bincount(of_titles, minlength=len(counts)).astype(np.uint32)
        occurrences = np.stack([titles, counts - titles], axis=1)
    book, codes = book_of(occurrences)
    packed, sizes = encode(rows.deltas)
    ends = np.cumsum(sizes, dtype=np.uint32).take(np.append(rows.begins[1:], len(sizes)) - 1)
    return Chunk(
        terms=terms,
        frequencies=rows.frequencies,
        docs=documents,
        codes=codes,
        places=Places(packed, np.diff(ends, prepend=np.uint32(0))),
    ), book


def classified(lengths: Numbers) -> DocumentLengths:
    """Return the lengths of documents, shape (documents, parts), with their classes."""
    classes, of_documents = book_of(length_class(lengths))
    return DocumentLengths(exact=lengths, classes=classes, of_documents=of_documents)


def book_of(rows: Numbers, weights: Integers | None = None) -> tuple[Numbers, Numbers]:
    """Return the distinct rows, the most frequent first, and which of them each row is.

    Args:
        rows: Shape (rows, parts).
        weights: How often each row counts; None: once.
    """
    # One number for each row is much faster to tell apart than the row.
    base = int(rows.max(initial=0)) + 1
    keys = np.zeros(len(rows), dtype=np.int64)
    for part in range(rows.shape[1]):
        keys *= base
        keys += rows[:, part]
    found, inverse = _distinct(keys)
    counts = np.bincount(inverse, weights=weights, minlength=len(found))
    order = np.argsort(-counts, kind="stable")
    places = np.empty(len(found), dtype=np.uint32)
    places[order] = np.arange(len(found), dtype=np.uint32)
    values = found[order]
    columns = [values // base**part % base for part in reversed(range(rows.shape[1]))]
    return np.stack(columns, axis=1).astype(np.uint32), places.take(inverse)


def _distinct(keys: Integers) -> tuple[Integers, Integers]:
    """Return the distinct keys, ascending, and which of them each is."""
    top = int(keys.max(initial=0))
    if top >= max(DENSE * len(keys), HALF):
        return np.unique(keys, return_inverse=True)
    found = np.flatnonzero(np.bincount(keys))
    number = np.zeros(top + 1, dtype=np.int64)
    number[found] = np.arange(len(found))
    return found, number.take(keys)


def stable_order(ranks: npt.NDArray[np.unsignedinteger], count: int) -> Integers:
    """Return the order that sorts numbers below `count` and leaves equal ones as they are."""
    order = np.argsort(ranks.astype(np.uint16, copy=False), kind="stable")  # its low half
    if count <= HALF:
        return order
    high = (ranks >> 16).astype(np.uint16)
    return order.take(np.argsort(high.take(order), kind="stable"))
