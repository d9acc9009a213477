"""Terms in a row of bytes, against Python's own sorting."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.codec.terms import Terms, in_a_row, united

# Beginnings that are alike up to the edges of eight bytes, zeros that look like padding, and any.
BEGINNINGS = st.sampled_from([b"a" * 7, b"b" * 8, b"c" * 15, b"d" * 31, b"e" * 32, b"f" * 40])
TERM = (
    st.binary(max_size=4)
    | st.text("ab\0", max_size=40).map(str.encode)
    | st.tuples(BEGINNINGS, st.binary(max_size=3)).map(b"".join)
)
PARTS = st.lists(st.lists(TERM, max_size=12), min_size=1, max_size=4)


@given(PARTS)
def test_united_terms_are_sorted_and_each_there_once(parts: list[list[bytes]]) -> None:
    terms, numbers = united([Terms.of(part) for part in parts])
    assert terms.listed() == sorted({term for part in parts for term in part})
    for part, own in zip(parts, numbers, strict=True):
        assert [terms.listed()[at] for at in own.tolist()] == part


@given(st.lists(st.tuples(TERM, st.booleans()), max_size=12))
def test_some_of_the_terms(marked: list[tuple[bytes, bool]]) -> None:
    terms = Terms.of([term for term, _ in marked])
    keep = np.array([is_kept for _, is_kept in marked], dtype=np.bool_)
    wanted = [term for term, is_kept in marked if is_kept]
    assert terms.kept(keep).listed() == wanted
    assert terms.take(np.flatnonzero(keep)).listed() == wanted
    assert in_a_row([terms, terms.kept(keep)]).listed() == [*terms.listed(), *wanted]
    assert len(terms) == len(marked)
