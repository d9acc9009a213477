"""Postings in memory: what the inverter and the merger hand to the field writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.codec.blocks import Bytes, Integers, Numbers, changes, starts_of
from index.codec.terms import Terms

__all__ = [
    "Chunk",
    "DocumentLengths",
    "FormListing",
    "Places",
    "Postings",
    "form_listing",
    "numbered_forms",
]


class Postings(NamedTuple):
    """The posting list of a term in a segment, deleted documents included.

    Attributes:
        docs: Documents that have the term, ascending; uint32.
        codes: How often and in how long a text, a number for each posting:
            code of the occurrences * number of length classes + length class. None: the
            field keeps documents only.
    """

    docs: Numbers
    codes: Numbers | None


class Places(NamedTuple):
    """Positions of terms, encoded: for each posting those in part 0, then those in part 1.

    Attributes:
        packed: Differences of positions in each part (the first from 0), `index.codec.varints`.
        sizes: Bytes of each posting; shape (postings,).
    """

    packed: Bytes
    sizes: npt.NDArray[np.uint32]


class FormListing(NamedTuple):
    """In which of its written forms a stem stands in each document.

    A stem's forms are numbered, form 0 the most frequent. A posting without an entry has
    form 0 only; one with entries has just the forms listed.

    Attributes:
        words: Forms as word numbers, those of the first term, then of the next ...; uint32.
        counts: Forms of each term; shape (terms,).
        at: Postings with entries, counted through the chunk, ascending; one may have several.
        forms: The number of the form within its stem for each entry, ascending in a posting.
    """

    words: Numbers
    counts: Integers
    at: Integers
    forms: Numbers


@dataclass(frozen=True, slots=True)
class Chunk:
    """The posting lists of some terms in a row.

    Attributes:
        terms: Sorted, distinct.
        frequencies: Documents of each term, at least 1; shape (terms,).
        docs: Documents, ascending for each term; shape (postings,), uint32.
        codes: Codes of occurrences, shape (postings,); None: documents only.
        places: Positions; None: the field keeps none.
        listing: Written forms; None: the field keeps none.
    """

    terms: Terms
    frequencies: Integers
    docs: Numbers
    codes: Numbers | None = None
    places: Places | None = None
    listing: FormListing | None = None


class DocumentLengths(NamedTuple):
    """How long the documents of a segment are in one field.

    Attributes:
        exact: Tokens in each part; shape (documents, parts), uint32.
        classes: Distinct class lengths; shape (classes, parts), uint32.
        of_documents: Class of each document; shape (documents,).
    """

    exact: Numbers
    classes: Numbers
    of_documents: npt.NDArray[np.unsignedinteger]


def numbered_forms(
    stems: npt.NDArray[np.integer], uses: Integers, terms: int
) -> tuple[Integers, Integers, Numbers]:
    """Number the written forms of each stem, the most frequent 0.

    Args:
        stems: The term of each form; shape (forms,).
        uses: How often each form is used; shape (forms,).
        terms: How many terms there are.

    Returns:
        The forms by term and number, shape (forms,); how many each term has, shape (terms,);
        and the number of each form within its term, shape (forms,).
    """
    order = np.lexsort((-uses, stems))
    counts = np.bincount(stems, minlength=terms)
    number = np.empty(len(stems), dtype=np.uint32)
    number[order] = np.arange(len(stems)) - np.repeat(starts_of(counts), counts)
    return order, counts, number


def form_listing(
    words: Numbers, counts: Integers, postings: Integers, forms: Numbers
) -> FormListing:
    """Return the listing of the forms that postings have.

    Args:
        words: See `FormListing`.
        counts: See `FormListing`.
        postings: Postings in any order, some more than once; int64.
        forms: A form of each. A posting that is not there has form 0, as one has that is there
            with form 0 only.
    """
    pairs = np.sort(postings << 32 | forms, kind="stable")  # quick where long runs are sorted
    pairs = pairs[changes(pairs)]
    at, numbers = pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.uint32)
    begins = changes(at)
    is_listed = (numbers > 0) | ~begins  # all but the first entries are above 0
    is_listed[:-1] |= ~begins[1:]  # and so is what follows an entry
    return FormListing(words=words, counts=counts, at=at[is_listed], forms=numbers[is_listed])
