"""Posting lists are those of the tokens, however many terms are worked on at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec import invert_rows
from index.codec.blocks import starts_of
from index.codec.invert_rows import StemForms, Tokens, posting_lists
from index.codec.postings import Chunk
from index.codec.terms import Terms
from index.codec.varints import decode

TERMS = [b"ash", b"bridge", b"flood", b"mayor", b"river"]
FORMS = 3  # of each term

token = st.tuples(st.integers(0, len(TERMS) - 1), st.integers(0, FORMS - 1))
part = st.lists(token, max_size=12)
documents = st.lists(st.tuples(part, part), min_size=1, max_size=8).filter(
    lambda found: any(first or second for first, second in found)
)
Part = list[tuple[int, int]]
Posting = tuple[int, tuple[int, int], tuple[list[int], list[int]], list[int]]


@pytest.mark.parametrize("run_tokens", [1, 3, 1 << 18])
@given(documents)
@settings(max_examples=40)
def test_postings_are_those_of_the_tokens(
    run_tokens: int, documents: list[tuple[Part, Part]]
) -> None:
    numbers = sorted({term for both in documents for own in both for term, _ in own})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invert_rows, "RUN_TOKENS", run_tokens)
        chunks, book = posting_lists(
            Terms.of([TERMS[number] for number in numbers]),
            _tokens(documents, numbers),
            2,
            StemForms(
                words=np.arange(len(numbers) * FORMS, dtype=np.uint32),
                counts=np.full(len(numbers), FORMS),
            ),
        )
    assert [own for chunk in chunks for own in chunk.terms.listed()] == [TERMS[n] for n in numbers]
    assert [own for chunk in chunks for own in _lists(chunk, book)] == [
        _by_definition(documents, number) for number in numbers
    ]
    words = np.concatenate([chunk.listing.words for chunk in chunks if chunk.listing])
    assert words.tolist() == [*range(len(numbers) * FORMS)]


def _tokens(documents: list[tuple[Part, Part]], numbers: list[int]) -> Tokens:
    parts = [own for both in documents for own in both]
    flat = [one for own in parts for one in own]
    sizes = np.array([*map(len, parts)])
    return Tokens(
        ranks=np.array([numbers.index(term) for term, _ in flat], dtype=np.uint16),
        owners=np.repeat(np.arange(len(parts), dtype=np.uint32), sizes),
        starts=starts_of(sizes).astype(np.uint32),
        forms=np.array([form for _, form in flat], dtype=np.uint8),
    )


def _by_definition(documents: list[tuple[Part, Part]], number: int) -> list[Posting]:
    """Return document, occurrences and positions in title and body, and forms of each posting."""
    lists: list[Posting] = []
    for document, both in enumerate(documents):
        places = [[at for at, (term, _) in enumerate(own) if term == number] for own in both]
        forms = {form for own in both for term, form in own if term == number}
        if any(places):
            listed = sorted(forms) if forms != {0} else []
            occurrences = len(places[0]), len(places[1])
            lists.append((document, occurrences, (places[0], places[1]), listed))
    return lists


def _lists(chunk: Chunk, book: np.ndarray) -> Iterator[list[Posting]]:
    assert chunk.codes is not None
    assert chunk.places is not None
    assert chunk.listing is not None
    listed: defaultdict[int, list[int]] = defaultdict(list)
    for posting, form in zip(chunk.listing.at.tolist(), chunk.listing.forms.tolist(), strict=True):
        listed[posting].append(form)
    byte, posting = 0, 0
    for frequency in chunk.frequencies.tolist():
        found: list[Posting] = []
        for at in range(posting, posting + frequency):
            end = byte + int(chunk.places.sizes[at])
            deltas = decode(chunk.places.packed[byte:end])
            titles, bodies = book[chunk.codes[at]].tolist()
            places = np.cumsum(deltas[:titles]).tolist(), np.cumsum(deltas[titles:]).tolist()
            found.append((int(chunk.docs[at]), (titles, bodies), places, listed[at]))
            byte = end
        posting += frequency
        yield found
