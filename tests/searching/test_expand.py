"""A pattern, a fuzzy word and a regular expression find just the terms that they mean.

What they mean is said here by the standard library (`fnmatch`, `re`) and by the definition of the
edit distance, one term at a time. What would take a backtracking matcher for ever ends as well.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from whoosh.fields import KEYWORD, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import FuzzyTerm, Prefix, Query, Regex, Wildcard

from index.codec.array_writer import ArrayFileWriter
from index.codec.arrays import ArrayFile
from index.codec.dictionary import TermDictionary, dictionary_arrays
from index.codec.terms import Terms
from searcher import tree
from searcher.engines.whoosh.expand import expand
from searcher.engines.whoosh.fuzzy import MAX_EDITS, fuzzy
from searcher.engines.whoosh.regex import regex
from searcher.engines.whoosh.whoosh_trees import own_tree
from searcher.engines.whoosh.wildcard import wildcard
from searcher.errors import SearchError

# Of one, two, three and four bytes in UTF-8, and what patterns are made of.
LETTERS = "abcé東\U00020000-]!"
WORD = st.text(st.sampled_from(LETTERS), max_size=8)
SHORT = st.text(st.sampled_from("abé"), max_size=6)
NO_TEXT = [b"\xff", b"ab\xc3", b"\xa9a", b"a\xed\xa0\x80"]
TERMS = st.builds(
    lambda words, broken: sorted({word.encode() for word in words} | broken),
    st.sets(WORD, max_size=60) | st.sets(SHORT, max_size=60),
    st.sets(st.sampled_from(NO_TEXT)),
)
PATTERN = st.lists(
    st.sampled_from(
        [*LETTERS, *"aab**??", "[ab]", "[!a]", "[a-é]", "[]-]", "[b-a]", "[!b-a]", "["]
    ),
    max_size=8,
).map("".join)
SYNTAX = r"""
    a a b é 東 - . * + ? ( ) | ^ $ ] { } [ (?: (?P<n> [ab] [^a-c] []a] [\w-] [a-] [a&&b] [[a]
    \d \w \S \D \. \x61 \u00e9 \A \Z {2} {1,2} {,2} {2,} *? ??
"""
EXPRESSION = st.lists(st.sampled_from(SYNTAX.split()), max_size=9).map("".join)


@contextmanager
def dictionary(terms: Iterable[bytes]) -> Iterator[TermDictionary]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.seg"
        with ArrayFileWriter(path) as writer:
            for name, array in zip(
                ("terms", "term_ends"), dictionary_arrays(Terms.of(list(terms))), strict=True
            ):
                writer.add(f"text/{name}", array)
            writer.close({})
        with ArrayFile(path) as file:
            yield TermDictionary(file, "text")


def texts(terms: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, term in enumerate(terms):
        if term not in NO_TEXT:
            yield number, term.decode()


@given(TERMS, PATTERN)
@example([b"a", b"b", b"["], "[![a]")
@example([b""], "*")
@example(["é".encode()], "?")
@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
def test_a_wildcard_finds_what_fnmatch_does(terms: list[bytes], pattern: str) -> None:
    expected = [number for number, term in texts(terms) if fnmatch.fnmatchcase(term, pattern)]
    with dictionary(terms) as opened:
        assert wildcard(opened, pattern).tolist() == expected


def distance(one: str, other: str) -> int:
    """Return the edit distance, by its definition; a change of places is one edit."""

    @cache
    def left(at: int, there: int) -> int:
        if at == len(one) or there == len(other):
            return len(one) - at + len(other) - there
        ways = [
            left(at + 1, there) + 1,
            left(at, there + 1) + 1,
            left(at + 1, there + 1) + (one[at] != other[there]),
        ]
        pair = one[at : at + 2]
        if len(pair) == 2 and other[there : there + 2] == pair[::-1]:
            ways.append(left(at + 2, there + 2) + 1)
        return min(ways)

    return left(0, 0)


@given(terms=TERMS, word=WORD | SHORT, most=st.integers(0, 4), prefix=st.integers(0, 3))
@example(terms=[b"aab", b"aba", b"baa"], word="aba", most=1, prefix=0)
@example(terms=[b""], word="ab", most=2, prefix=0)
def test_a_fuzzy_word_finds_all_terms_within_the_distance(
    terms: list[bytes], word: str, most: int, prefix: int
) -> None:
    expected = [
        number
        for number, term in texts(terms)
        if term.startswith(word[:prefix]) and distance(word, term) <= most
    ]
    with dictionary(terms) as opened:
        assert fuzzy(opened, word, most, prefix).tolist() == expected


def test_very_long_words_are_measured_too() -> None:
    with dictionary([b"a" * 299, b"a" * 300, b"a" * 300 + b"b", b"b" * 301]) as opened:
        assert fuzzy(opened, "a" * 301, 1).tolist() == [1, 2]


@pytest.mark.parametrize("most", [-1, MAX_EDITS + 1])
def test_a_distance_that_finds_anything_is_refused(most: int) -> None:
    with dictionary([b"a"]) as opened, pytest.raises(SearchError, match=str(MAX_EDITS)):
        fuzzy(opened, "a", most)


@given(TERMS, EXPRESSION)
@example([b"", b"a"], "^$")
@example([b"ab", b"b"], "")
@pytest.mark.filterwarnings("ignore:Possible:FutureWarning")
def test_an_expression_finds_what_re_does_at_the_beginning_of_terms(
    terms: list[bytes], expression: str
) -> None:
    try:
        python = re.compile(expression)
    except re.error:
        python = None
    with dictionary(terms) as opened:
        if python is None:
            with pytest.raises(SearchError):
                regex(opened, expression)
        else:
            assume(not re.search(r"[*+?}]\+", expression))  # possessive, which is refused
            expected = [number for number, term in texts(terms) if python.match(term)]
            assert regex(opened, expression).tolist() == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (r"(a)\1", "escape is not supported, at character 4"),
        (r"a\b", "escape is not supported, at character 2"),
        ("(?=a)b", "look around"),
        ("(?i)a", "set options"),
        ("a*+", "possessive"),
        ("a**", "cannot be repeated"),
        ("*a", "nothing to repeat"),
        ("(a", "not closed, at character 1"),
        ("a)", "not opened, at character 2"),
        ("[a", "not closed"),
        ("[b-a]", "class is wrong"),
        ("a{3,2}", "wrong order"),
        ("(" * 60 + ")" * 60, "nested too deep"),
        ("((a{99}){99}){99}", "repeats too much"),
        ("(){999999999}", "repeats too much"),
        ("a{" + "9" * 5000 + "}", "repeats too much"),
    ],
)
def test_what_no_automaton_reads_is_refused_with_the_reason(expression: str, reason: str) -> None:
    with dictionary([b"a"]) as opened, pytest.raises(SearchError, match=reason):
        regex(opened, expression)


ENDLESS = ["(a+)+$", "(a*)*b$", "(a|aa)+c$", "(.*)(.*)(.*)(.*)c$", "((((a+)+)+)+)+b"]


@pytest.mark.parametrize("expression", ENDLESS)
def test_an_expression_that_would_hang_a_backtracking_matcher_ends(expression: str) -> None:
    terms = [b"a" * length for length in range(1, 200)]
    with dictionary(terms) as opened:
        found = regex(opened, expression).tolist()
    assert found == (list(range(199)) if expression == ENDLESS[0] else [])


def test_an_expression_with_more_ways_than_can_be_told_apart_is_refused() -> None:
    terms = sorted(f"{number * 2654435761:b}".encode() for number in range(1 << 13, 1 << 14))
    with dictionary(terms) as opened, pytest.raises(SearchError, match="make it simpler"):
        regex(opened, "(0|1)*1(0|1){20}$")


def test_a_pattern_of_many_stars_ends() -> None:
    with dictionary([b"a" * 3000, b"a" * 3000 + b"b"]) as opened:
        assert wildcard(opened, "*a" * 1000 + "*b").tolist() == [1]


def test_a_dictionary_longer_than_a_portion_is_searched_to_its_end() -> None:
    terms = [b"%06d" % number for number in range(50_000)]
    with dictionary(terms) as opened:
        assert wildcard(opened, "*99?").tolist() == [
            number for number in range(50_000) if number % 1000 >= 990
        ]
        assert regex(opened, ".*9{5}").tolist() == []
        assert regex(opened, "0499.*[13]$").tolist() == [
            number for number in range(49_900, 50_000) if number % 10 in {1, 3}
        ]
        assert fuzzy(opened, "049999", 1).tolist() == [
            number
            for number, term in enumerate(terms)
            if sum(map(int.__ne__, term, b"049999")) <= 1  # of one length: only replaced
        ]


HARBOURS = ["harbor", "harbour", "harbours", "mayor"]
LEAVES = [
    (Prefix("text", "harbour"), ["harbour", "harbours"]),
    (Wildcard("text", "h*r?o?r"), ["harbour"]),
    (Wildcard("text", "*or"), ["harbor", "mayor"]),
    (FuzzyTerm("text", "harbor", maxdist=1), ["harbor", "harbour"]),
    (FuzzyTerm("text", "arbor", maxdist=1), []),
    (FuzzyTerm("text", "arbor", maxdist=1, prefixlength=0), ["harbor"]),
    (FuzzyTerm("text", "mayxyr", maxdist=1), []),
    (FuzzyTerm("text", "mayxyr", maxdist=2), ["mayor"]),
    (Regex("text", "harbou?r"), ["harbor", "harbour", "harbours"]),
    (Regex("text", "harbou?r$"), ["harbor", "harbour"]),
]


@pytest.mark.parametrize(("leaf", "expected"), LEAVES)
def test_a_leaf_stands_for_the_terms_that_it_does_in_whoosh(
    leaf: Query, expected: list[str]
) -> None:
    stock = RamStorage().create_index(Schema(text=KEYWORD))
    with stock.writer() as writer:
        writer.add_document(text=" ".join(HARBOURS))
    with stock.reader() as reader:
        terms = sorted(KEYWORD().to_bytes(term).decode() for _, term in leaf.expanded_terms(reader))
    with dictionary(word.encode() for word in HARBOURS) as opened:
        found = [HARBOURS[number] for number in expand(opened, own_tree(leaf)).tolist()]
    assert found == terms == expected


def test_a_leaf_of_one_term_is_none_to_expand() -> None:
    with dictionary([b"a"]) as opened, pytest.raises(TypeError, match="Term"):
        expand(opened, tree.Term("text", "a"))
