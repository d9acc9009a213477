"""A term dictionary answers as a sorted list of its terms would, and says where it is damaged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import Array, ArrayFile
from index.codec.dictionary import TermDictionary, dictionary_arrays
from index.codec.terms import Terms
from index.errors import ArchiveDamagedError

# Few different bytes, so that terms begin alike; among them those that numbers are made of.
TERM = st.lists(
    st.sampled_from([b"\x00", b"\n", b"a", b"b", b"\x7f", b"\xc3", b"\xff"]), max_size=5
)
TERMS = st.sets(TERM.map(b"".join), max_size=300).map(sorted)
ANY = st.one_of(TERM.map(b"".join), st.binary(max_size=3))
MANY = [b"%07d" % (number * 7) for number in range(5000)]


@contextmanager
def dictionary(terms: Array, ends: Array) -> Iterator[TermDictionary]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.seg"
        with ArrayFileWriter(path) as writer:
            writer.add("text/terms", terms)
            writer.add("text/term_ends", ends)
            writer.close({})
        with ArrayFile(path) as file:
            yield TermDictionary(file, "text")


@given(TERMS, ANY)
def test_find_gives_the_place_of_a_term_or_says_that_it_is_not_there(
    terms: list[bytes], other: bytes
) -> None:
    with dictionary(*dictionary_arrays(Terms.of(terms))) as opened:
        for number, term in enumerate(terms):
            assert opened.find(term) == opened.find(term) == number
            assert term in opened
        assert opened.find(other) == (terms.index(other) if other in terms else -1)
        assert (other in opened) == (other in terms)


@given(TERMS, st.sets(ANY, max_size=40))
def test_many_terms_are_found_as_each_of_them_is(terms: list[bytes], others: set[bytes]) -> None:
    with dictionary(*dictionary_arrays(Terms.of(terms))) as opened:
        for wanted in (set(), set(terms[:1]), others, others | set(terms)):
            assert opened.find_all(wanted) == [
                number for number, term in enumerate(terms) if term in wanted
            ]


@given(TERMS, st.none() | ANY, st.none() | ANY)
def test_a_range_has_both_its_ends(
    terms: list[bytes], low: bytes | None, high: bytes | None
) -> None:
    expected = [
        term for term in terms if (low is None or term >= low) and (high is None or term <= high)
    ]
    with dictionary(*dictionary_arrays(Terms.of(terms))) as opened:
        first, last = opened.range(low, high)
        assert 0 <= first <= last <= len(terms)
        assert terms[first:last] == expected


@given(TERMS, ANY)
def test_a_prefix_gives_the_terms_that_begin_so(terms: list[bytes], beginning: bytes) -> None:
    with dictionary(*dictionary_arrays(Terms.of(terms))) as opened:
        first, last = opened.prefix(beginning)
        assert terms[first:last] == [term for term in terms if term.startswith(beginning)]


@given(TERMS, st.data())
def test_terms_are_read_as_from_a_list(terms: list[bytes], data: st.DataObject) -> None:
    with dictionary(*dictionary_arrays(Terms.of(terms))) as opened:
        assert len(opened) == len(terms)
        assert list(opened) == terms
        assert [opened[number] for number in range(len(terms))] == terms
        last = data.draw(st.integers(0, len(terms)))
        first = data.draw(st.integers(0, last))
        assert opened.slice(first, last) == terms[first:last]
        with pytest.raises(IndexError):
            opened[len(terms)]


@given(TERMS)
def test_the_row_of_terms_can_be_cut_by_its_ends(terms: list[bytes]) -> None:
    with dictionary(*dictionary_arrays(Terms.of(terms))) as opened:
        row, ends = opened.blob().tobytes(), opened.ends()
        assert ends.shape == (len(terms) + 1,)
        assert [row[ends[i] : ends[i + 1]] for i in range(len(terms))] == terms


@pytest.mark.parametrize(("size", "dtype"), [(0, "u1"), (255, "u1"), (256, "u2"), (65536, "u4")])
def test_ends_are_stored_as_narrow_as_they_can_be(size: int, dtype: str) -> None:
    row, ends = dictionary_arrays(Terms.of([bytes(size)]))
    assert row.dtype == np.uint8
    assert ends.dtype == np.dtype(dtype)
    assert ends.tolist() == [size]


def test_many_threads_find_the_same() -> None:
    def places(opened: TermDictionary, step: int) -> bool:
        return all(opened.find(MANY[at]) == at for at in range(step, len(MANY), 7))

    with dictionary(*dictionary_arrays(Terms.of(MANY))) as opened, ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda step: places(opened, step % 7), range(28)))


def test_lookups_agree_with_bisection_in_a_long_dictionary() -> None:
    with dictionary(*dictionary_arrays(Terms.of(MANY))) as opened:
        for number in range(0, 36000, 5):
            term = b"%07d" % number
            assert opened.range(term, None) == (bisect_left(MANY, term), len(MANY))
            assert opened.range(None, term) == (0, bisect_right(MANY, term))


def test_what_is_derived_is_made_once() -> None:
    made = []

    def longest(opened: TermDictionary) -> bytes:
        made.append(len(opened))
        return max(opened, key=len)

    with dictionary(*dictionary_arrays(Terms.of([b"a", b"bbb"]))) as opened:
        assert opened.derived(longest) == opened.derived(longest) == b"bbb"
    assert made == [2]


READS: list[Callable[[TermDictionary], object]] = [
    lambda opened: opened.find(b"cc"),
    lambda opened: opened.prefix(b"c"),
    lambda opened: opened.range(b"a", b"cc"),
    lambda opened: opened[2],
    list,
]
WHOLE = [lambda opened: (opened.blob(), opened.ends())]


def numbers(*values: float, dtype: str = "u4") -> Array:
    return np.array(values, dtype)


@pytest.mark.parametrize("read", [*READS, *WHOLE])
@pytest.mark.parametrize(
    ("row", "ends"),
    [
        pytest.param(b"aabbccdd", numbers(2, 4, 1, 8), id="ends go back"),
        pytest.param(b"aabbccdd", numbers(2, 4, 4000000000, 9), id="ends beyond the bytes"),
        pytest.param(b"aabbccdd", numbers(2, 4, 6, 8, dtype="f4"), id="ends are no integers"),
        pytest.param(b"aabbccdd", numbers(2, 4, 6, 8, dtype="i4"), id="ends have a sign"),
        pytest.param(b"aabbccdd", numbers(2, 4, 6, 8).reshape(2, 2), id="ends in two dimensions"),
    ],
)
def test_impossible_numbers_are_told_by_the_name_of_the_file(
    row: bytes, ends: Array, read: Callable[[TermDictionary], object]
) -> None:
    with (
        dictionary(np.frombuffer(row, np.uint8), ends) as opened,
        pytest.raises(ArchiveDamagedError, match=r"one\.seg"),
    ):
        read(opened)


@pytest.mark.parametrize("read", [*READS, *WHOLE])
def test_terms_that_are_no_bytes_are_told(read: Callable[[TermDictionary], object]) -> None:
    with (
        dictionary(np.arange(8, dtype=np.uint16), numbers(2, 4, 6, 8)) as opened,
        pytest.raises(ArchiveDamagedError, match=r"one\.seg"),
    ):
        read(opened)


def test_ends_that_leave_bytes_over_are_told() -> None:
    with (
        dictionary(np.frombuffer(b"aabbccdd", np.uint8), numbers(2, 4, 6, 7)) as opened,
        pytest.raises(ArchiveDamagedError, match=r"one\.seg"),
    ):
        opened.ends()
