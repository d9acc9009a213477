"""Any text at all is a query or a clear refusal, and what is printed is what is read.

The expected trees come from the small builder below, which knows nothing of the parser: the
stems of its few words are written out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from searcher.engines.whoosh.plan import plan
from searcher.errors import QuerySyntaxError
from searcher.query import asked_words, date_filter, name_filter, parse_query, read_question
from searcher.tree import (
    And,
    FuzzyTerm,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    TermRange,
    Wildcard,
)

TODAY = date(2026, 1, 3)
PARTS = st.sampled_from(
    [
        *(
            "(",
            ")",
            " ",
            " ",
            " ",
            '"',
            "“",
            "”",
            "«",
            "|",
            "-",
            "+",
            "*",
            "?",
            ":",
            "..",
            "[",
            "]",
        ),
        *(
            "AND",
            "OR",
            "NOT",
            " TO ",
            "and",
            "title:",
            "people:",
            "person:(",
            "date:",
            "date:[",
            "url:",
        ),
        *(
            "lang:",
            "foo:",
            "https://",
            "flood",
            "elect*",
            "AT&T",
            "covid-19",
            "日本",
            "日",
            "é",
            "2026",
        ),
        *(
            "2026-01-03",
            "2026-02-31",
            "today",
            "~5",
            "^2",
            "~",
            "~1^2",
            "^.",
            "fl?od",
            "*ing",
            "a*b*c*d*",
            "NEAR",
            " NEAR/3 ",
            " W/2 ",
            "AROUND(3)",
            "–",
            "12,000",
            "since:",
            "past 2 weeks",
            "last-month",
            "March 2025",
            ">=",
            "…",
            "/",
            "!!!",
            "\x00",
            "\ud800",
            "\u202e",
            "\n",
            "'",
        ),
    ]
)
ANY_TEXT = st.text() | st.lists(PARTS, max_size=25).map("".join)


LEAF_KINDS = {Term, Phrase, Prefix, Wildcard, FuzzyTerm, TermRange}
ALLOWED = {And, Or, Not, Near, *LEAF_KINDS}


def answer(read: Callable[..., Query | None], *texts: str | None) -> Query | None:
    """Return what is read, None for a refusal that is fit to show and points into a text."""
    try:
        return read(*texts, today=TODAY)
    except QuerySyntaxError as refusal:
        error = refusal
    assert error.query in texts
    assert 0 <= error.position <= len(error.query)
    assert str(error).isprintable()
    return None


def subqueries(tree: Query) -> Iterator[tuple[Query, Query]]:
    """Yield each query of a tree with the one right inside it."""
    inner: Iterable[Query] = []
    if isinstance(tree, Not):
        inner = [tree.query]
    elif isinstance(tree, Near):
        inner = [tree.a, tree.b]
    elif isinstance(tree, And | Or):
        inner = tree.subqueries
    for query in inner:
        yield tree, query
        yield from subqueries(query)


@given(ANY_TEXT)
@example("(" * 10_000)
@example("-(" * 5_000)
@example("title:" * 1_600)
@example('"' * 9_999)
@example("[" * 10_000)
@example(" " * 10_000)
@example("flood" + "\u0301" * 9_000)
@example("NOT ANDMAYBE ^x REQUIRE ?NOT")
@example("a*b*" * 2_500)
@example("a" + "?*" * 4_999)
@example('"a b"~' * 1_600)
@example("(" * 40 + "a" + ")^9" * 40)
@example("date:" + "past " * 1_900)
@example("date:[" + " " * 9_000 + "TO TO")
@example("/" + "[" * 9_999)
@example("x NEAR " * 400 + "x")
def test_any_text_is_a_query_or_refused_at_a_place(text: str) -> None:
    tree = answer(parse_query, text)
    if tree is None:
        return
    assert type(tree) in ALLOWED
    for outer, inner in subqueries(tree):
        assert type(inner) in ALLOWED
        if type(inner) is type(outer):
            assert inner.boost != 1.0
        assert not isinstance(outer, Near) or type(inner) in {Term, Phrase, Prefix, Or}
        assert isinstance(outer, Not | Near) or len(outer.subqueries) > 1


@given(ANY_TEXT)
@example("1) the flood came 2) the river rose 3) it fell")
def test_any_question_is_read_or_refused_and_its_words_are_in_it(text: str) -> None:
    question = None
    with suppress(QuerySyntaxError):
        question = read_question(text, today=TODAY)
    as_words = question is not None and question.problem is not None
    for word in asked_words(text, as_words=as_words) if question else ():
        assert 0 <= word.position < len(text)


@given(ANY_TEXT)
def test_any_query_has_a_plan_of_ours(text: str) -> None:
    tree = answer(parse_query, text)
    assert tree is None or "Foreign(" not in repr(plan(tree))


@given(ANY_TEXT)
def test_any_name_is_a_filter_or_refused_at_a_place(text: str) -> None:
    tree = answer(lambda name, **_: name_filter("people", name), text)
    assert tree is None or type(tree) in {Term, Phrase, Prefix}


@given(st.none() | ANY_TEXT | PARTS, st.none() | ANY_TEXT | PARTS)
def test_any_limits_are_a_filter_or_refused_at_a_place(
    since: str | None, until: str | None
) -> None:
    tree = answer(date_filter, since, until)
    assert tree is None or type(tree) is TermRange


@given(st.dates(), st.dates())
def test_a_range_is_read_in_both_its_forms_or_refused_in_both(first: date, last: date) -> None:
    forms = (f"date:{first}..{last}", f"date:[{first} TO {last}]")
    for form in forms:
        try:
            tree = parse_query(form)
        except QuerySyntaxError:
            assert last < first
        else:
            assert tree == TermRange("day", first.isoformat(), last.isoformat())


@dataclass(frozen=True)
class Leaf:
    """A word as typed, with what it must become in each of the fields given.

    Attributes:
        typed: The word as typed.
        title: Its terms in the title and in the text.
        people: Its terms in names.
        many: Makes the query for what stands for many words, from the field of words as written.
    """

    typed: str
    title: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    many: Callable[[str], Query] | None = None


@dataclass(frozen=True)
class Branch:
    """A word such as AND or NOT, or the name of a field, over what it holds."""

    kind: str
    held: tuple[Any, ...]


LEAVES = st.sampled_from(
    [
        Leaf("Flood", ("flood",), ("flood",)),
        Leaf("storms", ("storm",), ("storms",)),
        Leaf("Zoë’s", ("zoe",), ("zoe",)),
        Leaf("AT&T", ("at", "t"), ("at", "t")),
        Leaf("elections-2026", ("elect", "2026"), ("elections", "2026")),
        Leaf("日本語", ("日本", "本語"), ("日本", "本語")),
        Leaf("10:30", ("10", "30"), ("10", "30")),
        Leaf("or", ("or",), ("or",)),
        Leaf("electio*", many=lambda field: Prefix(field, "electio")),
        Leaf("W?rd", many=lambda field: Wildcard(field, "w?rd")),
        Leaf("*in*g", many=lambda field: Wildcard(field, "*in*g")),
        Leaf("Élison~", many=lambda field: FuzzyTerm(field, "elison", maxdist=1, prefixlength=0)),
        Leaf("elison~2", many=lambda field: FuzzyTerm(field, "elison", maxdist=2, prefixlength=0)),
    ]
)
WORDS = LEAVES.filter(lambda leaf: leaf.many is None)
BARE = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            Branch,
            st.sampled_from(["AND", "OR"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        )
        | st.builds(Branch, st.sampled_from(["NOT", "TWICE"]), st.tuples(inner))
        | st.builds(Branch, st.just("NEAR"), st.tuples(WORDS, WORDS))
    ),
    max_leaves=8,
)
FIELDED = st.builds(Branch, st.sampled_from(["title", "people"]), st.tuples(BARE))
TREES = st.recursive(
    BARE | FIELDED,
    lambda inner: (
        st.builds(
            Branch,
            st.sampled_from(["AND", "OR"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        )
        | st.builds(Branch, st.just("NOT"), st.tuples(inner))
    ),
    max_leaves=8,
)
JOINTS = {"AND": (" ", " AND ", "\n", " +"), "OR": (" OR ", "|", " || ")}


def printed(tree: Leaf | Branch, draw: st.DrawFn) -> str:
    """Return a query text for a tree, one of the many there are."""
    if isinstance(tree, Leaf):
        return draw(st.sampled_from([tree.typed, f"({tree.typed})"]))
    if tree.kind == "NOT":
        sign = draw(st.sampled_from(["NOT ", "-", "NOT -NOT ", "+-"]))
        return sign + grouped(tree.held[0], draw)
    if tree.kind == "TWICE":
        return f"({printed(tree.held[0], draw)})^{draw(st.sampled_from(['2', '2.0', '02']))}"
    if tree.kind == "NEAR":
        sign = draw(st.sampled_from([" NEAR/4 ", " W/4 ", " AROUND(4) "]))
        return sign.join(grouped(held, draw) for held in tree.held)
    if tree.kind in JOINTS:
        joint = draw(st.sampled_from(JOINTS[tree.kind]))
        return joint.join(grouped(held, draw) for held in tree.held)
    return f"{tree.kind}:({printed(tree.held[0], draw)})"


def grouped(tree: Leaf | Branch, draw: st.DrawFn) -> str:
    text = printed(tree, draw)
    binds = isinstance(tree, Branch) and tree.kind in {*JOINTS, "NEAR"}
    return f"( {text})" if binds else text


def expected(tree: Leaf | Branch, field: str = "") -> Query:
    if isinstance(tree, Leaf):
        return expected_leaf(tree, field)
    if tree.kind == "NOT":
        inner = expected(tree.held[0], field)
        return inner.query if isinstance(inner, Not) else Not(inner)
    if tree.kind in JOINTS:
        joined = {"AND": And, "OR": Or}[tree.kind]
        return flat(joined, [expected(held, field) for held in tree.held])
    if tree.kind == "NEAR":
        left, right = (expected(held, field) for held in tree.held)
        return Near(left, right, slop=5)
    if tree.kind == "TWICE":
        return twice(expected(tree.held[0], field))
    return expected(tree.held[0], tree.kind)


def twice(query: Query) -> Query:
    return query if isinstance(query, Not) else query.times(2)


def flat(joined: type[And | Or], queries: list[Query]) -> Query:
    members: list[Query] = []
    for query in queries:
        inside = isinstance(query, joined) and query.boost == 1
        members.extend(query.subqueries if inside else [query])
    return members[0] if len(members) == 1 else joined(members)


def expected_leaf(leaf: Leaf, field: str) -> Query:
    words = leaf.people if field == "people" else leaf.title
    if leaf.many:
        return leaf.many({"": "words", "title": "title_words"}.get(field, field))
    field = field or "text"
    return Term(field, words[0]) if len(words) == 1 else Phrase(field, list(words))


@given(st.data())
def test_a_printed_tree_is_read_as_that_tree(data: st.DataObject) -> None:
    tree = data.draw(TREES)
    text = data.draw(st.composite(lambda draw: printed(tree, draw))())
    assert parse_query(text) == expected(tree)
