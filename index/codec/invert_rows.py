"""From tokens in reading order to posting lists: the arithmetic of inversion.

Strategy: every token is a row of numbers (term, document and part, place). One stable sort by
term brings together what belongs to a term and leaves documents and places in order; where a row
differs from the one before it, a posting begins. What follows the sort is done for some terms in a
row at once, so that their rows stay in the caches of the processor. A sort of 16-bit numbers is a
radix sort in NumPy, and `take` is several times faster than brackets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Integers, Numbers, changes, starts_of
from index.codec.lengths import length_class
from index.codec.postings import Chunk, DocumentLengths, FormListing, Places, form_listing
from index.codec.terms import Terms
from index.codec.varints import encode

__all__ = ["StemForms", "Tokens", "book_of", "classified", "posting_lists", "stable_order"]

HALF = 1 << 16
DENSE = 4  # numbers to one key: counting looks at every number, sorting at every key
RUN_TOKENS = 1 << 18  # of terms in a row


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


class StemForms(NamedTuple):
    """The written forms of the stems of a batch.

    Attributes:
        words: Word numbers, those of the first stem, the most frequent first, then of the next.
        counts: Forms of each stem.
    """

    words: Numbers
    counts: Integers


def posting_lists(
    terms: Terms, tokens: Tokens, parts: int, forms: StemForms | None = None
) -> tuple[list[Chunk], Numbers]:
    """Return the posting lists of tokens, and the book of their codes.

    Memory is highest here: with the words themselves, a batch takes about 40 bytes a token.

    Args:
        terms: Sorted; each has a token.
        tokens: At least one.
        parts: Parts of a document, 1 or 2.
        forms: What the tokens' forms are; None: they have none.

    Returns:
        The lists, in chunks of terms in a row; and the occurrences in each part that a code
        stands for, shape (codes, parts).
    """
    # Two threads were no faster, and took a tenth more of CPU time.
    groups = [_group(terms, tokens, run, parts, forms) for run in _runs(tokens.ranks, len(terms))]
    books = [group.book for group in groups]
    book, codes = book_of(np.concatenate(books), np.concatenate([group.uses for group in groups]))
    of_groups = np.split(codes, np.cumsum([*map(len, books)])[:-1])
    return [
        replace(group.chunk, codes=own.take(group.codes))
        for group, own in zip(groups, of_groups, strict=True)
    ], book


class _Group(NamedTuple):
    """The posting lists of some terms in a row.

    Attributes:
        chunk: Without the codes.
        codes: Of the postings.
        book: See `posting_lists`; of this group only.
        uses: Postings with each code.
    """

    chunk: Chunk
    codes: Numbers
    book: Numbers
    uses: Integers


class _Run(NamedTuple):
    """Some terms in a row.

    Attributes:
        first: The first of them.
        stop: One past the last.
        counts: Tokens of each.
        order: The tokens, term by term, as they are read.
    """

    first: int
    stop: int
    counts: Integers
    order: Integers


def _runs(ranks: npt.NDArray[np.unsignedinteger], terms: int) -> list[_Run]:
    """Return all terms in runs with about as many tokens."""
    order, counts = stable_order(ranks, terms), np.bincount(ranks, minlength=terms)
    ends = np.cumsum(counts)
    firsts = np.flatnonzero(changes((ends - 1) // RUN_TOKENS)).tolist()
    return [
        _Run(first, stop, counts[first:stop], order[ends[first] - counts[first] : ends[stop - 1]])
        for first, stop in pairwise([*firsts, terms])
    ]


def _group(terms: Terms, tokens: Tokens, run: _Run, parts: int, forms: StemForms | None) -> _Group:
    rows = _sorted_tokens(tokens, run, parts)
    book, codes = book_of(_occurrences(rows, parts))
    packed, sizes = encode(rows.deltas)
    ends = np.cumsum(sizes, dtype=np.uint32).take(np.append(rows.begins[1:], len(sizes)) - 1)
    documents = rows.owners.take(rows.begins)
    chunk = Chunk(
        terms=terms.between(run.first, run.stop),
        frequencies=rows.frequencies,
        docs=(documents // parts).astype(np.uint32),
        places=Places(packed, np.diff(ends, prepend=np.uint32(0))),
        listing=None if forms is None else _listing(rows, forms, run),
    )
    return _Group(chunk, codes, book, np.bincount(codes, minlength=len(book)))


@dataclass(frozen=True, slots=True)
class _SortedTokens:
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


def _sorted_tokens(tokens: Tokens, run: _Run, parts: int) -> _SortedTokens:
    """Return the tokens of some terms; what is no longer needed is let go of."""
    order, first_tokens, starts = run.order, starts_of(run.counts), tokens.starts
    owners = tokens.owners.take(order)
    places = order.astype(np.uint32) if tokens.places is None else tokens.places.take(order)
    forms = None if tokens.forms is None else tokens.forms.take(order)
    is_group = changes(owners)
    is_group[first_tokens] = True
    groups = np.flatnonzero(is_group)
    deltas = np.diff(places, prepend=np.uint32(0))
    deltas[groups] = places.take(groups) - starts.take(owners.take(groups))
    del places, groups
    is_posting = is_group
    if parts > 1:
        is_posting = changes(owners // parts)
        is_posting[first_tokens] = True
    begins = np.flatnonzero(is_posting)
    posting = np.cumsum(is_posting, dtype=np.int32)
    posting -= np.int32(1)
    first_postings = posting.take(first_tokens).astype(np.int64)
    frequencies = np.diff(first_postings, append=len(begins))
    return _SortedTokens(owners, forms, posting, begins, frequencies, deltas)


def _occurrences(rows: _SortedTokens, parts: int) -> Numbers:
    """Return how often each posting's term stands in each part: shape (postings, parts)."""
    counts = np.diff(rows.begins, append=len(rows.owners)).astype(np.uint32)
    if parts == 1:
        return counts[:, None]
    of_titles = rows.posting[rows.owners & 1 == 0]
    titles = np.bincount(of_titles, minlength=len(counts)).astype(np.uint32)
    return np.stack([titles, counts - titles], axis=1)


def _listing(rows: _SortedTokens, forms: StemForms, run: _Run) -> FormListing:
    """Return which written forms each posting has."""
    if rows.forms is None:
        raise ValueError("tokens of stems without their forms")
    is_listed = np.zeros(len(rows.begins), dtype=np.bool_)
    is_listed[rows.posting[rows.forms > 0]] = True
    listed = np.flatnonzero(is_listed.take(rows.posting))
    postings = rows.posting.take(listed).astype(np.int64)
    numbers = rows.forms.take(listed).astype(np.uint32)
    ends = np.append(0, np.cumsum(forms.counts))
    words = forms.words[ends[run.first] : ends[run.stop]]
    return form_listing(words, forms.counts[run.first : run.stop], postings, numbers)


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
